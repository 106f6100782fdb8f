/**
 * Who looks at a submission's photo at this moment, and how its newest review ended. Beside the submission, so that
 * lending it never gets in the student's way.
 */
import {
  type BatchId,
  type Instant,
  type PhotoId,
  type SubmissionId,
} from '../../miniprogram/shared/identity/ids';

/** How a review ended; all null: not yet. */
export interface Decision {
  readonly decision: 'accepted' | 'rejected' | 'returned' | null;
  readonly decidedPhotoId: PhotoId | null;
  readonly decidedAt: Instant | null;
  /** Pseudonym of who decided. */
  readonly reviewer: string | null;
  /** How the reviewer is called in manifests: the label of the membership. */
  readonly reviewerLabel: string | null;
}

export interface ReviewDocument extends Decision {
  readonly _id: SubmissionId;
  readonly batchId: BatchId;
  /** Pseudonym of who has it on the screen; null: nobody. */
  readonly holder: string | null;
  /** Until when nobody else gets it. */
  readonly lentUntil: Instant;
  /** Of a photo that was sent back: what had been decided on it, for undoing that. Absent in reviews of version 0.1.0. */
  readonly before?: Decision | null;
}

/** Time to look closely, and to make a telephone call. Taking it again extends. */
export const LENDING_SECONDS = 5 * 60;
export const UNDO_SECONDS = 60;

const NOT_DECIDED: Decision = {
  decision: null,
  decidedPhotoId: null,
  decidedAt: null,
  reviewer: null,
  reviewerLabel: null,
};

const LONG_AGO = '1970-01-01T00:00:00.000Z' as Instant;

export function newReview(_id: SubmissionId, batchId: BatchId): ReviewDocument {
  return { _id, batchId, ...NOT_LENT, ...NOT_DECIDED, before: null };
}

/** What the end of a lending leaves. */
export const NOT_LENT: Pick<ReviewDocument, 'holder' | 'lentUntil'> = { holder: null, lentUntil: LONG_AGO };

export function decisionIn({
  decision,
  decidedPhotoId,
  decidedAt,
  reviewer,
  reviewerLabel,
}: ReviewDocument): Decision {
  return { decision, decidedPhotoId, decidedAt, reviewer, reviewerLabel };
}

export function isLentToOther(review: ReviewDocument | null, me: string, now: Instant): boolean {
  return review !== null && review.holder !== null && review.holder !== me && review.lentUntil > now;
}
