/**
 * Transactions with our own retry. The SDK's `runTransaction` retries a conflict only when it surfaces at commit;
 * raised inside the callback (the usual place on the platform) it is passed on, and of 12 concurrent transfers
 * 1 commits (tried with wx-server-sdk 4.0.2). Only documents by id can be read and written, as on the platform.
 * One operation at a time: the platform answers TransactionBusy to a second one beside it, sometimes. Here it is always
 * refused, as the mistake that it is, so that no test passes by luck.
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
  const alone = oneAtATime();
  try {
    const result = await work({ collection: (name) => transactionCollection(transaction, name, alone) });
    await alone(() => transaction.commit());
    return result;
  } catch (error) {
    // Also after a commit that was refused as busy, which ends nothing: what is left open holds its documents for 30 s.
    // A rollback that fails changes nothing; the platform drops the transaction then.
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
}

type OneAtATime = <Result>(operation: () => Promise<Result>) => Promise<Result>;

function oneAtATime(): OneAtATime {
  let underway = false;
  return async (operation) => {
    if (underway) throw new Error('A transaction does one operation at a time: await each of them');
    underway = true;
    try {
      return await operation();
    } finally {
      underway = false;
    }
  };
}

function transactionCollection<T extends Identified>(
  transaction: SdkTransaction,
  name: CollectionName,
  alone: OneAtATime,
): TransactionCollection<T> {
  const handle = transaction.collection(name);
  const write = <Result>(operation: () => Promise<Result>) => alone(() => writing(name, operation));
  return {
    get: (id) => alone(() => readDocument<T>(handle.doc(id))),
    insert: async (document) => {
      await write(() => handle.add({ data: definedOnly(document) }));
    },
    set: async ({ _id, ...fields }) => {
      await write(() => handle.doc(_id).set({ data: definedOnly(fields) }));
    },
    update: async (id, changes) =>
      (await write(() => handle.doc(id).update({ data: replacing(changes) }))).stats.updated > 0,
    remove: async (id) => (await alone(() => handle.doc(id).remove())).stats.removed > 0,
  };
}

/** Exponential with full jitter, so that the losers of one round do not meet again in the next. */
async function pause(attempt: number): Promise<void> {
  const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * ceiling));
}
