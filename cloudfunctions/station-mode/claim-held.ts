/**
 * The student binds on an own phone what was shot at a station: submissions change their owner in the transaction of
 * the binding, and photos are their submission's, however many. What the student agreed to at the station ends with it:
 * from here on the student's own consent holds, and where that is taken back, and everything deleted, none is left for
 * a later seat to go by. Refuses whatever belongs to another person already.
 */
import { isHeldOwner } from './held-owner';
import { appendAudit } from '../audit/append-audit';
import { type BindingDocument } from '../capture-code/binding/binding-document';
import { endConsent } from '../consent/give-consent';
import { type TransactionScope } from '../platform/transaction';
import { type Call } from '../requests/call';
import { requireFree } from '../requests/lease';
import { type SubmissionDocument } from '../submission/submission-document';
import { ASK_AGAIN_SECONDS } from '../submission/submit-photo/begin-photo';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { DomainError } from '../../miniprogram/shared/errors';

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
    // The teacher's phone waits for its answer under the held owner. A photo that begins now is refused.
    requireFree(submission.underway, call.now, ASK_AGAIN_SECONDS);
    await submissions.update(id, { openid });
    await appendAudit(scope, call, 'submission.claim', id, submission.schoolCode);
  }
  await scope.collection<BindingDocument>('bindings').update(binding._id, { openid });
  await endConsent(scope, { openid: binding.openid, now: call.now });
}
