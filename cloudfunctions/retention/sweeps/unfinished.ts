/** Submissions that were never brought to an end, some days after their batch closed. */
import { sweepSubmissions } from './remove-submissions';
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
  for (const batch of context.batches.filter((each) => isClosedLongEnough(each, now) && !isOver(each, now))) {
    if (!(await sweepSubmissions(context, 'unfinished', batch, UNFINISHED))) return false;
  }
  return true;
};

function isClosedLongEnough(batch: BatchDocument, now: string): boolean {
  const { unfinishedDays } = toOperatorBatch(batch).retention;
  return unfinishedDays !== null && isDue(batch.closesAt, unfinishedDays, now);
}
