/** The `database.*` actions of the SDK's protocol. Everything that comes in is checked; nothing waits for the disk here. */
import { DuplicateKey } from '../documents/collection';
import { type StoredDocument } from '../documents/document';
import { type DocumentStore } from '../documents/document-store';
import { aggregateDocuments } from '../documents/aggregate-documents';
import { decode, decodeObject, encode } from '../documents/extended-json';
import { type Sort } from '../documents/query-plan';
import { countDocuments, findDocuments, project } from '../documents/run-query';
import { type Transaction, type Transactions } from '../documents/transactions';
import {
  asDocumentId,
  insertDocuments,
  newDocument,
  nextDocument,
  removeDocuments,
  updateDocuments,
  type UpdateRequest,
  upsertedDocument,
} from '../documents/write-documents';
import { invalidParameter, PlatformError } from '../platform-error';

export type ActionParameters = Readonly<Record<string, unknown>>;
export type ActionAnswer = Readonly<Record<string, unknown>>;
export type Action = (parameters: ActionParameters) => ActionAnswer | Promise<ActionAnswer>;

/** The SDK's own limits, enforced here because a request can be written by hand. */
const DEFAULT_LIMIT = 100;
const MAXIMUM_LIMIT = 1000;
const MAXIMUM_INSERT = 1000;

export function databaseActions(
  store: DocumentStore,
  transactions: Transactions,
  now: () => Date,
): Readonly<Record<string, Action>> {
  const collectionName = ({ collectionName: name }: ActionParameters): string => {
    // Internal collections are not in reach: their prefix is no character of a name.
    if (typeof name !== 'string' || !/^[A-Za-z0-9]/.test(name))
      throw invalidParameter('collectionName is missing');
    return store.collection(name).name;
  };
  const filterOf = ({ query }: ActionParameters) => (query === undefined ? {} : decodeObject(query, now()));
  const actions: Record<string, Action> = {
    async 'database.insertDocument'(parameters) {
      const name = collectionName(parameters);
      const documents = documentsOf(parameters.data, now());
      if (parameters.transactionId === undefined) insertDocuments(store, name, documents);
      else
        await transactions.run(parameters.transactionId, (transaction) => {
          insertInto(transaction, name, documents);
        });
      return { data: { insertedIds: documents.map(({ _id }) => _id) } };
    },

    async 'database.getDocument'(parameters) {
      const name = collectionName(parameters);
      const filter = filterOf(parameters);
      if (parameters.transactionId !== undefined) {
        const id = documentIdOf(parameters, filter);
        const document = await transactions.run(parameters.transactionId, (transaction) =>
          transaction.read(name, id),
        );
        return { data: { list: document === undefined ? [] : [encode(document)] } };
      }
      const found = findDocuments(store.collection(name), filter, {
        sort: sortOf(parameters.order, now()),
        skip: count(parameters.offset, 0),
        limit: Math.min(count(parameters.limit, DEFAULT_LIMIT), MAXIMUM_LIMIT),
      });
      const projection =
        parameters.projection === undefined ? undefined : decodeObject(parameters.projection, now());
      return { data: { list: project(found, projection).map(encode) } };
    },

    'database.calculateDocument': (parameters) => ({
      data: { total: countDocuments(store.collection(collectionName(parameters)), filterOf(parameters)) },
    }),

    'database.modifyDocument'(parameters) {
      const name = collectionName(parameters);
      const request = updateRequestOf(parameters, filterOf(parameters), decodeObject(parameters.data, now()));
      if (parameters.transactionId === undefined) {
        const { updated, upsertId } = updateDocuments(store, name, request);
        return { data: { updated, upsert_id: upsertId } };
      }
      const id = documentIdOf(parameters, request.filter);
      return transactions.run(parameters.transactionId, (transaction) =>
        updateIn(transaction, name, id, request),
      );
    },

    'database.removeDocument'(parameters) {
      const name = collectionName(parameters);
      const filter = filterOf(parameters);
      if (parameters.transactionId === undefined) {
        return { data: { deleted: removeDocuments(store, name, filter, parameters.multi !== false) } };
      }
      const id = documentIdOf(parameters, filter);
      return transactions.run(parameters.transactionId, (transaction) => removeIn(transaction, name, id));
    },

    'database.aggregateDocuments'(parameters) {
      const rows = aggregateDocuments(
        store.collection(collectionName(parameters)),
        stagesOf(parameters, now()),
        (name) => [...store.collection(collectionName({ collectionName: name })).all()],
      );
      return { data: { list: rows.map(encode) } };
    },

    'database.addCollection'({ collectionName: name }) {
      store.createCollection(name);
      return { data: {} };
    },
    'database.startTransaction': () => ({ transactionId: transactions.start() }),
    async 'database.commitTransaction'({ transactionId }) {
      await transactions.commit(transactionId);
      return { data: {} };
    },
    'database.abortTransaction'({ transactionId }) {
      transactions.abort(transactionId);
      return { data: {} };
    },
  };
  return Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, withDuplicates(action)]));
}

/** A duplicate is answered as the platform does: a failed request whose text says E11000. */
function withDuplicates(action: Action): Action {
  return async (parameters) => {
    try {
      return await action(parameters);
    } catch (error) {
      if (error instanceof DuplicateKey) throw new PlatformError('DATABASE_REQUEST_FAILED', error.message);
      throw error;
    }
  };
}

function insertInto(transaction: Transaction, name: string, documents: readonly StoredDocument[]): void {
  for (const document of documents) {
    if (transaction.read(name, document._id) !== undefined) throw new DuplicateKey(name, '_id_');
    transaction.write(name, document._id, document);
  }
}

function updateIn(
  transaction: Transaction,
  name: string,
  id: string | number,
  request: UpdateRequest,
): ActionAnswer {
  const current = transaction.read(name, id);
  if (current === undefined) {
    if (!request.upsert) return { data: { updated: 0, upsert_id: null } };
    transaction.write(name, id, upsertedDocument(request));
    return { data: { updated: 0, upsert_id: id } };
  }
  const next = nextDocument(current, request);
  // Written even when it looks the same: the transaction depends on what it meant to write.
  transaction.write(name, id, next);
  return { data: { updated: next === current ? 0 : 1, upsert_id: null } };
}

function removeIn(transaction: Transaction, name: string, id: string | number): ActionAnswer {
  if (transaction.read(name, id) === undefined) return { data: { deleted: 0 } };
  transaction.write(name, id, null);
  return { data: { deleted: 1 } };
}

function documentsOf(data: unknown, now: Date): readonly StoredDocument[] {
  if (!Array.isArray(data) || data.length === 0 || data.length > MAXIMUM_INSERT) {
    throw invalidParameter(`data must be 1 to ${MAXIMUM_INSERT} documents`);
  }
  return data.map((text) => newDocument(decodeObject(text, now)));
}

function updateRequestOf(
  parameters: ActionParameters,
  filter: Readonly<Record<string, unknown>>,
  data: Readonly<Record<string, unknown>>,
): UpdateRequest {
  return {
    filter,
    data,
    merge: parameters.merge !== false,
    multi: parameters.multi !== false,
    upsert: parameters.upsert === true,
  };
}

/** In a transaction only single documents by id are allowed. */
function documentIdOf(
  parameters: ActionParameters,
  filter: Readonly<Record<string, unknown>>,
): string | number {
  if (parameters.queryType !== 'DOC') {
    throw invalidParameter('Transactions support operations on single documents only (doc)');
  }
  return asDocumentId(filter._id);
}

function stagesOf({ stages }: ActionParameters, now: Date): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(stages)) throw invalidParameter('stages must be a list');
  return stages.map((stage: unknown) => {
    const { stageKey, stageValue } = (stage ?? {}) as Record<string, unknown>;
    if (typeof stageKey !== 'string') throw invalidParameter('A stage needs a key');
    return { [stageKey]: decode(stageValue, now) };
  });
}

function sortOf(order: unknown, now: Date): Sort {
  if (order === undefined) return [];
  return Object.entries(decodeObject(order, now)).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1) throw invalidParameter('order must be 1 or -1');
    return [path, direction] as const;
  });
}

function count(value: unknown, otherwise: number): number {
  if (value === undefined || value === 0) return otherwise;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw invalidParameter('Malformed number');
  return value;
}
