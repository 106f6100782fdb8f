/** The phone's photo album: what `wx.saveImageToPhotosAlbum` put there, kept per identity. */

export interface AlbumPicture {
  readonly name: string;
  readonly blob: Blob;
  readonly savedAt: number;
}

interface Row extends AlbumPicture {
  readonly key: string;
}

export class Album {
  private readonly listeners: (() => void)[] = [];

  private constructor(
    private readonly identity: string,
    private readonly database: IDBDatabase,
    private kept: AlbumPicture[],
  ) {}

  static async open(identity: string, database: IDBDatabase): Promise<Album> {
    const range = IDBKeyRange.bound(`${identity}|`, `${identity}|\uffff`);
    const request = database.transaction('album').objectStore('album').getAll(range) as IDBRequest<Row[]>;
    const rows = await new Promise<Row[]>((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error ?? new Error('indexedDB failed'));
      };
    });
    return new Album(identity, database, rows);
  }

  get pictures(): readonly AlbumPicture[] {
    return this.kept;
  }

  add(blob: Blob): AlbumPicture {
    const savedAt = Date.now();
    const extension = blob.type === 'image/png' ? 'png' : 'jpg';
    const picture = { name: `IMG_${savedAt}.${extension}`, blob, savedAt };
    this.kept = [...this.kept, picture];
    const row: Row = { ...picture, key: `${this.identity}|${picture.name}` };
    this.database.transaction('album', 'readwrite').objectStore('album').put(row);
    for (const listener of this.listeners) listener();
    return picture;
  }

  clear(): Promise<void> {
    const transaction = this.database.transaction('album', 'readwrite');
    for (const { name } of this.kept) transaction.objectStore('album').delete(`${this.identity}|${name}`);
    this.kept = [];
    return new Promise((resolve) => {
      transaction.oncomplete = () => {
        resolve();
      };
    });
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }
}
