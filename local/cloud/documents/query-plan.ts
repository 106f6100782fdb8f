/**
 * Finds the index that leaves the fewest documents to look at. It reads only the plain conditions of a filter
 * (equality, $in, ranges, $and of those); anything else stays to be tested document by document.
 */
import { type Collection } from './collection';
import { type CollectionIndex } from './collection-index';
import { isPlainObject } from './document';
import { AFTER, endOfKind, keyOf } from './index-key';

export type Sort = readonly (readonly [path: string, direction: 1 | -1])[];

/** A stretch of an index: `from <= key < to`. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

export interface Plan {
  readonly index: CollectionIndex;
  readonly stretches: readonly Stretch[];
  /** Every document in the stretches matches: nothing is left to test. */
  readonly exact: boolean;
  /** The stretches deliver the wanted order: 1 read forwards, -1 backwards, 0 not in order. */
  readonly order: 1 | -1 | 0;
  readonly candidates: number;
}

interface FieldCondition {
  readonly equals?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

interface Conditions {
  readonly fields: ReadonlyMap<string, FieldCondition>;
  /** All of the filter is in `fields`. */
  readonly complete: boolean;
}

const MAXIMUM_STRETCHES = 1000; // beyond this a scan is no slower

/** The best plan, or undefined when only a scan of the whole collection helps. */
export function planQuery(
  collection: Collection,
  filter: Readonly<Record<string, unknown>>,
  sort: Sort,
  wanted: number,
): Plan | undefined {
  const conditions = conditionsOf(filter);
  let best: { plan: Plan; cost: number } | undefined;
  for (const index of collection.indexes) {
    const plan = planIndex(index, conditions, sort);
    if (plan === undefined) continue;
    const ordered = sort.length === 0 || plan.order !== 0;
    const reads = ordered && plan.exact ? Math.min(plan.candidates, wanted) : plan.candidates;
    const cost = ordered ? reads : reads * 3; // sorting costs about as much again and more
    // Where two leave as many, the one that leaves nothing to test: counting 50,000 takes a third less (2026-11).
    const better =
      best === undefined || cost < best.cost || (cost === best.cost && plan.exact && !best.plan.exact);
    if (better) best = { plan, cost };
  }
  return best?.plan;
}

function planIndex(index: CollectionIndex, conditions: Conditions, sort: Sort): Plan | undefined {
  const paths = [...index.shape.paths, '_id'];
  let prefixes: readonly string[] = [''];
  let used = 0;
  for (; used < paths.length; used += 1) {
    const equals = conditions.fields.get(paths[used]!)?.equals;
    if (equals === undefined || prefixes.length * equals.length > MAXIMUM_STRETCHES) break;
    prefixes = prefixes.flatMap((prefix) => equals.map((key) => prefix + key));
  }
  const bounded = paths[used];
  const range = bounded === undefined ? undefined : conditions.fields.get(bounded);
  const ranged = index.oneEntryEach && range !== undefined && range.equals === undefined;
  const order = index.oneEntryEach && prefixes.length === 1 ? orderOf(sort, paths, used) : 0;
  if (used === 0 && !ranged && order === 0) return undefined;

  const stretches = prefixes.map((prefix) =>
    ranged
      ? { from: prefix + (range.from ?? ''), to: prefix + (range.to ?? AFTER) }
      : { from: prefix, to: prefix + AFTER },
  );
  const consumed = used + (ranged ? 1 : 0);
  return {
    index,
    stretches,
    exact: index.oneEntryEach && conditions.complete && consumed === conditions.fields.size,
    order,
    candidates: stretches.reduce((sum, { from, to }) => sum + index.entries.count(from, to), 0),
  };
}

/** Whether the index, after its fixed fields, runs through the sort fields in one direction. */
function orderOf(sort: Sort, paths: readonly string[], fixed: number): 1 | -1 | 0 {
  const free = sort.filter(([path]) => !paths.slice(0, fixed).includes(path));
  const direction = free[0]?.[1] ?? 1;
  const inOrder = free.every(
    ([path, way], position) => path === paths[fixed + position] && way === direction,
  );
  return inOrder ? direction : 0;
}

function conditionsOf(filter: Readonly<Record<string, unknown>>): Conditions {
  const fields = new Map<string, FieldCondition>();
  let complete = true;
  const visit = (part: Readonly<Record<string, unknown>>): void => {
    for (const [path, value] of Object.entries(part)) {
      if (path === '$and' && Array.isArray(value)) {
        for (const inner of value) if (isPlainObject(inner)) visit(inner);
        continue;
      }
      const condition = path.startsWith('$') || fields.has(path) ? undefined : conditionOf(value);
      if (condition === undefined) complete = false;
      else fields.set(path, condition);
    }
  };
  visit(filter);
  return { fields, complete };
}

/** The condition as keys, or undefined when an index cannot answer it. */
function conditionOf(value: unknown): FieldCondition | undefined {
  if (isScalar(value)) return { equals: [keyOf(value)] };
  if (!isPlainObject(value)) return undefined;
  const operators = Object.keys(value);
  if (operators.length === 1 && operators[0] === '$eq') return conditionOf(value.$eq);
  if (operators.length === 1 && operators[0] === '$in') {
    const { $in: list } = value;
    if (!Array.isArray(list) || !list.every(isScalar)) return undefined;
    return { equals: [...new Set(list.map(keyOf))].sort() };
  }
  return rangeOf(value, operators);
}

function rangeOf(
  value: Readonly<Record<string, unknown>>,
  operators: readonly string[],
): FieldCondition | undefined {
  const from: string[] = [];
  const to: string[] = [];
  for (const operator of operators) {
    const operand = value[operator];
    // Ranges over null or booleans have rules of their own; they are rare enough to be scanned.
    if (!isScalar(operand) || operand === null || typeof operand === 'boolean') return undefined;
    const key = keyOf(operand);
    if (operator === '$gte') from.push(key);
    else if (operator === '$gt') from.push(key + AFTER);
    else if (operator === '$lt') to.push(key);
    else if (operator === '$lte') to.push(key + AFTER);
    else return undefined;
  }
  // Comparisons reach only values of the same kind; bounds of two kinds reach nothing, and are left to mingo.
  const kinds = new Set([...from, ...to].map((key) => key.charAt(0)));
  const [kind, other] = [...kinds];
  if (kind === undefined || other !== undefined) return undefined;
  return { from: from.sort().at(-1) ?? kind, to: to.sort()[0] ?? endOfKind(kind) };
}

function isScalar(value: unknown): boolean {
  return (
    value === null ||
    typeof value === 'string' ||
    (typeof value === 'number' && !Number.isNaN(value)) ||
    typeof value === 'boolean' ||
    value instanceof Date
  );
}
