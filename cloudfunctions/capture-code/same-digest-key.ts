/**
 * One digest key for every function of an environment. Under two, the same code is two students: what a station
 * photographs is never found by the student's own phone, nor a binding by the staff. The students' function, under whose
 * key nearly all bindings are made, leaves a digest of it with the first code; from then on each compares its own.
 * Refuses to go on under another key; keeps no key.
 */
import { type DigestKey } from './keyed-digest';
import { collection } from '../platform/database';
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

/**
 * The staff's: goes on where nothing is kept yet, so that a wrong key of theirs never stands against the students'.
 * @throws SettingError when students' codes are read under another key
 */
export async function requireStudentsDigestKey(key: DigestKey): Promise<void> {
  if (compared.has(key)) return;
  const kept = await collection<DigestKeyDocument>('counters').get(ID);
  if (kept !== null) requireSame(key, kept.digest);
}

/**
 * The students'.
 * @throws SettingError when the environment was begun with another key
 */
export async function requireKeptDigestKey(key: DigestKey): Promise<void> {
  if (compared.has(key)) return;
  const own = digestOf(key);
  requireSame(key, await runTransaction((scope) => keptDigest(scope, own)));
}

function requireSame(key: DigestKey, kept: string): void {
  if (kept !== digestOf(key)) throw new SettingError('CAPTURE_CODE_DIGEST_KEY');
  compared.add(key);
}

const digestOf = (key: DigestKey): string => key.digestText('key');

/** The digest that is kept; the own one where there was none. */
async function keptDigest(scope: TransactionScope, own: string): Promise<string> {
  const counters = scope.collection<DigestKeyDocument>('counters');
  const kept = await counters.get(ID);
  if (kept !== null) return kept.digest;
  await counters.set({ _id: ID, digest: own, expiresAt: NEVER });
  return own;
}
