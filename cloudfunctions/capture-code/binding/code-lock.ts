/**
 * Counts wrong ID tails and locks a code for a while. A try is taken before the tail is looked at and given back
 * when the tail was right (or could not be judged), so that a hundred guesses at once are not a hundred tries.
 *
 * Two counts: per code and person, so that a stranger who got hold of the picture does not lock its owner out at
 * once; and per code alone, so that many accounts of one stranger do not add up to all 10,000 tails.
 *
 * The second count must not become a weapon: two accounts with the picture could lock its owner out hour after hour
 * until the deadline. Whoever has once had the right tail for a code is therefore only bound by the own count, and a
 * code that is locked stands in the audit, so that the operator sees it and can help who had no luck the first time.
 */
import { appendAudit } from '../../audit/append-audit';
import { derivedId } from '../../identity/unguessable-id';
import { runTransaction, type TransactionScope } from '../../platform/transaction';
import { type Call, secondsAfter, secondsUntil } from '../../requests/call';
import { DomainError } from '../../../miniprogram/shared/errors';
import { type Instant } from '../../../miniprogram/shared/identity/ids';

export interface TryLimit {
  readonly tries: number;
  /** How long the count is remembered after the last try; a full count locks for as long. */
  readonly seconds: number;
}

/** Five tries are what the service promises to a person who mistypes. */
export const TRIES_PER_PERSON: TryLimit = { tries: 5, seconds: 15 * 60 };
/** At ten tries an hour, half of the tails take three weeks of guessing; a family's mistakes stay below. */
export const TRIES_PER_CODE: TryLimit = { tries: 10, seconds: 3600 };

interface CodeLockDocument {
  readonly _id: string;
  /** One entry per try. A request that is sent again makes no second entry. */
  readonly tries: readonly string[];
  /** When the count is forgotten. */
  readonly expiresAt: Instant;
}

/** How long a person who had the right tail is known: longer than any window that was seen, shorter than a year. */
const KNOWN_SECONDS = 180 * 24 * 3600;

/** Says that this person once had the right tail for this code; its id is a digest of both. */
interface KnownPersonDocument {
  readonly _id: string;
  readonly expiresAt: Instant;
}

export interface TakenTry {
  /** Left after this one, if it turns out wrong. */
  readonly triesLeft: number;
  /** The tail was right: this person's count starts anew, and the code's count never stops this person again. */
  forgive(): Promise<void>;
  /** The tail was wrong: if this try was the code's last one, the audit says so. */
  keep(): Promise<void>;
  /** The tail was not judged (no such code, service down): as if never tried. */
  giveBack(): Promise<void>;
}

/**
 * Takes one try at a code.
 * @param payloadKey keyed digest of the code's payload
 * @param tryId the same for a request that is sent again
 * @throws DomainError CODE_LOCKED with details.retryAfterSeconds
 */
export async function takeTry(call: Call, payloadKey: string, tryId: string): Promise<TakenTry> {
  const own = { id: derivedId('tries', payloadKey, call.openid), limit: TRIES_PER_PERSON };
  const code = { id: derivedId('tries', payloadKey), limit: TRIES_PER_CODE };
  const knownId = derivedId('known', payloadKey, call.openid);
  const { counts, triesLeft, isLast } = await runTransaction(async (scope) => {
    const known = await scope.collection<KnownPersonDocument>('code_locks').get(knownId);
    const isKnown = known !== null && known.expiresAt > call.now;
    const ownLeft = await addTry(scope, own, tryId, call.now);
    if (isKnown) return { counts: [own], triesLeft: ownLeft, isLast: false };
    const codeLeft = await addTry(scope, code, tryId, call.now);
    return { counts: [own, code], triesLeft: Math.min(ownLeft, codeLeft), isLast: codeLeft === 0 };
  });
  return {
    triesLeft,
    forgive: () =>
      runTransaction(async (scope) => {
        const locks = scope.collection<CodeLockDocument>('code_locks');
        await locks.remove(own.id);
        if (counts.includes(code)) await removeTry(scope, code.id, tryId);
        await scope
          .collection<KnownPersonDocument>('code_locks')
          .set({ _id: knownId, expiresAt: secondsAfter(call.now, KNOWN_SECONDS) });
      }),
    keep: async () => {
      if (isLast) await runTransaction((scope) => appendAudit(scope, call, 'code.lock', code.id));
    },
    giveBack: () =>
      runTransaction(async (scope) => {
        for (const { id } of counts) await removeTry(scope, id, tryId);
      }),
  };
}

async function addTry(
  scope: TransactionScope,
  { id, limit }: { readonly id: string; readonly limit: TryLimit },
  tryId: string,
  now: Instant,
): Promise<number> {
  const locks = scope.collection<CodeLockDocument>('code_locks');
  const stored = await locks.get(id);
  const tries = stored !== null && stored.expiresAt > now ? stored.tries : [];
  if (tries.includes(tryId)) return limit.tries - tries.length;
  if (stored && tries.length >= limit.tries) {
    throw new DomainError('CODE_LOCKED', { retryAfterSeconds: secondsUntil(stored.expiresAt, now) });
  }
  await locks.set({ _id: id, tries: [...tries, tryId], expiresAt: secondsAfter(now, limit.seconds) });
  return limit.tries - tries.length - 1;
}

async function removeTry(scope: TransactionScope, id: string, tryId: string): Promise<void> {
  const locks = scope.collection<CodeLockDocument>('code_locks');
  const stored = await locks.get(id);
  if (stored === null) return;
  const tries = stored.tries.filter((entry) => entry !== tryId);
  if (tries.length === 0) await locks.remove(id);
  else await locks.update(id, { tries });
}
