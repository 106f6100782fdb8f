/**
 * Records what a person agrees to: the processing as a whole and, separately, the use of the face photo (PIPL's
 * 单独同意). What is said last holds; agreeing again to the same changes nothing. Refuses to go back and forth without
 * end: each change is kept for good, and whoever packs photos reads it.
 */
import { type ConsentEvent, consentStateOf, latestConsentEvent } from './consent-event';
import { appendAudit } from '../audit/append-audit';
import { forgetPermission } from '../progress/reminder-permission';
import { type TransactionScope } from '../platform/transaction';
import { type Call } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { countTowards, type RateLimit } from '../requests/rate-limit';
import {
  CONSENT_VERSION,
  type ConsentState,
  type StudentContract,
} from '../../miniprogram/shared/contract/student';
import { DomainError } from '../../miniprogram/shared/errors';

/** Who changes the mind ten times in ten minutes and back again is a program, not a person. */
const CHANGES: RateLimit = { purpose: 'consent', maximum: 20, windowSeconds: 600 };

/** @throws DomainError INVALID_REQUEST when another wording than today's is agreed to, TOO_MANY_REQUESTS */
export async function giveConsent(
  call: Call,
  request: StudentContract['consent']['request'],
): Promise<ConsentState> {
  if (request.version !== CONSENT_VERSION)
    throw new DomainError('INVALID_REQUEST', { path: 'payload.version' });
  return changeConsent(call, 'given', request, (state) => ({
    givenAt: state.givenAt ?? call.now,
    facePhotoGivenAt: request.facePhoto ? (state.facePhotoGivenAt ?? call.now) : null,
  }));
}

/**
 * Takes back every consent. What is stored stays until it is deleted; nothing new is taken or passed on.
 * @throws DomainError TOO_MANY_REQUESTS
 */
export async function withdrawConsent(call: Call): Promise<ConsentState> {
  return changeConsent(call, 'withdrawn', {}, () => NOTHING_GIVEN);
}

/**
 * Ends what was agreed to under a name that is nobody's any more, in the transaction that ends the name. Nobody took
 * anything back: it counts towards nobody's changes, and the audit has the deed that it is part of.
 */
export async function endConsent(
  scope: TransactionScope,
  owner: Pick<Call, 'openid' | 'now'>,
): Promise<void> {
  await recordChange(scope, owner, 'withdrawn', () => NOTHING_GIVEN);
}

type ConsentDates = Pick<ConsentState, 'givenAt' | 'facePhotoGivenAt'>;

const NOTHING_GIVEN: ConsentDates = { givenAt: null, facePhotoGivenAt: null };

async function changeConsent(
  call: Call,
  kind: ConsentEvent['kind'],
  payload: object,
  change: (state: ConsentState) => ConsentDates,
): Promise<ConsentState> {
  await oncePerRequest(knownRequest(call, `consent.${kind}`, payload), async (scope) => {
    // Those that change nothing as well: each leaves a receipt.
    await countTowards(scope, CHANGES, call);
    if (await recordChange(scope, call, kind, change)) {
      if (kind === 'withdrawn') await forgetPermission(scope, call.openid);
      await appendAudit(scope, call, kind === 'given' ? 'consent.give' : 'consent.withdraw');
    }
    return { kind: 'done', receipt: {} };
  });
  return consentStateOf(await latestConsentEvent(call.openid));
}

/** @returns false, with nothing written, where the same was said last */
async function recordChange(
  scope: TransactionScope,
  { openid, now }: Pick<Call, 'openid' | 'now'>,
  kind: ConsentEvent['kind'],
  change: (state: ConsentState) => ConsentDates,
): Promise<boolean> {
  // Transactions read by id only, so the newest event is looked up outside; if another one takes the next place
  // meanwhile, the insert collides and everything is done again.
  const latest = await latestConsentEvent(openid);
  const state = consentStateOf(latest);
  const dates = change(state);
  // Taking back counts for every wording, also for one that no longer opens anything.
  const takesBack = kind === 'withdrawn' && latest !== null && latest.givenAt !== null;
  const same = dates.givenAt === state.givenAt && dates.facePhotoGivenAt === state.facePhotoGivenAt;
  if (same && !takesBack) return false;
  const sequence = (latest?.sequence ?? 0) + 1;
  await scope.collection<ConsentEvent>('consents').insert({
    _id: `${openid}:${sequence}`,
    openid,
    sequence,
    kind,
    version: CONSENT_VERSION,
    at: now,
    ...dates,
  });
  return true;
}
