/** Inserts, updates and removals as the SDK's actions mean them, outside of transactions. */
import { randomBytes } from 'node:crypto';
import { databaseRefusal, invalidParameter } from '../platform-error';
import { DuplicateKey } from './collection';
import { type DocumentId, isPlainObject, type StoredDocument } from './document';
import { type DocumentStore } from './document-store';
import { type Filter, matching } from './run-query';
import { asModifier, updateDocument } from './update-document';

export interface UpdateRequest {
  readonly filter: Filter;
  readonly data: Readonly<Record<string, unknown>>;
  /** Operators in `data`; otherwise `data` is the whole new document. */
  readonly merge: boolean;
  readonly multi: boolean;
  readonly upsert: boolean;
}

export interface UpdateOutcome {
  /** Documents that were changed; a document that already looked like that does not count. */
  readonly updated: number;
  readonly upsertId: DocumentId | null;
}

/** Checks a new document and gives it an id when it has none. */
export function newDocument(data: Readonly<Record<string, unknown>>): StoredDocument {
  const { _id: id = randomBytes(16).toString('hex'), ...fields } = data;
  refuseOperators(fields);
  return { _id: asDocumentId(id), ...fields };
}

/** @throws PlatformError INVALID_PARAM */
export function asDocumentId(id: unknown): DocumentId {
  if ((typeof id === 'string' && id !== '' && id.length <= 512) || typeof id === 'number') return id;
  throw invalidParameter('_id must be a text or a number');
}

/**
 * Inserts in order and stops at the first duplicate; what came before stays (MongoDB's ordered insert).
 * @throws DuplicateKey
 */
export function insertDocuments(
  store: DocumentStore,
  name: string,
  documents: readonly StoredDocument[],
): void {
  const collection = store.collection(name);
  const together = new Set(documents.map(({ _id }) => _id)).size === documents.length;
  if (together && documents.every(({ _id }) => collection.get(_id) === undefined)) {
    try {
      store.commit([{ collection: name, put: documents, remove: [] }]);
      return;
    } catch (error) {
      if (!(error instanceof DuplicateKey)) throw error;
    }
  }
  for (const document of documents) {
    if (collection.get(document._id) !== undefined) throw new DuplicateKey(name, '_id_');
    store.commit([{ collection: name, put: [document], remove: [] }]);
  }
}

/** Updates or replaces matching documents, all or none of them. */
export function updateDocuments(store: DocumentStore, name: string, request: UpdateRequest): UpdateOutcome {
  const collection = store.collection(name);
  const targets = take(matching(collection, request.filter), request.multi);
  if (targets.length === 0)
    return request.upsert ? upsert(store, name, request) : { updated: 0, upsertId: null };
  const changed = targets
    .map((target) => ({ target, next: nextDocument(target, request) }))
    .filter(({ target, next }) => next !== target)
    .map(({ next }) => next);
  store.commit([{ collection: name, put: changed, remove: [] }]);
  return { updated: changed.length, upsertId: null };
}

/** @returns how many documents were removed */
export function removeDocuments(store: DocumentStore, name: string, filter: Filter, multi: boolean): number {
  const ids = take(matching(store.collection(name), filter), multi).map(({ _id }) => _id);
  store.commit([{ collection: name, put: [], remove: ids }]);
  return ids.length;
}

/** What a document becomes under an update; the same object when nothing changes. */
export function nextDocument(
  document: StoredDocument,
  { data, merge, filter }: Pick<UpdateRequest, 'data' | 'merge' | 'filter'>,
): StoredDocument {
  if (merge) return updateDocument(document, asModifier(data), filter);
  refuseOperators(data);
  if ('_id' in data && data._id !== document._id) throw databaseRefusal('The field _id is immutable');
  return { ...data, _id: document._id };
}

/** A document for an update that found none: the filter's plain values, then the update. */
export function upsertedDocument({ filter, data, merge }: UpdateRequest): StoredDocument {
  const plain = Object.entries(filter).filter(
    ([path, value]) => !path.startsWith('$') && !isPlainObject(value),
  );
  const base = newDocument(Object.fromEntries(plain.filter(([path]) => merge || path === '_id')));
  return nextDocument(base, { data, merge, filter: {} });
}

function upsert(store: DocumentStore, name: string, request: UpdateRequest): UpdateOutcome {
  const document = upsertedDocument(request);
  store.commit([{ collection: name, put: [document], remove: [] }]);
  return { updated: 0, upsertId: document._id };
}

function take(documents: Iterable<StoredDocument>, multi: boolean): StoredDocument[] {
  if (multi) return [...documents];
  for (const document of documents) return [document];
  return [];
}

function refuseOperators(value: unknown): void {
  if (Array.isArray(value)) value.forEach(refuseOperators);
  if (!isPlainObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key.startsWith('$'))
      throw databaseRefusal(`The dollar prefixed field '${key}' is not valid for storage`);
    refuseOperators(inner);
  }
}
