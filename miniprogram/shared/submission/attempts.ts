/**
 * How many photos a graduate may still take. Who is asked for another photo may take photos until one of them is good,
 * even when the batch's limit is used up: a rejection that one blink makes unanswerable would leave the graduate without
 * a photo.
 */
import { SubmissionLife } from './submission-machine';

/** What counts of a submission. */
export interface Attempted extends Pick<SubmissionLife, 'state' | 'attempts'> {
  /** What a reviewer asked for; stays until another photo is confirmed. */
  readonly rejection: object | null;
}

/**
 * @param limit of the batch; null: no limit
 * @returns null: as many as wanted
 */
export function attemptsLeft(limit: number | null, submission: Attempted): number | null {
  if (limit === null) return null;
  return Math.max(isUnanswered(submission) ? 1 : 0, limit - submission.attempts);
}

/** A finished picture answers a rejection, a blocked photo does not. */
function isUnanswered({ state, rejection }: Attempted): boolean {
  return rejection !== null && state !== 'developed';
}
