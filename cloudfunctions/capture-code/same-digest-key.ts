/**
 * One digest key for every function of an environment. Under two, the same code is two students: what a station
 * photographs is never found by the student's own phone, nor a binding by the staff. The first function that uses its
 * key leaves a digest of it, every other compares its own. Refuses to go on under another key; keeps no key.
 */
import { type DigestKey } from './keyed-digest';
import { type TransactionScope, runTransaction } from '../platform/transaction';
import { SettingError } from '../platform/setting-error';
import { type Instant } from '../../miniprogram/shared/identity/ids';

interface DigestKeyDocument {
  readonly _id: 'digest-key';
  readonly digest: string;
  /** The collection's documents end sometime; this one does not. */
  readonly expiresAt: Instant;
}

const ID = 'digest-key';
const NEVER = '9999-12-31T00:00:00.000Z' as Instant;

/** Those that this instance has compared: its settings stay as they are while it lives. */
const compared = new WeakSet<DigestKey>();

/** @throws SettingError when the environment was begun with another key */
export async function requireSameDigestKey(key: DigestKey): Promise<void> {
  if (compared.has(key)) return;
  const digest = key.digestText('key');
  if ((await runTransaction((scope) => keptDigest(scope, digest))) !== digest) {
    throw new SettingError('CAPTURE_CODE_DIGEST_KEY');
  }
  compared.add(key);
}

/** The digest that is kept; the own one where there was none. */
async function keptDigest(scope: TransactionScope, own: string): Promise<string> {
  const counters = scope.collection<DigestKeyDocument>('counters');
  const kept = await counters.get(ID);
  if (kept !== null) return kept.digest;
  await counters.set({ _id: ID, digest: own, expiresAt: NEVER });
  return own;
}
