/**
 * Keyed digests that stand for data which is not stored itself: a code's payload, a person, an ID tail.
 * HMAC because all of these have so few possibilities that a plain hash could be reversed by trying.
 * Refuses short keys; each purpose gives digests of its own even under one key.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a digest is made for; goes into it, so that digests of different purposes never match. */
export type DigestPurpose =
  | 'key' // of the key itself: that two functions have the same
  | 'payload' // stored instead of a code's payload
  | 'code' // the code that was bound, however its picture was made
  | 'enrolment' // school code and student number
  | 'person' // the same person across several enrolments
  | 'signed-tail' // inside a signed code
  | 'signed-person'; // inside a signed code

export const MINIMUM_KEY_BYTES = 32;

/** A secret of its own from the environment. Throws RangeError when it is too short to be one. */
export class DigestKey {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    if (bytes.length < MINIMUM_KEY_BYTES)
      throw new RangeError(`a digest key needs ${MINIMUM_KEY_BYTES} bytes`);
    this.#bytes = Uint8Array.from(bytes);
  }

  /** 32 bytes of HMAC-SHA-256 over the purpose and the parts, each preceded by its length. */
  digest(purpose: DigestPurpose, ...parts: readonly (Uint8Array | string)[]): Buffer {
    const hmac = createHmac('sha256', this.#bytes);
    for (const part of [purpose, ...parts]) {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      hmac.update(length).update(bytes);
    }
    return hmac.digest();
  }

  /** The same in base64url: 43 characters, fit for a document's id. */
  digestText(purpose: DigestPurpose, ...parts: readonly (Uint8Array | string)[]): string {
    return this.digest(purpose, ...parts).toString('base64url');
  }

  /** Keys print as nothing, so that a settings object in a log gives none away. */
  toJSON(): string {
    return '[key]';
  }
}

/** What is stored and compared instead of a payload. */
export function payloadDigest(payload: Uint8Array, key: DigestKey): string {
  return key.digestText('payload', payload);
}

/** What one 学籍 is known by: the id of its binding. */
export function enrolmentKeyOf(
  { schoolCode, studentNumber }: { readonly schoolCode: string; readonly studentNumber: string },
  key: DigestKey,
): string {
  return key.digestText('enrolment', schoolCode, studentNumber);
}

/** Compares without telling by its time how much was right. */
export function isSameDigest(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
