/**
 * Bounds how often one person may read. Reading is cheap, so it is counted in the memory of the instance that serves
 * it: an exact count, as for deeds (`rate-limit.ts`), would cost more than what it protects. With several instances
 * the bound is that many times higher. Refuses to grow: beyond a number of people the oldest counts are forgotten.
 */
import { type Call, secondsAfter, secondsUntil } from './call';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant } from '../../miniprogram/shared/identity/ids';

export interface ReadingLimit {
  readonly maximum: number;
  readonly windowSeconds: number;
  /** How many people's counts are kept at once. */
  readonly people: number;
}

/** The busiest page asks about ten times a minute; a hundred and twenty is a program, not a person. */
export const STUDENT_READING: ReadingLimit = { maximum: 120, windowSeconds: 60, people: 5_000 };

interface Count {
  readonly count: number;
  readonly endsAt: Instant;
}

/**
 * @returns counts one reading of this call's person
 * @throws DomainError TOO_MANY_REQUESTS with details.retryAfterSeconds (by the returned function)
 */
export function createReadingLimit({ maximum, windowSeconds, people }: ReadingLimit): (call: Call) => void {
  const counts = new Map<string, Count>();
  return ({ openid, now }) => {
    const stored = counts.get(openid);
    const running = stored && stored.endsAt > now ? stored : null;
    if (running && running.count >= maximum) {
      throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: secondsUntil(running.endsAt, now) });
    }
    const endsAt = running?.endsAt ?? secondsAfter(now, windowSeconds);
    // Set anew, so that the map's order is that of the last reading.
    counts.delete(openid);
    counts.set(openid, { count: (running?.count ?? 0) + 1, endsAt });
    const [oldest] = counts.keys();
    if (counts.size > people && oldest !== undefined) counts.delete(oldest);
  };
}
