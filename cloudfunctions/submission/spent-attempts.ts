/**
 * Attempts that were spent on a submission outlive its deletion: otherwise deleting and binding again would give a
 * batch's limited attempts back. Holds a number under a derived id and nothing of the person; gone some time after
 * the batch has closed.
 */
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type Instant, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { derivedId } from '../identity/unguessable-id';
import { type TransactionScope } from '../platform/transaction';
import { secondsAfter } from '../requests/call';

interface SpentAttemptsDocument {
  readonly _id: string;
  readonly attempts: number;
  readonly expiresAt: Instant;
}

/** A batch may be extended or reopened for a while after its deadline. */
const KEPT_AFTER_CLOSING_SECONDS = 90 * 24 * 3600;

export type LimitedBatch = Pick<Batch, 'attemptLimit' | 'closesAt'>;

/** Written in the transaction that removes the submission. */
export async function keepSpentAttempts(
  scope: TransactionScope,
  submissionId: SubmissionId,
  attempts: number,
  batch: LimitedBatch,
): Promise<void> {
  if (attempts === 0 || batch.attemptLimit === null) return;
  const expiresAt = secondsAfter(batch.closesAt, KEPT_AFTER_CLOSING_SECONDS);
  const counters = scope.collection<SpentAttemptsDocument>('counters');
  await counters.set({ _id: idFor(submissionId), attempts, expiresAt });
}

/** Attempts of an earlier submission of the same 学籍 in the same batch; 0 where there was none. */
export async function spentAttempts(scope: TransactionScope, submissionId: SubmissionId): Promise<number> {
  const kept = await scope.collection<SpentAttemptsDocument>('counters').get(idFor(submissionId));
  return kept?.attempts ?? 0;
}

/** Staff let go of the binding: whoever binds next did not spend them. */
export async function forgetSpentAttempts(
  scope: TransactionScope,
  submissionId: SubmissionId,
): Promise<void> {
  await scope.collection<SpentAttemptsDocument>('counters').remove(idFor(submissionId));
}

function idFor(submissionId: SubmissionId): string {
  return derivedId('spent-attempts', submissionId);
}
