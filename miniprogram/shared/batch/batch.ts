/**
 * A batch: one school's graduates of one date who take their photo in one window.
 * Holds who is eligible and whether the window is open; refuses to know the caller or the database.
 */
import { BatchId, Instant } from '../identity/ids';
import { CheckSettings } from './check-settings';
import { PhotoSettings } from '../photo-standard/photo-standard';

/** Part of a batch's circle, e.g. 2018级高起本, or every level of 2021级. Names are data: schools change them. */
export interface Cohort {
  /** 层次, e.g. 高起本, 专升本; absent: all levels. */
  readonly level?: string;
  /** 年级 as four digits, e.g. 2021; absent: all years. */
  readonly year?: string;
  /** 学习形式; absent: all. */
  readonly studyForm?: string;
  /** 学制 in years; absent: all. */
  readonly duration?: string;
}

export interface Batch {
  readonly id: BatchId;
  /** 院校代码, five digits. */
  readonly schoolCode: string;
  readonly schoolName: string;
  readonly title: string;
  /** 届: the date of graduation, YYYY-MM-DD. */
  readonly graduationDate: string;
  readonly cohorts: readonly Cohort[];
  readonly opensAt: Instant;
  /** The first moment at which it is closed. */
  readonly closesAt: Instant;
  readonly photoSettings: PhotoSettings;
  /** Judged photos per submission; null: as often as wanted. */
  readonly attemptLimit: number | null;
  readonly telephone: string;
  readonly notice: string;
  /** With a roster only listed students may bind. */
  readonly rosterRequired: boolean;
  /** Absent: every check as it was measured. */
  readonly checkSettings?: CheckSettings;
  /** In station mode the student may confirm on the teacher's phone. Absent: not. */
  readonly confirmOnTheSpot?: boolean;
}

/** What everybody may read of a batch. */
export type PublicBatch = Pick<
  Batch,
  | 'id'
  | 'schoolName'
  | 'title'
  | 'graduationDate'
  | 'cohorts'
  | 'opensAt'
  | 'closesAt'
  | 'photoSettings'
  | 'attemptLimit'
  | 'telephone'
  | 'notice'
>;

export type BatchWindow = 'not-open-yet' | 'open' | 'closed';

export function windowOf(batch: Pick<Batch, 'opensAt' | 'closesAt'>, now: Instant): BatchWindow {
  const time = Date.parse(now);
  if (time < Date.parse(batch.opensAt)) return 'not-open-yet';
  return time < Date.parse(batch.closesAt) ? 'open' : 'closed';
}

/** The facts about a student's 学籍 that decide eligibility. */
export interface Enrolment {
  readonly level: string;
  readonly year: string;
  readonly studyForm?: string;
  readonly duration?: string;
}

/** True when any cohort of the batch includes this enrolment. A field that a cohort leaves open fits everybody. */
export function isEligible(cohorts: readonly Cohort[], enrolment: Enrolment): boolean {
  return cohorts.some(
    (cohort) =>
      fits(cohort.level, enrolment.level) &&
      fits(cohort.year, enrolment.year) &&
      fits(cohort.studyForm, enrolment.studyForm) &&
      fits(cohort.duration, enrolment.duration),
  );
}

function fits(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted === actual;
}
