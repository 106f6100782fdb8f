/**
 * Counts submissions per state and group, derived from the submissions themselves: nothing is kept twice, so nothing
 * can drift. One grouping per state, all at once, each answered by an index alone; grouping by state and place
 * together takes four times as long on 50,000 submissions (measured 2026-11: 220 ms against 50 ms).
 */
import { collection } from '../platform/database';
import { type SubmissionDocument } from '../submission/submission-document';
import { noStates, type StateCounts } from '../../miniprogram/shared/progress/progress-counts';
import {
  SUBMISSION_STATES,
  type SubmissionState,
} from '../../miniprogram/shared/submission/submission-machine';

export type GroupKey = string | null;
export type CountsByGroup = ReadonlyMap<GroupKey, StateCounts>;

/** Classes of one station or stations of one school; far beyond what exists. */
const GROUPS_AT_MOST = 5000;

/**
 * All together in one look, so that a student who moves on at this moment is counted in one state, never in two or in
 * none.
 * @param filter values or operators of `command()`
 */
export async function countStatesTogether(filter: Readonly<Record<string, unknown>>): Promise<StateCounts> {
  const rows = await collection<SubmissionDocument>('submissions').aggregate<{
    readonly _id: SubmissionState;
    readonly count: number;
  }>([{ $match: filter }, { $group: { _id: '$state', count: { $sum: 1 } } }], SUBMISSION_STATES.length);
  return { ...noStates(), ...Object.fromEntries(rows.map(({ _id, count }) => [_id, count])) };
}

/**
 * Group by group. The states are looked at one by one: a group may be off by one while somebody moves on.
 * @param filter conditions beside the state; values or operators of `command()`
 */
export async function countStates(
  filter: Readonly<Record<string, unknown>>,
  groupBy: 'batchId' | 'stationId' | 'className',
): Promise<CountsByGroup> {
  const counts = new Map<GroupKey, Record<string, number>>();
  await Promise.all(
    SUBMISSION_STATES.map(async (state) => {
      const rows = await collection<SubmissionDocument>('submissions').aggregate<{
        readonly _id: GroupKey;
        readonly count: number;
      }>(
        [{ $match: { ...filter, state } }, { $group: { _id: `$${groupBy}`, count: { $sum: 1 } } }],
        GROUPS_AT_MOST,
      );
      for (const { _id: key, count } of rows) {
        const group = counts.get(key) ?? { ...noStates() };
        group[state] = count;
        counts.set(key, group);
      }
    }),
  );
  return counts as unknown as CountsByGroup;
}
