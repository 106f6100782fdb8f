/**
 * The open format of signed capture codes, for schools without CHSI's gateway, demonstrations and tests; the
 * table of bytes is in docs/capture-code.md. A code is signed, not secret: it carries a masked name and the
 * student number, and of the identity document only keyed digests.
 * Refuses to judge a code: signature, expiry and ID tail are the resolver's business.
 */
import { isUtf8 } from 'node:buffer';
import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { decodeBase45, encodeBase45 } from './base45';
import { type DigestKey } from './keyed-digest';

/** First characters of the text in the QR code; the digit is the version of everything behind it. */
export const SIGNED_CODE_PREFIX = 'GPC1:';
/** Last character: Base45 may end in a space, which programs that pass text on like to cut off. */
const SIGNED_CODE_END = ':';
/** Signed together with the content, so that a signature made for anything else never fits here. */
const SIGNING_CONTEXT = Buffer.from('graduation-photo-capture signed code 1\0', 'ascii');

export const SIGNATURE_BYTES = 64;
export const SALT_BYTES = 12;
/** Half of an HMAC-SHA-256: still 2^128 guesses for who lacks the key. */
export const DIGEST_BYTES = 16;
export const KEY_ID_BYTES = 8;

/** Longest text of a field in UTF-8 bytes: a name of 50 characters of four bytes, and short words. */
const FIELD_LIMITS = { studentNumber: 32, maskedName: 200, level: 60, studyForm: 60 } as const;

/** What the school states about one 学籍. */
export interface SignedClaims {
  /** 院校代码, five digits. */
  readonly schoolCode: string;
  /** 学号, up to 32 letters, digits and hyphens. */
  readonly studentNumber: string;
  /** Already masked by the issuer; the format refuses nothing here because names are not recognisable. */
  readonly maskedName: string;
  /** 层次, e.g. 高起本. */
  readonly level: string;
  /** 年级: year of entry, four digits. */
  readonly year: string;
  /** 学习形式. */
  readonly studyForm?: string;
  /** 学制 in years with at most one decimal, e.g. "2.5". */
  readonly duration?: string;
  /** First moment at which the code is no longer valid; whole seconds. */
  readonly expiresAt: Date;
}

/** A code taken apart; nothing of it is true before its signature has been checked. */
export interface SignedCode {
  readonly keyId: string;
  readonly claims: SignedClaims;
  readonly salt: Uint8Array;
  readonly tailDigest: Uint8Array;
  readonly personDigest: Uint8Array;
  /** Context and content, exactly as signed. */
  readonly signedBytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** What the issuing school holds. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  /** Shared with the server that resolves: digests of ID tails and persons. */
  readonly digestKey: DigestKey;
}

/** The first bytes of the public key itself: enough to find it among a server's keys, with nothing to compute. */
export function signingKeyId(publicKey: KeyObject): string {
  return Buffer.from(rawPublicKey(publicKey).subarray(0, KEY_ID_BYTES)).toString('base64url');
}

/** The 32 bytes of an Ed25519 public key. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  const { x } = key.export({ format: 'jwk' });
  if (typeof x !== 'string') throw new TypeError('not an Ed25519 key');
  return Buffer.from(x, 'base64url');
}

/** Binds the tail to the code: the same tail gives another digest in every code, and moves to no other student. */
export function signedTailDigest(
  key: DigestKey,
  salt: Uint8Array,
  claims: Pick<SignedClaims, 'schoolCode' | 'studentNumber'>,
  idTail: string,
): Uint8Array {
  return key
    .digest('signed-tail', salt, claims.schoolCode, claims.studentNumber, idTail)
    .subarray(0, DIGEST_BYTES);
}

/** The same for every code that the school issues to one person. */
export function signedPersonDigest(key: DigestKey, idNumber: string): Uint8Array {
  return key.digest('signed-person', idNumber).subarray(0, DIGEST_BYTES);
}

export interface CodeToSign {
  readonly claims: SignedClaims;
  /** Normalised, see miniprogram/shared/identity/id-tail.ts. */
  readonly idTail: string;
  /** The whole number, normalised; only its digest leaves this function. */
  readonly idNumber: string;
  /** Twelve bytes; random unless a test needs a known one. */
  readonly salt?: Uint8Array;
}

/**
 * @returns the payload of the QR code: ASCII in the 45 characters of QR's alphanumeric mode, about 250 to 350 bytes
 * @throws RangeError for claims that do not fit the format
 */
export function encodeSignedCode(code: CodeToSign, key: SigningKey): Uint8Array {
  const salt = code.salt ?? randomBytes(SALT_BYTES);
  if (salt.length !== SALT_BYTES) throw new RangeError(`the salt has ${SALT_BYTES} bytes`);
  const content = Buffer.concat([
    Buffer.from(signingKeyId(createPublicKey(key.privateKey)), 'base64url'),
    encodeClaims(code.claims),
    salt,
    signedTailDigest(key.digestKey, salt, code.claims, code.idTail),
    signedPersonDigest(key.digestKey, code.idNumber),
  ]);
  const signature = sign(null, Buffer.concat([SIGNING_CONTEXT, content]), key.privateKey);
  const text = encodeBase45(Buffer.concat([content, signature]));
  return Buffer.from(SIGNED_CODE_PREFIX + text + SIGNED_CODE_END, 'ascii');
}

/** Whether the payload says that it is a signed code; says nothing about whether it is true or even whole. */
export function isSignedCode(payload: Uint8Array): boolean {
  return (
    Buffer.from(payload.subarray(0, SIGNED_CODE_PREFIX.length)).toString('latin1') === SIGNED_CODE_PREFIX
  );
}

/** @returns undefined for everything that `encodeSignedCode` could not have written */
export function decodeSignedCode(payload: Uint8Array): SignedCode | undefined {
  if (!isSignedCode(payload)) return undefined;
  const text = Buffer.from(payload).toString('latin1');
  if (!text.endsWith(SIGNED_CODE_END)) return undefined;
  const bytes = decodeBase45(text.slice(SIGNED_CODE_PREFIX.length, -SIGNED_CODE_END.length));
  if (bytes === undefined || bytes.length <= SIGNATURE_BYTES) return undefined;
  try {
    return takeApart(bytes);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Throws RangeError where the bytes do not follow the table. */
function takeApart(bytes: Uint8Array): SignedCode {
  const content = bytes.subarray(0, bytes.length - SIGNATURE_BYTES);
  const fields = new FieldReader(content);
  const keyId = Buffer.from(fields.bytes(KEY_ID_BYTES)).toString('base64url');
  const claims = decodeClaims(fields);
  const salt = fields.bytes(SALT_BYTES);
  const tailDigest = fields.bytes(DIGEST_BYTES);
  const personDigest = fields.bytes(DIGEST_BYTES);
  fields.requireEnd();
  return {
    keyId,
    claims,
    salt,
    tailDigest,
    personDigest,
    signedBytes: Buffer.concat([SIGNING_CONTEXT, content]),
    signature: bytes.subarray(bytes.length - SIGNATURE_BYTES),
  };
}

function encodeClaims(claims: SignedClaims): Buffer {
  requireMatch('schoolCode', claims.schoolCode, /^\d{5}$/);
  requireMatch('year', claims.year, /^(19|20|21)\d\d$/);
  requireMatch('studentNumber', claims.studentNumber, /^[0-9A-Za-z-]+$/);
  requireMatch('duration', claims.duration ?? '1', /^\d{1,2}(\.[1-9])?$/);
  const seconds = claims.expiresAt.getTime() / 1000;
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 0xffffffff) {
    throw new RangeError('expiresAt needs whole seconds between 1970 and 2106');
  }
  const fixed = Buffer.alloc(10);
  fixed.writeUInt32BE(seconds, 0);
  fixed.writeUIntBE(Number(claims.schoolCode), 4, 3);
  fixed.writeUInt16BE(Number(claims.year), 7);
  fixed.writeUInt8(Math.round(Number(claims.duration ?? '0') * 10), 9);
  return Buffer.concat([
    fixed,
    encodeText('studentNumber', claims.studentNumber, 1),
    encodeText('maskedName', claims.maskedName, 1),
    encodeText('level', claims.level, 1),
    encodeText('studyForm', claims.studyForm ?? '', 0),
  ]);
}

function decodeClaims(fields: FieldReader): SignedClaims {
  const expiresAt = new Date(fields.unsigned(4) * 1000);
  const schoolCode = String(fields.unsigned(3)).padStart(5, '0');
  const year = String(fields.unsigned(2));
  const tenths = fields.unsigned(1);
  const claims: SignedClaims = {
    schoolCode,
    year,
    expiresAt,
    studentNumber: fields.text(),
    maskedName: fields.text(),
    level: fields.text(),
    ...optional('studyForm', fields.text()),
    ...optional('duration', tenths === 0 ? '' : String(tenths / 10)),
  };
  encodeClaims(claims); // throws for what could not have been written
  return claims;
}

function optional<Name extends string>(name: Name, value: string): Partial<Record<Name, string>> {
  return value === '' ? {} : ({ [name]: value } as Record<Name, string>);
}

function requireMatch(field: string, value: string, pattern: RegExp): void {
  if (!pattern.test(value)) throw new RangeError(`${field} does not fit the format`);
}

function encodeText(field: keyof typeof FIELD_LIMITS, text: string, minimum: 0 | 1): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length < minimum || bytes.length > FIELD_LIMITS[field])
    throw new RangeError(`${field} does not fit`);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

/** Reads one field after the other; throws RangeError past the end and for text that is no UTF-8. */
class FieldReader {
  #at = 0;
  constructor(private readonly source: Uint8Array) {}

  bytes(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.source.length) throw new RangeError('the code ends inside a field');
    const field = this.source.subarray(this.#at, end);
    this.#at = end;
    return field;
  }

  unsigned(length: number): number {
    return this.bytes(length).reduce((value, byte) => value * 256 + byte, 0);
  }

  text(): string {
    const bytes = Buffer.from(this.bytes(this.unsigned(1)));
    if (!isUtf8(bytes)) throw new RangeError('a text of the code is no UTF-8');
    return bytes.toString('utf8');
  }

  requireEnd(): void {
    if (this.#at !== this.source.length) throw new RangeError('the code has bytes left over');
  }
}
