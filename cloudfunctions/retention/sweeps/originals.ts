/**
 * Originals of accepted submissions, some days after the acceptance: the original of the accepted photo and every
 * earlier attempt. The finished picture, the verdict and the record with the original's hash stay.
 * Refuses photos that were taken after the acceptance: one sent back and retaken during the run loses nothing of the
 * new photo.
 */
import { isOver } from './over-batches';
import { attemptEach, isDue, type Sweep, type SweepContext, sweepFiles } from '../sweep';
import { type Work } from '../take-turns';
import { type BatchDocument, toOperatorBatch } from '../../batch/batch-document';
import { collection, command } from '../../platform/database';
import { runTransaction } from '../../platform/transaction';
import { filesOf } from '../../submission/delete-submission';
import { type PhotoDocument } from '../../submission/photo-document';
import { type SubmissionDocument } from '../../submission/submission-document';
import { type UploadTicketDocument } from '../../upload/upload-ticket';
import { type FileId } from '../../../miniprogram/shared/identity/ids';
import { ACCEPTED_STATES } from '../../../miniprogram/shared/submission/submission-machine';

export const sweepOriginals: Sweep = async function* (context) {
  const { now } = context.call;
  for (const batch of context.batches) {
    const { originalsDays } = toOperatorBatch(batch).retention;
    // Nothing was accepted before the batch opened.
    if (originalsDays === null || !isDue(batch.opensAt, originalsDays, now) || isOver(batch, now)) continue;
    yield* sweepBatch(context, batch, originalsDays);
  }
};

async function* sweepBatch(context: SweepContext, batch: BatchDocument, days: number): Work {
  const pages = collection<SubmissionDocument>('submissions').pages(
    {
      batchId: batch._id,
      schoolCode: batch.schoolCode,
      state: command().in([...ACCEPTED_STATES]),
      originalsDeletedAt: null,
      deletingAt: null,
    },
    { by: 'studentNumber' },
  );
  for await (const page of pages) {
    const due = page.filter((submission) => isDue(acceptedAt(submission), days, context.call.now));
    yield* attemptEach(context, due, (submission) => sweepSubmission(context, batch, submission));
  }
}

function acceptedAt({ timeline, updatedAt }: SubmissionDocument): string {
  return [...timeline].reverse().find(({ state }) => state === 'accepted')?.at ?? updatedAt;
}

async function sweepSubmission(
  context: SweepContext,
  batch: BatchDocument,
  submission: SubmissionDocument,
): Promise<void> {
  if (!context.dryRun && !(await pointAtTheAccepted(submission))) return;
  const { _id: submissionId, confirmedPhotoId } = submission;
  const photos = await collection<PhotoDocument>('photos').find({ submissionId }, { limit: 1000 });
  for (const photo of photos) {
    const isTheOne = photo._id === confirmedPhotoId;
    if (!isTheOne && photo.takenAt > acceptedAt(submission)) continue;
    const files = await sweepFiles(context, isTheOne ? originalsOf(photo) : filesOf(photo));
    if (!context.dryRun) {
      await collection<UploadTicketDocument>('uploads').remove(photo.uploadId);
      if (!isTheOne) await collection<PhotoDocument>('photos').remove(photo._id);
    }
    context.tally.add('originals', batch, { documents: isTheOne ? 0 : 1, files });
  }
  if (context.dryRun) return;
  // A photo that was taken meanwhile has an original, so then nothing is marked.
  await collection<SubmissionDocument>('submissions').updateWhere(
    { _id: submissionId, ...stillAccepted(submission) },
    { originalsDeletedAt: context.call.now },
  );
}

/**
 * First, so that nothing points at a photo that is about to go.
 * @returns false when the submission moved on since it was read: nothing of it may go then
 */
async function pointAtTheAccepted(submission: SubmissionDocument): Promise<boolean> {
  const unchanged = Object.entries(stillAccepted(submission)) as [keyof SubmissionDocument, unknown][];
  return runTransaction(async (scope) => {
    const submissions = scope.collection<SubmissionDocument>('submissions');
    const current = await submissions.get(submission._id);
    if (current === null || unchanged.some(([field, value]) => current[field] !== value)) return false;
    await submissions.update(current._id, { latestPhotoId: current.confirmedPhotoId });
    return true;
  });
}

/** What must not have changed since the submission was read. A new photo changes at least one of them. */
function stillAccepted({ state, confirmedPhotoId }: SubmissionDocument): Partial<SubmissionDocument> {
  return { state, confirmedPhotoId, originalsDeletedAt: null, deletingAt: null };
}

/** The judged original, and the upload that it was copied from, should anything of it be left: all but the result. */
function originalsOf(photo: PhotoDocument): readonly FileId[] {
  const kept = photo.status === 'developed' ? photo.standardFileId : null;
  return filesOf(photo).filter((file) => file !== kept);
}
