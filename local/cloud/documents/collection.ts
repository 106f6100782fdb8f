/** The documents of one collection with their indexes, in memory. Refuses to know about transactions and disks. */
import { CollectionIndex, type IndexShape } from './collection-index';
import { type DocumentId, type StoredDocument } from './document';

/** Names the index, never the values: they may be somebody's student number. */
export class DuplicateKey extends Error {
  readonly index: string;

  constructor(collection: string, index: string) {
    super(`[DATABASE_DUPLICATE_WRITE] E11000 duplicate key error collection: ${collection} index: ${index}`);
    this.name = 'DuplicateKey';
    this.index = index;
  }
}

const ID_INDEX: IndexShape = { name: '_id_', unique: false, paths: [] };

export class Collection {
  readonly name: string;
  private readonly documents = new Map<DocumentId, StoredDocument>();
  /** The first one has no paths: it is the order of the ids, which end every key. */
  readonly indexes: readonly CollectionIndex[];

  constructor(name: string, shapes: readonly IndexShape[]) {
    this.name = name;
    this.indexes = [ID_INDEX, ...shapes].map((shape) => new CollectionIndex(shape));
  }

  get size(): number {
    return this.documents.size;
  }

  get(id: DocumentId): StoredDocument | undefined {
    return this.documents.get(id);
  }

  /** In order of first insertion. */
  all(): IterableIterator<StoredDocument> {
    return this.documents.values();
  }

  /**
   * Puts and removes documents at once, or not at all.
   * @returns the documents as they were, undefined for those that are new
   * @throws DuplicateKey
   */
  apply(
    put: readonly StoredDocument[],
    remove: readonly DocumentId[],
  ): ReadonlyMap<DocumentId, StoredDocument | undefined> {
    const before = new Map<DocumentId, StoredDocument | undefined>();
    for (const id of [...put.map(({ _id }) => _id), ...remove]) before.set(id, this.documents.get(id));
    for (const id of before.keys()) this.take(id);
    for (const document of put) {
      const broken = this.indexes.find((index) => index.conflict(document) !== undefined);
      if (broken !== undefined) {
        this.restore(before);
        throw new DuplicateKey(this.name, broken.shape.name);
      }
      this.put(document);
    }
    return before;
  }

  /** Puts documents back to an earlier state. */
  restore(before: ReadonlyMap<DocumentId, StoredDocument | undefined>): void {
    for (const id of before.keys()) this.take(id);
    for (const document of before.values()) if (document !== undefined) this.put(document);
  }

  private put(document: StoredDocument): void {
    this.documents.set(document._id, document);
    for (const index of this.indexes) index.add(document);
  }

  private take(id: DocumentId): void {
    const document = this.documents.get(id);
    if (document === undefined) return;
    this.documents.delete(id);
    for (const index of this.indexes) index.remove(document);
  }
}
