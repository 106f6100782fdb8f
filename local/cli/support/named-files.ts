/**
 * Files and folders that somebody named on a command line: read, or tried before long work, so that what is wrong with
 * them is said at once and with their name. Refuses to know what is in them.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { UsageError } from './usage-error';

/** @throws UsageError that names the file */
export function readNamedFile(path: string): Buffer {
  return naming(path, () => readFileSync(path));
}

/** @throws UsageError that names the file */
export function writeNamedFile(path: string, content: string | Uint8Array): void {
  naming(path, () => {
    writeFileSync(path, content);
  });
}

/** Makes the folder where it is missing. @throws UsageError for a file of that name, or where nothing may be written */
export function requireFolder(path: string): void {
  naming(path, () => {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  });
}

/** Leaves what is there as it is, and nothing where nothing was. @throws UsageError where the file cannot be written */
export function requireWritableFile(path: string): void {
  const isNew = !existsSync(path);
  naming(path, () => {
    closeSync(openSync(path, 'a'));
  });
  if (isNew) rmSync(path);
}

/**
 * No permission, a device error, or not there: about the disk, not about us. Known by its shape, because test runners
 * give Node's own errors another class.
 */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

/** Windows lets nobody write or remove what another program has open, and says so by either code. */
export function isHeldOpen(error: unknown): boolean {
  return isFileError(error) && (error.code === 'EBUSY' || error.code === 'EPERM');
}

/** Whoever read what a command writes has stopped reading (`… | head`): nothing that anybody did wrong. */
export function isClosedPipe(error: unknown): boolean {
  return isFileError(error) && error.code === 'EPIPE' && error.syscall === 'write';
}

const HELD_OPEN = 'open in another program (Excel, a picture viewer): close it there and try again';
const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'lies in something that is no folder',
  EISDIR: 'is a folder, where a file is wanted',
  EEXIST: 'is a file, where a folder is wanted',
  EACCES: 'may not be read or written',
  EBUSY: `is ${HELD_OPEN}`,
  EPERM: `may not be read or written, or is ${HELD_OPEN}`,
  EROFS: 'lies on a disk that cannot be written',
  ENOSPC: 'could not be written: the disk is full',
};

/** @param path for errors that say none themselves: Node's about reading a folder does not */
export function fileProblem(error: NodeJS.ErrnoException, path = error.path): string {
  const problem = PROBLEMS[error.code ?? ''];
  return problem === undefined || path === undefined ? error.message : `${path} ${problem}.`;
}

/** What the action does to this file, with errors that name it: Node's about reading and writing do not. */
export function naming<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw isFileError(error) && !isClosedPipe(error) ? new UsageError(fileProblem(error, path)) : error;
  }
}
