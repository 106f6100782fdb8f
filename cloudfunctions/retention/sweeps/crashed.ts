/**
 * What crashes leave behind: photos whose worker died and whose phone never asked again, pictures that earlier starts
 * of a photo were going to store, photos that were refused, deletions that were cut short. Every path was written down
 * before its file was, so nothing has to be searched for.
 */
import { type Sweep, type SweepContext, sweepFiles } from '../sweep';
import { collection, command } from '../../platform/database';
import { secondsAfter } from '../../requests/call';
import { filesOf, removeSubmission } from '../../submission/delete-submission';
import { type PhotoDocument } from '../../submission/photo-document';
import { type SubmissionDocument } from '../../submission/submission-document';
import { siblingFileId, type UploadTicketDocument } from '../../upload/upload-ticket';
import { type FileId } from '../../../miniprogram/shared/identity/ids';

const DAY = 24 * 3600;
const HOUR = 3600;
const AT_ONCE = 1000;

export const sweepCrashed: Sweep = async (context) =>
  (await finishDeletions(context)) && (await removeUnjudged(context)) && (await removeExtraFiles(context));

async function finishDeletions(context: SweepContext): Promise<boolean> {
  const { call, tally, dryRun } = context;
  const found = await collection<SubmissionDocument>('submissions').find(
    { deletingAt: command().lt(secondsAfter(call.now, -HOUR)) },
    { limit: AT_ONCE },
  );
  for (const submission of found) {
    if (!context.hasTime()) return false;
    tally.add('crashed-photos', null, { documents: 1 });
    if (!dryRun) await removeSubmission(call, submission, null);
  }
  return true;
}

/** A day is longer than any phone goes on trying. */
async function removeUnjudged(context: SweepContext): Promise<boolean> {
  const { call, tally, dryRun } = context;
  const photos = collection<PhotoDocument>('photos');
  const found = await photos.find(
    { status: command().in(['underway', 'refused']), takenAt: command().lt(secondsAfter(call.now, -DAY)) },
    { limit: AT_ONCE },
  );
  for (const photo of found) {
    if (!context.hasTime()) return false;
    tally.add('crashed-photos', null, { documents: 1, files: await sweepFiles(context, filesOf(photo)) });
    if (dryRun) continue;
    await collection<UploadTicketDocument>('uploads').remove(photo.uploadId);
    await photos.removeWhere({ _id: photo._id, status: command().in(['underway', 'refused']) });
  }
  return true;
}

/** A photo that was started several times kept what the last start stored: the judged original and its picture. */
async function removeExtraFiles(context: SweepContext): Promise<boolean> {
  const { tally, dryRun } = context;
  const photos = collection<PhotoDocument>('photos');
  for await (const page of photos.pages({ starts: command().gt(1) })) {
    for (const photo of page) {
      if (!context.hasTime()) return false;
      if (photo.status !== 'developed' && photo.status !== 'blocked') continue;
      const kept: readonly FileId[] =
        photo.status === 'developed' ? [photo.originalFileId, photo.standardFileId] : [photo.originalFileId];
      const extra = photo.intendedPaths.filter(
        (path) => !kept.includes(siblingFileId(photo.originalFileId, path)),
      );
      if (extra.length === 0) continue;
      const files = extra.map((path) => siblingFileId(photo.originalFileId, path));
      tally.add('crashed-photos', null, { files: await sweepFiles(context, files) });
      const intendedPaths = photo.intendedPaths.filter((path) => !extra.includes(path));
      if (!dryRun) await photos.update(photo._id, { intendedPaths });
    }
  }
  return true;
}
