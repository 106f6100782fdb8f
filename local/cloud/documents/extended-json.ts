/**
 * Extended JSON as the SDK writes and reads it (bson 4.7.2, the SDK's own codec), plus the one shape that is not
 * in the standard: `{$tcb_server_date: {offset}}`. Refuses BSON types that neither a mini program nor our
 * functions write (Binary, Decimal128, ObjectId, …), because the query engine would compare them wrongly.
 */
import { BSONRegExp, EJSON } from 'bson';
import { invalidParameter } from '../platform-error';
import { isPlainObject } from './document';

const MAXIMUM_DEPTH = 100; // MongoDB's own limit for nesting

/** @throws PlatformError INVALID_PARAM when the text is not extended JSON of supported types. */
export function decode(text: unknown, now: Date): unknown {
  if (typeof text !== 'string') throw invalidParameter('Extended JSON must be a string');
  let parsed: unknown;
  try {
    parsed = EJSON.parse(text, { relaxed: true });
  } catch {
    throw invalidParameter('Malformed extended JSON');
  }
  return convert(parsed, now, 0);
}

/** As `decode`, for values that must be objects. */
export function decodeObject(text: unknown, now: Date): Record<string, unknown> {
  const value = decode(text, now);
  if (!isPlainObject(value)) throw invalidParameter('An object was expected');
  return value;
}

/** Relaxed extended JSON: numbers stay numbers, dates become `{$date: …}`; the SDK reads both forms. */
export function encode(value: unknown): string {
  return EJSON.stringify(value as object, { relaxed: true });
}

function convert(value: unknown, now: Date, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > MAXIMUM_DEPTH) throw invalidParameter('Nested too deeply');
  if (Array.isArray(value)) return value.map((item) => convert(item, now, depth + 1));
  if (value instanceof BSONRegExp) return toRegExp(value);
  if (value instanceof RegExp) return value;
  if ('_bsontype' in value) throw invalidParameter('Unsupported BSON type');

  const serverDate = (value as Record<string, unknown>).$tcb_server_date;
  if (serverDate !== undefined) return serverTime(serverDate, now);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, convert(inner, now, depth + 1)]),
  );
}

function toRegExp({ pattern, options }: BSONRegExp): RegExp {
  try {
    // MongoDB's x and l options do not exist in JavaScript.
    return new RegExp(pattern, options.replaceAll(/[^gimsuy]/g, ''));
  } catch {
    throw invalidParameter('Malformed regular expression');
  }
}

function serverTime(value: unknown, now: Date): Date {
  const offset = isPlainObject(value) ? (value.offset ?? 0) : undefined;
  if (typeof offset !== 'number') throw invalidParameter('Malformed server date');
  return new Date(now.getTime() + offset);
}
