/** A finished package: its links, its delivery, its end. */
import { clearPackage } from './clear-package';
import { type ExportDocument, isHandingOver, isOver, type StoredFile, toExportJob } from './export-document';
import { volumesOf } from './package-volumes';
import { appendAudit } from '../audit/append-audit';
import { collection } from '../platform/database';
import { temporaryUrl } from '../platform/storage';
import { type Call, secondsAfter } from '../requests/call';
import { earlierOutcome, knownRequest, oncePerRequest } from '../requests/once-per-request';
import { changeMany } from '../submission/change-many';
import {
  type ExporterContract,
  type ExportFile,
  type ExportJob,
} from '../../miniprogram/shared/contract/exporter';
import { DomainError } from '../../miniprogram/shared/errors';
import { type BatchId } from '../../miniprogram/shared/identity/ids';

/** Long enough for a package over a slow line. */
const LINK_SECONDS = 2 * 3600;
const SHOWN_AT_MOST = 100;
/** Handing over takes seconds; a worker that died in it is followed by the timer. */
const HANDING_OVER_SECONDS = 10;

export async function listExports(batchId: BatchId): Promise<ExporterContract['jobs']['data']> {
  const jobs = await collection<ExportDocument>('exports').find(
    { batchId },
    { limit: SHOWN_AT_MOST, sort: [['startedAt', 'desc']] },
  );
  return { jobs: jobs.map(toExportJob) };
}

/** Volumes and manifests; empty for a package that is not finished or is gone. */
export async function exportLinks(call: Call, job: ExportDocument): Promise<readonly ExportFile[]> {
  if (job.state !== 'finished') return [];
  return Promise.all([...job.volumes, ...job.manifests].map((file) => linkToFile(call, file)));
}

export async function linkToFile(
  call: Call,
  { fileId, fileName, bytes, sha256 }: StoredFile,
): Promise<ExportFile> {
  const { url } = await temporaryUrl(fileId, LINK_SECONDS);
  return { fileName, bytes, sha256, link: { url, expiresAt: secondsAfter(call.now, LINK_SECONDS) } };
}

/**
 * Stops a package, or takes a finished one out of the storage. What was exported stays exported.
 * @throws DomainError CONFLICT {retryAfterSeconds} while its photos become `exported`: all or none do
 */
export async function cancelExport(call: Call, { _id }: ExportDocument): Promise<ExportJob> {
  await oncePerRequest(knownRequest(call, 'cancel', _id), async (scope) => {
    const stopped = { kind: 'done', receipt: {} } as const;
    const exports = scope.collection<ExportDocument>('exports');
    const job = await exports.get(_id);
    if (job === null) throw new DomainError('NOT_FOUND');
    if (isOver(job)) return stopped;
    if (isHandingOver(job)) {
      throw new DomainError('CONFLICT', { retryAfterSeconds: HANDING_OVER_SECONDS });
    }
    await exports.update(_id, { state: 'cancelled', working: null });
    await appendAudit(scope, call, 'export.cancel', _id, job.schoolCode);
    return stopped;
  });
  await clearPackage(call.now, _id);
  const job = await collection<ExportDocument>('exports').get(_id);
  if (job === null) throw new DomainError('NOT_FOUND');
  return toExportJob(job);
}

/**
 * The package reached the school or 学信网.
 * @throws DomainError CONFLICT for a package that is not finished
 */
export async function markDelivered(call: Call, job: ExportDocument): Promise<ExportJob> {
  if (job.state !== 'finished' && job.state !== 'expired') throw new DomainError('CONFLICT');
  const known = knownRequest(call, 'markDelivered', job._id);
  if (await earlierOutcome(known)) return toExportJob(job);
  for await (const { items } of volumesOf(job)) {
    await changeMany(items, { from: 'exported', event: 'deliver', now: call.now });
  }
  const deliveredAt = job.deliveredAt ?? call.now;
  await oncePerRequest(known, async (scope) => {
    await scope.collection<ExportDocument>('exports').update(job._id, { deliveredAt });
    await appendAudit(scope, call, 'export.deliver', job._id, job.schoolCode);
    return { kind: 'done', receipt: {} };
  });
  return toExportJob({ ...job, deliveredAt });
}
