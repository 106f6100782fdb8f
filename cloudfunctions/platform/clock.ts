/** The time as something a test can hold still. Refuses time zones: the cloud counts in UTC only. */
import { type Instant } from '../../miniprogram/shared/identity/ids';

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock for tests: stands still until it is moved. */
export function stoppedClock(start: string): Clock & { advance(milliseconds: number): void } {
  let current = Date.parse(start);
  return {
    now: () => new Date(current),
    advance: (milliseconds) => {
      current += milliseconds;
    },
  };
}

/** The clock's time as it is stored and sent: ISO 8601 in UTC. */
export function instantOf(date: Date): Instant {
  return date.toISOString() as Instant;
}
