/**
 * How many photos a graduate may still take. Who is asked for another photo may take photos until one of them is good,
 * even when the batch's limit is used up: a rejection that one blink makes unanswerable, or a check let pass for somebody
 * without a photo left to take, would leave the graduate without one. And from how many on nobody is left alone with it.
 */
import { SubmissionLife } from './submission-machine';

/** What counts of a submission. */
export interface Attempted extends Pick<SubmissionLife, 'state' | 'attempts'> {
  /** What a reviewer asked for; stays until another photo is confirmed. */
  readonly rejection: object | null;
  /** Checks that the staff lets pass with a warning for this graduate. */
  readonly overrides: readonly object[];
}

/**
 * @param limit of the batch; null: no limit
 * @returns null: as many as wanted
 */
export function attemptsLeft(limit: number | null, submission: Attempted): number | null {
  if (limit === null) return null;
  return Math.max(isUnanswered(submission) ? 1 : 0, limit - submission.attempts);
}

/** A finished picture answers the staff, a blocked photo does not. */
function isUnanswered({ state, rejection, overrides }: Attempted): boolean {
  if (rejection !== null) return state !== 'developed';
  return overrides.length > 0 && state === 'shot';
}

/** Whoever has no photo left is stuck with fewer. */
const STUCK_FROM_ATTEMPTS = 3;

/** @param limit of the batch; null: no limit */
export function stuckFrom(limit: number | null): number {
  return Math.min(STUCK_FROM_ATTEMPTS, limit ?? STUCK_FROM_ATTEMPTS);
}

/** Blocked again and again: the staff finds it in its list, and may let a check pass. */
export function isStuck(
  limit: number | null,
  { state, attempts }: Pick<Attempted, 'state' | 'attempts'>,
): boolean {
  return state === 'shot' && attempts >= stuckFrom(limit);
}
