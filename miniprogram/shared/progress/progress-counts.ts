/**
 * How far a group of students is, counted from the states of their submissions and the number on the list.
 * One definition for pages, command line and tests. Refuses to know where the numbers come from.
 */
import { SUBMISSION_STATES, SubmissionState } from '../submission/submission-machine';

export type StateCounts = Readonly<Record<SubmissionState, number>>;

/** Each number counts students. Everything from `bound` on counts only students who are on the list, if there is one. */
export interface ProgressCounts {
  /** On the batch's list; null where the batch works from the codes alone. */
  readonly listed: number | null;
  /** Bound a code and did not withdraw. */
  readonly bound: number;
  /** Have taken a photo since they began (again): everything bound but `bound` itself. */
  readonly shot: number;
  /** Said yes: under review or further. */
  readonly confirmed: number;
  /** Passed the review, handed on or not. */
  readonly accepted: number;
  /** Asked to take another photo and have not done so yet. */
  readonly rejected: number;
  /** Still to be chased: of the list (or, without one, of the bound) all that are not confirmed. */
  readonly missing: number;
  readonly byState: StateCounts;
}

export function noStates(): StateCounts {
  return Object.fromEntries(SUBMISSION_STATES.map((state) => [state, 0])) as unknown as StateCounts;
}

/** Whether nobody is left to be chased. Never without a list: there may be students who have not come yet. */
export function isComplete({ listed, missing }: Pick<ProgressCounts, 'listed' | 'missing'>): boolean {
  return listed !== null && missing === 0;
}

/**
 * @param listed students on the list, or null without one
 * @param byState submissions of these students per state
 */
export function progressCounts(listed: number | null, byState: StateCounts): ProgressCounts {
  const sum = (...states: SubmissionState[]) => states.reduce((total, state) => total + byState[state], 0);
  const accepted = sum('accepted', 'exported', 'delivered');
  const confirmed = accepted + byState.confirmed;
  const shot = confirmed + sum('shot', 'developed', 'rejected');
  const bound = shot + byState.bound;
  return {
    listed,
    bound,
    shot,
    confirmed,
    accepted,
    rejected: byState.rejected,
    missing: Math.max(0, (listed ?? bound) - confirmed),
    byState,
  };
}
