/** The time as something a test can hold still. Refuses time zones: the cloud counts in UTC only. */
import { type Instant } from '../../miniprogram/shared/identity/ids';

export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** The clock's time as it is stored and sent: ISO 8601 in UTC. */
export function instantOf(date: Date): Instant {
  return date.toISOString() as Instant;
}
