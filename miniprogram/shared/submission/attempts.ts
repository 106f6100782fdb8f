/**
 * How many photos a graduate may still take. Who is asked for another photo may take one, even when the batch's limit is
 * used up: a rejection that nobody can answer would leave the graduate without a photo.
 */
import { SubmissionLife } from './submission-machine';

/**
 * @param limit of the batch; null: no limit
 * @returns null: as many as wanted
 */
export function attemptsLeft(
  limit: number | null,
  { state, attempts }: Pick<SubmissionLife, 'state' | 'attempts'>,
): number | null {
  if (limit === null) return null;
  return Math.max(state === 'rejected' ? 1 : 0, limit - attempts);
}
