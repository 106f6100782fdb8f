/**
 * Lends the oldest waiting photo to one reviewer, one at a time, or that of a student who is asked for by number. The
 * lending is a transaction on a document of the submission's own, so two reviewers who ask at the same moment get two
 * different photos; who closes the phone gives it back by waiting.
 */
import {
  isLentToOther,
  LENDING_SECONDS,
  newReview,
  NOT_LENT,
  type ReviewDocument,
  UNDO_SECONDS,
} from './review-document';
import { reviewItem } from './review-item';
import { actorOf } from '../audit/append-audit';
import { collection, command } from '../platform/database';
import { runTransaction, type TransactionScope } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { type SubmissionDocument } from '../submission/submission-document';
import { submissionByNumber } from '../submission/submission-subject';
import { type ReviewItem, type ReviewQueue } from '../../miniprogram/shared/contract/operator/review';
import { DomainError } from '../../miniprogram/shared/errors';
import { type BatchId, type Instant, type SubmissionId } from '../../miniprogram/shared/identity/ids';

const LOOKED_AT_ONCE = 50;
/** 1,000 photos on other reviewers' screens: nobody has so many reviewers. */
const LOOKS_AT_MOST = 20;

/**
 * @param skip a photo that the caller leaves to others: it is given back, and the queue goes on behind it. So whoever
 * passes over one photo after the other comes to every one; null means the end of the queue, not that none waits.
 */
export async function takeReview(
  call: Call,
  batchId: BatchId,
  skip?: SubmissionId,
): Promise<ReviewItem | null> {
  if (skip !== undefined) await runTransaction((scope) => giveBack(scope, call, skip));
  const held = await heldItem(call, batchId);
  if (held) return held;
  const since = skip === undefined ? null : await confirmedAt(batchId, skip);
  for (let look = 0; look < LOOKS_AT_MOST; look += 1) {
    const waiting = await oldestWaiting(batchId, since, look * LOOKED_AT_ONCE);
    const reviews = await collection<ReviewDocument>('reviews').byIds(waiting.map(({ _id }) => _id));
    for (const { _id } of behind(waiting, skip)) {
      if (isLentToOther(reviews.get(_id) ?? null, actorOf(call.openid), call.now)) continue;
      const item = await lendAndShow(call, _id);
      if (item) return item;
    }
    if (waiting.length < LOOKED_AT_ONCE) return null;
  }
  return null;
}

/**
 * The waiting photo of one student, wherever it stands in the queue, lent like any other. What else the caller holds is
 * given back, since one is looked at.
 * @throws DomainError NOT_FOUND {event}, SUBMISSION_STATE {state, event} where no photo waits, REVIEW_LENT_TO_OTHER
 */
export async function takeReviewOf(call: Call, batchId: BatchId, studentNumber: string): Promise<ReviewItem> {
  const item = await lendAndShow(call, await waitingOf(batchId, studentNumber));
  if (item !== null) {
    for (const { _id } of await heldBy(call, batchId)) {
      if (_id !== item.submissionId) await runTransaction((scope) => giveBack(scope, call, _id));
    }
    return item;
  }
  // Still waiting: then it is on another reviewer's screen.
  await waitingOf(batchId, studentNumber);
  throw new DomainError('REVIEW_LENT_TO_OTHER');
}

async function waitingOf(batchId: BatchId, studentNumber: string): Promise<SubmissionId> {
  const subject = await submissionByNumber(batchId, studentNumber);
  if (subject === null) throw new DomainError('NOT_FOUND', { event: 'look-up' });
  const { _id, state } = subject.thing;
  if (state !== 'confirmed') throw new DomainError('SUBMISSION_STATE', { state, event: 'take-review' });
  return _id;
}

/** @param since only those confirmed from this moment on; null: all */
async function oldestWaiting(
  batchId: BatchId,
  since: Instant | null,
  skip: number,
): Promise<readonly SubmissionDocument[]> {
  return collection<SubmissionDocument>('submissions').find(
    { batchId, state: 'confirmed', ...(since !== null && { updatedAt: command().gte(since) }) },
    { limit: LOOKED_AT_ONCE, skip, sort: [['updatedAt', 'asc']] },
  );
}

/**
 * When a photo took its place in the queue, also where somebody has decided on it since: the queue goes on behind that
 * place all the same. Null, and so the front of the queue, where it is gone.
 */
async function confirmedAt(batchId: BatchId, id: SubmissionId): Promise<Instant | null> {
  const submission = await collection<SubmissionDocument>('submissions').get(id);
  if (submission?.batchId !== batchId) return null;
  return [...submission.timeline].reverse().find(({ state }) => state === 'confirmed')?.at ?? null;
}

/** All where the one that was passed over is not among them. */
function behind(waiting: readonly SubmissionDocument[], skip?: SubmissionId): readonly SubmissionDocument[] {
  return waiting.slice(waiting.findIndex(({ _id }) => _id === skip) + 1);
}

/**
 * What the caller holds already: of several the newest, which after an undoing is the photo that comes back. The others
 * are given back, since one is looked at.
 */
async function heldItem(call: Call, batchId: BatchId): Promise<ReviewItem | null> {
  let shown: ReviewItem | null = null;
  for (const { _id } of await heldBy(call, batchId)) {
    if (shown === null) shown = await lendAndShow(call, _id);
    else await runTransaction((scope) => giveBack(scope, call, _id));
  }
  return shown;
}

/** The newest first. */
async function heldBy(call: Call, batchId: BatchId): Promise<readonly ReviewDocument[]> {
  return collection<ReviewDocument>('reviews').find(
    { batchId, holder: actorOf(call.openid), lentUntil: command().gt(call.now) },
    { limit: LOOKED_AT_ONCE, sort: [['lentUntil', 'desc']] },
  );
}

/** Null when somebody else was quicker or the student took the photo back. */
async function lendAndShow(call: Call, id: SubmissionId): Promise<ReviewItem | null> {
  const lentUntil = secondsAfter(call.now, LENDING_SECONDS);
  const submission = await runTransaction(async (scope) => {
    const reviews = scope.collection<ReviewDocument>('reviews');
    const review = await reviews.get(id);
    if (isLentToOther(review, actorOf(call.openid), call.now)) return null;
    const waiting = await scope.collection<SubmissionDocument>('submissions').get(id);
    if (waiting?.state !== 'confirmed' || waiting.deletingAt !== null) return null;
    const holder = actorOf(call.openid);
    await reviews.set({ ...(review ?? newReview(id, waiting.batchId)), holder, lentUntil });
    return waiting;
  });
  return submission && reviewItem(call, submission, lentUntil);
}

/** @returns whether it was the caller's to give */
export async function releaseReview(call: Call, id: SubmissionId): Promise<boolean> {
  const { released } = await oncePerRequest(knownRequest(call, 'releaseReview', id), async (scope) => ({
    kind: 'done',
    receipt: { released: await giveBack(scope, call, id) },
  }));
  return released;
}

async function giveBack(scope: TransactionScope, call: Call, id: SubmissionId): Promise<boolean> {
  const reviews = scope.collection<ReviewDocument>('reviews');
  const held = (await reviews.get(id))?.holder === actorOf(call.openid);
  if (held) await reviews.update(id, NOT_LENT);
  return held;
}

export async function readReviewQueue(call: Call, batchId: BatchId): Promise<ReviewQueue> {
  const me = actorOf(call.openid);
  const reviews = collection<ReviewDocument>('reviews');
  const [waiting, lent, [oldest], decided] = await Promise.all([
    collection<SubmissionDocument>('submissions').count({ batchId, state: 'confirmed' }),
    reviews.count({ batchId, lentUntil: command().gt(call.now), holder: command().neq(me) }),
    oldestWaiting(batchId, null, 0),
    reviews.find(
      { reviewer: me, decidedAt: command().gt(secondsAfter(call.now, -UNDO_SECONDS)) },
      { limit: LOOKED_AT_ONCE, sort: [['decidedAt', 'desc']] },
    ),
  ]);
  return {
    waiting,
    lent,
    oldestConfirmedAt: oldest?.updatedAt ?? null,
    undoable: decided.filter((review) => review.batchId === batchId).flatMap(undoable),
  };
}

function undoable({ _id: submissionId, decision, decidedAt }: ReviewDocument): ReviewQueue['undoable'] {
  if (decision === null || decidedAt === null) return [];
  return [{ submissionId, decision, until: undoUntil(decidedAt) }];
}

export function undoUntil(decidedAt: Instant): Instant {
  return secondsAfter(decidedAt, UNDO_SECONDS);
}
