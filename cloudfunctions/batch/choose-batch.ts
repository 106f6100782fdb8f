/**
 * Which of a school's batches a resolved student belongs to, or the one reason why none takes this student now.
 * Pure; refuses to know the caller and the database.
 */
import { type Batch, type Enrolment, isEligible, windowOf } from '../../miniprogram/shared/batch/batch';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant } from '../../miniprogram/shared/identity/ids';

/**
 * @param batches of the student's school, the earliest deadline first
 * @returns the open batch that includes the student; of several the one that closes first
 * @throws DomainError CODE_OTHER_BATCH (the school has no batch here), COHORT_NOT_ELIGIBLE (none for this level and
 *   year), BATCH_NOT_OPEN {opensAt}, BATCH_CLOSED {closedAt}
 */
export function chooseBatch(batches: readonly Batch[], enrolment: Enrolment, now: Instant): Batch {
  if (batches.length === 0) throw new DomainError('CODE_OTHER_BATCH');
  const fitting = batches.filter((batch) => isEligible(batch.cohorts, enrolment));
  const open = fitting.find((batch) => windowOf(batch, now) === 'open');
  if (open) return open;
  const next = earliest(fitting.filter((batch) => windowOf(batch, now) === 'not-open-yet'));
  if (next) throw new DomainError('BATCH_NOT_OPEN', { opensAt: next.opensAt });
  const last = fitting.at(-1);
  if (last) throw new DomainError('BATCH_CLOSED', { closedAt: last.closesAt });
  throw new DomainError('COHORT_NOT_ELIGIBLE');
}

function earliest(batches: readonly Batch[]): Batch | undefined {
  return [...batches].sort((one, other) => one.opensAt.localeCompare(other.opensAt))[0];
}

/** @throws DomainError BATCH_NOT_OPEN {opensAt}, BATCH_CLOSED {closedAt} */
export function requireOpen(batch: Pick<Batch, 'opensAt' | 'closesAt'>, now: Instant): void {
  const window = windowOf(batch, now);
  if (window === 'not-open-yet') throw new DomainError('BATCH_NOT_OPEN', { opensAt: batch.opensAt });
  if (window === 'closed') throw new DomainError('BATCH_CLOSED', { closedAt: batch.closesAt });
}
