/**
 * For students whom a check blocks again and again although a person sees nothing wrong: lets these checks warn from
 * the next photo on, which may be taken even where the batch's limit is used up. The reason stays with the submission,
 * and the verdict goes on showing the measured values.
 */
import { stuckItem } from './review-item';
import { appendAudit } from '../audit/append-audit';
import { batchById } from '../batch/find-batches';
import { collection } from '../platform/database';
import { listPage } from '../platform/list-page';
import { type Call } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { refusalOf } from '../submission/change-submission';
import { type SubmissionDocument } from '../submission/submission-document';
import { requireSoftenable } from '../../miniprogram/shared/batch/check-settings';
import { BATCH_LIMITS, isShortText } from '../../miniprogram/shared/batch/batch-rules';
import { type CheckOverride, type ReviewContract } from '../../miniprogram/shared/contract/operator/review';
import { DomainError } from '../../miniprogram/shared/errors';
import { stuckFrom } from '../../miniprogram/shared/submission/attempts';
import { allows } from '../../miniprogram/shared/submission/submission-machine';

const PAGE = 50;

/** @throws DomainError INVALID_REQUEST {path} */
export async function stuckSubmissions(
  call: Call,
  { batchId, cursor }: ReviewContract['stuckSubmissions']['request'],
): Promise<ReviewContract['stuckSubmissions']['data']> {
  const atLeast = stuckFrom((await batchById(batchId)).attemptLimit);
  const { page, next } = await listPage<SubmissionDocument>(
    'submissions',
    { batchId, state: 'shot', deletingAt: null },
    { by: 'attempts', atLeast, limit: PAGE },
    cursor,
  );
  const items = await Promise.all(page.map((submission) => stuckItem(call, submission)));
  return { submissions: items.filter((item) => item !== null), next };
}

/** @throws DomainError INVALID_REQUEST {path}, SUBMISSION_STATE when no further photo is possible */
export async function overrideChecks(
  call: Call,
  request: ReviewContract['overrideChecks']['request'],
): Promise<readonly CheckOverride[]> {
  const { submissionId, checks, reason } = request;
  requireSoftenable(checks, 'checks');
  if (!isShortText(reason, BATCH_LIMITS.reasonCharacters)) {
    throw new DomainError('INVALID_REQUEST', { path: 'reason' });
  }
  await oncePerRequest(knownRequest(call, 'overrideChecks', request), async (scope) => {
    const submissions = scope.collection<SubmissionDocument>('submissions');
    const submission = await submissions.get(submissionId);
    if (submission?.deletingAt !== null) throw new DomainError('NOT_FOUND');
    if (!allows(submission.state, 'photo-developed')) {
      throw refusalOf('SUBMISSION_STATE', submission, 'photo-developed');
    }
    const others = submission.overrides.filter(({ check }) => !checks.includes(check));
    const added = checks.map((check): CheckOverride => ({ check, reason: reason.trim(), at: call.now }));
    await submissions.update(submissionId, { overrides: [...others, ...added] });
    await appendAudit(scope, call, 'submission.override-checks', submissionId, submission.schoolCode);
    return { kind: 'done', receipt: {} };
  });
  return (await collection<SubmissionDocument>('submissions').get(submissionId))?.overrides ?? [];
}
