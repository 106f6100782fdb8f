/**
 * Which packages hold a student's photo, or held it: what is done to a package is done to every photo in it, and is
 * written down once, for the package. Refuses to know those that were stopped before they were finished: they handed
 * nothing on, and nothing of them stays.
 */
import { type ExportDocument, type VolumeDocument } from './export-document';
import { collection, command } from '../platform/database';
import { type SubmissionDocument } from '../submission/submission-document';
import { type ExportId, type SubmissionId } from '../../miniprogram/shared/identity/ids';

/** In no order. Looks through the volumes of the batch: for a question that somebody asks, not for a page. */
export async function packagesWith({
  _id: submissionId,
  batchId,
}: Pick<SubmissionDocument, '_id' | 'batchId'>): Promise<readonly ExportId[]> {
  const found: ExportId[] = [];
  for await (const jobs of collection<ExportDocument>('exports').pages({ batchId })) {
    found.push(...(await amongThem(jobs, submissionId)));
  }
  return found;
}

/** Whether a package that is not finished holds a photo of the student, or will. */
export async function isBeingPacked({
  _id: submissionId,
  batchId,
}: Pick<SubmissionDocument, '_id' | 'batchId'>): Promise<boolean> {
  const unfinished = { batchId, state: command().in(['packing', 'closing']) };
  for await (const jobs of collection<ExportDocument>('exports').pages(unfinished)) {
    if ((await amongThem(jobs, submissionId)).length > 0) return true;
  }
  return false;
}

async function amongThem(
  jobs: readonly ExportDocument[],
  submissionId: SubmissionId,
): Promise<readonly ExportId[]> {
  const exportId = command().in(jobs.map(({ _id }) => _id));
  // Their ids only: a volume is large, and names everybody in it.
  const rows = await collection<VolumeDocument>('export_volumes').aggregate<{ readonly _id: ExportId }>(
    [{ $match: { exportId, 'items.submissionId': submissionId } }, { $group: { _id: '$exportId' } }],
    jobs.length,
  );
  return rows.map(({ _id }) => _id);
}
