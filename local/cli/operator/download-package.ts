/**
 * Brings a package to the PC so that it can be stopped and taken up at any moment: which package it is stands in the
 * folder, files that are there and right are not fetched again, and a file has its name only when it is whole.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Bar } from './output';
import { type StaffClient } from './staff-client';
import { CLI_WORDS } from './words';
import { UsageError } from '../support/command';
import { EXPORT_STATE_WORDS } from '../../../miniprogram/copy/operator-export-words';
import { isDomainError } from '../../../miniprogram/shared/errors';
import {
  type ExportFile,
  type ExportJob,
  type ExportRequest,
} from '../../../miniprogram/shared/contract/exporter';
import { type ExportId } from '../../../miniprogram/shared/identity/ids';

/** Which package a folder is for; written before the first file is fetched. */
const STATE_FILE = 'download.json';
/** What packages leave in a folder, also half fetched. */
const PACKAGE_FILE = /(\.zip|^manifest\.(csv|json))(\.part)?$/i;
const LONGEST_WAIT_SECONDS = 5;

export interface DownloadedPackage {
  readonly job: ExportJob;
  /** The folder was for this package already: photos that were accepted since are not in it. */
  readonly resumed: boolean;
  readonly files: readonly ExportFile[];
}

/**
 * Starts the package, or goes on with the one that the folder is for.
 * @throws UsageError where the folder has files of another package, or somebody stopped this one meanwhile
 */
export async function exportToFolder(
  staff: StaffClient,
  request: ExportRequest,
  folder: string,
  bar: Bar,
): Promise<DownloadedPackage> {
  mkdirSync(folder, { recursive: true });
  const earlier = await earlierPackage(staff, request, folder);
  const exportId = earlier ?? (await newPackage(staff, request, folder));
  const job = await packUntilFinished(staff, exportId, bar);
  if (job.state !== 'finished') throw new UsageError(CLI_WORDS.stoppedMeanwhile);
  const files = await downloadPackage(staff, exportId, folder, bar);
  return { job, resumed: earlier !== null, files };
}

/** Brings the files of a finished package; those that are there and right stay. */
export async function downloadPackage(
  staff: StaffClient,
  exportId: ExportId,
  folder: string,
  bar: Bar,
): Promise<readonly ExportFile[]> {
  const { files } = await staff.exporter('links', { exportId });
  for (const [done, file] of files.entries()) {
    bar.show(done, files.length, file.fileName);
    await fetchFile(file, folder, async () => {
      const renewed = await staff.exporter('links', { exportId });
      return renewed.files.find(({ fileName }) => fileName === file.fileName) ?? file;
    });
  }
  bar.end();
  return files;
}

/**
 * The package that the folder is for, or null where there is none any more.
 * @throws UsageError where the folder is for a package of other photos: two packages in one folder cannot be verified
 */
async function earlierPackage(
  staff: StaffClient,
  request: ExportRequest,
  folder: string,
): Promise<ExportId | null> {
  const path = join(folder, STATE_FILE);
  if (!existsSync(path)) return null;
  const earlier = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly exportId: ExportId;
    readonly request: ExportRequest;
  };
  if (JSON.stringify(earlier.request) !== JSON.stringify(request)) {
    throw new UsageError(CLI_WORDS.otherPackage(folder));
  }
  const { state } = await staff.exporter('job', { exportId: earlier.exportId });
  return state === 'cancelled' || state === 'expired' ? null : earlier.exportId;
}

/** @throws UsageError where an earlier package's files are still there: nobody could tell them apart any more */
async function newPackage(staff: StaffClient, request: ExportRequest, folder: string): Promise<ExportId> {
  if (readdirSync(folder).some((file) => PACKAGE_FILE.test(file))) {
    throw new UsageError(CLI_WORDS.usedFolder(folder));
  }
  const { id: exportId } = await staff.exporter('start', request);
  writeFileSync(join(folder, STATE_FILE), `${JSON.stringify({ exportId, request }, null, 2)}\n`);
  return exportId;
}

/** Several may work on one package, also the timer: who finds it taken waits and looks again. */
export async function packUntilFinished(
  staff: StaffClient,
  exportId: ExportId,
  bar: Bar,
): Promise<ExportJob> {
  for (;;) {
    try {
      const job = await staff.exporter('proceed', { exportId });
      const done = job.state === 'closing' ? (job.handedOver ?? 0) : job.packed;
      bar.show(done, job.photos, EXPORT_STATE_WORDS[job.state]);
      if (job.state !== 'packing' && job.state !== 'closing') return job;
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'CONFLICT') throw error;
      const seconds = Math.min(LONGEST_WAIT_SECONDS, Number(error.details.retryAfterSeconds ?? 1));
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    }
  }
}

/** @param renew the same file with a new link: links end while large files before this one are fetched */
async function fetchFile(file: ExportFile, folder: string, renew: () => Promise<ExportFile>): Promise<void> {
  const { fileName, bytes, sha256 } = file;
  const path = join(folder, fileName);
  if (existsSync(path) && statSync(path).size === bytes && (await digestOf(path)) === sha256) return;
  const partial = `${path}.part`;
  let response = await fetch(file.link.url);
  if (!response.ok) response = await fetch((await renew()).link.url);
  if (!response.ok || response.body === null) throw new Error(`${fileName}: HTTP ${response.status}`);
  await pipeline(Readable.fromWeb(response.body), createWriteStream(partial));
  if ((await digestOf(partial)) !== sha256) throw new Error(`${fileName} did not arrive whole`);
  renameSync(partial, path);
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
