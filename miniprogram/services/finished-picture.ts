/** The finished picture by its short-lived address, and on its way into the album. */
import { saveToAlbum } from '../platform/album';
import { PlatformError } from '../platform/problem';
import { DownloadLink } from '../shared/contract/student';
import { SubmissionView } from '../shared/contract/submission-view';
import { Instant } from '../shared/identity/ids';
import { studentService } from './student-service';

// What the picture needs to arrive after it was asked for.
const MARGIN_MS = 30_000;

/**
 * A fresh address; null where nothing was finished.
 * @throws AnswerRefused, PlatformError offline
 */
export async function finishedPicture(submission: SubmissionView): Promise<DownloadLink | null> {
  const photo = submission.developedPhoto;
  if (photo === null) return null;
  return studentService.downloadLink({ submissionId: submission.id, photoId: photo.id, which: 'standard' });
}

export function isFresh({ expiresAt }: DownloadLink, now: Instant): boolean {
  return Date.parse(expiresAt) - Date.parse(now) > MARGIN_MS;
}

/**
 * Saves what the address leads to.
 * @throws Cancelled, PlatformError unexpected (there is none), offline, storage-full, album-refused, privacy-refused
 */
export async function savePicture(picture: DownloadLink | null): Promise<void> {
  if (picture === null) throw new PlatformError('unexpected', 'there is no finished picture');
  await saveToAlbum(picture.url);
}
