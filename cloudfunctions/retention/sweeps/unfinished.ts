/**
 * Submissions without a confirmed photo, some days after their batch closed. A photo that was sent back or turned down
 * later than that has the same days from then on: 学信网 may send one back long after the deadline, and somebody must
 * have the time to extend it and to tell the student.
 */
import { type DueRule, sweepSubmissions } from './remove-submissions';
import { isOver } from './over-batches';
import { closedSince } from '../closed-since';
import { isDue, type Sweep } from '../sweep';
import { type BatchDocument, toOperatorBatch } from '../../batch/batch-document';
import { type SubmissionDocument } from '../../submission/submission-document';
import {
  CONFIRMED_STATES,
  SUBMISSION_STATES,
} from '../../../miniprogram/shared/submission/submission-machine';

const UNFINISHED = SUBMISSION_STATES.filter((state) => !CONFIRMED_STATES.includes(state));

export const sweepUnfinished: Sweep = async function* (context) {
  const { now } = context.call;
  const unfinished: DueRule = {
    kind: 'unfinished',
    states: UNFINISHED,
    isDue: (submission, batch) => isDueSince(batch, lastAsked(submission, batch), now),
  };
  for (const batch of context.batches) {
    if (isOver(batch, now) || !isDueSince(batch, closedSince(batch), now)) continue;
    yield* sweepSubmissions(context, batch, unfinished);
  }
};

function isDueSince(batch: BatchDocument, since: string, now: string): boolean {
  const { unfinishedDays } = toOperatorBatch(batch).retention;
  return unfinishedDays !== null && isDue(since, unfinishedDays, now);
}

/**
 * When this student was last asked for a photo: until the deadline everybody is, afterwards who is sent back. Taking a
 * photo back gives it no longer time: that is a wish to have less stored, and without an extension there is no new
 * beginning that could need it.
 */
function lastAsked({ timeline }: SubmissionDocument, batch: BatchDocument): string {
  const rejections = timeline.filter(({ state }) => state === 'rejected').map(({ at }) => at);
  return [closedSince(batch), ...rejections].sort().at(-1)!;
}
