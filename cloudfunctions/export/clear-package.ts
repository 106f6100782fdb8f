/**
 * Takes a package that is over out of the storage, with every name in it: paths are made of student numbers and names,
 * and the manifest's data holds more. The photos of one that was stopped, or given up before it was finished, are new
 * again. Of one that was finished stays which photos it held: so it can still be marked as delivered if it expired, and
 * a student can be told what happened. Cut short anywhere, it is found and done again: the package says when it is clear.
 */
import {
  type ClearedVolumeDocument,
  type ExportDocument,
  isOver,
  type VolumeDocument,
} from './export-document';
import { withoutNumbers } from './left-out';
import { remainingVolumesOf } from './package-volumes';
import { recallPhotos } from './recall-photos';
import { collection, command } from '../platform/database';
import { deleteFiles } from '../platform/storage';
import { secondsAfter } from '../requests/call';
import { WORKER_SECONDS } from '../requests/lease';
import { siblingFileId } from '../upload/upload-ticket';
import { isDeliverable } from '../../miniprogram/shared/export/is-deliverable';
import { type FileId, type Instant } from '../../miniprogram/shared/identity/ids';

/** Does nothing for a package that is not over, for one that is gone and for one that is clear. */
export async function clearPackage(now: Instant, id: ExportDocument['_id']): Promise<void> {
  const exports = collection<ExportDocument>('exports');
  const job = await exports.get(id);
  if (job === null || !isOver(job) || job.clearedAt != null) return;
  // First: its volumes say which photos, and a storage that deletes nothing keeps nobody's photo from the next package.
  if (!isDeliverable(job)) await recallPhotos(now, job);
  await deleteFiles(filesOfPackage(job));
  await (job.finishedAt === null ? removeVolumes(job) : clearVolumes(job));
  await exports.update(id, {
    volumes: [],
    manifests: [],
    leftOut: withoutNumbers(job.leftOut ?? []),
    // The paths stay known as long as somebody may be storing; the housekeeping then does it once more.
    ...(!mayBeWorkedOn(job, now) && { intendedPaths: [], clearedAt: now }),
  });
}

/** By the paths that were written down before any file was. */
export function filesOfPackage({ intendedPaths, neighbour }: ExportDocument): FileId[] {
  return intendedPaths.map((path) => siblingFileId(neighbour, path));
}

async function removeVolumes({ _id: exportId }: ExportDocument): Promise<void> {
  await collection<VolumeDocument>('export_volumes').removeWhere({ exportId });
}

async function clearVolumes(job: ExportDocument): Promise<void> {
  const volumes = collection<ClearedVolumeDocument>('export_volumes');
  const cleared: string[] = [];
  for await (const { _id, items } of remainingVolumesOf(job)) {
    const ids = items.map(({ submissionId, photoId }) => ({ submissionId, photoId }));
    await volumes.update(_id, { items: ids, entries: null });
    cleared.push(_id);
  }
  // Of copies of its start that died: they are no package's, and have the same names in them.
  await volumes.removeWhere({ exportId: job._id, _id: command().nin(cleared) });
}

/** Also by a worker from whom the package was taken away, and who does not know yet. */
function mayBeWorkedOn({ workedAt, startedAt }: ExportDocument, now: Instant): boolean {
  return secondsAfter(workedAt ?? startedAt, WORKER_SECONDS.exporter) > now;
}
