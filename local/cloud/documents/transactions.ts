/**
 * Transactions as the platform has them: documents by id only, reads from a snapshot, the first to commit wins,
 * 30 seconds, one operation at a time, and over after the first failed operation.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { databaseRefusal, PlatformError } from '../platform-error';
import { DuplicateKey } from './collection';
import { type CollectionIndex } from './collection-index';
import { type CollectionChange, type DocumentId, type StoredDocument } from './document';
import { type DocumentStore } from './document-store';
import { AFTER } from './index-key';

/** Public documents of the platform, read 2026-11. */
export const TRANSACTION_LIMIT_MS = 30_000;

/**
 * How long an operation is under way at least. On the platform it is some milliseconds; here the next one would find the
 * transaction free again although nobody waited for the answer of the one before.
 */
const OPERATION_MS = 1;

/** Far more than functions run at once; a leak shows before it fills the memory. */
const MAXIMUM_OPEN = 500;

export class Transactions {
  private readonly store: DocumentStore;
  private readonly limitMs: number;
  private readonly open = new Map<string, Transaction>();

  constructor(store: DocumentStore, limitMs: number = TRANSACTION_LIMIT_MS) {
    this.store = store;
    this.limitMs = limitMs;
  }

  get size(): number {
    return this.open.size;
  }

  /** @throws PlatformError EXCEED_CONCURRENT_REQUEST_LIMIT */
  start(): string {
    if (this.open.size >= MAXIMUM_OPEN) {
      throw new PlatformError('EXCEED_CONCURRENT_REQUEST_LIMIT', 'Too many transactions are open');
    }
    const id = randomUUID();
    const transaction = new Transaction(this.store);
    this.open.set(id, transaction);
    setTimeout(() => {
      this.end(id);
    }, this.limitMs).unref();
    return id;
  }

  /**
   * Runs one operation; any failure ends the transaction, as MongoDB does.
   * @throws PlatformError SYS_ERR (TransactionBusy) while another operation of the same transaction is under way.
   */
  async run<Result>(id: unknown, operation: (transaction: Transaction) => Result): Promise<Result> {
    const transaction = this.find(id);
    if (transaction.underway) throw busy();
    transaction.underway = true;
    try {
      const result = operation(transaction);
      await pause(OPERATION_MS);
      return result;
    } catch (error) {
      this.end(id as string);
      throw error;
    } finally {
      transaction.underway = false;
    }
  }

  /** @throws PlatformError DATABASE_TRANSACTION_CONFLICT when somebody else committed to one of the documents. */
  async commit(id: unknown): Promise<void> {
    await this.run(id, (transaction) => {
      transaction.commit();
    });
    this.end(id as string);
  }

  abort(id: unknown): void {
    this.find(id);
    this.end(id as string);
  }

  private find(id: unknown): Transaction {
    const transaction = typeof id === 'string' ? this.open.get(id) : undefined;
    if (transaction === undefined) {
      throw databaseRefusal('[ResourceNotFound.TransactionNotExist] The transaction has ended or timed out');
    }
    return transaction;
  }

  private end(id: string): void {
    this.open.get(id)?.close();
    this.open.delete(id);
  }
}

export class Transaction {
  /** Whether one of its operations is not answered yet. */
  underway = false;
  private readonly store: DocumentStore;
  private readonly snapshot: number;
  /** What this transaction would write; null for a removal. */
  private readonly writes = new Map<string, Map<DocumentId, StoredDocument | null>>();

  constructor(store: DocumentStore) {
    this.store = store;
    this.snapshot = store.history.open(this);
  }

  read(collection: string, id: DocumentId): StoredDocument | undefined {
    const own = this.writes.get(collection)?.get(id);
    if (own !== undefined) return own ?? undefined;
    return this.store.history.at(this.snapshot, collection, id, this.store.collection(collection).get(id));
  }

  /** @throws PlatformError DATABASE_TRANSACTION_CONFLICT, DuplicateKey */
  write(collection: string, id: DocumentId, document: StoredDocument | null): void {
    this.refuseConflict(collection, id);
    if (document !== null) this.refuseDuplicate(collection, document);
    const writes = this.writes.get(collection) ?? new Map<DocumentId, StoredDocument | null>();
    writes.set(id, document);
    this.writes.set(collection, writes);
  }

  commit(): void {
    const changes: CollectionChange[] = [];
    for (const [collection, writes] of this.writes) {
      for (const id of writes.keys()) this.refuseConflict(collection, id);
      changes.push({
        collection,
        put: [...writes.values()].filter((document) => document !== null),
        remove: [...writes].filter(([, document]) => document === null).map(([id]) => id),
      });
    }
    try {
      this.store.commit(changes);
    } catch (error) {
      // Unique when it was written, taken now: somebody committed in between. A retry sees the duplicate itself.
      throw error instanceof DuplicateKey ? conflict() : error;
    }
  }

  close(): void {
    this.store.history.close(this);
  }

  private refuseConflict(collection: string, id: DocumentId): void {
    if (this.store.history.changedSince(this.snapshot, collection, id)) throw conflict();
  }

  private refuseDuplicate(name: string, document: StoredDocument): void {
    const collection = this.store.collection(name);
    const own = this.writes.get(name);
    for (const index of collection.indexes) {
      if (!index.shape.unique) continue;
      for (const id of holders(index, document, own)) {
        if (id !== document._id) throw new DuplicateKey(name, index.shape.name);
      }
    }
  }
}

/** Ids that would hold one of the document's unique keys once the transaction's own writes are in. */
function* holders(
  index: CollectionIndex,
  document: StoredDocument,
  own: ReadonlyMap<DocumentId, StoredDocument | null> | undefined,
): Generator<DocumentId> {
  const keys = index.fieldKeys(document);
  for (const key of keys) {
    for (const { value } of index.entries.ascending(key, key + AFTER)) {
      if (own?.has(value._id) !== true) yield value._id;
    }
  }
  for (const [id, written] of own ?? []) {
    if (written !== null && index.fieldKeys(written).some((key) => keys.includes(key))) yield id;
  }
}

/** The platform's own text, as reported from production. */
function conflict(): PlatformError {
  return new PlatformError(
    'DATABASE_TRANSACTION_CONFLICT',
    '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. ' +
      'Please check your request, but if the problem persists, contact us.',
  );
}

/** The platform's own text, as reported from production, where it comes as -501001. */
function busy(): PlatformError {
  return new PlatformError('SYS_ERR', '[ResourceUnavailable.TransactionBusy] Transaction is busy');
}
