/**
 * Paths and ids of stored files. A path is a name, never a place on this disk; still, everything that could be
 * mistaken for one is refused, as the platform does.
 */
import { invalidParameter, PlatformError } from '../platform-error';

/** Environment and bucket of the local cloud, in the platform's form `cloud://env.bucket/path`. */
const FILE_ID_PREFIX = 'cloud://local.6c6f-local-1000000000/';
const MAXIMUM_LENGTH = 512;
/** Letters, digits and Chinese as in the platform's rules, without anything that means something in a URL. */
const SEGMENT = /^[\p{L}\p{N}_\-. ()!@$&+=,;~^[\]{}]+$/u;

/** @throws PlatformError INVALID_PARAM for paths that the platform would not take or that climb out of a folder */
export function checkCloudPath(path: unknown): string {
  if (typeof path !== 'string' || path === '' || path.length > MAXIMUM_LENGTH) {
    throw invalidParameter('Malformed cloudPath');
  }
  for (const segment of path.split('/')) {
    if (segment === '.' || segment === '..' || !SEGMENT.test(segment))
      throw invalidParameter('Malformed cloudPath');
  }
  return path;
}

export function fileIdOf(path: string): string {
  return FILE_ID_PREFIX + path;
}

/** The path of a file id. @throws PlatformError STORAGE_FILE_NONEXIST for ids that are not of this cloud */
export function pathOfFileId(fileId: unknown): string {
  if (typeof fileId !== 'string' || !fileId.startsWith(FILE_ID_PREFIX)) {
    throw new PlatformError('STORAGE_FILE_NONEXIST', 'storage file not exists');
  }
  return checkCloudPath(fileId.slice(FILE_ID_PREFIX.length));
}
