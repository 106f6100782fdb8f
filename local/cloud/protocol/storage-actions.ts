/** The `storage.*` actions: links to put and get files. Functions are administrators here, as on the platform. */
import { checkCloudPath, fileIdOf, pathOfFileId } from '../storage/cloud-path';
import { type ObjectStore, type StoredObject } from '../storage/object-store';
import { type Signer } from '../storage/signer';
import { invalidParameter, PlatformError } from '../platform-error';
import { type Action } from './database-actions';

export interface StorageLinks {
  /** A link that anybody may read until it expires. */
  readUrl(path: string, maxAgeSeconds: number): string;
  /** Where and how to put a file. */
  upload(path: string): { url: string; authorization: string };
}

/** The platform answers links "for ever" when no age is given; a local link ends in any case. */
export const DEFAULT_MAX_AGE_SECONDS = 600;
const MAXIMUM_AGE_SECONDS = 7 * 24 * 3600;
const UPLOAD_SECONDS = 900;
const FILES_PER_REQUEST = 50; // the platform's limit

export function createStorageLinks(baseUrl: () => string, signer: Signer, now: () => Date): StorageLinks {
  const expiry = (seconds: number) => Math.floor(now().getTime() / 1000) + seconds;
  return {
    readUrl(path, maxAgeSeconds) {
      const expires = expiry(maxAgeSeconds);
      // Not percent-encoded: the SDK encodes the whole URL itself before it fetches it.
      return `${baseUrl()}/storage/${path}?expires=${expires}&sign=${signer.sign('read', path, expires)}`;
    },
    upload(path) {
      const expires = expiry(UPLOAD_SECONDS);
      return {
        url: `${baseUrl()}/storage/${encodeURI(path)}`,
        authorization: `${expires}:${signer.sign('write', path, expires)}`,
      };
    },
  };
}

export interface LinkRequest {
  readonly fileId: unknown;
  readonly maxAgeSeconds: number;
}

/** One entry of a list of links; a file that is missing or not allowed is an entry too, not a failure of the list. */
export function linkEntry(
  request: LinkRequest,
  objects: ObjectStore,
  links: StorageLinks,
  mayRead: (object: StoredObject) => boolean,
): Readonly<Record<string, unknown>> {
  const fileID = typeof request.fileId === 'string' ? request.fileId : '';
  try {
    const path = pathOfFileId(request.fileId);
    const object = objects.find(path);
    if (object === undefined) throw new PlatformError('STORAGE_FILE_NONEXIST', 'storage file not exists');
    if (!mayRead(object)) throw new PlatformError('STORAGE_EXCEED_AUTHORITY', 'storage permission denied');
    const maxAge = request.maxAgeSeconds;
    return { code: 'SUCCESS', fileID, tempFileURL: links.readUrl(path, maxAge), maxAge };
  } catch (error) {
    return { code: refusalCode(error), fileID, tempFileURL: '', maxAge: 0 };
  }
}

/** Deletes one file of a list, with the same kind of entry. */
export async function deleteEntry(
  fileId: unknown,
  objects: ObjectStore,
  mayWrite: (object: StoredObject) => boolean,
): Promise<Readonly<Record<string, unknown>>> {
  const fileID = typeof fileId === 'string' ? fileId : '';
  try {
    const path = pathOfFileId(fileId);
    const object = objects.find(path);
    if (object === undefined) throw new PlatformError('STORAGE_FILE_NONEXIST', 'storage file not exists');
    if (!mayWrite(object)) throw new PlatformError('STORAGE_EXCEED_AUTHORITY', 'storage permission denied');
    await objects.remove(path);
    return { code: 'SUCCESS', fileID };
  } catch (error) {
    return { code: refusalCode(error), fileID };
  }
}

export function linkRequests(list: unknown, idKey: string, ageKey: string): readonly LinkRequest[] {
  return fileList(list).map((item) => {
    const entry = (typeof item === 'object' && item !== null ? item : { [idKey]: item }) as Record<
      string,
      unknown
    >;
    const age = entry[ageKey] ?? DEFAULT_MAX_AGE_SECONDS;
    if (typeof age !== 'number' || !(age > 0)) throw invalidParameter('max_age must be a positive number');
    return { fileId: entry[idKey], maxAgeSeconds: Math.min(Math.floor(age), MAXIMUM_AGE_SECONDS) };
  });
}

export function fileList(list: unknown): readonly unknown[] {
  if (!Array.isArray(list) || list.length > FILES_PER_REQUEST) {
    throw invalidParameter(`A list of at most ${FILES_PER_REQUEST} files was expected`);
  }
  return list;
}

export function storageActions(objects: ObjectStore, links: StorageLinks): Readonly<Record<string, Action>> {
  return {
    'storage.getUploadMetadata'({ path }) {
      const checked = checkCloudPath(path);
      const fileId = fileIdOf(checked);
      // The SDK repeats cosFileId in a header, which takes no Chinese.
      const cosFileId = Buffer.from(fileId).toString('base64');
      return { data: { ...links.upload(checked), token: 'local', fileId, cosFileId } };
    },
    'storage.batchGetDownloadUrl': ({ file_list: list }) => ({
      data: {
        download_list: linkRequests(list, 'fileid', 'max_age').map((request) =>
          linkEntry(request, objects, links, () => true),
        ),
      },
    }),
    'storage.batchDeleteFile': async ({ fileid_list: list }) => ({
      data: {
        delete_list: await Promise.all(fileList(list).map((id) => deleteEntry(id, objects, () => true))),
      },
    }),
  };
}

function refusalCode(error: unknown): string {
  return error instanceof PlatformError ? error.code : 'STORAGE_REQUEST_FAIL';
}
