/**
 * Tells the failures of the database, and those of every resource, apart. The SDK hides the code of most of them in the
 * message (its wrapper knows only a dozen codes and turns the rest into -501001), so both places are looked at.
 */
import { type CollectionName } from './database-schema';

/** A document with this `_id`, or with the same values in a unique index, is there already. */
export class DuplicateKeyError extends Error {
  readonly collection: CollectionName;

  constructor(collection: CollectionName) {
    super(`Duplicate key in ${collection}`);
    this.name = 'DuplicateKeyError';
    this.collection = collection;
  }
}

/** `code` of the inner SDK, `errCode` of the wrapper, and the text, in one string to search. */
function traceOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, errCode, errMsg, message } = error as Record<string, unknown>;
  return [code, errCode, errMsg, message]
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .join(' ');
}

/** Both spellings are in use on the platform: E11000 comes from MongoDB, the other from CloudBase's own layer. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof DuplicateKeyError || /E11000|DATABASE_DUPLICATE_WRITE/.test(traceOf(error));
}

/**
 * The transaction got in somebody's way and may go through when it is run again: another one changed the same document,
 * or the platform is still at work on it (`-501001 resource system error. [ResourceUnavailable.TransactionBusy]
 * Transaction is busy`, reported from public deployments, read 2026-11). At commit the SDK keeps the code of a conflict;
 * inside the callback only the text `[ResourceUnavailable.TransactionConflict]` is left (seen with wx-server-sdk 4.0.2).
 */
export function isTransactionConflict(error: unknown): boolean {
  return /DATABASE_TRANSACTION_CONFLICT|TransactionConflict|WriteConflict|TransactionBusy/.test(
    traceOf(error),
  );
}

/** `doc(id).get()` of a missing document throws in some versions of the SDK and answers null in others. */
export function isMissingDocument(error: unknown): boolean {
  return /document with _id .* does not exist|document not exists?/i.test(traceOf(error));
}

/** Numbers of which the SDK does not know the names; the last two are reads and writes of a day. */
const LIMIT_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\bEXCEED_CONCURRENT_REQUEST_LIMIT\b|-501004\b/, 'EXCEED_CONCURRENT_REQUEST_LIMIT'],
  [/\bEXCEED_RATELIMIT\b/, 'EXCEED_RATELIMIT'],
  [/\bEXCEED_REQUEST_LIMIT\b|-5010(03|15|16)\b/, 'EXCEED_REQUEST_LIMIT'],
];

/**
 * Which limit of the environment's plan is reached, at this moment or for today; null where it is something else:
 * `-501003 请求次数超出环境配额`, `-501004 请求并发数超出环境配额`, `-501015` and `-501016` the day's reads and writes (WeChat's
 * table of error codes, read 2026-11), by the names of the SDK (wx-server-sdk 4.0.2: error.config.ts) and CloudBase.
 * Asking again later may help, so it is no bug.
 */
export function limitReached(error: unknown): string | null {
  const trace = [error, (error as { cause?: unknown } | null | undefined)?.cause].map(traceOf).join(' ');
  return LIMIT_NAMES.find(([pattern]) => pattern.test(trace))?.[1] ?? null;
}
