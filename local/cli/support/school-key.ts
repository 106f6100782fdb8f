/**
 * The key file with which a school issues signed codes: made, read and shown as the setting that the server needs.
 * The private half stays on the school's machine; refuses to overwrite a key file.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { readNamedFile } from './named-files';
import { DigestKey } from '../../../cloudfunctions/capture-code/keyed-digest';
import { rawPublicKey, type SigningKey } from '../../../cloudfunctions/capture-code/signed-format';

/** Committed for demonstrations and tests. Everybody has it, so no server that counts may trust it. */
export const DEMONSTRATION_KEY_FILE = resolve(__dirname, '../../demo/school-key.json');

export interface SchoolKey extends SigningKey {
  /** The only school whose codes this key may sign. */
  readonly schoolCode: string;
  readonly demonstration: boolean;
}

const thirtyTwoBytes = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const keyFileSchema = v.object({
  what: v.string(),
  demonstration: v.boolean(),
  schoolCode: v.pipe(v.string(), v.regex(/^\d{5}$/)),
  /** Seed of the Ed25519 key, base64url. */
  privateKey: thirtyTwoBytes,
  publicKey: thirtyTwoBytes,
  /** Shared with the server: digests of ID tails and persons. */
  digestKey: thirtyTwoBytes,
});
export type SchoolKeyFile = v.InferOutput<typeof keyFileSchema>;

/** A fresh key of this school. */
export function newSchoolKeyFile(schoolCode: string, demonstration = false): SchoolKeyFile {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { d, x } = privateKey.export({ format: 'jwk' });
  return v.parse(keyFileSchema, {
    what: demonstration
      ? 'DEMONSTRATION KEY, known to everybody: never trust it in a deployed function'
      : 'Key of a school that signs capture codes. Secret: keep it on the issuing machine.',
    demonstration,
    schoolCode,
    privateKey: d,
    publicKey: x,
    digestKey: randomBytes(32).toString('base64url'),
  });
}

/** Writes with mode 0600; throws where the file exists. */
export function writeSchoolKeyFile(path: string, key: SchoolKeyFile): void {
  writeFileSync(path, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
}

/** @throws RangeError for a file that is no such key */
export function readSchoolKey(path = DEMONSTRATION_KEY_FILE): SchoolKey {
  const file = readKeyFile(path);
  const privateKey = createPrivateKey({
    key: { kty: 'OKP', crv: 'Ed25519', d: file.privateKey, x: file.publicKey },
    format: 'jwk',
  });
  return {
    privateKey,
    digestKey: new DigestKey(Buffer.from(file.digestKey, 'base64url')),
    schoolCode: file.schoolCode,
    demonstration: file.demonstration,
  };
}

/** One entry of the server's setting CAPTURE_CODE_SCHOOL_KEYS (see docs/capture-code.md). */
export function serverSettingOf(path = DEMONSTRATION_KEY_FILE): string {
  const file = readKeyFile(path);
  const publicKey = rawPublicKey(createPublicKey(readSchoolKey(path).privateKey));
  return [file.schoolCode, Buffer.from(publicKey).toString('base64url'), file.digestKey].join(':');
}

/** Says nothing of what is in the file: it may be a key all the same. */
function readKeyFile(path: string): SchoolKeyFile {
  const text = readNamedFile(path).toString('utf8');
  try {
    return v.parse(keyFileSchema, JSON.parse(text));
  } catch {
    throw new RangeError(`${path} is no key file of a school (--new-key makes one)`);
  }
}
