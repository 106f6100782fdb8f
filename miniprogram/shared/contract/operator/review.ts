/** The review queue: take, look, decide, undo. A photo is lent to one reviewer at a time. */
import { BatchId, Instant, PhotoId, SubmissionId } from '../../identity/ids';
import { SubmissionState } from '../../submission/submission-machine';
import { CheckId } from '../../verdict/check-ids';
import { PageRequest } from '../read-on';
import { DownloadLink } from '../student';
import { PhotoView, RejectReason, TimelineEntry } from '../submission-view';

export interface ReviewedStudent {
  readonly studentNumber: string;
  readonly maskedName: string;
  readonly level: string;
  readonly year: string;
  readonly stationName: string | null;
  readonly className: string | null;
}

/** A check that a reviewer let pass for this student. */
export interface CheckOverride {
  readonly check: CheckId;
  readonly reason: string;
  readonly at: Instant;
}

export interface ReviewItem {
  readonly submissionId: SubmissionId;
  readonly student: ReviewedStudent;
  readonly state: SubmissionState;
  /** Verdict with values, and the student's ticks. */
  readonly photo: PhotoView;
  readonly originalLink: DownloadLink | null;
  readonly standardLink: DownloadLink | null;
  /** The oldest first; of a long history the last TIMELINE_SHOWN_AT_MOST. */
  readonly timeline: readonly TimelineEntry[];
  readonly overrides: readonly CheckOverride[];
  /** The batch's deadline: who is rejected afterwards cannot take another photo unless it is moved. */
  readonly closesAt: Instant;
  /** Until when nobody else gets it; taking it again extends. */
  readonly lentUntil: Instant;
}

export interface ReviewQueue {
  readonly waiting: number;
  /** Of the waiting: lent to others at this moment. */
  readonly lent: number;
  readonly oldestConfirmedAt: Instant | null;
  /** Own decisions that can still be undone, the newest first. */
  readonly undoable: readonly {
    readonly submissionId: SubmissionId;
    readonly decision: 'accepted' | 'rejected' | 'returned';
    readonly until: Instant;
  }[];
}

export type ReviewDecision =
  | { readonly kind: 'accept' }
  | {
      readonly kind: 'reject';
      /** 1 to 4 different ones. */
      readonly reasons: readonly RejectReason[];
      /** Optional sentence to the student, up to 200 characters; needed with `other`. */
      readonly remark: string;
    };

/** A student whose photos are blocked again and again. */
export interface StuckSubmission {
  readonly submissionId: SubmissionId;
  readonly student: ReviewedStudent;
  readonly attempts: number;
  readonly photo: PhotoView;
  readonly originalLink: DownloadLink | null;
  readonly overrides: readonly CheckOverride[];
}

export interface ReviewContract {
  readonly reviewQueue: { readonly request: { readonly batchId: BatchId }; readonly data: ReviewQueue };
  /**
   * The oldest photo that nobody holds, or the one already held, of several the newest; null: nothing to do. What else
   * was held is given back. `skip` gives one back and asks
   * for those behind it; null then means that the queue has come to its end, and those before it may still wait.
   * `studentNumber` asks for the photo of this student, wherever it stands in the queue: REVIEW_LENT_TO_OTHER,
   * SUBMISSION_STATE {state, event: take-review} where none waits, NOT_FOUND {event: look-up}.
   */
  readonly takeReview: {
    readonly request: {
      readonly batchId: BatchId;
      readonly skip?: SubmissionId;
      readonly studentNumber?: string;
    };
    readonly data: { readonly item: ReviewItem | null };
  };
  readonly releaseReview: {
    readonly request: { readonly submissionId: SubmissionId };
    readonly data: { readonly released: boolean };
  };
  /** REVIEW_LENT_TO_OTHER, PHOTO_SUPERSEDED, SUBMISSION_STATE. */
  readonly decideReview: {
    readonly request: {
      readonly submissionId: SubmissionId;
      readonly photoId: PhotoId;
      readonly decision: ReviewDecision;
    };
    readonly data: {
      readonly state: SubmissionState;
      readonly undoUntil: Instant;
      /** The batch's deadline: who was rejected after it cannot take another photo unless it is moved. */
      readonly closesAt: Instant;
    };
  };
  /**
   * Within a minute, by who decided or sent the photo back. UNDO_TOO_LATE, also for an acceptance while a package with the
   * photo is made; SUBMISSION_STATE (the student went on).
   */
  readonly undoReview: {
    readonly request: { readonly submissionId: SubmissionId };
    readonly data: { readonly state: SubmissionState };
  };
  /** An accepted photo is sent back, before or after the package, with reasons: the student takes another one. */
  readonly returnPhoto: {
    readonly request: {
      readonly batchId: BatchId;
      readonly studentNumber: string;
      readonly reasons: readonly RejectReason[];
      readonly remark: string;
    };
    readonly data: { readonly state: SubmissionState };
  };
  /** Students with three or more blocked photos and none good, the most attempts first, 50 at a time. */
  readonly stuckSubmissions: {
    readonly request: PageRequest & { readonly batchId: BatchId };
    readonly data: { readonly submissions: readonly StuckSubmission[]; readonly next?: string | null };
  };
  /** Lets checks that blocked this student only warn from the next photo on. Not single-face, resolution, framing. */
  readonly overrideChecks: {
    readonly request: {
      readonly submissionId: SubmissionId;
      readonly checks: readonly CheckId[];
      /** 1 to 200 characters. */
      readonly reason: string;
    };
    readonly data: { readonly overrides: readonly CheckOverride[] };
  };
}
