/** Submissions that were never brought to an end, some days after their batch closed. */
import { type DueRule, sweepSubmissions } from './remove-submissions';
import { isOver } from './over-batches';
import { isDue, type Sweep } from '../sweep';
import { type BatchDocument, toOperatorBatch } from '../../batch/batch-document';
import {
  CONFIRMED_STATES,
  SUBMISSION_STATES,
} from '../../../miniprogram/shared/submission/submission-machine';

const UNFINISHED = SUBMISSION_STATES.filter((state) => !CONFIRMED_STATES.includes(state));

export const sweepUnfinished: Sweep = async (context) => {
  const { now } = context.call;
  const unfinished: DueRule = {
    kind: 'unfinished',
    states: UNFINISHED,
    isDue: (_, batch) => isDueSince(batch, batch.closesAt, now),
  };
  for (const batch of context.batches) {
    if (isOver(batch, now) || !isDueSince(batch, batch.closesAt, now)) continue;
    if (!(await sweepSubmissions(context, batch, unfinished))) return false;
  }
  return true;
};

function isDueSince(batch: BatchDocument, since: string, now: string): boolean {
  const { unfinishedDays } = toOperatorBatch(batch).retention;
  return unfinishedDays !== null && isDue(since, unfinishedDays, now);
}
