/**
 * The batches in which a 学籍 has a submission, from its binding. Refuses submissions that are being deleted: they exist
 * for nobody any more.
 */
import { type BindingDocument } from './binding-document';
import { type OwnPlace } from '../../batch/choose-batch';
import { batchesById } from '../../batch/find-batches';
import { collection } from '../../platform/database';
import { type SubmissionDocument } from '../../submission/submission-document';

export interface BoundPlace extends OwnPlace {
  readonly submission: SubmissionDocument;
}

export async function ownPlaces(binding: BindingDocument | null): Promise<readonly BoundPlace[]> {
  if (binding === null) return [];
  const submissions = collection<SubmissionDocument>('submissions');
  const found = await Promise.all(binding.submissionIds.map((id) => submissions.get(id)));
  const standing = found.flatMap((submission) => (submission?.deletingAt === null ? [submission] : []));
  const batches = await batchesById(standing.map(({ batchId }) => batchId));
  return standing.flatMap((submission): BoundPlace[] => {
    const batch = batches.get(submission.batchId);
    return batch === undefined ? [] : [{ batch, submission }];
  });
}
