/**
 * Goes on with a package, step by step, for as long as a call may take:
 *
 *   1 take     one transaction: nobody else works on it
 *   2 pack     the next volume, without photos that may not or cannot be handed on; its path is written down first
 *   3 record   one transaction: the volume is the package's, if this worker is still the one
 *   4 close    manifests over all volumes; volume by volume the submissions become `exported`; the job is finished
 *
 * A worker that dies leaves a volume that is packed again, never one twice in the package and never a gap: volumes
 * are recorded in order, by number, when they are packed and when they are handed over. The next call, or the timer,
 * goes on.
 */
import {
  type ExportDocument,
  isUnfinished,
  type PackedVolume,
  toExportJob,
  type VolumeDocument,
  volumeFileName,
} from './export-document';
import { closeFurther } from './close-export';
import { type ExportWorker } from './export-worker';
import { countOf, joinLeftOut, leftOutOf } from './left-out';
import { gatherPhotoFacts } from './manifest-entries';
import { packVolume } from './pack-volume';
import { packagePath } from './package-path';
import { volumeOf } from './package-volumes';
import { stillStanding } from './still-standing';
import { collection, command } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { deleteFiles } from '../platform/storage';
import { isMine, newLease, requireFree, SLICE_MS } from '../requests/lease';
import { type ExportJob, type LeftOut } from '../../miniprogram/shared/contract/exporter';
import { DomainError } from '../../miniprogram/shared/errors';
import { type ExportId } from '../../miniprogram/shared/identity/ids';

/** @throws DomainError CONFLICT {retryAfterSeconds} while another call works on it, NOT_FOUND */
export async function proceedExport(worker: ExportWorker, exportId: ExportId): Promise<ExportJob> {
  const started = performance.now();
  const taken = await takeJob(worker, exportId);
  if (taken === null) return readJob(exportId);
  const { token } = taken;
  let { job } = taken;
  try {
    while (isUnfinished(job) && performance.now() - started < SLICE_MS) {
      job = await (job.state === 'packing' ? packNext(job, token) : closeFurther(worker, job, token));
    }
  } catch (error) {
    // What breaks because the package was stopped under the worker is no bug.
    throw (await isOwn(exportId, token)) ? error : new DomainError('CONFLICT');
  } finally {
    await collection<ExportDocument>('exports').updateWhere(
      { _id: exportId, 'working.token': token },
      { working: null },
    );
  }
  return readJob(exportId);
}

interface TakenJob {
  readonly job: ExportDocument;
  readonly token: string;
}

/** Null: there is nothing to do. */
async function takeJob(worker: ExportWorker, id: ExportId): Promise<TakenJob | null> {
  return runTransaction(async (scope) => {
    const exports = scope.collection<ExportDocument>('exports');
    const job = await exports.get(id);
    if (job === null) throw new DomainError('NOT_FOUND');
    if (!isUnfinished(job)) return null;
    requireFree(job.working, worker.now);
    const working = newLease(worker.now, 'exporter');
    await exports.update(id, { working, workedAt: worker.now });
    return { job, token: working.token };
  });
}

async function isOwn(id: ExportId, token: string): Promise<boolean> {
  const job = await collection<ExportDocument>('exports').get(id);
  return isMine(job?.working, token);
}

async function packNext(job: ExportDocument, token: string): Promise<ExportDocument> {
  const number = job.volumes.length + 1;
  const volume = await volumeOf(job, number);
  const fileName = volumeFileName(number, job.volumeCount);
  const cloudPath = packagePath(fileName);
  await collection<ExportDocument>('exports').update(job._id, {
    intendedPaths: command().push([cloudPath]),
  });
  const { standing, leftOut } = await stillStanding(volume.items);
  const { packed, unusable, ...file } = await packVolume(await gatherPhotoFacts(standing), cloudPath);
  const withoutFile = unusable.map(({ photo, reason }) => {
    return { reason, studentNumber: photo.entry.studentNumber };
  });
  const recorded = await record(job, token, volume, {
    volume: { fileName, ...file, photos: packed.length },
    items: packed.map(({ photo }) => photo.item),
    entries: packed.map(({ photo, bytes }) => ({ ...photo.entry, volume: fileName, bytes })),
    leftOut: leftOutOf([...leftOut, ...withoutFile]),
  });
  if (recorded === null) {
    // Cancelled meanwhile, or taken over by another worker: this file is nobody's.
    await deleteFiles([file.fileId]).catch(() => undefined);
    throw new DomainError('CONFLICT');
  }
  return recorded;
}

interface Result {
  readonly volume: PackedVolume;
  readonly items: VolumeDocument['items'];
  readonly entries: NonNullable<VolumeDocument['entries']>;
  readonly leftOut: readonly LeftOut[];
}

async function record(
  { _id }: ExportDocument,
  token: string,
  { _id: volumeDocumentId, number }: VolumeDocument,
  { volume, items, entries, leftOut: ofVolume }: Result,
): Promise<ExportDocument | null> {
  return runTransaction(async (scope) => {
    const exports = scope.collection<ExportDocument>('exports');
    const job = await exports.get(_id);
    const awaited = job !== null && isMine(job.working, token) && job.volumes.length === number - 1;
    if (!awaited || job.state !== 'packing') return null;
    const volumes = [...job.volumes, volume];
    const state = volumes.length === job.volumeCount ? 'closing' : 'packing';
    const photos = job.photos - countOf(ofVolume);
    const leftOut = joinLeftOut(job.leftOut ?? [], ofVolume);
    await scope.collection<VolumeDocument>('export_volumes').update(volumeDocumentId, { items, entries });
    await exports.update(_id, { volumes, state, photos, leftOut });
    return { ...job, volumes, state, photos, leftOut };
  });
}

async function readJob(id: ExportId): Promise<ExportJob> {
  const job = await collection<ExportDocument>('exports').get(id);
  if (job === null) throw new DomainError('NOT_FOUND');
  return toExportJob(job);
}
