/**
 * Writes field values as strings whose plain comparison is MongoDB's order of values, so that an index is nothing
 * but a sorted list of strings. Supersets are fine here (every candidate is tested again), losses are not.
 */
import { encode } from './extended-json';
import { isPlainObject } from './document';

/** First character of each kind, in MongoDB's order: null, numbers, strings, objects, arrays, booleans, dates. */
const KIND = { nothing: '\u0001', number: '\u0002', text: '\u0003', object: '\u0004', emptyArray: '\u0005' };
const KIND_BOOLEAN = '\u0006';
const KIND_DATE = '\u0007';
const KIND_OTHER = '\u0008';

/** Sorts after every key that begins with the same characters. */
export const AFTER = '\uffff';

/** The key of one scalar value. */
export function keyOf(value: unknown): string {
  if (value === null || value === undefined) return KIND.nothing;
  if (typeof value === 'number') return KIND.number + orderedNumber(value);
  if (typeof value === 'string') return KIND.text + terminated(value);
  if (typeof value === 'boolean') return KIND_BOOLEAN + (value ? '\u0001' : '\u0000');
  if (value instanceof Date) return KIND_DATE + orderedNumber(value.getTime());
  if (isPlainObject(value)) return KIND.object + terminated(encode(value));
  return KIND_OTHER + terminated(encode(value));
}

/** Where the kind of this key ends: the smallest string greater than all keys of the same kind. */
export function endOfKind(key: string): string {
  return String.fromCharCode(key.charCodeAt(0) + 1);
}

export interface ReachedKeys {
  readonly keys: readonly string[];
  /** An array was on the way: there may be several keys, and null means more than one thing. */
  readonly throughArray: boolean;
}

/** Keys of all values that a path reaches in a document. */
export function keysAt(document: Readonly<Record<string, unknown>>, path: string): ReachedKeys {
  let value: unknown = document;
  let throughArray = false;
  for (const field of path.split('.')) {
    if (Array.isArray(value)) throughArray = true;
    value = throughArray ? undefined : isPlainObject(value) ? value[field] : undefined;
  }
  if (!throughArray && !Array.isArray(value)) return { keys: [keyOf(value)], throughArray: false };

  const keys = new Set<string>();
  for (const reached of valuesAt(document, path.split('.'))) {
    if (!Array.isArray(reached)) keys.add(keyOf(reached));
    else if (reached.length === 0) keys.add(KIND.emptyArray);
    else for (const item of reached) keys.add(keyOf(item));
  }
  // A path that leads nowhere is missing, and missing is null.
  return { keys: keys.size === 0 ? [KIND.nothing] : [...keys], throughArray: true };
}

function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const [field, ...rest] = path;
  if (field === undefined) return [value];
  if (Array.isArray(value)) {
    const byPosition = /^\d+$/.test(field) ? valuesAt(value[Number(field)], rest) : [];
    return [...byPosition, ...value.flatMap((item) => (isPlainObject(item) ? valuesAt(item, path) : []))];
  }
  return isPlainObject(value) ? valuesAt(value[field], rest) : [undefined];
}

/** Zero characters are escaped, so that no text is the beginning of another and '' sorts first. */
function terminated(text: string): string {
  return `${text.includes('\u0000') ? text.replaceAll('\u0000', '\u0000\uffff') : text}\u0000\u0000`;
}

const bits = new DataView(new ArrayBuffer(8));

/** IEEE 754 bits as four characters: negative numbers inverted, positive ones with the sign bit set. */
function orderedNumber(value: number): string {
  if (Number.isNaN(value)) return '\u0000\u0000\u0000\u0000'; // MongoDB sorts NaN below all numbers
  bits.setFloat64(0, value === 0 ? 0 : value); // -0 equals 0
  const high = bits.getUint32(0);
  const low = bits.getUint32(4);
  const negative = high >= 0x8000_0000;
  const h = negative ? ~high : high ^ 0x8000_0000;
  const l = negative ? ~low : low;
  return String.fromCharCode((h >>> 16) & 0xffff, h & 0xffff, (l >>> 16) & 0xffff, l & 0xffff);
}
