/**
 * Which packages hold a student's photo, or held it: what is done to a package is done to every photo in it, and is
 * written down once, for the package. Refuses to know those that were stopped before they were finished: they handed
 * nothing on, and nothing of them stays.
 */
import { type ExportDocument, type VolumeDocument } from './export-document';
import { collection, command } from '../platform/database';
import { type SubmissionDocument } from '../submission/submission-document';
import { type ExportId } from '../../miniprogram/shared/identity/ids';

/** In no order. Looks through the volumes of the batch: for a question that somebody asks, not for a page. */
export async function packagesWith({
  _id: submissionId,
  batchId,
}: Pick<SubmissionDocument, '_id' | 'batchId'>): Promise<readonly ExportId[]> {
  const found: ExportId[] = [];
  for await (const jobs of collection<ExportDocument>('exports').pages({ batchId })) {
    const exportId = command().in(jobs.map(({ _id }) => _id));
    // Their ids only: a volume is large, and names everybody in it.
    const rows = await collection<VolumeDocument>('export_volumes').aggregate<{ readonly _id: ExportId }>(
      [{ $match: { exportId, 'items.submissionId': submissionId } }, { $group: { _id: '$exportId' } }],
      jobs.length,
    );
    found.push(...rows.map(({ _id }) => _id));
  }
  return found;
}
