/**
 * The cloud's time on the phone: deadlines must not depend on a wrongly set clock. Learnt from each overview; before
 * the first one, the phone's own time.
 */
import { Instant } from '../shared/identity/ids';

let aheadMs = 0;

export function learnServerTime(now: Instant): void {
  const server = Date.parse(now);
  if (!Number.isNaN(server)) aheadMs = server - Date.now();
}

export function serverNow(): Instant {
  return new Date(Date.now() + aheadMs).toISOString() as Instant;
}
