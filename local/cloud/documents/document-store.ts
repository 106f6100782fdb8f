/**
 * All collections, and the one gate through which they change: a commit is applied to memory and handed to the
 * journal in the same breath. Acknowledging it is up to the caller, after the journal says that it is on disk.
 */
import { PlatformError, invalidParameter } from '../platform-error';
import { Collection } from './collection';
import { type IndexShape } from './collection-index';
import { type CollectionChange, deepFreeze, type DocumentId, type StoredDocument } from './document';
import { VersionHistory } from './version-history';

export interface CollectionShape {
  readonly name: string;
  readonly indexes: readonly IndexShape[];
}

/** What the journal keeps: an atomic step, or the birth of a collection that the schema does not know. */
export type StoreRecord = { readonly changes: readonly CollectionChange[] } | { readonly created: string };

/** Collections of the cloud itself (e.g. the list of stored files) begin with this; functions cannot name them. */
export const INTERNAL_PREFIX = '$';

/** The SDK's own rule for names. */
const COLLECTION_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{1,32}$/;
const MAXIMUM_COLLECTIONS = 100; // the platform's limit

export class DocumentStore {
  readonly history = new VersionHistory();
  private readonly collections = new Map<string, Collection>();
  private readonly append: (record: StoreRecord) => void;

  constructor(shapes: readonly CollectionShape[], append: (record: StoreRecord) => void) {
    this.append = append;
    for (const { name, indexes } of shapes) this.collections.set(name, new Collection(name, indexes));
  }

  get names(): readonly string[] {
    return [...this.collections.keys()];
  }

  /** @throws PlatformError DATABASE_COLLECTION_NOT_EXIST */
  collection(name: unknown): Collection {
    const collection = typeof name === 'string' ? this.collections.get(name) : undefined;
    if (collection === undefined) {
      throw new PlatformError('DATABASE_COLLECTION_NOT_EXIST', '[ResourceNotFound] Db or Table not exist');
    }
    return collection;
  }

  /** Creates a collection without indexes, as `db.createCollection` does. */
  createCollection(name: unknown): void {
    if (typeof name !== 'string' || !COLLECTION_NAME.test(name))
      throw invalidParameter('Malformed collection name');
    if (this.collections.has(name)) throw invalidParameter('[ResourceInUse] Table exist');
    if (this.collections.size >= MAXIMUM_COLLECTIONS) throw invalidParameter('Too many collections');
    this.collections.set(name, new Collection(name, []));
    this.append({ created: name });
  }

  /**
   * Changes documents in several collections at once, or not at all.
   * @throws DuplicateKey
   */
  commit(changes: readonly CollectionChange[]): void {
    const effective = changes.filter(({ put, remove }) => put.length > 0 || remove.length > 0);
    if (effective.length === 0) return;
    for (const change of effective) for (const document of change.put) deepFreeze(document);
    this.apply(effective);
    this.append({ changes: effective });
  }

  /** Brings back what the journal kept. A unique index declared later than its documents fails loudly here. */
  replay(record: StoreRecord): void {
    if ('created' in record) {
      if (!this.collections.has(record.created)) {
        this.collections.set(record.created, new Collection(record.created, []));
      }
      return;
    }
    for (const { collection, put } of record.changes) {
      if (!this.collections.has(collection)) this.collections.set(collection, new Collection(collection, []));
      for (const document of put) deepFreeze(document);
    }
    this.apply(record.changes);
  }

  /** Everything there is, as records that `replay` understands. Cheap: documents are frozen, nothing is copied. */
  contents(): readonly { readonly name: string; readonly documents: readonly StoredDocument[] }[] {
    return [...this.collections.values()].map((collection) => ({
      name: collection.name,
      documents: [...collection.all()],
    }));
  }

  private apply(changes: readonly CollectionChange[]): void {
    const done: { collection: Collection; before: ReadonlyMap<DocumentId, StoredDocument | undefined> }[] =
      [];
    try {
      for (const { collection: name, put, remove } of changes) {
        const collection = this.collection(name);
        done.push({ collection, before: collection.apply(put, remove) });
      }
    } catch (error) {
      for (const { collection, before } of done.reverse()) collection.restore(before);
      throw error;
    }
    for (const { collection, before } of done) this.history.record(collection.name, before);
  }
}
