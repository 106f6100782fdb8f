/**
 * From when a batch's days of keeping count. Refuses to count from before the deadline was set: one that is moved into
 * the past, perhaps by a slip, must not make anything due that was in time a moment ago.
 */
import { type BatchDocument, toOperatorBatch } from '../batch/batch-document';
import { type Instant } from '../../miniprogram/shared/identity/ids';

/** The deadline, or the moment of its last change where that is later. */
export function closedSince(batch: BatchDocument): Instant {
  const changedAt = toOperatorBatch(batch).deadlineChanges.at(-1)?.at;
  return changedAt !== undefined && changedAt > batch.closesAt ? changedAt : batch.closesAt;
}
