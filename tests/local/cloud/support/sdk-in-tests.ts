/** As much of wx-server-sdk as experiments use, typed by what it really answers instead of `Promise | void | string`. */
import type * as Callers from '../../../../cloudfunctions/platform/caller';
import type * as Database from '../../../../cloudfunctions/platform/database';
import type * as Storage from '../../../../cloudfunctions/platform/storage';
import type * as Transactions from '../../../../cloudfunctions/platform/transaction';

export type Row = Record<string, unknown>;

export interface Stats {
  readonly stats: { readonly updated: number; readonly removed: number; readonly created: number };
}

export interface DocumentInTests {
  field(projection: object): DocumentInTests;
  get(): Promise<{ readonly data: Row | null }>;
  set(options: { data: object }): Promise<Stats>;
  update(options: { data: object }): Promise<Stats>;
  remove(): Promise<Stats>;
}

export interface QueryInTests {
  where(filter: unknown): QueryInTests;
  orderBy(field: string, direction: string): QueryInTests;
  limit(count: number): QueryInTests;
  skip(count: number): QueryInTests;
  field(projection: object): QueryInTests;
  get(): Promise<{ readonly data: Row[] }>;
  update(options: { data: object; multi?: boolean }): Promise<Stats>;
  remove(options?: { multi?: boolean }): Promise<Stats>;
  count(): Promise<{ readonly total: number }>;
}

type StageName =
  | 'addFields'
  | 'bucket'
  | 'count'
  | 'facet'
  | 'group'
  | 'limit'
  | 'lookup'
  | 'match'
  | 'project'
  | 'replaceRoot'
  | 'sample'
  | 'skip'
  | 'sort'
  | 'sortByCount'
  | 'unwind';

export type AggregateInTests = { readonly [Stage in StageName]: (value: unknown) => AggregateInTests } & {
  end(): Promise<{ readonly list: Row[] }>;
};

export interface CollectionInTests extends QueryInTests {
  doc(id: string | number): DocumentInTests;
  add(options: { data: object }): Promise<{ readonly _id: string; readonly _ids: readonly string[] }>;
  aggregate(): AggregateInTests;
}

export interface TransactionInTests {
  collection(name: string): CollectionInTests;
  commit(): Promise<unknown>;
  rollback(reason?: unknown): Promise<unknown>;
}

export interface DatabaseInTests {
  collection(name: string): CollectionInTests;
  createCollection(name: string): Promise<unknown>;
  serverDate(options?: { offset: number }): object;
  RegExp(options: { regexp: string; options?: string }): object;
  startTransaction(): Promise<TransactionInTests>;
  runTransaction<Result>(
    work: (transaction: TransactionInTests) => Promise<Result>,
    times?: number,
  ): Promise<Result>;
}

export interface OperatorInTests {
  and(...others: unknown[]): OperatorInTests;
  or(...others: unknown[]): OperatorInTests;
}

type OperatorName =
  | 'addToSet'
  | 'all'
  | 'and'
  | 'bit'
  | 'elemMatch'
  | 'eq'
  | 'exists'
  | 'gt'
  | 'gte'
  | 'in'
  | 'inc'
  | 'lt'
  | 'lte'
  | 'max'
  | 'min'
  | 'mod'
  | 'mul'
  | 'neq'
  | 'nin'
  | 'nor'
  | 'not'
  | 'or'
  | 'pop'
  | 'pull'
  | 'pullAll'
  | 'push'
  | 'remove'
  | 'rename'
  | 'set'
  | 'shift'
  | 'size'
  | 'unshift';

type ExpressionName = 'sum' | 'avg' | 'push' | 'first' | 'max' | 'addToSet' | 'concat' | 'gte' | 'cond';

export interface CloudInTests {
  getWXContext(): Row;
  callFunction(options: { name: string; data?: object }): Promise<{ readonly result: unknown }>;
  uploadFile(options: { cloudPath: string; fileContent: unknown }): Promise<{ readonly fileID: string }>;
  downloadFile(options: { fileID: string }): Promise<{ readonly fileContent: Buffer }>;
  getTempFileURL(options: { fileList: readonly unknown[] }): Promise<{
    readonly fileList: { fileID: string; tempFileURL: string; status: number; maxAge: number }[];
  }>;
  deleteFile(options: {
    fileList: readonly string[];
  }): Promise<{ readonly fileList: { fileID: string; status: number }[] }>;
  readonly openapi: { readonly security: { msgSecCheck(options: object): Promise<unknown> } };
}

/** What an experiment gets: it runs in the function's process and must not use anything from outside. */
export interface Laboratory {
  readonly cloud: CloudInTests;
  readonly db: DatabaseInTests;
  readonly _: Readonly<Record<OperatorName, (...values: unknown[]) => OperatorInTests>>;
  readonly $: Readonly<Record<ExpressionName, (value: unknown) => unknown>>;
  readonly event: Row;
  readonly context: Row;
  /** The project's own edge around the SDK. */
  readonly platform: typeof Database & typeof Transactions & typeof Storage & typeof Callers;
  /** How an attempt failed; an empty text when it did not. */
  readonly failureOf: (attempt: Promise<unknown>) => Promise<Failure>;
  /** A function of this test file, sent as text: JSON carries no functions. */
  readonly fromText: <Result>(text: string) => (laboratory: Laboratory) => Result;
}

export interface Failure {
  readonly errMsg: string;
  readonly errCode?: number;
  readonly code?: string;
}
