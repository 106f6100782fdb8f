/**
 * Moments of the storage that a test wants to be at: just before files are deleted, or when some cannot be. The SDK's
 * own call is watched, so that everything above it is the real code. Ends with the test, by `afterEach(letStorageBe)`.
 */
import cloud from 'wx-server-sdk';
import { type FileId } from '../../miniprogram/shared/identity/ids';

type Deletion = typeof cloud.deleteFile;

interface DeleteRequest {
  readonly fileList: readonly string[];
}

const NO_PERMISSION = -503002;

/** Before the next deletion of a file that fits, once. */
export function beforeDeleting(fits: (fileId: string) => boolean, step: () => Promise<unknown>): void {
  let done = false;
  watch(async (request, goOn) => {
    if (!done && request.fileList.some(fits)) {
      done = true;
      await step();
    }
    return goOn(request);
  });
}

/** Before the next file is read, once. */
export function beforeReading(step: () => Promise<unknown>): void {
  const real = cloud.getTempFileURL.bind(cloud) as (request: unknown) => Promise<never>;
  jest.spyOn(cloud, 'getTempFileURL').mockImplementationOnce(async (request: unknown) => {
    await step();
    return real(request);
  });
}

/** From now on these files cannot be deleted; others in the same request can. */
export function keepFiles(isKept: (fileId: string) => boolean): void {
  watch(async ({ fileList }, goOn) => {
    const answer = await goOn({ fileList: fileList.filter((file) => !isKept(file)) });
    const kept = fileList.filter(isKept).map((fileID) => ({ fileID, status: NO_PERMISSION }));
    return { ...answer, fileList: [...answer.fileList, ...kept] };
  });
}

/** From now on no time passes but in the storage, where each request to delete takes so long. */
export function slowDeletions(milliseconds: number): void {
  let passed = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => passed);
  watch((request, goOn) => {
    passed += milliseconds;
    return goOn(request);
  });
}

/** @returns how many requests to delete were under way at a time, at most */
export function deletionsAtOnce(): () => number {
  let [underway, most] = [0, 0];
  watch(async (request, goOn) => {
    underway += 1;
    most = Math.max(most, underway);
    return goOn(request).finally(() => (underway -= 1));
  });
  return () => most;
}

/** From now on the storage takes files, and whoever stores one dies before hearing of it. @returns the files so far */
export function dieAfterStoring(): readonly FileId[] {
  const stored: FileId[] = [];
  giveUpNever();
  const real = cloud.uploadFile.bind(cloud);
  jest.spyOn(cloud, 'uploadFile').mockImplementation(async (request) => {
    stored.push((await real(request)).fileID as FileId);
    return new Promise<never>(() => undefined);
  });
  return stored;
}

/** From now on whoever asks the storage for this dies before hearing of it. @returns when it was asked first */
export function dieAsking(request: 'getTempFileURL' | 'uploadFile'): Promise<void> {
  giveUpNever();
  return new Promise((asked) => {
    jest.spyOn(cloud, request).mockImplementation(() => {
      asked();
      return new Promise<never>(() => undefined);
    });
  });
}

/** From now on nobody waits longer than that for a file to be stored or fetched. */
export function giveUpAfter(milliseconds: number): void {
  const real = AbortSignal.timeout.bind(AbortSignal);
  jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => real(milliseconds));
}

/** Who is dead does not come back when a limit is over. */
function giveUpNever(): void {
  jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => new AbortController().signal);
}

/** From now on the storage takes no file. */
export function refuseUploads(): void {
  jest.spyOn(cloud, 'uploadFile').mockRejectedValue(new Error('the storage is down'));
}

/** From now on the storage gives no file. */
export function refuseDownloads(): void {
  jest.spyOn(cloud, 'getTempFileURL').mockRejectedValue(new Error('the storage is down'));
}

/** From now on the storage answers no request to delete. */
export function refuseDeletions(): void {
  jest.spyOn(cloud, 'deleteFile').mockRejectedValue(new Error('the storage is down'));
}

export function letStorageBe(): void {
  jest.restoreAllMocks();
}

interface DeleteAnswer {
  readonly fileList: readonly { readonly fileID: string; readonly status: number }[];
}

type GoOn = (request: DeleteRequest) => Promise<DeleteAnswer>;

function watch(handle: (request: DeleteRequest, goOn: GoOn) => Promise<DeleteAnswer>): void {
  const real = cloud.deleteFile.bind(cloud) as unknown as GoOn;
  const goOn: GoOn = (request) =>
    request.fileList.length === 0 ? Promise.resolve({ fileList: [] }) : real(request);
  const watched = (request: DeleteRequest) => handle(request, goOn);
  jest.spyOn(cloud, 'deleteFile').mockImplementation(watched as unknown as Deletion);
}
