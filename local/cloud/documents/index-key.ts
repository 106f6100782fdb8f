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
  return KIND_OTHER + terminated(JSON.stringify(value));
}

/** Where the kind of this key ends: the smallest string greater than all keys of the same kind. */
export function endOfKind(key: string): string {
  return String.fromCharCode(key.charCodeAt(0) + 1);
}

/** Keys of all values that a path reaches in a document: several when it crosses an array. */
export function keysAt(document: Readonly<Record<string, unknown>>, path: string): readonly string[] {
  const reached = valuesAt(document, path.split('.'));
  const keys = new Set<string>();
  for (const value of reached) {
    if (!Array.isArray(value)) keys.add(keyOf(value));
    else if (value.length === 0) keys.add(KIND.emptyArray);
    else
      for (const item of value)
        keys.add(Array.isArray(item) ? KIND_OTHER + terminated(encode(item)) : keyOf(item));
  }
  // A path that leads nowhere is missing, and missing is null.
  if (keys.size === 0) keys.add(KIND.nothing);
  return [...keys];
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
