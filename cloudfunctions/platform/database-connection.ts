/**
 * The connection to the cloud database and the few steps that reads and writes share, inside and outside of
 * transactions. Refuses to be used by capabilities: they import database.ts and transaction.ts.
 */
import { DuplicateKeyError, isDuplicateKey, isMissingDocument } from './database-errors';
import { type CollectionName } from './database-schema';
import { sdk } from './sdk';

let database: SdkDatabase | undefined;

/** The connection, opened on first use so that importing a capability does not need a cloud. */
export function connection(): SdkDatabase {
  database ??= sdk().database({ throwOnNotFound: false } as object) as unknown as SdkDatabase;
  return database;
}

/** Query and update operators of the SDK: `command().gte(5)`, `command().inc(1)`, `command().or([...])`. */
export function command(): SdkCommand {
  return connection().command;
}

/** Reads one document by id; null when it is missing, whichever way the SDK says so. */
export async function readDocument<T>(document: SdkDocument): Promise<T | null> {
  try {
    return (await document.get()).data as T | null;
  } catch (error) {
    if (isMissingDocument(error)) return null;
    throw error;
  }
}

/** Runs a write and gives a duplicate key its type. */
export async function writing<Result>(name: CollectionName, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicateKey(error)) throw new DuplicateKeyError(name);
    throw error;
  }
}

/** Refuses undefined values: the SDK drops them, and a dropped condition matches everybody's documents. */
export function definedOnly<Fields extends object>(fields: Fields): Fields {
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) throw new TypeError(`Field ${key} is undefined: leave it out or say null`);
  }
  return fields;
}

/** Makes plain objects replace what was stored instead of being merged into it. Operators pass. */
export function replacing(changes: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(definedOnly(changes)).map(([path, value]) => [
      path,
      isPlainObject(value) ? command().set(value) : value,
    ]),
  );
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

// --- what the SDK really answers; its own declarations say `Promise<…> | void | string` ---

export interface SdkDocument {
  get(): Promise<{ data: unknown }>;
  set(options: { data: object }): Promise<{ stats: { updated: number; created: number } }>;
  update(options: { data: object }): Promise<{ stats: { updated: number } }>;
  remove(): Promise<{ stats: { removed: number } }>;
}

interface SdkQuery {
  where(filter: object): SdkQuery;
  orderBy(field: string, direction: 'asc' | 'desc'): SdkQuery;
  skip(count: number): SdkQuery;
  limit(count: number): SdkQuery;
  get(): Promise<{ data: unknown[] }>;
  update(options: { data: object }): Promise<{ stats: { updated: number } }>;
  remove(): Promise<{ stats: { removed: number } }>;
  count(): Promise<{ total: number }>;
}

export interface SdkCollection extends SdkQuery {
  doc(id: string): SdkDocument;
  add(options: { data: object }): Promise<unknown>;
  aggregate(): Record<string, (value: unknown) => unknown>;
}

export interface SdkTransaction {
  collection(name: string): SdkCollection;
  commit(): Promise<unknown>;
  rollback(): Promise<unknown>;
}

interface SdkDatabase {
  readonly command: SdkCommand;
  collection(name: string): SdkCollection;
  startTransaction(): Promise<SdkTransaction>;
}

type SdkCommand = ReturnType<ReturnType<typeof sdk>['database']>['command'];
