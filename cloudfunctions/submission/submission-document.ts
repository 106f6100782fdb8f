/**
 * One graduate's photo in one batch, as it is stored. Its life (state, pictures, attempts) is changed by
 * `change-submission.ts` alone, which asks the kernel's state machine.
 */
import { type StudentRecord } from './student-record';
import { type Lease } from '../requests/lease';
import { type CheckOverride } from '../../miniprogram/shared/contract/operator/review';
import { type RejectReason, type TimelineEntry } from '../../miniprogram/shared/contract/submission-view';
import {
  type BatchId,
  type Instant,
  type PhotoId,
  type SubmissionId,
} from '../../miniprogram/shared/identity/ids';
import {
  CONFIRMED_STATES,
  newSubmissionLife,
  type SubmissionLife,
} from '../../miniprogram/shared/submission/submission-machine';

export interface SubmissionDocument extends Omit<SubmissionLife, 'returnedFrom'>, StudentRecord {
  readonly _id: SubmissionId;
  /** The one person whose submission this is. Every query carries it. */
  readonly openid: string;
  readonly batchId: BatchId;
  readonly bindingId: string;
  /** Keyed digest that one person's several 学籍 share, as far as the resolver can tell; for counting people. */
  readonly personKey: string;
  readonly stationId: string | null;
  /** Class on the batch's list; null: none, or no list. */
  readonly className: string | null;
  /** On the batch's list. Follows the list when it is imported anew. */
  readonly listed: boolean;
  /** Checks that a reviewer lets pass for this student from the next photo on. */
  readonly overrides: readonly CheckOverride[];
  /** The oldest first; what it may hold at most is said by timeline.ts. */
  readonly timeline: readonly TimelineEntry[];
  /** The newest judged photo, good or bad. */
  readonly latestPhotoId: PhotoId | null;
  /** The photo that is being judged right now. */
  readonly underway: Underway | null;
  /** As the machine has it; absent in submissions of version 0.1.0. */
  readonly returnedFrom?: SubmissionLife['returnedFrom'];
  readonly rejection: { readonly reasons: readonly RejectReason[]; readonly remark: string } | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** The retention deleted its originals and earlier photos; the finished picture is still there. Null again as soon as
   * there is a new photo. */
  readonly originalsDeletedAt: Instant | null;
  /** From here on it is being deleted and exists for nobody. */
  readonly deletingAt: Instant | null;
}

/** One submission is judged by one worker at a time. */
export interface Underway extends Lease {
  readonly photoId: PhotoId;
}

export interface NewSubmission {
  readonly id: SubmissionId;
  readonly openid: string;
  readonly batchId: BatchId;
  readonly bindingId: string;
  readonly personKey: string;
  readonly student: StudentRecord;
  readonly stationId: string | null;
  readonly className: string | null;
  readonly listed: boolean;
  /** Spent on an earlier submission of the same 学籍 in the same batch, which was deleted. */
  readonly spentAttempts: number;
  readonly now: Instant;
}

export function newSubmission(start: NewSubmission): SubmissionDocument {
  const { id, openid, batchId, bindingId, personKey, student, stationId, className, listed, now } = start;
  const life = newSubmissionLife();
  return {
    _id: id,
    openid,
    batchId,
    bindingId,
    personKey,
    stationId,
    className,
    listed,
    overrides: [],
    ...student,
    ...life,
    attempts: start.spentAttempts,
    timeline: [{ state: life.state, at: now }],
    latestPhotoId: null,
    underway: null,
    rejection: null,
    createdAt: now,
    updatedAt: now,
    originalsDeletedAt: null,
    deletingAt: null,
  };
}

export function lifeOf(submission: SubmissionDocument): SubmissionLife {
  const { state, developedPhotoId, confirmedPhotoId, returnedFrom = null, attempts } = submission;
  return { state, developedPhotoId, confirmedPhotoId, returnedFrom, attempts };
}

/** A confirmed photo is the school's as well: it is withdrawn while that is possible, never simply deleted. */
export function isDeletable(submission: Pick<SubmissionDocument, 'state'>): boolean {
  return !CONFIRMED_STATES.includes(submission.state);
}
