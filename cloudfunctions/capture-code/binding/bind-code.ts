/**
 * The person said "yes, this is me": binds the 学籍 to this person and opens the submission. One transaction over
 * documents whose ids follow from the 学籍, so that of two people who bind it at the same moment exactly one does.
 * Who has bound it already is simply led to the submission.
 */
import { type BindingDocument } from './binding-document';
import { type ResolutionDocument } from './resolution-document';
import { appendAudit } from '../../audit/append-audit';
import { requireOpen } from '../../batch/choose-batch';
import { batchById } from '../../batch/find-batches';
import { requireOnRoster } from '../../batch/require-on-roster';
import { requireConsent } from '../../consent/require-consent';
import { derivedId } from '../../identity/unguessable-id';
import { collection } from '../../platform/database';
import { type TransactionScope } from '../../platform/transaction';
import { type Call } from '../../requests/call';
import { knownRequest, oncePerRequest } from '../../requests/once-per-request';
import { countTowards, type RateLimit } from '../../requests/rate-limit';
import { placeBound } from '../../roster/place-bound';
import { claimHeld } from '../../station-mode/claim-held';
import { ownSubmission } from '../../submission/own-submission';
import { spentAttempts } from '../../submission/spent-attempts';
import { newSubmission, type SubmissionDocument } from '../../submission/submission-document';
import { viewOf } from '../../submission/submission-view';
import { type Batch } from '../../../miniprogram/shared/batch/batch';
import { type StudentContract } from '../../../miniprogram/shared/contract/student';
import { type SubmissionView } from '../../../miniprogram/shared/contract/submission-view';
import { DomainError } from '../../../miniprogram/shared/errors';
import { type BatchId, type SubmissionId } from '../../../miniprogram/shared/identity/ids';

/** Nobody has as many 学籍; each request leaves a receipt. */
const BINDINGS: RateLimit = { purpose: 'bind', maximum: 30, windowSeconds: 600 };

/**
 * @throws DomainError CONSENT_REQUIRED, NOT_FOUND (unknown, somebody else's, or too old), CODE_ALREADY_BOUND {telephone},
 *   BATCH_NOT_OPEN, BATCH_CLOSED, NOT_ON_ROSTER, CONFLICT (the earlier submission is being deleted at this moment),
 *   TOO_MANY_REQUESTS
 */
export async function bindCode(
  call: Call,
  request: StudentContract['bind']['request'],
): Promise<SubmissionView> {
  await requireConsent(call);
  const resolution = await collection<ResolutionDocument>('resolutions').get(request.resolutionId);
  if (resolution?.openid !== call.openid) throw new DomainError('NOT_FOUND');
  const batch = await batchById(resolution.batchId);
  const { submissionId } = await oncePerRequest(knownRequest(call, 'bind', request), async (scope) => {
    if (resolution.expiresAt <= call.now) throw new DomainError('NOT_FOUND');
    await countTowards(scope, BINDINGS, call);
    const id = await bindIn(scope, call, resolution, batch);
    return { kind: 'done', receipt: { submissionId: id } };
  });
  await placeBound(submissionId);
  return viewOf(await ownSubmission(call.openid, submissionId));
}

/**
 * The same as part of another transaction: in station mode the student's phone is not the one that calls. After that
 * transaction the submission is placed anew (`placeBound`): the list may have changed meanwhile.
 */
export async function bindIn(
  scope: TransactionScope,
  call: Call,
  resolution: ResolutionDocument,
  batch: Batch,
): Promise<SubmissionId> {
  const bindings = scope.collection<BindingDocument>('bindings');
  const submissions = scope.collection<SubmissionDocument>('submissions');
  const { enrolmentKey, codeKey, personKey, student, batchId } = resolution;
  const binding = await bindings.get(enrolmentKey);
  if (binding && binding.openid !== call.openid) await claimHeld(scope, call, binding, batch);
  const id = submissionIdFor(enrolmentKey, batchId);
  const earlier = await submissions.get(id);
  if (earlier?.deletingAt) throw new DomainError('CONFLICT');
  const { openid, now } = call;
  // A binding that was released for another batch leaves this batch's submission with whoever has it.
  if (earlier && earlier.openid !== openid) {
    throw new DomainError('CODE_ALREADY_BOUND', { telephone: batch.telephone });
  }
  const bound = binding?.submissionIds ?? [];
  if (earlier && bound.includes(id)) return id;

  if (!earlier) {
    requireOpen(batch, now);
    await submissions.insert(
      newSubmission({
        id,
        openid,
        batchId,
        bindingId: enrolmentKey,
        personKey,
        student,
        ...(await requireOnRoster(batch, student.studentNumber)),
        spentAttempts: await spentAttempts(scope, id),
        now,
      }),
    );
  }
  const submissionIds = [...bound, id];
  await bindings.set({ _id: enrolmentKey, openid, codeKey, submissionIds, boundAt: binding?.boundAt ?? now });
  await appendAudit(scope, call, 'submission.bind', id, student.schoolCode);
  return id;
}

/** One submission per 学籍 and batch. The key is a keyed digest, so the id cannot be guessed from a student number. */
export function submissionIdFor(enrolmentKey: string, batchId: BatchId): SubmissionId {
  return derivedId('submission', enrolmentKey, batchId) as SubmissionId;
}
