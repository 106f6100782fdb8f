/**
 * The end of a package, in steps that can each be repeated:
 *
 *   1 manifests   over all volumes; from their recording on the package is neither stopped nor does it expire
 *   2 hand over   the submissions become `exported`, as far as they still have the photo that was packed
 *   3 finish      one transaction
 *
 * In this order a package that was over before its end has exported nothing, and one that is finished everything.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExportDocument, isHandingOver, type StoredFile } from './export-document';
import {
  MANIFEST_CSV,
  MANIFEST_JSON,
  manifestCsv,
  type ManifestEntry,
  type ManifestHead,
  manifestJson,
} from './manifest';
import { type ExportWorker } from './export-worker';
import { volumesOf } from './package-volumes';
import { writeHashed } from './write-hashed';
import { appendAudit } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { newId } from '../identity/unguessable-id';
import { stationName } from '../operator-access/station-name';
import { collection, command } from '../platform/database';
import { runTransaction, type TransactionScope } from '../platform/transaction';
import { deleteFiles, uploadFile } from '../platform/storage';
import { isMine } from '../requests/lease';
import { changeMany } from '../submission/change-many';
import { STORAGE_FOLDERS } from '../upload/upload-ticket';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant } from '../../miniprogram/shared/identity/ids';

/** @throws DomainError CONFLICT when the job was cancelled or taken over meanwhile */
export async function closeExport(worker: ExportWorker, job: ExportDocument, token: string): Promise<void> {
  if (!isHandingOver(job)) await makeManifests(job, token);
  await handOver(worker.now, job);
  const finished = await whileClosing(job, token, async (scope) => {
    await scope.collection<ExportDocument>('exports').update(job._id, {
      state: 'finished',
      finishedAt: worker.now,
      working: null,
    });
    await appendAudit(scope, worker, 'export.finish', job._id, job.schoolCode);
  });
  if (!finished) throw new DomainError('CONFLICT');
}

/** The second step; done again, it changes only what somebody took back meanwhile. */
export async function handOver(now: Instant, job: ExportDocument): Promise<void> {
  for await (const { items } of volumesOf(job)) {
    await changeMany(items, { from: 'accepted', event: 'export', now });
  }
}

async function makeManifests(job: ExportDocument, token: string): Promise<void> {
  const manifests = await storeManifests(job);
  const recorded = await whileClosing(job, token, async (scope) => {
    await scope.collection<ExportDocument>('exports').update(job._id, { manifests });
  });
  if (recorded) return;
  await deleteNobodys(manifests);
  throw new DomainError('CONFLICT');
}

async function storeManifests(job: ExportDocument): Promise<readonly StoredFile[]> {
  const head = await headOf(job);
  const stored: StoredFile[] = [];
  try {
    stored.push(await storeText(job, MANIFEST_JSON, manifestJson(head, entriesOf(job))));
    stored.push(await storeText(job, MANIFEST_CSV, manifestCsv(entriesOf(job))));
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

/** @returns false, with nothing written, when this worker is not the one any more */
async function whileClosing(
  { _id }: ExportDocument,
  token: string,
  write: (scope: TransactionScope) => Promise<void>,
): Promise<boolean> {
  return runTransaction(async (scope) => {
    const current = await scope.collection<ExportDocument>('exports').get(_id);
    if (current?.state !== 'closing' || !isMine(current.working, token)) return false;
    await write(scope);
    return true;
  });
}

async function headOf({
  batchId,
  selection,
  template,
  photos,
  leftOut,
  volumes,
}: ExportDocument): Promise<ManifestHead> {
  const batch = await collection<BatchDocument>('batches').get(batchId);
  if (batch === null) throw new Error('the batch of a package is missing');
  return {
    format: 'graduation-photos-package/1',
    schoolCode: batch.schoolCode,
    schoolName: batch.schoolName,
    batchId,
    batchTitle: batch.title,
    graduationDate: batch.graduationDate,
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
  const cloudPath = `${STORAGE_FOLDERS.package}/${newId()}.${fileName.split('.').at(-1)!}`;
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
