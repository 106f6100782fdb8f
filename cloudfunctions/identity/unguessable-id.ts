/**
 * Ids and storage paths that nobody can guess or derive from a person: 128 random bits.
 * Refuses to carry meaning: what an id belongs to is in the database, behind an owner filter.
 */
import { createHash, randomBytes } from 'node:crypto';

/** 32 hexadecimal characters, 128 bits. */
export function newId(): string {
  return randomBytes(16).toString('hex');
}

/**
 * An id that follows from others, so that whoever creates the same thing a second time meets the first one.
 * Guessable only for who knows all parts.
 */
export function derivedId(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** The shape of both, for checking what a client sends. */
export const ID_PATTERN = /^[0-9a-f]{32}$/;
