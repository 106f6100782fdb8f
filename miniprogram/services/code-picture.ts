/** Uploads the picture of a capture code to the place that the cloud chose. */
import { uploadToCloud } from '../platform/cloud';
import { removeDrawing } from '../platform/draw-picture';
import { extensionOf, inspectPicture, isWithin, toSmallerJpeg } from '../platform/picture-file';
import { PlatformError } from '../platform/problem';
import { CodeSource } from '../shared/contract/student';
import { FileId } from '../shared/identity/ids';
import { studentService } from './student-service';

type PictureSource = Extract<CodeSource, { kind: 'picture' }>;

// Screenshots are far below; a phone's photo of a screen may be 4000 px, and codes read better at half of that.
const LONG_SIDE_PX = 4_000;
const JPEG_QUALITY = 95;

/** @throws AnswerRefused, PlatformError offline, picture-unreadable */
export async function uploadCodePicture(path: string): Promise<PictureSource> {
  const picture = await inspectPicture(path);
  const fits = extensionOf(picture) !== undefined && isWithin(picture, LONG_SIDE_PX);
  const ready = fits ? picture : await toSmallerJpeg(picture, LONG_SIDE_PX, JPEG_QUALITY);
  const extension = extensionOf(ready);
  if (extension === undefined) throw new PlatformError('picture-unreadable');
  try {
    const { uploadId, cloudPath } = await studentService.prepareUpload({
      purpose: 'code-picture',
      extension,
    });
    const fileId = await uploadToCloud(cloudPath, ready.path, () => undefined).done;
    return { kind: 'picture', uploadId, fileId: fileId as FileId };
  } finally {
    await removeDrawing(ready.path);
  }
}
