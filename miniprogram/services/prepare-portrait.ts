/**
 * Makes the photo that was just taken ready to be sent: a JPEG of at most 2000 px, which is three times what the
 * finished picture needs and a tenth of a phone's file. Refuses to crop, turn, mirror or beautify.
 */
import { keepFile } from '../platform/kept-files';
import { PictureInfo, inspectPicture, toSmallerJpeg } from '../platform/picture-file';
import { PlatformError } from '../platform/problem';

// 480×640 needs a head of 335 px; with the head at a quarter of a 2000 px picture there are 500.
const LONG_SIDE_PX = 2_000;
// High enough that a second compression is not seen by the sharpness check.
const JPEG_QUALITY = 92;

const EXTENSIONS: Readonly<Record<string, 'jpg' | 'png' | 'webp'>> = {
  jpeg: 'jpg',
  jpg: 'jpg',
  png: 'png',
  webp: 'webp',
};

export interface ReadyPicture {
  /** In the user folder: it outlives the mini program. */
  readonly path: string;
  readonly extension: 'jpg' | 'png' | 'webp';
}

/**
 * @param temporaryPath what the camera gave
 * @param name the kept file's name without extension
 * @throws PlatformError picture-unreadable, storage-full
 */
export async function preparePortrait(temporaryPath: string, name: string): Promise<ReadyPicture> {
  const picture = await inspectPicture(temporaryPath);
  const path = needsNewFile(picture)
    ? await toSmallerJpeg(picture, LONG_SIDE_PX, JPEG_QUALITY)
    : temporaryPath;
  const extension = await extensionOf(path);
  return { path: await keepFile(path, `${name}.${extension}`), extension };
}

function needsNewFile({ width, height, type, orientation }: PictureInfo): boolean {
  // A picture that its EXIF turns is sent as it is: whether WeChat's compression keeps that mark differs by phone,
  // and the cloud turns it rightly.
  if (orientation !== 'up') return EXTENSIONS[type] === undefined;
  return Math.max(width, height) > LONG_SIDE_PX || EXTENSIONS[type] !== 'jpg';
}

/** The extension that the cloud accepts for this file, by its content. */
export async function extensionOf(path: string): Promise<'jpg' | 'png' | 'webp'> {
  const extension = EXTENSIONS[(await inspectPicture(path)).type];
  if (extension === undefined) throw new PlatformError('picture-unreadable');
  return extension;
}
