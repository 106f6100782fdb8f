/** Gives back a photo that was lent to this reviewer. Nobody waits for it: a lending that stays ends by itself. */
import { SubmissionId } from '../../shared/identity/ids';
import { operatorService } from '../services/staff-services';

export async function giveBack(held: SubmissionId | null): Promise<void> {
  if (held === null) return;
  await operatorService.releaseReview({ submissionId: held }).catch(() => undefined);
}
