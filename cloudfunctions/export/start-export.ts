/**
 * Fixes what goes into a package and how it is called, or refuses. Volumes are written down first and the job last, so
 * that a start that was cut short left no job; what it left is for the housekeeping. A start that is sent again is the
 * same package, however late either copy is: the volumes belong to the copy that wrote them, and the first job that
 * stands is everybody's answer. Refuses to answer with it who asked for another package under the same key: only the
 * batch that was asked for was admitted.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  type ExportDocument,
  PHOTOS_PER_VOLUME,
  toExportJob,
  volumeId,
  type VolumeDocument,
} from './export-document';
import { requireFree, takeTurn, turnToPackNew } from './new-packages';
import { checkOf, type NamedPhoto, selectPhotos, type SelectedPhotos } from './select-photos';
import { appendAudit } from '../audit/append-audit';
import { type BatchDocument, toOperatorBatch } from '../batch/batch-document';
import { derivedId, newId } from '../identity/unguessable-id';
import { collection, command, DuplicateKeyError } from '../platform/database';
import { runTransaction } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import { type PhotoDocument } from '../submission/photo-document';
import {
  type ExportCheck,
  type ExportJob,
  type ExportRequest,
} from '../../miniprogram/shared/contract/exporter';
import { DomainError, isDomainError } from '../../miniprogram/shared/errors';
import { type ExportId, type FileId } from '../../miniprogram/shared/identity/ids';

/** Races with other starts end after one more look; more is trouble. */
const MAXIMUM_ATTEMPTS = 4;
/** Of so many photos at least one is there. */
const LOOKED_AT = 100;

/** @throws DomainError EXPORT_TEMPLATE_INVALID */
export async function checkExport(batch: BatchDocument, request: ExportRequest): Promise<ExportCheck> {
  return checkOf(await selectPhotos(batch, request));
}

/**
 * @throws DomainError EXPORT_TEMPLATE_INVALID, EXPORT_EMPTY, EXPORT_NAMES_REFUSED {count, problem}, EXPORT_UNDERWAY,
 *   REQUEST_REPLAYED
 */
export async function startExport(
  call: Call,
  batch: BatchDocument,
  request: ExportRequest,
  photosPerVolume: number = PHOTOS_PER_VOLUME,
): Promise<ExportJob> {
  const id = (
    call.requestKey === null ? newId() : derivedId('export', call.openid, call.requestKey)
  ) as ExportId;
  for (let attempt = 1; ; attempt += 1) {
    const earlier = await startedBefore(id, request);
    if (earlier) return toExportJob(earlier);
    try {
      const job = await attemptToStart({ call, batch, request, id, photosPerVolume });
      if (job !== null) return toExportJob(job);
    } catch (error) {
      // Another copy of this request was faster: what stopped this one was its work.
      const ofOtherCopy = isDomainError(error) ? await startedBefore(id, request) : null;
      if (ofOtherCopy === null) throw error;
      return toExportJob(ofOtherCopy);
    }
    if (attempt === MAXIMUM_ATTEMPTS) throw new DomainError('CONFLICT');
  }
}

/**
 * The package that this request has begun already, or null.
 * @throws DomainError REQUEST_REPLAYED when it was begun by another request with the same key
 */
async function startedBefore(
  id: ExportId,
  { selection, template }: ExportRequest,
): Promise<ExportDocument | null> {
  const job = await collection<ExportDocument>('exports').get(id);
  if (job === null) return null;
  const { selection: itsSelection, template: itsTemplate } = job;
  if (!isDeepStrictEqual([selection, template], [itsSelection, itsTemplate])) {
    throw new DomainError('REQUEST_REPLAYED');
  }
  return job;
}

interface Start {
  readonly call: Call;
  readonly batch: BatchDocument;
  readonly request: ExportRequest;
  readonly id: ExportId;
  readonly photosPerVolume: number;
}

/** Null when another start came between: what was selected may not hold any more. */
async function attemptToStart(start: Start): Promise<ExportDocument | null> {
  const { call, batch, request } = start;
  const turn = request.selection.photos === 'new' ? await turnToPackNew(batch._id) : null;
  const selected = await selectPhotos(batch, request);
  if (turn !== null) await requireFree(selected.photos, turn);
  const job = await newJob(start, selected);
  const volumes = collection<VolumeDocument>('export_volumes');
  let started = false;
  try {
    await writeVolumes(job, selected.photos, start.photosPerVolume);
    started = await onlyOnce(() =>
      runTransaction(async (scope) => {
        const exports = scope.collection<ExportDocument>('exports');
        if ((await exports.get(job._id)) !== null) return false;
        if (turn !== null && !(await takeTurn(scope, job, turn))) return false;
        await exports.insert(job);
        await appendAudit(scope, call, 'export.start', job._id, batch.schoolCode);
        return true;
      }),
    );
  } finally {
    // Their paths are made of student numbers and names: without a package nobody would ever delete them. Where only the
    // answer to the transaction was lost, the package has them.
    if (!started && (await collection<ExportDocument>('exports').get(job._id))?.volumeSet !== job.volumeSet)
      await volumes.removeWhere({ exportId: job._id, volumeSet: job.volumeSet });
  }
  if (!started) return null;
  // Of copies of this request that were cut short.
  await volumes.removeWhere({ exportId: job._id, volumeSet: command().neq(job.volumeSet) });
  return job;
}

/** False where somebody inserted the same document between our look and our insert. */
async function onlyOnce(transaction: () => Promise<boolean>): Promise<boolean> {
  try {
    return await transaction();
  } catch (error) {
    if (error instanceof DuplicateKeyError) return false;
    throw error;
  }
}

type NewJob = ExportDocument & Required<Pick<ExportDocument, 'volumeSet'>>;

/** @throws DomainError EXPORT_NAMES_REFUSED, EXPORT_EMPTY */
async function newJob(
  { call, batch, request, id, photosPerVolume }: Start,
  { photos, leftOut, problems }: SelectedPhotos,
): Promise<NewJob> {
  if (problems[0] !== undefined) {
    throw new DomainError('EXPORT_NAMES_REFUSED', { count: problems.length, problem: problems[0].problem });
  }
  if (photos.length === 0) throw new DomainError('EXPORT_EMPTY');
  return {
    _id: id,
    batchId: batch._id,
    schoolCode: batch.schoolCode,
    ...request,
    state: 'packing',
    photos: photos.length,
    leftOut,
    volumeSet: newId(),
    volumeCount: Math.ceil(photos.length / photosPerVolume),
    volumes: [],
    manifests: [],
    neighbour: await fileOfAny(photos),
    intendedPaths: [],
    working: null,
    workedAt: call.now,
    startedAt: call.now,
    finishedAt: null,
    deliveredAt: null,
    clearedAt: null,
    expiresAt: secondsAfter(call.now, toOperatorBatch(batch).retention.packagesDays * 24 * 3600),
  };
}

async function writeVolumes(
  { _id: exportId, volumeSet, volumeCount, startedAt }: NewJob,
  photos: readonly NamedPhoto[],
  photosPerVolume: number,
): Promise<void> {
  for (let number = 1; number <= volumeCount; number += 1) {
    const items = photos.slice((number - 1) * photosPerVolume, number * photosPerVolume);
    await collection<VolumeDocument>('export_volumes').insert({
      _id: volumeId(volumeSet, number),
      exportId,
      volumeSet,
      number,
      items: items.map(({ submissionId, photoId, path }) => ({ submissionId, photoId, path })),
      entries: null,
      createdAt: startedAt,
    });
  }
}

async function fileOfAny(photos: readonly NamedPhoto[]): Promise<FileId> {
  const ids = photos.slice(0, LOOKED_AT).map(({ photoId }) => photoId);
  const photo = await collection<PhotoDocument>('photos').findOne({ _id: command().in(ids) });
  if (photo === null) throw new Error('no accepted photo is there');
  return photo.originalFileId;
}
