/** A submission as something that staff may reach: it belongs to its school, and to the station that looks after it. */
import { type SubmissionDocument } from './submission-document';
import { type BatchDocument } from '../batch/batch-document';
import { type Subject } from '../operator-access/staff';
import { collection } from '../platform/database';
import { type BatchId, type StationId, type SubmissionId } from '../../miniprogram/shared/identity/ids';

/** Null for one that is being deleted: it exists for nobody any more. */
export async function submissionSubject(id: SubmissionId): Promise<Subject<SubmissionDocument> | null> {
  return asSubject(await collection<SubmissionDocument>('submissions').get(id));
}

export function asSubject(submission: SubmissionDocument | null): Subject<SubmissionDocument> | null {
  if (submission?.deletingAt !== null) return null;
  const { schoolCode, stationId } = submission;
  return {
    thing: submission,
    level: 'student',
    tenant: { schoolCode, stationId: stationId as StationId | null },
  };
}

/** The submission of a student in a batch, by the number that people write to each other. */
export async function submissionByNumber(
  batchId: BatchId,
  studentNumber: string,
): Promise<Subject<SubmissionDocument> | null> {
  const batch = await collection<BatchDocument>('batches').get(batchId);
  if (batch === null) return null;
  const { schoolCode } = batch;
  // By all of the index's fields: by the batch alone, its submissions would be looked through one by one.
  const found = await collection<SubmissionDocument>('submissions').findOne({
    batchId,
    schoolCode,
    studentNumber,
  });
  return asSubject(found);
}
