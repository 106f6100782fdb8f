/**
 * The end of a package, in steps that can each be repeated:
 *
 *   1 manifests   over all volumes; from their recording on the package is neither stopped nor does it expire
 *   2 hand over   volume by volume the submissions become `exported`, as far as they still have the photo that was packed
 *   3 finish      one transaction
 *
 * In this order a package that was over before its end has exported nothing, and one that is finished everything.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeNextVolume } from './change-next-volume';
import { type ExportDocument, hasVolumesLeft, isHandingOver, type StoredFile } from './export-document';
import {
  MANIFEST_CSV,
  MANIFEST_JSON,
  manifestCsv,
  type ManifestEntry,
  type ManifestHead,
  manifestJson,
} from './manifest';
import { type ExportWorker } from './export-worker';
import { packagePath } from './package-path';
import { volumesOf } from './package-volumes';
import { writeHashed } from './write-hashed';
import { appendAudit } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { stationName } from '../operator-access/station-name';
import { collection, command } from '../platform/database';
import { runTransaction, type TransactionScope } from '../platform/transaction';
import { deleteFiles, uploadFile } from '../platform/storage';
import { isMine } from '../requests/lease';
import { type ExportSelection } from '../../miniprogram/shared/contract/exporter';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant } from '../../miniprogram/shared/identity/ids';

/**
 * Does the next step, of the second one volume.
 * @returns the package as it is after it
 * @throws DomainError CONFLICT when the job was cancelled or taken over meanwhile
 */
export async function closeFurther(
  worker: ExportWorker,
  job: ExportDocument,
  token: string,
): Promise<ExportDocument> {
  if (!isHandingOver(job)) return makeManifests(job, token);
  return hasVolumesLeft(job, job.handedOver)
    ? handOverNext(worker.now, job, token)
    : finish(worker, job, token);
}

async function makeManifests(job: ExportDocument, token: string): Promise<ExportDocument> {
  const manifests = await storeManifests(job);
  const recorded = await whileClosing(job, token, { manifests });
  if (recorded !== null) return recorded;
  await deleteNobodys(manifests);
  throw new DomainError('CONFLICT');
}

/** Recorded after it was done: done again, it changes only what somebody took back meanwhile. */
async function handOverNext(now: Instant, job: ExportDocument, token: string): Promise<ExportDocument> {
  const handedOver = await changeNextVolume(job, job.handedOver, { from: 'accepted', event: 'export', now });
  return requireMine(await whileClosing(job, token, { handedOver }));
}

async function finish(worker: ExportWorker, job: ExportDocument, token: string): Promise<ExportDocument> {
  const finished = { state: 'finished', finishedAt: worker.now, working: null } as const;
  return requireMine(
    await whileClosing(job, token, finished, (scope) =>
      appendAudit(scope, worker, 'export.finish', job._id, job.schoolCode),
    ),
  );
}

async function storeManifests(job: ExportDocument): Promise<readonly StoredFile[]> {
  const head = await headOf(job);
  const stored: StoredFile[] = [];
  try {
    const csv = await storeText(job, MANIFEST_CSV, manifestCsv(entriesOf(job)));
    stored.push(csv);
    const table = { file: csv.fileName, bytes: csv.bytes, sha256: csv.sha256 };
    const json = manifestJson({ ...head, table }, entriesOf(job));
    stored.unshift(await storeText(job, MANIFEST_JSON, json));
    return stored;
  } catch (error) {
    await deleteNobodys(stored);
    throw error;
  }
}

/** Files that no package knows of. What cannot be deleted now is deleted by the paths that were written down. */
async function deleteNobodys(files: readonly StoredFile[]): Promise<void> {
  await deleteFiles(files.map(({ fileId }) => fileId)).catch(() => undefined);
}

/** @returns the changed package; null, with nothing written, when this worker is not the one any more */
async function whileClosing(
  { _id }: ExportDocument,
  token: string,
  changes: Partial<ExportDocument>,
  writeBeside: (scope: TransactionScope) => Promise<void> = () => Promise.resolve(),
): Promise<ExportDocument | null> {
  return runTransaction(async (scope) => {
    const exports = scope.collection<ExportDocument>('exports');
    const current = await exports.get(_id);
    if (current?.state !== 'closing' || !isMine(current.working, token)) return null;
    await exports.update(_id, changes);
    await writeBeside(scope);
    return { ...current, ...changes };
  });
}

function requireMine(job: ExportDocument | null): ExportDocument {
  if (job === null) throw new DomainError('CONFLICT');
  return job;
}

async function headOf({
  batchId,
  selection,
  template,
  photos,
  leftOut,
  volumes,
}: ExportDocument): Promise<Omit<ManifestHead, 'table'>> {
  const batch = await collection<BatchDocument>('batches').get(batchId);
  if (batch === null) throw new Error('the batch of a package is missing');
  return {
    format: 'graduation-photos-package/1',
    schoolCode: batch.schoolCode,
    schoolName: batch.schoolName,
    batchId,
    batchTitle: batch.title,
    graduationDate: batch.graduationDate,
    selection: selection.photos,
    scope: scopeOf(selection),
    station: await stationName(selection.stationId ?? null),
    fileNameTemplate: template.fileName,
    folderTemplate: template.folder,
    photos,
    leftOut: (leftOut ?? []).map(({ reason, count }) => ({ reason, photos: count })),
    volumes: volumes.map(({ fileName: file, bytes, sha256, photos: inVolume }) => {
      return { file, bytes, sha256, photos: inVolume };
    }),
  };
}

function scopeOf({ stationId }: ExportSelection): ManifestHead['scope'] {
  if (stationId === undefined) return 'batch';
  return stationId === null ? 'no-station' : 'station';
}

async function* entriesOf(job: ExportDocument): AsyncGenerator<readonly ManifestEntry[]> {
  for await (const { entries } of volumesOf(job)) {
    if (entries === null) throw new Error('a volume of a package is not packed');
    yield entries;
  }
}

async function storeText(
  { _id }: ExportDocument,
  fileName: string,
  pieces: AsyncIterable<string>,
): Promise<StoredFile> {
  const cloudPath = packagePath(fileName);
  await collection<ExportDocument>('exports').update(_id, { intendedPaths: command().push([cloudPath]) });
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  try {
    const path = join(folder, fileName);
    const written = await writeHashed(pieces, path);
    const fileId = await uploadFile(cloudPath, path, written.bytes);
    return { fileName, fileId, ...written };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
