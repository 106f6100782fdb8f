/**
 * The phone's files: temporary ones live as long as the app, saved ones survive in IndexedDB.
 * Everything is held in memory so that WeChat's synchronous calls can answer; writes go to the database
 * behind them. Refuses more than WeChat allows for saved files.
 */

export const USER_DATA_PATH = 'wxfile://usr';
/** WeChat: 200 MB of user files and cached files together. */
const SAVED_LIMIT = 200 * 1024 * 1024;

export interface StoredFile {
  readonly blob: Blob;
  readonly bytes: Uint8Array;
  readonly modified: number;
}

interface Row {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly modified: number;
}

export class FileStore {
  private readonly files = new Map<string, StoredFile>();
  private readonly addresses = new Map<string, string>();
  private sequence = 0;

  private constructor(
    private readonly identity: string,
    private readonly database: IDBDatabase,
  ) {}

  /** Reads this identity's saved files. */
  static async open(identity: string, database: IDBDatabase): Promise<FileStore> {
    const store = new FileStore(identity, database);
    const prefix = `${identity}|`;
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    for (const row of await all<Row>(database.transaction('files').objectStore('files').getAll(range))) {
      const blob = new Blob([row.bytes as Uint8Array<ArrayBuffer>], { type: row.type });
      store.files.set(row.key.slice(prefix.length), { blob, bytes: row.bytes, modified: row.modified });
    }
    return store;
  }

  /** Puts bytes into a new temporary file. @returns its path, as WeChat writes them */
  async addTemporary(blob: Blob, extension: string): Promise<string> {
    this.sequence += 1;
    const path = `wxfile://tmp_${Date.now().toString(36)}${this.sequence}.${extension}`;
    await this.write(path, blob);
    return path;
  }

  async write(path: string, blob: Blob): Promise<void> {
    this.writeBytes(path, new Uint8Array(await blob.arrayBuffer()), blob.type);
  }

  writeBytes(path: string, bytes: Uint8Array, type = typeOf(path)): void {
    if (isSaved(path) && this.savedBytes() + bytes.byteLength > SAVED_LIMIT) {
      throw new Error('the maximum size of the file storage limit is exceeded');
    }
    const modified = Date.now();
    this.forgetAddress(path);
    this.files.set(path, { blob: new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), bytes, modified });
    if (!isSaved(path)) return;
    const row: Row = { key: `${this.identity}|${path}`, bytes, type, modified };
    this.database.transaction('files', 'readwrite').objectStore('files').put(row);
  }

  read(path: string): StoredFile | undefined {
    return this.files.get(path);
  }

  remove(path: string): boolean {
    this.forgetAddress(path);
    if (!this.files.delete(path)) return false;
    if (isSaved(path)) {
      this.database.transaction('files', 'readwrite').objectStore('files').delete(`${this.identity}|${path}`);
    }
    return true;
  }

  /** Paths that start with a folder. */
  list(folder: string): string[] {
    return [...this.files.keys()].filter((path) => path.startsWith(folder));
  }

  /** An address that the browser can load, for `<image>` and canvases. */
  addressOf(path: string): string | undefined {
    const known = this.addresses.get(path);
    if (known !== undefined) return known;
    const file = this.files.get(path);
    if (!file) return undefined;
    const address = URL.createObjectURL(file.blob);
    this.addresses.set(path, address);
    return address;
  }

  private savedBytes(): number {
    return this.list(USER_DATA_PATH).reduce(
      (sum, path) => sum + (this.files.get(path)?.bytes.byteLength ?? 0),
      0,
    );
  }

  private forgetAddress(path: string): void {
    const address = this.addresses.get(path);
    if (address === undefined) return;
    URL.revokeObjectURL(address);
    this.addresses.delete(path);
  }
}

function isSaved(path: string): boolean {
  return path.startsWith(USER_DATA_PATH) || path.startsWith('wxfile://store_');
}

function typeOf(path: string): string {
  if (/\.png$/i.test(path)) return 'image/png';
  if (/\.jpe?g$/i.test(path)) return 'image/jpeg';
  if (/\.webp$/i.test(path)) return 'image/webp';
  return 'application/octet-stream';
}

function all<T>(request: IDBRequest<unknown[]>): Promise<T[]> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result as T[]);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('indexedDB failed'));
    };
  });
}
