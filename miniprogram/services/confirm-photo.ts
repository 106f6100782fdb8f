/** The final yes to a photo, given once however often the network breaks off. */
import { Failure } from '../shared/failure';
import { SubmissionId, PhotoId } from '../shared/identity/ids';
import { AnswerRefused } from './failure';
import { rememberSubmission } from './overview-store';
import { Send } from './step-requests';
import { studentService } from './student-service';

/**
 * Resolves when the photo is confirmed, also when it was already: on another phone, or by a yes whose answer was lost.
 * @throws AnswerRefused, PlatformError offline
 */
export async function confirmPhoto(submissionId: SubmissionId, photoId: PhotoId, send: Send): Promise<void> {
  try {
    rememberSubmission(await send(studentService.confirm, { submissionId, photoId }));
  } catch (error) {
    if (!(error instanceof AnswerRefused && error.code === 'ALREADY_CONFIRMED')) throw error;
  }
}

/** What is on the screen can no longer be confirmed: the cloud knows a newer photo, or another deadline. */
export function isOutdated(failure: Failure | null): boolean {
  return isSuperseded(failure) || (failure?.kind === 'refused' && failure.code === 'BATCH_CLOSED');
}

/** Another photo took the place of the one on the screen: only what is loaded anew can be decided on. */
export function isSuperseded(failure: Failure | null): boolean {
  return failure?.kind === 'refused' && failure.code === 'PHOTO_SUPERSEDED';
}
