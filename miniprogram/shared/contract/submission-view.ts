/** What the student may see of an own submission and its photos. Refuses raw payloads, paths and other people. */
import { PublicBatch } from '../batch/batch';
import { ResultGeometry } from '../framing/result-geometry';
import { Instant, PhotoId, SubmissionId } from '../identity/ids';
import { SubmissionState } from '../submission/submission-machine';
import { PersonTick } from '../verdict/check-ids';
import { Verdict } from '../verdict/verdict';

/** One 学籍 as shown for recognition: never the full name or number unless the code itself carries no more. */
export interface StudentView {
  readonly schoolCode: string;
  readonly schoolName: string;
  readonly maskedName: string;
  readonly maskedStudentNumber: string;
  readonly level: string;
  readonly year: string;
  readonly studyForm?: string;
}

export interface PhotoView {
  readonly id: PhotoId;
  readonly takenAt: Instant;
  readonly verdict: Verdict;
  readonly ticks: readonly PersonTick[];
  /** Present when the photo was developed. */
  readonly geometry?: ResultGeometry;
}

export interface TimelineEntry {
  readonly state: SubmissionState;
  readonly at: Instant;
}

/** Of a submission's history the newest entries travel, so that no answer grows with what somebody repeats. */
export const TIMELINE_SHOWN_AT_MOST = 50;

/** Why a reviewer turned a photo down; the words are in `miniprogram/copy/`. */
export const REJECT_REASONS = [
  'not-the-person',
  'background-edge',
  'light',
  'blurred',
  'expression',
  'pose',
  'clothes',
  'hair-covers-face',
  'glasses',
  'jewellery-or-headwear',
  'edited-or-re-photographed',
  'other',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

export interface SubmissionView {
  readonly id: SubmissionId;
  readonly student: StudentView;
  readonly batch: PublicBatch;
  readonly state: SubmissionState;
  /** The oldest first; of a long history the last TIMELINE_SHOWN_AT_MOST. */
  readonly timeline: readonly TimelineEntry[];
  /** Null: no limit. */
  readonly attemptsLeft: number | null;
  /** Blocked again and again: the staff may let a check pass. Functions of version 0.1.0 do not say. */
  readonly isStuck?: boolean;
  /** The newest judged photo, good or bad. */
  readonly latestPhoto: PhotoView | null;
  /** The picture that waits for a yes, or has it. */
  readonly developedPhoto: PhotoView | null;
  /** What a reviewer asked for, until another photo is confirmed; null: nothing. */
  readonly rejection: { readonly reasons: readonly RejectReason[]; readonly remark: string } | null;
  readonly closesAt: Instant;
}
