/**
 * What crashes leave behind: photos whose worker died and whose phone never asked again, pictures that earlier starts
 * of a photo were going to store, photos that were refused, deletions that were cut short. Every path was written down
 * before its file was, so nothing has to be searched for.
 */
import { type Sweep, type SweepContext, sweepFiles } from '../sweep';
import { type Work } from '../take-turns';
import { type AuditedCall } from '../../audit/append-audit';
import { batchById } from '../../batch/find-batches';
import { collection, command } from '../../platform/database';
import { secondsAfter } from '../../requests/call';
import { filesOf, removeSubmission } from '../../submission/delete-submission';
import { isJudged, type JudgedPhoto, type PhotoDocument } from '../../submission/photo-document';
import { type SubmissionDocument } from '../../submission/submission-document';
import { siblingFileId, type UploadTicketDocument } from '../../upload/upload-ticket';
import { type FileId } from '../../../miniprogram/shared/identity/ids';

const DAY = 24 * 3600;
const HOUR = 3600;

export const sweepCrashed: Sweep = async function* (context) {
  yield* finishDeletions(context);
  yield* removeUnjudged(context);
  yield* removeExtraFiles(context);
};

async function* finishDeletions(context: SweepContext): Work {
  const { call, tally, dryRun } = context;
  const submissions = collection<SubmissionDocument>('submissions');
  for await (const page of submissions.pages({ deletingAt: command().lt(secondsAfter(call.now, -HOUR)) })) {
    for (const submission of page) {
      yield;
      await context.attempt(submission._id, async () => {
        if (!dryRun && !(await finishDeletion(call, submission))) return;
        tally.add('crashed-photos', null, { documents: 1 });
      });
    }
  }
}

/** @returns false when somebody else did */
async function finishDeletion(call: AuditedCall, submission: SubmissionDocument): Promise<boolean> {
  const batch = await batchById(submission.batchId);
  return (await removeSubmission(call, submission, batch, null)) !== null;
}

/** A day is longer than any phone goes on trying. */
async function* removeUnjudged(context: SweepContext): Work {
  const status = command().in(['underway', 'refused']);
  const takenAt = command().lt(secondsAfter(context.call.now, -DAY));
  for await (const page of collection<PhotoDocument>('photos').pages({ status, takenAt })) {
    for (const photo of page) {
      yield;
      await context.attempt(photo._id, () => removePhoto(context, photo));
    }
  }
}

async function removePhoto(context: SweepContext, photo: PhotoDocument): Promise<void> {
  const files = await sweepFiles(context, filesOf(photo));
  if (!context.dryRun) {
    await collection<UploadTicketDocument>('uploads').remove(photo.uploadId);
    const status = command().in(['underway', 'refused']);
    await collection<PhotoDocument>('photos').removeWhere({ _id: photo._id, status });
  }
  context.tally.add('crashed-photos', null, { documents: 1, files });
}

/** A photo that was started several times kept what the last start stored: the judged original and its picture. */
async function* removeExtraFiles(context: SweepContext): Work {
  for await (const page of collection<PhotoDocument>('photos').pages({ starts: command().gt(1) })) {
    for (const photo of page) {
      yield;
      if (isJudged(photo)) await context.attempt(photo._id, () => removeExtraFilesOf(context, photo));
    }
  }
}

async function removeExtraFilesOf(context: SweepContext, photo: JudgedPhoto): Promise<void> {
  const kept: readonly FileId[] =
    photo.status === 'developed' ? [photo.originalFileId, photo.standardFileId] : [photo.originalFileId];
  const extra = photo.intendedPaths.filter(
    (path) => !kept.includes(siblingFileId(photo.originalFileId, path)),
  );
  if (extra.length === 0) return;
  const files = await sweepFiles(
    context,
    extra.map((path) => siblingFileId(photo.originalFileId, path)),
  );
  const intendedPaths = photo.intendedPaths.filter((path) => !extra.includes(path));
  if (!context.dryRun) await collection<PhotoDocument>('photos').update(photo._id, { intendedPaths });
  context.tally.add('crashed-photos', null, { files });
}
