/** Deleting what is stored about one submission, in the cloud and on this phone. */
import { StoredData } from '../shared/contract/student';
import { SubmissionId } from '../shared/identity/ids';
import { AnswerRefused } from './failure';
import { forgetSubmission } from './overview-store';
import { portraitUploads } from './portrait-upload/phone-uploads';
import { Send } from './step-requests';
import { studentService } from './student-service';
import { forgetTicks } from './tick-store';

/**
 * Resolves when the submission is gone and the phone has forgotten it, also when it was gone already: deleted on
 * another phone, or by a yes whose answer was lost.
 * @returns what is still stored
 * @throws AnswerRefused, PlatformError offline
 */
export async function deleteSubmission(submissionId: SubmissionId, send: Send): Promise<StoredData> {
  const left = await send(studentService.deleteSubmission, { submissionId }).catch(nullWhereGone);
  await portraitUploads.discard(submissionId);
  forgetTicks(submissionId);
  forgetSubmission(submissionId);
  return left ?? studentService.storedData({});
}

function nullWhereGone(error: unknown): null {
  if (error instanceof AnswerRefused && error.code === 'NOT_FOUND') return null;
  throw error;
}
