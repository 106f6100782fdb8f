/**
 * Pictures in and out of the cloud storage. Refuses unlimited downloads and links without an expiry: the
 * platform's own defaults are "whatever its size" and "for ever". Nothing counts as stored on the SDK's word alone.
 */
import { createReadStream, type ReadStream } from 'node:fs';
import { sdk } from './sdk';
import { within } from './time-limit';
import { transferring } from './transfer-time';
import { type FileId } from '../../miniprogram/shared/identity/ids';

/** The file id names nothing (never uploaded, deleted, or a made-up id). */
export class FileMissingError extends Error {
  constructor() {
    super('No such file in storage');
    this.name = 'FileMissingError';
  }
}

/** The file is larger than the caller is willing to read; nothing of it was kept. */
export class FileTooLargeError extends Error {
  readonly maximumBytes: number;

  constructor(maximumBytes: number) {
    super(`File exceeds ${maximumBytes} bytes`);
    this.name = 'FileTooLargeError';
    this.maximumBytes = maximumBytes;
  }
}

/** These files are still there. All others of the same call are gone. */
export class FilesNotDeletedError extends Error {
  readonly fileIds: readonly FileId[];

  constructor(fileIds: readonly FileId[], options?: ErrorOptions) {
    super(`Storage did not delete ${fileIds.length} files`, options);
    this.name = 'FilesNotDeletedError';
    this.fileIds = fileIds;
  }
}

export interface TemporaryUrl {
  readonly fileId: FileId;
  readonly url: string;
}

/** Stays below every time limit of the functions. */
const DOWNLOAD_TIMEOUT_MS = 15_000;
/** Leaves `photo`, of 30 s, the time to fetch and judge a picture before and to say afterwards that it was not stored. */
const UPLOAD_TIMEOUT_MS = 10_000;
/** For a volume of 43 MB, which `exporter`, of 60 s, begins within the first 15 s and packs in some seconds. */
const FILE_UPLOAD_TIMEOUT_MS = 30_000;
/** Long enough for our own request, worthless to anybody who finds it in a log. */
const OWN_LINK_SECONDS = 60;
/** The platform takes at most 50 files in one request. */
const FILES_PER_REQUEST = 50;

/**
 * The bytes of a stored file.
 * @throws FileMissingError, FileTooLargeError (decided while reading: lengths announced by others are not trusted)
 */
export function downloadBytes(fileId: FileId, maximumBytes: number): Promise<Uint8Array> {
  return transferring(() => within(DOWNLOAD_TIMEOUT_MS, (limit) => download(fileId, maximumBytes, limit)));
}

async function download(fileId: FileId, maximumBytes: number, limit: AbortSignal): Promise<Uint8Array> {
  const { url } = await temporaryUrl(fileId, OWN_LINK_SECONDS);
  const response = await fetch(url, { signal: limit });
  if (response.status === 404) throw new FileMissingError();
  if (!response.ok || response.body === null) throw new Error(`Storage answered ${response.status}`);

  const chunks: Uint8Array[] = [];
  let total = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array };
    if (done || value === undefined) return Buffer.concat(chunks, total);
    total += value.byteLength;
    if (total > maximumBytes) {
      await reader.cancel();
      throw new FileTooLargeError(maximumBytes);
    }
    chunks.push(value);
  }
}

/**
 * Whether the file lies in the environment that this function runs in: `cloud://<environment>.<bucket>/<path>`.
 * Another environment's file could be changed by its owner after it was judged.
 */
export function isOfThisEnvironment(fileId: FileId): boolean {
  // As the SDK does it (4.0.2, getWXContext), but also where no person is calling: timers, commands, tests.
  const environment = process.env.TCB_ENV ?? process.env.SCF_NAMESPACE;
  return environment !== undefined && fileId.startsWith(`cloud://${environment}.`);
}

/**
 * Stores bytes under a path chosen by us (unguessable, without personal data) and returns the file's id.
 * @throws Error also when the storage has said nothing in time; what was on its way may arrive all the same
 */
export function uploadBytes(cloudPath: string, bytes: Uint8Array): Promise<FileId> {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return transferring(() =>
    within(UPLOAD_TIMEOUT_MS, (limit) => upload(cloudPath, content, bytes.byteLength, limit)),
  );
}

/**
 * Stores a file from the function's own disk without reading it into memory.
 * @param bytes how many it has
 * @throws as `uploadBytes`
 */
export function uploadFile(cloudPath: string, path: string, bytes: number): Promise<FileId> {
  return transferring(() =>
    within(FILE_UPLOAD_TIMEOUT_MS, (limit) => upload(cloudPath, createReadStream(path), bytes, limit)),
  );
}

/**
 * The SDK ignores the status of its PUT: without the object store's XML in the body every refusal, such as an empty 503,
 * counts as success (@cloudbase/node-sdk 3.17.2: dist/storage/index.js, uploadFile; `statusCode` of wx-server-sdk 4.0.2
 * is always -1). Nor does it ever end the waiting: its time limit fires an event that nobody listens to
 * (dist/utils/request-core.js). wx-server-sdk gives no way to do the PUT ourselves, so the storage is asked afterwards.
 */
async function upload(
  cloudPath: string,
  fileContent: Buffer | ReadStream,
  bytes: number,
  limit: AbortSignal,
): Promise<FileId> {
  const { fileID } = await sdk().uploadFile({ cloudPath, fileContent });
  await requireStored(fileID as FileId, bytes, limit);
  return fileID as FileId;
}

/** Asked as the SDK's own `getFileInfo` does, which wx-server-sdk does not pass on. */
async function requireStored(fileId: FileId, bytes: number, limit: AbortSignal): Promise<void> {
  const [link] = await temporaryUrls([fileId], OWN_LINK_SECONDS);
  // Not a FileMissingError: what the caller asked for is not missing, it was never stored.
  if (link === undefined) throw new Error(`Storage has nothing of ${bytes} bytes`);
  // What is compressed on the way would have another length.
  const headers = { 'accept-encoding': 'identity' };
  const response = await fetch(link.url, { method: 'HEAD', headers, signal: limit });
  if (!response.ok) throw new Error(`Storage answered ${response.status}`);
  // Where no length is told, that the file is there has to do.
  const stored = Number(response.headers.get('content-length') ?? bytes);
  if (stored !== bytes) throw new Error(`Storage has ${stored} of ${bytes} bytes`);
}

/**
 * Deletes files for good. A file that is already gone counts as deleted; one that cannot be deleted does not keep the
 * others.
 * @throws FilesNotDeletedError when all were tried
 */
export async function deleteFiles(fileIds: readonly FileId[]): Promise<void> {
  const failure = await deleteWhatGoes(fileIds);
  if (failure !== null) throw failure;
}

/** Like `deleteFiles`, for who goes on with those that are gone. @returns what it would throw; null: all are gone */
export async function deleteWhatGoes(fileIds: readonly FileId[]): Promise<FilesNotDeletedError | null> {
  const left: FileId[] = [];
  let cause: unknown;
  for (let start = 0; start < fileIds.length; start += FILES_PER_REQUEST) {
    const fileList = fileIds.slice(start, start + FILES_PER_REQUEST);
    try {
      const { fileList: outcomes } = (await sdk().deleteFile({ fileList })) as DeleteOutcome;
      const failed = outcomes.filter(({ status }) => status !== 0 && status !== STATUS_FILE_MISSING);
      left.push(...failed.map(({ fileID }) => fileID as FileId));
    } catch (error) {
      cause = error;
      left.push(...fileList);
    }
  }
  return left.length > 0 ? new FilesNotDeletedError(left, { cause }) : null;
}

/**
 * A link that anybody may open until it expires.
 * @throws FileMissingError
 */
export async function temporaryUrl(fileId: FileId, maxAgeSeconds: number): Promise<TemporaryUrl> {
  const [link] = await temporaryUrls([fileId], maxAgeSeconds);
  if (link === undefined) throw new FileMissingError();
  return link;
}

/** Links for many files; files that are missing are left out. */
export async function temporaryUrls(
  fileIds: readonly FileId[],
  maxAgeSeconds: number,
): Promise<readonly TemporaryUrl[]> {
  const links: TemporaryUrl[] = [];
  for (let start = 0; start < fileIds.length; start += FILES_PER_REQUEST) {
    const fileList = fileIds
      .slice(start, start + FILES_PER_REQUEST)
      .map((fileID) => ({ fileID, maxAge: maxAgeSeconds }));
    const answer = (await sdk().getTempFileURL({ fileList })) as UrlOutcome;
    for (const { fileID, tempFileURL, status } of answer.fileList) {
      if (status === 0 && tempFileURL !== '') links.push({ fileId: fileID as FileId, url: tempFileURL });
      else if (status !== STATUS_FILE_MISSING) throw new Error(`Storage gave no link (status ${status})`);
    }
  }
  return links;
}

const STATUS_FILE_MISSING = -503003; // STORAGE_FILE_NONEXIST in the SDK's table

interface DeleteOutcome {
  fileList: { fileID: string; status: number }[];
}
interface UrlOutcome {
  fileList: { fileID: string; tempFileURL: string; status: number }[];
}
