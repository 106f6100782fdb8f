/**
 * A document's one working place, taken for a time. A worker that died frees it by that time's end; one that was only
 * given up for dead finds another token when it comes back, and what it brings is dropped. Pure: whoever takes a place or
 * writes by it does so inside a transaction, or under a condition, of its own.
 */
import { secondsAfter, secondsUntil } from './call';
import { newId } from '../identity/unguessable-id';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant } from '../../miniprogram/shared/identity/ids';

export interface Lease {
  readonly token: string;
  /** When the worker counts as dead. */
  readonly until: Instant;
}

/** By function: a little more than the time limit in its config.json, after which the platform has ended it. */
export const WORKER_SECONDS = { operator: 65, exporter: 65, photo: 35 } as const;

/** Work in slices begins nothing after this: well inside the function's limit, for the last write may take some seconds. */
export const SLICE_MS = 15_000;

export function newLease(now: Instant, worker: keyof typeof WORKER_SECONDS): Lease {
  return { token: newId(), until: secondsAfter(now, WORKER_SECONDS[worker]) };
}

export function isHeld(lease: Lease | null, now: Instant): boolean {
  return lease !== null && lease.until > now;
}

/** Whether it is this worker's still. */
export function isMine(lease: Lease | null | undefined, token: string): boolean {
  return lease?.token === token;
}

/**
 * @param askAgainSeconds where most are done long before they count as dead
 * @throws DomainError CONFLICT {retryAfterSeconds} while somebody works
 */
export function requireFree(lease: Lease | null, now: Instant, askAgainSeconds?: number): void {
  if (lease === null || !isHeld(lease, now)) return;
  throw new DomainError('CONFLICT', { retryAfterSeconds: askAgainSeconds ?? secondsUntil(lease.until, now) });
}
