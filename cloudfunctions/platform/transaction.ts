/**
 * Transactions with our own retry. The SDK's `runTransaction` retries a conflict only when it surfaces at commit;
 * raised inside the callback (the usual place on the platform) it is passed on, and of 12 concurrent transfers
 * 1 commits (tried with wx-server-sdk 4.0.2). Only documents by id can be read and written, as on the platform.
 */
import { DomainError } from '../../miniprogram/shared/errors';
import { type Changes, type Identified } from './database';
import {
  connection,
  definedOnly,
  readDocument,
  replacing,
  type SdkTransaction,
  writing,
} from './database-connection';
import { isTransactionConflict } from './database-errors';
import { type CollectionName } from './database-schema';

export interface TransactionCollection<T extends Identified> {
  get(id: string): Promise<T | null>;
  /** @throws DuplicateKeyError; the transaction is over then, as after every failed operation. */
  insert(document: T): Promise<void>;
  set(document: T): Promise<void>;
  update(id: string, changes: Changes<T>): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}

export interface TransactionScope {
  readonly collection: <T extends Identified>(name: CollectionName) => TransactionCollection<T>;
}

/** 12 writers on one document need 12 rounds in the worst case; twice that, and it is trouble, not a race. */
const MAXIMUM_ATTEMPTS = 24;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 250;

/**
 * Runs `work` in a transaction and commits it. `work` may run several times: nothing but the transaction may be
 * changed in it. Whatever it throws rolls back and is thrown on.
 * @throws DomainError CONFLICT when others keep changing the same documents.
 */
export async function runTransaction<Result>(
  work: (scope: TransactionScope) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOnce(work);
    } catch (error) {
      if (!isTransactionConflict(error)) throw error;
      if (attempt === MAXIMUM_ATTEMPTS) throw new DomainError('CONFLICT');
      await pause(attempt);
    }
  }
}

async function attemptOnce<Result>(work: (scope: TransactionScope) => Promise<Result>): Promise<Result> {
  const transaction = await connection().startTransaction();
  let result: Result;
  try {
    result = await work({ collection: (name) => transactionCollection(transaction, name) });
  } catch (error) {
    // A rollback that fails changes nothing: the platform drops the transaction after 30 s.
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
  await transaction.commit();
  return result;
}

function transactionCollection<T extends Identified>(
  transaction: SdkTransaction,
  name: CollectionName,
): TransactionCollection<T> {
  const handle = transaction.collection(name);
  return {
    get: (id) => readDocument<T>(handle.doc(id)),
    insert: async (document) => {
      await writing(name, () => handle.add({ data: definedOnly(document) }));
    },
    set: async ({ _id, ...fields }) => {
      await writing(name, () => handle.doc(_id).set({ data: definedOnly(fields) }));
    },
    update: async (id, changes) =>
      (await writing(name, () => handle.doc(id).update({ data: replacing(changes) }))).stats.updated > 0,
    remove: async (id) => (await handle.doc(id).remove()).stats.removed > 0,
  };
}

/** Exponential with full jitter, so that the losers of one round do not meet again in the next. */
async function pause(attempt: number): Promise<void> {
  const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * ceiling));
}
