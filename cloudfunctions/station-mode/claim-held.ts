/**
 * The student binds on an own phone what was shot at a station: submissions and photos change their owner in the
 * transaction of the binding. Refuses whatever belongs to another person already.
 */
import { isHeldOwner } from './held-owner';
import { appendAudit } from '../audit/append-audit';
import { type BindingDocument } from '../capture-code/binding/binding-document';
import { collection } from '../platform/database';
import { type TransactionScope } from '../platform/transaction';
import { type Call } from '../requests/call';
import { type PhotoDocument } from '../submission/photo-document';
import { type SubmissionDocument } from '../submission/submission-document';
import { ASK_AGAIN_SECONDS } from '../submission/submit-photo/begin-photo';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { DomainError } from '../../miniprogram/shared/errors';

/** Photos of one student; a transaction takes a limited number of writes. */
const PHOTOS_AT_MOST = 60;

/**
 * @throws DomainError CODE_ALREADY_BOUND {telephone} when it is another person's, CONFLICT {retryAfterSeconds} while a photo of it
 *   is being judged at the station
 */
export async function claimHeld(
  scope: TransactionScope,
  call: Call,
  binding: BindingDocument,
  { telephone }: Batch,
): Promise<void> {
  if (!isHeldOwner(binding.openid)) throw new DomainError('CODE_ALREADY_BOUND', { telephone });
  const { openid } = call;
  const submissions = scope.collection<SubmissionDocument>('submissions');
  for (const id of binding.submissionIds) {
    const submission = await submissions.get(id);
    if (submission === null) continue;
    if (submission.underway && submission.underway.until > call.now) {
      throw new DomainError('CONFLICT', { retryAfterSeconds: ASK_AGAIN_SECONDS });
    }
    // Read beside the transaction: a photo that begins now finds the submission changed and is refused.
    const photos = await collection<PhotoDocument>('photos').find(
      { submissionId: id },
      { limit: PHOTOS_AT_MOST },
    );
    for (const { _id } of photos) await scope.collection<PhotoDocument>('photos').update(_id, { openid });
    await submissions.update(id, { openid });
    await appendAudit(scope, call, 'submission.claim', id, submission.schoolCode);
  }
  await scope.collection<BindingDocument>('bindings').update(binding._id, { openid });
}
