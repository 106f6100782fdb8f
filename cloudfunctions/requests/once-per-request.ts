/**
 * Makes retries safe. The effect of a request and its receipt are written in one transaction, so a request whose
 * answer was lost finds its receipt when it is sent again, and two copies that arrive together take effect once.
 *
 * A receipt holds what is needed to answer again (ids, or a refusal), never personal data. Refusals that changed
 * nothing leave no receipt: asking again is harmless and is answered from the state of that moment.
 */
import { createHmac } from 'node:crypto';
import { derivedId } from '../identity/unguessable-id';
import { collection, DuplicateKeyError } from '../platform/database';
import { runTransaction, type TransactionScope } from '../platform/transaction';
import { type Call, secondsAfter } from './call';
import { DomainError, type ErrorCode, type ErrorDetails } from '../../miniprogram/shared/errors';
import { type Instant } from '../../miniprogram/shared/identity/ids';

/** Ids and numbers by which an answer can be made again. */
export type Receipt = Readonly<Record<string, string | number | boolean | null>>;

/** How a request ended: with a receipt, or with a refusal that left a trace (such as a counted wrong try). */
export type RequestOutcome<Kept extends Receipt> =
  | { readonly kind: 'done'; readonly receipt: Kept }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly details: ErrorDetails };

interface RequestDocument {
  readonly _id: string;
  readonly openid: string;
  /** Digest of the payload: the same key with another content is refused. */
  readonly payloadDigest: string;
  readonly outcome: RequestOutcome<Receipt>;
  readonly expiresAt: Instant;
}

/** A request that can be recognised when it comes again. */
export interface KnownRequest {
  readonly id: string;
  readonly openid: string;
  readonly payloadDigest: string;
  readonly expiresAt: Instant;
}

/** A phone that lost its answer asks again within minutes, at most after a weekend without network. */
const REMEMBERED_SECONDS = 7 * 24 * 3600;
/** Races for one document end after one more look; more is trouble. */
const MAXIMUM_RACES = 4;

/** Recognises a request by its owner, action and key; null when the client gave no key. */
export function knownRequest(call: Call, action: string, payload: unknown): KnownRequest | null {
  if (call.requestKey === null) return null;
  return {
    id: derivedId('request', call.openid, action, call.requestKey),
    openid: call.openid,
    // Keyed by the request key, which is stored nowhere: payloads have short secrets in them (an ID tail), and a plain
    // digest could be reversed by trying. Payloads come out of a schema, which fixes the order of their fields.
    payloadDigest: createHmac('sha256', call.requestKey).update(JSON.stringify(payload)).digest('hex'),
    expiresAt: secondsAfter(call.now, REMEMBERED_SECONDS),
  };
}

/**
 * Runs `effect` in a transaction, once per request key.
 * @returns the receipt of this run, or of the run that came first.
 * @throws DomainError REQUEST_REPLAYED for the same key with another payload; whatever `effect` refuses.
 */
export async function oncePerRequest<Kept extends Receipt>(
  request: KnownRequest | null,
  effect: (scope: TransactionScope) => Promise<RequestOutcome<Kept>>,
): Promise<Kept> {
  for (let race = 1; ; race += 1) {
    try {
      return receiptOf(await runTransaction((scope) => takeEffect(scope, request, effect)));
    } catch (error) {
      // Somebody inserted the same document between our look and our insert: look again.
      if (!(error instanceof DuplicateKeyError)) throw error;
      if (race === MAXIMUM_RACES) throw new DomainError('CONFLICT');
    }
  }
}

async function takeEffect<Kept extends Receipt>(
  scope: TransactionScope,
  request: KnownRequest | null,
  effect: (scope: TransactionScope) => Promise<RequestOutcome<Kept>>,
): Promise<RequestOutcome<Kept>> {
  const earlier = await earlierOutcomeIn<Kept>(scope, request);
  if (earlier) return earlier;
  const outcome = await effect(scope);
  await keepOutcome(scope, request, outcome);
  return outcome;
}

/** Writes the receipt in a transaction of the caller's own, for use cases with more than one transaction. */
export async function keepOutcome(
  scope: TransactionScope,
  request: KnownRequest | null,
  outcome: RequestOutcome<Receipt>,
): Promise<void> {
  if (request === null) return;
  await scope.collection<RequestDocument>('requests').insert(documentOf(request, outcome));
}

/** Writes another receipt in the place of the one that was kept: what had been expected came otherwise. */
export async function reviseOutcome(
  scope: TransactionScope,
  request: KnownRequest | null,
  outcome: RequestOutcome<Receipt>,
): Promise<void> {
  if (request === null) return;
  await scope.collection<RequestDocument>('requests').set(documentOf(request, outcome));
}

function documentOf(
  { id, openid, payloadDigest, expiresAt }: KnownRequest,
  outcome: RequestOutcome<Receipt>,
): RequestDocument {
  return { _id: id, openid, payloadDigest, outcome, expiresAt };
}

/** The same as `earlierOutcome`, for use cases whose look and deed must be one. */
export async function earlierOutcomeIn<Kept extends Receipt>(
  scope: TransactionScope,
  request: KnownRequest | null,
): Promise<RequestOutcome<Kept> | null> {
  const earlier = request && (await scope.collection<RequestDocument>('requests').get(request.id));
  return request && earlier ? outcomeFor<Kept>(request, earlier) : null;
}

/**
 * The outcome of the same request, if it came before.
 * @throws DomainError REQUEST_REPLAYED
 */
export async function earlierOutcome<Kept extends Receipt>(
  request: KnownRequest | null,
): Promise<RequestOutcome<Kept> | null> {
  const earlier = request && (await collection<RequestDocument>('requests').get(request.id));
  return request && earlier ? outcomeFor<Kept>(request, earlier) : null;
}

/** The receipt, or the refusal thrown. */
export function receiptOf<Kept extends Receipt>(outcome: RequestOutcome<Kept>): Kept {
  if (outcome.kind === 'refused') throw new DomainError(outcome.code, outcome.details);
  return outcome.receipt;
}

function outcomeFor<Kept extends Receipt>(
  request: KnownRequest,
  earlier: RequestDocument,
): RequestOutcome<Kept> {
  if (earlier.payloadDigest !== request.payloadDigest) throw new DomainError('REQUEST_REPLAYED');
  // The id says which action wrote it, and an action keeps one kind of receipt.
  return earlier.outcome as RequestOutcome<Kept>;
}
