/** Runs a filter over a collection: index first, then mingo for what the index could not decide. */
import { find, Query } from 'mingo';
import { type Collection } from './collection';
import { type StoredDocument } from './document';
import { type Plan, planQuery, type Sort } from './query-plan';

export type Filter = Readonly<Record<string, unknown>>;

export interface ReadOptions {
  readonly sort: Sort;
  readonly skip: number;
  readonly limit: number;
}

/** Functions inside queries ($where, $function) never run. */
const MINGO_OPTIONS = { scriptEnabled: false } as const;

/** Matching documents in order, after skip and limit. */
export function findDocuments(
  collection: Collection,
  filter: Filter,
  options: ReadOptions,
): StoredDocument[] {
  const { sort, skip, limit } = options;
  const plan = planQuery(collection, filter, sort, skip + limit);
  const matches = matching(collection, filter, plan);
  if (sort.length === 0 || (plan !== undefined && plan.order !== 0)) return slice(matches, skip, limit);
  const sorted = find<StoredDocument>([...matches], {}, {}, MINGO_OPTIONS).sort(Object.fromEntries(sort));
  return sorted.skip(skip).limit(limit).all();
}

export function countDocuments(collection: Collection, filter: Filter): number {
  if (Object.keys(filter).length === 0) return collection.size;
  const plan = planQuery(collection, filter, [], Number.POSITIVE_INFINITY);
  if (plan?.exact === true) return plan.candidates;
  return [...matching(collection, filter, plan)].length;
}

/** Keeps the fields that a projection asks for. */
export function project(
  documents: readonly StoredDocument[],
  projection: Readonly<Record<string, unknown>> | undefined,
): readonly object[] {
  if (projection === undefined || Object.keys(projection).length === 0) return documents;
  return find<StoredDocument>([...documents], {}, projection, MINGO_OPTIONS).all();
}

/** All documents that a filter matches, in the order of the plan. */
export function* matching(
  collection: Collection,
  filter: Filter,
  plan: Plan | undefined = planQuery(collection, filter, [], Number.POSITIVE_INFINITY),
): Generator<StoredDocument> {
  const candidates = plan === undefined ? collection.all() : planned(plan);
  if (plan?.exact === true || Object.keys(filter).length === 0) {
    yield* candidates;
    return;
  }
  const query = new Query<StoredDocument>(filter, MINGO_OPTIONS);
  for (const document of candidates) if (query.test(document)) yield document;
}

function* planned({ index, stretches, order }: Plan): Generator<StoredDocument> {
  // A document with an array has several entries.
  const seen = index.oneEntryEach ? undefined : new Set<StoredDocument>();
  for (const { from, to } of stretches) {
    const entries = order === -1 ? index.entries.descending(from, to) : index.entries.ascending(from, to);
    for (const { value: document } of entries) {
      if (seen?.has(document) === true) continue;
      seen?.add(document);
      yield document;
    }
  }
}

function slice(documents: Iterable<StoredDocument>, skip: number, limit: number): StoredDocument[] {
  const kept: StoredDocument[] = [];
  let position = 0;
  for (const document of documents) {
    if (kept.length === limit) break;
    if (position >= skip) kept.push(document);
    position += 1;
  }
  return kept;
}
