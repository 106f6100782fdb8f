/**
 * Goes on with a package, volume by volume, for as long as a call may take:
 *
 *   1 take     one transaction: nobody else works on it
 *   2 pack     the next volume; its path is written down before its file is
 *   3 record   one transaction: the volume is the package's, if this worker is still the one
 *   4 close    manifests over all volumes; the submissions become `exported`; the job is finished
 *
 * A worker that dies leaves a volume that is packed again, never one twice in the package and never a gap: volumes
 * are recorded in order, by number. The next call, or the timer, goes on.
 */
import {
  type ExportDocument,
  type PackedVolume,
  toExportJob,
  type VolumeDocument,
  volumeFileName,
  volumeId,
} from './export-document';
import { closeExport } from './close-export';
import { type ExportWorker } from './export-worker';
import { gatherPhotoFacts } from './manifest-entries';
import { packVolume } from './pack-volume';
import { newId } from '../identity/unguessable-id';
import { collection, command } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { deleteFiles } from '../platform/storage';
import { secondsAfter, secondsUntil } from '../requests/call';
import { STORAGE_FOLDERS } from '../upload/upload-ticket';
import { type ExportJob } from '../../miniprogram/shared/contract/exporter';
import { DomainError } from '../../miniprogram/shared/errors';
import { type ExportId } from '../../miniprogram/shared/identity/ids';

/** No volume is begun after this; one takes some seconds. */
const SLICE_MS = 15_000;
/** When a worker counts as dead: after the time limit in functions/exporter/config.json. */
const WORKER_SECONDS = 65;

/** @throws DomainError CONFLICT {retryAfterSeconds} while another call works on it, NOT_FOUND */
export async function proceedExport(worker: ExportWorker, exportId: ExportId): Promise<ExportJob> {
  const started = performance.now();
  const token = newId();
  let job = await takeJob(worker, exportId, token);
  if (job === null) return readJob(exportId);
  try {
    while (job.volumes.length < job.volumeCount && performance.now() - started < SLICE_MS) {
      job = await packNext(job, token);
    }
    if (job.volumes.length === job.volumeCount) await closeExport(worker, job, token);
  } finally {
    await collection<ExportDocument>('exports').updateWhere(
      { _id: exportId, 'working.token': token },
      { working: null },
    );
  }
  return readJob(exportId);
}

/** Null: there is nothing to do. */
async function takeJob(worker: ExportWorker, id: ExportId, token: string): Promise<ExportDocument | null> {
  return runTransaction(async (scope) => {
    const exports = scope.collection<ExportDocument>('exports');
    const job = await exports.get(id);
    if (job === null) throw new DomainError('NOT_FOUND');
    if (job.state !== 'packing' && job.state !== 'closing') return null;
    if (job.working !== null && job.working.until > worker.now) {
      throw new DomainError('CONFLICT', {
        retryAfterSeconds: secondsUntil(job.working.until, worker.now),
      });
    }
    const working = { token, until: secondsAfter(worker.now, WORKER_SECONDS) };
    await exports.update(id, { working });
    return { ...job, working };
  });
}

async function packNext(job: ExportDocument, token: string): Promise<ExportDocument> {
  const number = job.volumes.length + 1;
  const volumes = collection<VolumeDocument>('export_volumes');
  const volume = await volumes.get(volumeId(job._id, number));
  if (volume === null) throw new Error('a volume of a package is missing');
  const cloudPath = `${STORAGE_FOLDERS.package}/${newId()}.zip`;
  await collection<ExportDocument>('exports').update(job._id, {
    intendedPaths: command().push([cloudPath]),
  });
  const facts = await gatherPhotoFacts(volume.items);
  const fileName = volumeFileName(number, job.volumeCount);
  const packed = await packVolume(
    facts.map(({ entry, fileId, sha256 }) => ({ path: entry.file, fileId, sha256 })),
    cloudPath,
  );
  const { fileId, bytes, sha256, photoBytes } = packed;
  const entries = facts.map(({ entry }, index) => ({
    ...entry,
    volume: fileName,
    bytes: photoBytes[index]!,
  }));
  const recorded = await record(job, token, volume, {
    volume: { fileName, fileId, bytes, sha256, photos: volume.items.length },
    entries,
  });
  if (recorded === null) {
    // Cancelled meanwhile, or taken over by another worker: this file is nobody's.
    await deleteFiles([fileId]).catch(() => undefined);
    throw new DomainError('CONFLICT');
  }
  return recorded;
}

interface Result {
  readonly volume: PackedVolume;
  readonly entries: NonNullable<VolumeDocument['entries']>;
}

async function record(
  { _id }: ExportDocument,
  token: string,
  { _id: volumeDocumentId, number }: VolumeDocument,
  { volume, entries }: Result,
): Promise<ExportDocument | null> {
  return runTransaction(async (scope) => {
    const exports = scope.collection<ExportDocument>('exports');
    const job = await exports.get(_id);
    const awaited = job?.working?.token === token && job.volumes.length === number - 1;
    if (!awaited || job.state !== 'packing') return null;
    const volumes = [...job.volumes, volume];
    const state = volumes.length === job.volumeCount ? 'closing' : 'packing';
    await scope.collection<VolumeDocument>('export_volumes').update(volumeDocumentId, { entries });
    await exports.update(_id, { volumes, state });
    return { ...job, volumes, state };
  });
}

async function readJob(id: ExportId): Promise<ExportJob> {
  const job = await collection<ExportDocument>('exports').get(id);
  if (job === null) throw new DomainError('NOT_FOUND');
  return toExportJob(job);
}

/** Jobs that were left unfinished: the timer's work. Never throws; one job that fails does not stop the others. */
export async function proceedUnfinished(worker: ExportWorker): Promise<{ readonly proceeded: number }> {
  const jobs = await collection<ExportDocument>('exports').find(
    { state: command().in(['packing', 'closing']) },
    { limit: 20, sort: [['startedAt', 'asc']] },
  );
  const [oldest] = jobs.filter(({ working }) => working === null || working.until <= worker.now);
  if (oldest === undefined) return { proceeded: 0 };
  await proceedExport(worker, oldest._id);
  return { proceeded: 1 };
}
