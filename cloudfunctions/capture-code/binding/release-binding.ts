/**
 * Staff let go of a binding after they have made sure who the student is: the account that bound the code is lost, or
 * somebody else's. The 学籍 is free from one transaction on, also where it was bound in an earlier batch only; what the
 * account has in this batch is deleted like by its own deletion, what it has in others stays with it.
 * Refuses photos that were confirmed (they are sent back first) and what a station holds for a student: that belongs to
 * no account, and the student who binds it takes it over.
 */
import { submissionIdFor } from './bind-code';
import { type BindingDocument } from './binding-document';
import { type ResolutionDocument } from './resolution-document';
import { appendAudit } from '../../audit/append-audit';
import { type BatchDocument } from '../../batch/batch-document';
import { collection } from '../../platform/database';
import { type TransactionScope } from '../../platform/transaction';
import { type Call } from '../../requests/call';
import { earlierOutcome, knownRequest, oncePerRequest } from '../../requests/once-per-request';
import { isHeldOwner } from '../../station-mode/held-owner';
import { removeSubmission } from '../../submission/delete-submission';
import { forgetSpentAttempts } from '../../submission/spent-attempts';
import { isDeletable, type SubmissionDocument } from '../../submission/submission-document';
import { type DigestKey, enrolmentKeyOf } from '../keyed-digest';
import { type BindingContract } from '../../../miniprogram/shared/contract/operator/binding';
import { DomainError } from '../../../miniprogram/shared/errors';
import { type SubmissionId } from '../../../miniprogram/shared/identity/ids';

type Released = BindingContract['releaseBinding']['data'];

/** One 学籍 in one batch, whether or not anything of it is stored there. */
interface Place {
  readonly enrolmentKey: string;
  readonly submissionId: SubmissionId;
  readonly schoolCode: string;
}

/**
 * The same request again, because its answer was lost, lets go of nothing more and brings a deletion that was cut short
 * to its end.
 * @throws DomainError NOT_FOUND {event} where no account has bound this number, SUBMISSION_STATE {state, event}
 */
export async function releaseBinding(
  call: Call,
  batch: BatchDocument,
  request: BindingContract['releaseBinding']['request'],
  digestKey: DigestKey,
): Promise<Released> {
  const { schoolCode } = batch;
  const enrolmentKey = enrolmentKeyOf({ schoolCode, studentNumber: request.studentNumber }, digestKey);
  const place: Place = { enrolmentKey, submissionId: submissionIdFor(enrolmentKey, batch._id), schoolCode };
  const known = knownRequest(call, 'releaseBinding', request);
  if (!(await earlierOutcome(known))) await forgetResolutions(place);
  const { submissionRemoved } = await oncePerRequest(known, async (scope) => ({
    kind: 'done',
    receipt: { submissionRemoved: await letGo(scope, call, place) },
  }));
  const marked = await collection<SubmissionDocument>('submissions').get(place.submissionId);
  if (marked?.deletingAt) await removeSubmission(call, marked, batch, null);
  return { submissionRemoved };
}

/** A code that the account showed minutes ago must be shown anew. Before the binding goes, or it could be used meanwhile. */
async function forgetResolutions({ enrolmentKey }: Place): Promise<void> {
  const binding = await collection<BindingDocument>('bindings').get(enrolmentKey);
  if (binding === null) return;
  const { openid } = binding;
  await collection<ResolutionDocument>('resolutions').removeWhere({ openid, enrolmentKey });
}

/** @returns whether there is a submission in this batch, which is marked as being deleted from here on */
async function letGo(
  scope: TransactionScope,
  call: Call,
  { enrolmentKey, submissionId, schoolCode }: Place,
): Promise<boolean> {
  const bindings = scope.collection<BindingDocument>('bindings');
  const binding = await bindings.get(enrolmentKey);
  const submission = await scope.collection<SubmissionDocument>('submissions').get(submissionId);
  // Another account may have bound the 学籍 in a later batch; then this batch's submission is all that is let go of.
  const owner = submission?.openid ?? binding?.openid;
  if (owner === undefined || isHeldOwner(owner)) throw new DomainError('NOT_FOUND', { event: 'release' });
  if (submission !== null) await markAsDeleting(scope, call, submission);
  if (binding?.openid === owner) await bindings.remove(enrolmentKey);
  await forgetSpentAttempts(scope, submissionId);
  await appendAudit(scope, call, 'binding.release', submissionId, schoolCode);
  return submission !== null;
}

/** As for the student's own deletion; one that was begun already is brought to its end. */
async function markAsDeleting(
  scope: TransactionScope,
  { now }: Call,
  submission: SubmissionDocument,
): Promise<void> {
  const { _id, state, deletingAt } = submission;
  if (deletingAt === null && !isDeletable(submission)) {
    throw new DomainError('SUBMISSION_STATE', { state, event: 'release' });
  }
  // Without attempts, so that the removal keeps none: whoever binds next did not spend them.
  const mark = { deletingAt: deletingAt ?? now, underway: null, attempts: 0, updatedAt: now };
  await scope.collection<SubmissionDocument>('submissions').update(_id, mark);
}
