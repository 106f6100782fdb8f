/**
 * Resolves codes of the open signed format with the public keys of the schools this server knows.
 * Checks in this order: whose key, signature, school, expiry, ID tail; so a wrong tail says nothing about
 * codes that are not genuine. Refuses a key that signs for another school than its own.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { DomainError } from '../../../miniprogram/shared/errors';
import { type DigestKey, enrolmentKeyOf, isSameDigest } from '../keyed-digest';
import {
  decodeSignedCode,
  isSignedCode,
  type SignedCode,
  signedTailDigest,
  signingKeyId,
} from '../signed-format';
import { type CaptureCodeResolver, type ResolvedStudent } from './capture-code-resolver';

/** What the server knows of a school that signs: enough to check, not enough to issue. */
export interface TrustedSchoolKey {
  /** The only school for which this key counts. */
  readonly schoolCode: string;
  readonly publicKey: KeyObject;
  /** Shared with the school. */
  readonly digestKey: DigestKey;
}

/**
 * @param trusted one or more keys per school, the old one beside the new while keys change
 * @param digestKey the server's own, for the keys that are stored
 */
export function createSignedResolver(
  trusted: readonly TrustedSchoolKey[],
  digestKey: DigestKey,
  now: () => Date,
): CaptureCodeResolver {
  const keys = new Map(trusted.map((key) => [signingKeyId(key.publicKey), key]));

  function requireGenuine(code: SignedCode): TrustedSchoolKey {
    const key = keys.get(code.keyId);
    if (key === undefined) throw new DomainError('CODE_NOT_RECOGNISED');
    const genuine = verify(null, code.signedBytes, key.publicKey, code.signature);
    if (!genuine || code.claims.schoolCode !== key.schoolCode) throw new DomainError('CODE_FORGED');
    return key;
  }

  function resolve(payload: Uint8Array, idTail: string): ResolvedStudent {
    const code = decodeSignedCode(payload);
    if (code === undefined) throw new DomainError('CODE_NOT_RECOGNISED');
    const key = requireGenuine(code);
    const { expiresAt, ...enrolment } = code.claims;
    if (now().getTime() >= expiresAt.getTime()) {
      throw new DomainError('CODE_EXPIRED', { expiredAt: expiresAt.toISOString() });
    }
    const tailDigest = signedTailDigest(key.digestKey, code.salt, enrolment, idTail);
    if (!isSameDigest(tailDigest, code.tailDigest)) throw new DomainError('CODE_ID_TAIL_WRONG');
    return {
      ...enrolment,
      personKey: digestKey.digestText('person', 'signed', key.schoolCode, code.personDigest),
      codeKey: digestKey.digestText('code', code.signedBytes),
      enrolmentKey: enrolmentKeyOf(enrolment, digestKey),
    };
  }

  return {
    recognises: isSignedCode,
    answersAlone: isSignedCode,
    // A rejected promise, not an exception out of the call: callers await either resolver alike.
    resolve: async (payload, idTail) => Promise.resolve().then(() => resolve(payload, idTail)),
  };
}

/** @param raw the 32 bytes of an Ed25519 public key; throws RangeError for anything else */
export function publicKeyFromRaw(raw: Uint8Array): KeyObject {
  if (raw.length !== 32) throw new RangeError('an Ed25519 public key has 32 bytes');
  const x = Buffer.from(raw).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
