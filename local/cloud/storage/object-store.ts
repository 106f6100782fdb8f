/**
 * Files on disk: the bytes in a folder under random names, the list of them (path, checksum, owner) in the document
 * store. An upload is acknowledged after bytes, folder and list are synced; a download is compared with its
 * checksum. Refuses to keep what was cut off while it arrived.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type DocumentStore, INTERNAL_PREFIX } from '../documents/document-store';
import { findDocuments } from '../documents/run-query';
import { type StoredDocument } from '../documents/document';
import { removeFilesExcept, syncFolder } from '../journal/durable-files';
import { PlatformError } from '../platform-error';

export const OBJECTS_COLLECTION = `${INTERNAL_PREFIX}objects`;

/** What one upload may weigh; phones make photos of 5 to 25 MB. */
export const MAXIMUM_OBJECT_BYTES = 50 * 1024 * 1024;

export interface StoredObject extends StoredDocument {
  /** The cloud path. */
  readonly _id: string;
  /** File name in the folder of bytes. */
  readonly content: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Who uploaded it; null for functions. */
  readonly openid: string | null;
}

export class ObjectStore {
  private readonly folder: string;
  private readonly documents: DocumentStore;
  private readonly settled: () => Promise<void>;

  constructor(folder: string, documents: DocumentStore, settled: () => Promise<void>) {
    this.folder = folder;
    this.documents = documents;
    this.settled = settled;
  }

  /** Creates the folder and removes bytes that no list entry knows: uploads that were never acknowledged. */
  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const known = new Set(this.all().map(({ content }) => content));
    await removeFilesExcept(this.folder, (name) => known.has(name));
  }

  find(path: string): StoredObject | undefined {
    return this.documents.collection(OBJECTS_COLLECTION).get(path) as StoredObject | undefined;
  }

  /**
   * Stores a stream of bytes under a path; an older file there is replaced.
   * @throws PlatformError EXCEED_REQUEST_LIMIT when it grows too large, STORAGE_REQUEST_FAIL when it breaks off
   */
  async write(path: string, source: AsyncIterable<Uint8Array>, openid: string | null): Promise<StoredObject> {
    const content = randomUUID();
    const target = join(this.folder, content);
    let object: StoredObject;
    try {
      object = { _id: path, content, openid, ...(await writeSynced(target, source)) };
    } catch (error) {
      await unlink(target).catch(() => undefined);
      if (error instanceof PlatformError) throw error;
      throw new PlatformError('STORAGE_REQUEST_FAIL', 'The upload broke off');
    }
    await syncFolder(this.folder);
    const replaced = this.find(path);
    this.documents.commit([{ collection: OBJECTS_COLLECTION, put: [object], remove: [] }]);
    await this.settled();
    if (replaced !== undefined) await unlink(join(this.folder, replaced.content)).catch(() => undefined);
    return object;
  }

  /** The bytes of a file, compared with their checksum. @throws PlatformError STORAGE_REQUEST_FAIL when damaged */
  async read(object: StoredObject): Promise<Buffer> {
    const bytes = await readFile(join(this.folder, object.content));
    if (createHash('sha256').update(bytes).digest('hex') !== object.sha256) {
      throw new PlatformError('STORAGE_REQUEST_FAIL', 'The stored bytes do not match their checksum');
    }
    return bytes;
  }

  /** @returns whether there was such a file */
  async remove(path: string): Promise<boolean> {
    const object = this.find(path);
    if (object === undefined) return false;
    this.documents.commit([{ collection: OBJECTS_COLLECTION, put: [], remove: [path] }]);
    await this.settled();
    await unlink(join(this.folder, object.content)).catch(() => undefined);
    return true;
  }

  /** Every stored file, by path. */
  all(): readonly StoredObject[] {
    const collection = this.documents.collection(OBJECTS_COLLECTION);
    const everything = { sort: [['_id', 1]], skip: 0, limit: Number.POSITIVE_INFINITY } as const;
    return findDocuments(collection, {}, everything) as StoredObject[];
  }
}

async function writeSynced(
  path: string,
  source: AsyncIterable<Uint8Array>,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const handle = await open(path, 'wx');
  let bytes = 0;
  try {
    for await (const chunk of source) {
      bytes += chunk.byteLength;
      if (bytes > MAXIMUM_OBJECT_BYTES)
        throw new PlatformError('EXCEED_REQUEST_LIMIT', 'The file is too large');
      hash.update(chunk);
      await handle.write(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}
