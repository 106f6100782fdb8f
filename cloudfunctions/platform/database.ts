/**
 * A thin typed layer over the cloud database. It exists because of the SDK's traps, each of which would be a
 * security hole or a lost write somewhere:
 * - `where({owner: undefined})` silently means "everything": refused here;
 * - `update({a: {b: 1}})` merges into `a` and fails when `a` is null: here a value always replaces;
 * - `get()` answers 100 documents at most when no limit is given: here the limit is always given;
 * - a duplicate key is an ordinary outcome and gets its own type.
 * Refuses to hold rules: which documents, and whose, is said by the capabilities.
 */
import {
  command,
  connection,
  definedOnly,
  readDocument,
  replacing,
  type SdkCollection,
  writing,
} from './database-connection';
import { type CollectionName } from './database-schema';

export { command } from './database-connection';
export { DuplicateKeyError } from './database-errors';

/** Every stored document has an id chosen by us: derived ids make inserts idempotent. */
export interface Identified {
  readonly _id: string;
}

/** Field conditions (values or operators of `command()`), dotted paths allowed. An empty filter must be meant. */
export type Filter<T> = { readonly [Field in keyof T]?: unknown } & Readonly<Record<string, unknown>>;

/** New values of top-level fields or operators of `command()`; dotted paths reach deeper. `_id` never changes. */
export type Changes<T> = { readonly [Field in keyof T as Exclude<Field, '_id'>]?: unknown } & Readonly<
  Record<string, unknown>
>;

export interface FindOptions<T> {
  /** At most 1,000, the platform's limit for one read. */
  readonly limit: number;
  readonly skip?: number;
  readonly sort?: readonly (readonly [field: keyof T & string, direction: 'asc' | 'desc'])[];
}

/** Fields by which documents can be walked: text, which is compared alike everywhere. */
export type TextField<T> =
  '_id' | ({ [Field in keyof T]-?: T[Field] extends string ? Field : never }[keyof T] & string);

export interface Collection<T extends Identified> {
  /** The document, or null when there is none. */
  get(id: string): Promise<T | null>;
  /** Those of these documents that there are, in no order: who asks has it. An id may come twice. */
  byIds(ids: readonly T['_id'][]): Promise<ReadonlyMap<T['_id'], T>>;
  findOne(filter: Filter<T>): Promise<T | null>;
  find(filter: Filter<T>, options: FindOptions<T>): Promise<readonly T[]>;
  /**
   * All matching documents in pages of 1,000, in the order of their ids or of another field that no two of them share.
   * What was read may be changed or removed on the way.
   */
  pages(filter: Filter<T>, order?: { readonly by: TextField<T> }): AsyncIterable<readonly T[]>;
  /** @throws DuplicateKeyError */
  insert(document: T): Promise<void>;
  /**
   * Inserts in order; stops at the first duplicate, what came before stays. Not atomic on the platform.
   * @throws DuplicateKeyError
   */
  insertMany(documents: readonly T[]): Promise<void>;
  /** Writes the whole document, whether it was there or not. */
  set(document: T): Promise<void>;
  /** @returns whether a document was changed (false: none with this id, or it already looked like that). */
  update(id: string, changes: Changes<T>): Promise<boolean>;
  /** Changes all matching documents; with a state in the filter this is compare-and-set. @returns how many. */
  updateWhere(filter: Filter<T>, changes: Changes<T>): Promise<number>;
  /** @returns whether there was a document with this id. */
  remove(id: string): Promise<boolean>;
  removeWhere(filter: Filter<T>): Promise<number>;
  count(filter: Filter<T>): Promise<number>;
  /** Runs pipeline stages such as `{$match: …}`; always bounded by `limit`. */
  aggregate<Row>(stages: readonly AggregateStage[], limit: number): Promise<readonly Row[]>;
}

/** One stage in MongoDB's form, e.g. `{ $group: { _id: '$state', count: { $sum: 1 } } }`. */
export type AggregateStage = Readonly<Record<`$${string}`, unknown>>;

const PAGE = 1000; // the platform's maximum for one read
const INSERT_CHUNK = 100; // keeps one request far below the platform's body limit

/** The collection by its name in database-schema.ts. */
export function collection<T extends Identified>(name: CollectionName): Collection<T> {
  const handle = () => connection().collection(name);

  const find = async (filter: Filter<T>, options: FindOptions<T>): Promise<readonly T[]> => {
    if (options.limit < 1 || options.limit > PAGE)
      throw new RangeError(`limit ${options.limit} is not 1..${PAGE}`);
    let query = handle().where(definedOnly(filter));
    for (const [field, direction] of options.sort ?? []) query = query.orderBy(field, direction);
    if (options.skip !== undefined) query = query.skip(options.skip);
    return (await query.limit(options.limit).get()).data as T[];
  };

  return {
    find,
    get: (id) => readDocument<T>(handle().doc(id)),
    findOne: async (filter) => (await find(filter, { limit: 1 }))[0] ?? null,

    async byIds(ids) {
      const wanted = [...new Set(ids)];
      const found = new Map<T['_id'], T>();
      for (let start = 0; start < wanted.length; start += PAGE) {
        const some: Filter<Identified> = { _id: command().in(wanted.slice(start, start + PAGE)) };
        for (const document of await find(some, { limit: PAGE })) found.set(document._id, document);
      }
      return found;
    },

    async *pages(filter, { by } = { by: '_id' }) {
      let last: unknown = null;
      for (;;) {
        const after: Record<string, unknown> = last === null ? {} : { [by]: command().gt(last) };
        const page: readonly T[] = await find({ ...filter, ...after }, { limit: PAGE, sort: [[by, 'asc']] });
        if (page.length > 0) yield page;
        if (page.length < PAGE) return;
        last = page.at(-1)![by];
      }
    },

    insert: async (document) => {
      await writing(name, () => handle().add({ data: definedOnly(document) }));
    },
    async insertMany(documents) {
      for (let start = 0; start < documents.length; start += INSERT_CHUNK) {
        const chunk = documents.slice(start, start + INSERT_CHUNK).map(definedOnly);
        await writing(name, () => handle().add({ data: chunk }));
      }
    },
    set: async ({ _id, ...fields }) => {
      const target = handle().doc(_id);
      await writing(name, () => target.set({ data: definedOnly(fields) }));
    },
    update: async (id, changes) =>
      (
        await writing(name, () =>
          handle()
            .doc(id)
            .update({ data: replacing(changes) }),
        )
      ).stats.updated > 0,
    updateWhere: async (filter, changes) =>
      (
        await writing(name, () =>
          handle()
            .where(definedOnly(filter))
            .update({ data: replacing(changes) }),
        )
      ).stats.updated,
    remove: async (id) => (await handle().doc(id).remove()).stats.removed > 0,
    removeWhere: async (filter) => (await handle().where(definedOnly(filter)).remove()).stats.removed,
    count: async (filter) => (await handle().where(definedOnly(filter)).count()).total,

    async aggregate<Row>(stages: readonly AggregateStage[], limit: number) {
      const pipeline = stages.reduce((built, stage) => {
        const [key, value] = Object.entries(stage)[0] ?? [];
        if (key === undefined) throw new TypeError('An aggregation stage has one key');
        return built.pipe(key.slice(1), value);
      }, pipelineOf(handle()));
      return (await pipeline.pipe('limit', limit).end()) as readonly Row[];
    },
  };
}

interface Pipeline {
  pipe(stage: string, value: unknown): Pipeline;
  end(): Promise<unknown[]>;
}

function pipelineOf(handle: SdkCollection): Pipeline {
  const wrap = (aggregate: Record<string, unknown>): Pipeline => ({
    pipe(stage, value) {
      const step = aggregate[stage];
      if (typeof step !== 'function') throw new TypeError(`Unknown aggregation stage ${stage}`);
      return wrap((step as (value: unknown) => Record<string, unknown>).call(aggregate, value));
    },
    end: async () => (await (aggregate.end as () => Promise<{ list: unknown[] }>).call(aggregate)).list,
  });
  return wrap(handle.aggregate());
}
