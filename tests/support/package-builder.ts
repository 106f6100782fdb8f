/** Packages as the staff make them: started, packed slice by slice, fetched over the links that people get. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { aCall } from './call-builder';
import { storedBatchDocument } from './roster-builder';
import { type ExportDocument } from '../../cloudfunctions/export/export-document';
import { type Manifest } from '../../cloudfunctions/export/manifest';
import { proceedExport } from '../../cloudfunctions/export/proceed-export';
import { startExport } from '../../cloudfunctions/export/start-export';
import { exportLinks } from '../../cloudfunctions/export/use-package';
import { collection } from '../../cloudfunctions/platform/database';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type ExportJob, type ExportRequest } from '../../miniprogram/shared/contract/exporter';
import { type ExportId } from '../../miniprogram/shared/identity/ids';

export type PackageFiles = ReadonlyMap<string, Buffer>;

/** All accepted photos under their student numbers, unless changed. */
export function packageRequest(batch: Batch, changes: Partial<ExportRequest> = {}): ExportRequest {
  return {
    selection: { batchId: batch.id, photos: 'all-accepted' },
    template: { fileName: '{studentNumber}', folder: '' },
    ...changes,
  };
}

/** The changes of a request for photos that no package held yet. */
export function newPhotosOf(batch: Batch): Partial<ExportRequest> {
  return { selection: { batchId: batch.id, photos: 'new' } };
}

export async function startPackage(
  batch: Batch,
  changes: Partial<ExportRequest> = {},
  call = aCall(),
): Promise<ExportJob> {
  return startExport(call, await storedBatchDocument(batch.id), packageRequest(batch, changes));
}

export async function finishPackage({ id }: Pick<ExportJob, 'id'>): Promise<ExportJob> {
  let job: ExportJob;
  do job = await proceedExport(aCall(), id);
  while (job.state === 'packing' || job.state === 'closing');
  return job;
}

export async function finishedPackage(
  batch: Batch,
  changes: Partial<ExportRequest> = {},
): Promise<{ readonly job: ExportJob; readonly files: PackageFiles }> {
  const job = await finishPackage(await startPackage(batch, changes));
  return { job, files: await packageFiles(job.id) };
}

export async function storedPackage({ id }: Pick<ExportJob, 'id'>): Promise<ExportDocument> {
  const document = await collection<ExportDocument>('exports').get(id);
  if (document === null) throw new Error('the package is gone');
  return document;
}

/** Every file of a finished package by name. */
export async function packageFiles(id: ExportId): Promise<PackageFiles> {
  const files = await exportLinks(aCall(), await storedPackage({ id }));
  return new Map(
    await Promise.all(
      files.map(async ({ fileName, link, sha256 }) => {
        const bytes = Buffer.from(await (await fetch(link.url)).arrayBuffer());
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
        return [fileName, bytes] as const;
      }),
    ),
  );
}

export async function unzip(bytes: Buffer): Promise<PackageFiles> {
  const archive = await fromBufferPromise(bytes, { lazyEntries: true });
  const entries = new Map<string, Buffer>();
  for await (const entry of archive.eachEntry()) {
    entries.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)));
  }
  return entries;
}

export const manifestOf = (files: PackageFiles): Manifest =>
  JSON.parse(files.get('manifest.json')!.toString()) as Manifest;
