/** The end of a package: manifests over all volumes, the submissions' new state, the job finished. Can be repeated. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExportDocument, type StoredFile, type VolumeDocument, volumeId } from './export-document';
import {
  MANIFEST_CSV,
  MANIFEST_JSON,
  manifestCsv,
  type ManifestEntry,
  type ManifestHead,
  manifestJson,
} from './manifest';
import { type ExportWorker } from './export-worker';
import { writeHashed } from './write-hashed';
import { appendAudit } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { newId } from '../identity/unguessable-id';
import { stationName } from '../operator-access/station-name';
import { collection, command } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { uploadFile } from '../platform/storage';
import { changeMany } from '../submission/change-many';
import { STORAGE_FOLDERS } from '../upload/upload-ticket';
import { DomainError } from '../../miniprogram/shared/errors';

/** @throws DomainError CONFLICT when the job was cancelled or taken over meanwhile */
export async function closeExport(worker: ExportWorker, job: ExportDocument, token: string): Promise<void> {
  const head = await headOf(job);
  const manifests = [
    await storeText(job, MANIFEST_JSON, manifestJson(head, entriesOf(job))),
    await storeText(job, MANIFEST_CSV, manifestCsv(entriesOf(job))),
  ];
  for (const { items } of await volumesOf(job)) {
    const ids = items.map(({ submissionId }) => submissionId);
    await changeMany(ids, { from: 'accepted', event: 'export', now: worker.now });
  }
  await runTransaction(async (scope) => {
    const exports = scope.collection<ExportDocument>('exports');
    const current = await exports.get(job._id);
    if (current?.working?.token !== token || current.state !== 'closing') throw new DomainError('CONFLICT');
    await exports.update(job._id, { state: 'finished', manifests, finishedAt: worker.now, working: null });
    await appendAudit(scope, worker, 'export.finish', job._id, job.schoolCode);
  });
}

async function headOf({
  batchId,
  selection,
  template,
  photos,
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
    volumes: volumes.map(({ fileName: file, bytes, sha256, photos: inVolume }) => {
      return { file, bytes, sha256, photos: inVolume };
    }),
  };
}

async function volumesOf({ _id, volumeCount }: ExportDocument): Promise<readonly VolumeDocument[]> {
  const ids = Array.from({ length: volumeCount }, (_, index) => volumeId(_id, index + 1));
  const volumes = collection<VolumeDocument>('export_volumes');
  return (await Promise.all(ids.map((id) => volumes.get(id)))).filter((volume) => volume !== null);
}

/** Volume by volume, so that a package of 50,000 never lies in memory. */
async function* entriesOf({ _id, volumeCount }: ExportDocument): AsyncGenerator<readonly ManifestEntry[]> {
  for (let number = 1; number <= volumeCount; number += 1) {
    const volume = await collection<VolumeDocument>('export_volumes').get(volumeId(_id, number));
    if (!volume?.entries) throw new Error('a volume of a package is not packed');
    yield volume.entries;
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
    const fileId = await uploadFile(cloudPath, createReadStream(path));
    return { fileName, fileId, ...written };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
