/**
 * The cloud's time on the phone: deadlines must not depend on a wrongly set clock. Learnt from each overview and kept
 * on the phone, so that it holds before the next one and without network; before the very first one, the phone's own
 * time. Kept time only shows; what deletes waits until the cloud has told the time in this run.
 */
import { readStored, writeStored } from '../platform/storage';
import { Instant } from '../shared/identity/ids';

const KEY = 'server-clock.1';

interface LearntTime {
  /** How far the cloud's clock is ahead of this phone's. */
  readonly aheadMs: number;
  /** When that was, by the cloud's clock. */
  readonly learntMs: number;
}

let learnt: LearntTime | null = null;
let tell: () => void = () => undefined;
const told = new Promise<void>((resolve) => {
  tell = resolve;
});

function isLearntTime(value: unknown): value is LearntTime {
  if (typeof value !== 'object' || value === null) return false;
  const { aheadMs, learntMs } = value as Partial<Record<keyof LearntTime, unknown>>;
  return Number.isFinite(aheadMs) && Number.isFinite(learntMs);
}

export function learnServerTime(now: Instant): void {
  const server = Date.parse(now);
  if (Number.isNaN(server)) return;
  learnt = { aheadMs: server - Date.now(), learntMs: server };
  writeStored(KEY, learnt);
  tell();
}

/** Resolves once the cloud has told the time since the mini program was opened. */
export function serverTimeTold(): Promise<void> {
  return told;
}

export function serverNow(): Instant {
  learnt ??= readStored(KEY, isLearntTime);
  return new Date(now(learnt)).toISOString() as Instant;
}

/** Time goes forward: a phone that is behind what the cloud has said was set anew since, and counts by itself again. */
function now(known: LearntTime | null): number {
  const phone = Date.now();
  if (known === null) return phone;
  const server = phone + known.aheadMs;
  return server < known.learntMs ? Math.max(phone, known.learntMs) : server;
}
