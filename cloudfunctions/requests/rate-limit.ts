/**
 * Bounds how often one person may do something costly: a counter per person and purpose, in the transaction of the
 * deed itself, so that many phones at once count right. One person's counter never touches another's.
 */
import { derivedId } from '../identity/unguessable-id';
import { type TransactionScope } from '../platform/transaction';
import { type Call, secondsAfter, secondsUntil } from './call';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant } from '../../miniprogram/shared/identity/ids';

export interface RateLimit {
  readonly purpose:
    | 'upload'
    | 'warm'
    | 'resolve-code'
    | 'bind'
    | 'consent'
    | 'accept-invitation'
    | 'station-resolve'
    | 'decide'
    | 'allow-reminder';
  readonly maximum: number;
  readonly windowSeconds: number;
}

interface CounterDocument {
  readonly _id: string;
  readonly count: number;
  /** End of the window; afterwards the counter starts anew. */
  readonly expiresAt: Instant;
}

/**
 * Counts one deed of this person.
 * @throws DomainError TOO_MANY_REQUESTS with details.retryAfterSeconds
 */
export async function countTowards(scope: TransactionScope, limit: RateLimit, call: Call): Promise<void> {
  const counters = scope.collection<CounterDocument>('counters');
  const _id = derivedId('rate', limit.purpose, call.openid);
  const stored = await counters.get(_id);
  const running = stored !== null && stored.expiresAt > call.now ? stored : null;
  const count = (running?.count ?? 0) + 1;
  if (running && count > limit.maximum) {
    throw new DomainError('TOO_MANY_REQUESTS', {
      retryAfterSeconds: secondsUntil(running.expiresAt, call.now),
    });
  }
  await counters.set({
    _id,
    count,
    expiresAt: running?.expiresAt ?? secondsAfter(call.now, limit.windowSeconds),
  });
}
