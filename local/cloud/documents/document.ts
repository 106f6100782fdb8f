/** What the document store keeps. Documents are frozen: a change is a new object, so old readers keep theirs. */

export type DocumentId = string | number;

export interface StoredDocument {
  readonly _id: DocumentId;
  readonly [field: string]: unknown;
}

/** One atomic step of one collection, as written to the journal. */
export interface CollectionChange {
  readonly collection: string;
  readonly put: readonly StoredDocument[];
  readonly remove: readonly DocumentId[];
}

/** Freezes a document and everything in it. A library that tried to change it would throw instead of corrupting. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  // Dates and regular expressions keep their value in internal slots; freezing them guards only added fields.
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
