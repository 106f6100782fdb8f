/**
 * Originals of accepted submissions, some days after the acceptance: the original of the accepted photo and every
 * earlier attempt. The finished picture, the verdict and the record with the original's hash stay.
 */
import { isOver } from './over-batches';
import { isDue, type Sweep, type SweepContext, sweepFiles } from '../sweep';
import { type BatchDocument, toOperatorBatch } from '../../batch/batch-document';
import { collection, command } from '../../platform/database';
import { filesOf } from '../../submission/delete-submission';
import { type PhotoDocument } from '../../submission/photo-document';
import { type SubmissionDocument } from '../../submission/submission-document';
import { type UploadTicketDocument } from '../../upload/upload-ticket';
import { type FileId } from '../../../miniprogram/shared/identity/ids';

const PAGE = 100;

export const sweepOriginals: Sweep = async (context) => {
  const { now } = context.call;
  for (const batch of context.batches) {
    const { originalsDays } = toOperatorBatch(batch).retention;
    // Nothing was accepted before the batch opened.
    if (originalsDays === null || !isDue(batch.opensAt, originalsDays, now) || isOver(batch, now)) continue;
    if (!(await sweepBatch(context, batch, originalsDays))) return false;
  }
  return true;
};

async function sweepBatch(context: SweepContext, batch: BatchDocument, days: number): Promise<boolean> {
  let last = '';
  for (;;) {
    const page: readonly SubmissionDocument[] = await collection<SubmissionDocument>('submissions').find(
      {
        batchId: batch._id,
        schoolCode: batch.schoolCode,
        studentNumber: command().gt(last),
        state: command().in(['accepted', 'exported', 'delivered']),
        originalsDeletedAt: null,
        deletingAt: null,
      },
      { limit: PAGE, sort: [['studentNumber', 'asc']] },
    );
    for (const submission of page) {
      if (!context.hasTime()) return false;
      const accepted = [...submission.timeline].reverse().find(({ state }) => state === 'accepted');
      if (isDue(accepted?.at ?? submission.updatedAt, days, context.call.now)) {
        await context.attempt(submission._id, () => sweepSubmission(context, batch, submission));
      }
    }
    if (page.length < PAGE) return true;
    last = page.at(-1)!.studentNumber;
  }
}

async function sweepSubmission(
  context: SweepContext,
  batch: BatchDocument,
  { _id: submissionId, confirmedPhotoId }: SubmissionDocument,
): Promise<void> {
  const photos = await collection<PhotoDocument>('photos').find({ submissionId }, { limit: 1000 });
  for (const photo of photos) {
    const isTheOne = photo._id === confirmedPhotoId;
    const files = await sweepFiles(context, isTheOne ? originalsOf(photo) : filesOf(photo));
    context.tally.add('originals', batch, { documents: isTheOne ? 0 : 1, files });
    if (context.dryRun) continue;
    await collection<UploadTicketDocument>('uploads').remove(photo.uploadId);
    if (!isTheOne) await collection<PhotoDocument>('photos').remove(photo._id);
  }
  if (context.dryRun) return;
  await collection<SubmissionDocument>('submissions').update(submissionId, {
    originalsDeletedAt: context.call.now,
    latestPhotoId: confirmedPhotoId,
  });
}

/** The judged original, and the upload that it was copied from, should anything of it be left: all but the result. */
function originalsOf(photo: PhotoDocument): readonly FileId[] {
  const kept = photo.status === 'developed' ? photo.standardFileId : null;
  return filesOf(photo).filter((file) => file !== kept);
}
