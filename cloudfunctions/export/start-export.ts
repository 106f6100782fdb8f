/**
 * Fixes what goes into a package and how it is called, or refuses. Volumes are written down first and the job last, so
 * that a start that was cut short left no job.
 */
import {
  type ExportDocument,
  PHOTOS_PER_VOLUME,
  toExportJob,
  volumeId,
  type VolumeDocument,
} from './export-document';
import { checkOf, type NamedPhoto, selectPhotos } from './select-photos';
import { appendAudit } from '../audit/append-audit';
import { type BatchDocument, toOperatorBatch } from '../batch/batch-document';
import { derivedId, newId } from '../identity/unguessable-id';
import { collection } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import { type PhotoDocument } from '../submission/photo-document';
import {
  type ExportCheck,
  type ExportJob,
  type ExportRequest,
} from '../../miniprogram/shared/contract/exporter';
import { DomainError } from '../../miniprogram/shared/errors';
import { type ExportId, type FileId } from '../../miniprogram/shared/identity/ids';

/** @throws DomainError EXPORT_TEMPLATE_INVALID */
export async function checkExport(batch: BatchDocument, request: ExportRequest): Promise<ExportCheck> {
  return checkOf(await selectPhotos(batch, request));
}

/**
 * @throws DomainError EXPORT_TEMPLATE_INVALID, EXPORT_EMPTY, EXPORT_NAMES_REFUSED {count, problem}
 */
export async function startExport(
  call: Call,
  batch: BatchDocument,
  request: ExportRequest,
  photosPerVolume: number = PHOTOS_PER_VOLUME,
): Promise<ExportJob> {
  const exports = collection<ExportDocument>('exports');
  const _id = (
    call.requestKey === null ? newId() : derivedId('export', call.openid, call.requestKey)
  ) as ExportId;
  const earlier = await exports.get(_id);
  if (earlier) return toExportJob(earlier);
  const { photos, problems } = await selectPhotos(batch, request);
  if (problems[0] !== undefined) {
    throw new DomainError('EXPORT_NAMES_REFUSED', { count: problems.length, problem: problems[0].problem });
  }
  if (photos[0] === undefined) throw new DomainError('EXPORT_EMPTY');
  const volumeCount = Math.ceil(photos.length / photosPerVolume);
  for (let number = 1; number <= volumeCount; number += 1) {
    const items = photos.slice((number - 1) * photosPerVolume, number * photosPerVolume);
    await collection<VolumeDocument>('export_volumes').set({
      _id: volumeId(_id, number),
      exportId: _id,
      number,
      items: items.map(({ submissionId, photoId, path }) => ({ submissionId, photoId, path })),
      entries: null,
    });
  }
  const job: ExportDocument = {
    _id,
    batchId: batch._id,
    schoolCode: batch.schoolCode,
    ...request,
    state: 'packing',
    photos: photos.length,
    volumeCount,
    volumes: [],
    manifests: [],
    neighbour: await fileOf(photos[0]),
    intendedPaths: [],
    working: null,
    startedAt: call.now,
    finishedAt: null,
    deliveredAt: null,
    expiresAt: secondsAfter(call.now, toOperatorBatch(batch).retention.packagesDays * 24 * 3600),
  };
  await runTransaction(async (scope) => {
    await scope.collection<ExportDocument>('exports').set(job);
    await appendAudit(scope, call, 'export.start', _id, batch.schoolCode);
  });
  return toExportJob(job);
}

async function fileOf({ photoId }: NamedPhoto): Promise<FileId> {
  const photo = await collection<PhotoDocument>('photos').get(photoId);
  if (photo === null) throw new Error('an accepted photo is gone');
  return photo.originalFileId;
}
