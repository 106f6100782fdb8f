/**
 * Makes the photo that was just taken ready to be sent: a JPEG of at most 2000 px, which is three times what the
 * finished picture needs and a tenth of a phone's file, or the camera's own file where a phone can make none of it.
 * Refuses to crop, turn, mirror or beautify.
 */
import { removeDrawing } from '../platform/draw-picture';
import { keepFile } from '../platform/kept-files';
import {
  PictureExtension,
  PictureInfo,
  extensionOf,
  inspectPicture,
  isWithin,
  toSmallerJpeg,
} from '../platform/picture-file';
import { PlatformError } from '../platform/problem';

// 480×640 needs a head of 335 px; with the head at a quarter of a 2000 px picture there are 500.
const LONG_SIDE_PX = 2_000;
// High enough that a second compression is not seen by the sharpness check.
const JPEG_QUALITY = 92;

export interface ReadyPicture {
  /** In the user folder: it outlives the mini program. */
  readonly path: string;
  readonly extension: PictureExtension;
}

/**
 * @param temporaryPath what the camera gave
 * @param name the kept file's name without extension
 * @throws PlatformError picture-unreadable, storage-full
 */
export async function preparePortrait(temporaryPath: string, name: string): Promise<ReadyPicture> {
  const picture = await inspectPicture(temporaryPath);
  const ready = needsNewFile(picture) ? await toSmallerJpeg(picture, LONG_SIDE_PX, JPEG_QUALITY) : picture;
  const extension = extensionOf(ready);
  if (extension === undefined) throw new PlatformError('picture-unreadable');
  try {
    return { path: await keepFile(ready.path, `${name}.${extension}`), extension };
  } finally {
    await removeDrawing(ready.path);
  }
}

function needsNewFile(picture: PictureInfo): boolean {
  // A picture that its EXIF turns is sent as it is: whether WeChat's compression keeps that mark differs by phone,
  // and the cloud turns it rightly.
  if (picture.orientation !== 'up') return extensionOf(picture) === undefined;
  return extensionOf(picture) !== 'jpg' || !isWithin(picture, LONG_SIDE_PX);
}
