/** A finished package: its links, its delivery, its end. */
import { changeNextVolume } from './change-next-volume';
import { clearPackage } from './clear-package';
import {
  type ExportDocument,
  filesHanded,
  hasVolumesLeft,
  isHandingOver,
  isOver,
  type StoredFile,
  toExportJob,
} from './export-document';
import { appendAudit } from '../audit/append-audit';
import { collection } from '../platform/database';
import { listPage } from '../platform/list-page';
import { runTransaction, type TransactionScope } from '../platform/transaction';
import { temporaryUrl } from '../platform/storage';
import { type Call, secondsAfter } from '../requests/call';
import { isHeld, newLease, SLICE_MS } from '../requests/lease';
import { earlierOutcome, knownRequest, oncePerRequest } from '../requests/once-per-request';
import {
  type ExporterContract,
  type ExportFile,
  type ExportJob,
} from '../../miniprogram/shared/contract/exporter';
import { DomainError } from '../../miniprogram/shared/errors';
import { isDeliverable } from '../../miniprogram/shared/export/is-deliverable';
import { type Instant } from '../../miniprogram/shared/identity/ids';

/** Long enough for a package over a slow line. */
const LINK_SECONDS = 2 * 3600;
const PAGE = 100;
/** Most are handed over or marked by then; a worker that died in handing over is followed by the timer. */
const CHANGING_SECONDS = 10;

/** @throws DomainError INVALID_REQUEST {path} */
export async function listExports({
  batchId,
  cursor,
}: ExporterContract['jobs']['request']): Promise<ExporterContract['jobs']['data']> {
  const order = { by: 'startedAt', limit: PAGE } as const;
  const { page, next } = await listPage<ExportDocument>('exports', { batchId }, order, cursor);
  return { jobs: page.map(toExportJob), next };
}

/** Volumes and manifests; empty for a package that is not finished or is gone. */
export async function exportLinks(call: Call, job: ExportDocument): Promise<readonly ExportFile[]> {
  if (job.state !== 'finished') return [];
  return Promise.all(filesHanded(job).map((file) => linkToFile(call, file)));
}

export async function linkToFile(
  call: Call,
  { fileId, fileName, bytes, sha256 }: StoredFile,
): Promise<ExportFile> {
  const { url } = await temporaryUrl(fileId, LINK_SECONDS);
  return { fileName, bytes, sha256, link: { url, expiresAt: secondsAfter(call.now, LINK_SECONDS) } };
}

/**
 * Stops a package, or takes a finished one out of the storage. Before it is delivered its photos are new again, unless
 * another one holds them. One that is over already stays what it is; a stopping that was cut short is finished.
 * @throws DomainError CONFLICT {retryAfterSeconds} while its photos become `exported` or `delivered`: all or none do
 */
export async function cancelExport(call: Call, { _id }: Pick<ExportDocument, '_id'>): Promise<ExportJob> {
  await oncePerRequest(knownRequest(call, 'cancel', _id), async (scope) => {
    const stopped = { kind: 'done', receipt: {} } as const;
    const exports = scope.collection<ExportDocument>('exports');
    const job = await exports.get(_id);
    if (job === null) throw new DomainError('NOT_FOUND');
    if (isOver(job)) return stopped;
    if (isHandingOver(job) || isBeingMarked(job, call.now)) {
      throw new DomainError('CONFLICT', { retryAfterSeconds: CHANGING_SECONDS });
    }
    await exports.update(_id, { state: 'cancelled', working: null });
    await appendAudit(scope, call, 'export.cancel', _id, job.schoolCode);
    return stopped;
  });
  await clearPackage(call.now, _id);
  return storedJob(_id);
}

/**
 * The package reached the school or 学信网; also one that expired meanwhile. Marks volume by volume for as long as a call
 * may take; asked again until it says when the package was delivered, it goes on where it stopped or was cut short.
 * @throws DomainError EXPORT_NOT_DELIVERABLE {state} for a package that was stopped or not finished
 */
export async function markDelivered(call: Call, { _id }: Pick<ExportDocument, '_id'>): Promise<ExportJob> {
  const known = knownRequest(call, 'markDelivered', _id);
  if (await earlierOutcome(known)) return storedJob(_id);
  const started = performance.now();
  const change = (changes: Marking) =>
    runTransaction((scope) => changeDeliverable(scope, _id, () => changes));
  let job = await change({ working: newLease(call.now, 'exporter') });
  while (hasVolumesLeft(job, job.delivered)) {
    // Its lease holds on: nobody stops the package before the next slice takes another one.
    if (performance.now() - started >= SLICE_MS) return toExportJob(job);
    const event = { from: 'exported', event: 'deliver', now: call.now } as const;
    job = await change({ delivered: await changeNextVolume(job, job.delivered, event) });
  }
  await oncePerRequest(known, async (scope) => {
    await changeDeliverable(scope, _id, ({ deliveredAt }) => ({
      working: null,
      deliveredAt: deliveredAt ?? call.now,
    }));
    await appendAudit(scope, call, 'export.deliver', _id, job.schoolCode);
    return { kind: 'done', receipt: {} };
  });
  return storedJob(_id);
}

/** Nobody stops it in that time: half of its photos would be delivered and half of them new. */
function isBeingMarked({ state, working }: ExportDocument, now: Instant): boolean {
  return state === 'finished' && isHeld(working, now);
}

type Marking = Partial<Pick<ExportDocument, 'working' | 'delivered' | 'deliveredAt'>>;

/** @throws DomainError EXPORT_NOT_DELIVERABLE {state}, NOT_FOUND */
async function changeDeliverable(
  scope: TransactionScope,
  id: ExportDocument['_id'],
  changesOf: (job: ExportDocument) => Marking,
): Promise<ExportDocument> {
  const exports = scope.collection<ExportDocument>('exports');
  const job = await exports.get(id);
  if (job === null) throw new DomainError('NOT_FOUND');
  if (!isDeliverable(job)) throw new DomainError('EXPORT_NOT_DELIVERABLE', { state: job.state });
  const changes = changesOf(job);
  await exports.update(id, changes);
  return { ...job, ...changes };
}

async function storedJob(id: ExportDocument['_id']): Promise<ExportJob> {
  const job = await collection<ExportDocument>('exports').get(id);
  if (job === null) throw new DomainError('NOT_FOUND');
  return toExportJob(job);
}
