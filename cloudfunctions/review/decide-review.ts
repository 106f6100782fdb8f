/**
 * A reviewer's decisions, each one transaction through the submission's state machine: accept, reject with reasons,
 * send back what was accepted, undo within a minute. The student reads state and reasons at once, because they are
 * the submission's own.
 */
import {
  type Decision,
  decisionIn,
  isLentToOther,
  LENDING_SECONDS,
  newReview,
  NOT_LENT,
  type ReviewDocument,
} from './review-document';
import { undoUntil } from './take-review';
import { actorOf } from '../audit/append-audit';
import { type BatchDocument } from '../batch/batch-document';
import { isBeingPacked } from '../export/packages-with';
import { type MemberDocument } from '../operator-access/member-document';
import { collection } from '../platform/database';
import { type TransactionScope } from '../platform/transaction';
import { type Call, secondsAfter } from '../requests/call';
import { knownRequest, oncePerRequest } from '../requests/once-per-request';
import { changeSubmission } from '../submission/change-submission';
import { type SubmissionDocument } from '../submission/submission-document';
import { type ReviewContract } from '../../miniprogram/shared/contract/operator/review';
import { type RejectReason } from '../../miniprogram/shared/contract/submission-view';
import { DomainError } from '../../miniprogram/shared/errors';
import { type Instant, type PhotoId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { type SubmissionState } from '../../miniprogram/shared/submission/submission-machine';

/** Who decides, and under which name manifests will say so. */
export interface Reviewer {
  readonly call: Call;
  readonly member: Pick<MemberDocument, 'label'> | null;
}

interface Rejection {
  readonly reasons: readonly RejectReason[];
  readonly remark: string;
}

/**
 * @throws DomainError REVIEW_LENT_TO_OTHER, PHOTO_SUPERSEDED, SUBMISSION_STATE, INVALID_REQUEST {path} for `other`
 *   without a sentence
 */
export async function decideReview(
  reviewer: Reviewer,
  request: ReviewContract['decideReview']['request'],
): Promise<ReviewContract['decideReview']['data']> {
  const { call } = reviewer;
  const { submissionId, photoId, decision } = request;
  const rejection = decision.kind === 'reject' ? explained(decision, 'decision.remark') : null;
  const state = rejection === null ? 'accepted' : 'rejected';
  const { decidedAt } = await oncePerRequest(knownRequest(call, 'decideReview', request), async (scope) => {
    const submission = await submissionIn(scope, submissionId);
    const review = await reviewIn(scope, submission);
    if (isLentToOther(review, actorOf(call.openid), call.now)) throw new DomainError('REVIEW_LENT_TO_OTHER');
    if (submission.state === 'confirmed' && submission.confirmedPhotoId !== photoId) {
      throw new DomainError('PHOTO_SUPERSEDED');
    }
    const event = { name: rejection === null ? 'accept' : 'reject' } as const;
    await changeSubmission(scope, call, submission, event, { rejection });
    await scope.collection<ReviewDocument>('reviews').set({
      ...review,
      ...NOT_LENT,
      ...decisionBy(reviewer, state, photoId),
      before: null,
    });
    return { kind: 'done', receipt: { decidedAt: call.now } };
  });
  return { state, undoUntil: undoUntil(decidedAt), closesAt: await closesAtOf(submissionId) };
}

/**
 * Takes the caller's own decision back. A photo that waits again is on the caller's screen; one that had been sent back
 * has passed the review as before, and is nobody's to look at.
 * @throws DomainError UNDO_TOO_LATE, also for a decision of somebody else, and for an accepted photo that is being packed;
 *   SUBMISSION_STATE when the student went on
 */
export async function undoReview(
  call: Call,
  request: { readonly submissionId: SubmissionId },
): Promise<SubmissionState> {
  await oncePerRequest(knownRequest(call, 'undoReview', request), async (scope) => {
    const submission = await submissionIn(scope, request.submissionId);
    const review = await reviewIn(scope, submission);
    const mine = review.reviewer === actorOf(call.openid) && review.decision !== null;
    if (!mine || review.decidedAt === null || undoUntil(review.decidedAt) <= call.now) {
      throw new DomainError('UNDO_TOO_LATE');
    }
    // A package would hold a photo that waits for review again, and the next one of new photos would hold it as well.
    if (review.decision === 'accepted' && (await isBeingPacked(submission))) {
      throw new DomainError('UNDO_TOO_LATE');
    }
    const isReturn = review.decision === 'returned';
    const event = { name: isReturn ? 'undo-return' : 'undo-review' } as const;
    await changeSubmission(scope, call, submission, event, { rejection: null, underway: null });
    const lent = { holder: actorOf(call.openid), lentUntil: secondsAfter(call.now, LENDING_SECONDS) };
    await scope.collection<ReviewDocument>('reviews').set({
      ...newReview(submission._id, submission.batchId),
      ...(isReturn ? review.before : lent),
    });
    return { kind: 'done', receipt: {} };
  });
  return stateOf(request.submissionId);
}

/**
 * Asks for another photo after acceptance: somebody looked again, or the school or 学信网 sent the photo back.
 * @throws DomainError SUBMISSION_STATE, INVALID_REQUEST {path}
 */
export async function returnPhoto(
  reviewer: Reviewer,
  { _id }: Pick<SubmissionDocument, '_id'>,
  request: ReviewContract['returnPhoto']['request'],
): Promise<SubmissionState> {
  const { call } = reviewer;
  const rejection = explained(request, 'remark');
  await oncePerRequest(knownRequest(call, 'returnPhoto', request), async (scope) => {
    const submission = await submissionIn(scope, _id);
    const review = await reviewIn(scope, submission);
    await changeSubmission(scope, call, submission, { name: 'return' }, { rejection });
    await scope.collection<ReviewDocument>('reviews').set({
      ...review,
      ...NOT_LENT,
      ...decisionBy(reviewer, 'returned', submission.confirmedPhotoId),
      before: decisionIn(review),
    });
    return { kind: 'done', receipt: {} };
  });
  return stateOf(_id);
}

function decisionBy(
  { call, member }: Reviewer,
  decision: Decision['decision'],
  decidedPhotoId: PhotoId | null,
): Decision {
  return {
    decision,
    decidedPhotoId,
    decidedAt: call.now,
    reviewer: actorOf(call.openid),
    reviewerLabel: member?.label ?? null,
  };
}

/** `other` says nothing to the student unless somebody writes a sentence. */
function explained({ reasons, remark }: Rejection, path: string): Rejection {
  if (reasons.includes('other') && remark.trim() === '') throw new DomainError('INVALID_REQUEST', { path });
  return { reasons, remark: remark.trim() };
}

async function submissionIn(scope: TransactionScope, id: SubmissionId): Promise<SubmissionDocument> {
  const submission = await scope.collection<SubmissionDocument>('submissions').get(id);
  if (submission?.deletingAt !== null) throw new DomainError('NOT_FOUND');
  return submission;
}

async function reviewIn(scope: TransactionScope, submission: SubmissionDocument): Promise<ReviewDocument> {
  const review = await scope.collection<ReviewDocument>('reviews').get(submission._id);
  return review ?? newReview(submission._id, submission.batchId);
}

async function closesAtOf(id: SubmissionId): Promise<Instant> {
  const submission = await collection<SubmissionDocument>('submissions').get(id);
  const batch = submission && (await collection<BatchDocument>('batches').get(submission.batchId));
  if (batch === null) throw new DomainError('NOT_FOUND');
  return batch.closesAt;
}

async function stateOf(id: SubmissionId): Promise<SubmissionState> {
  const submission = await collection<SubmissionDocument>('submissions').get(id);
  if (submission === null) throw new DomainError('NOT_FOUND');
  return submission.state;
}
