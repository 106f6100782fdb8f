/** What the cloud answers to the student's pages, with only what a test says about it changed. */
import { type PublicBatch } from '../../miniprogram/shared/batch/batch';
import {
  CONSENT_VERSION,
  type ConsentState,
  type Overview,
  type Resolution,
} from '../../miniprogram/shared/contract/student';
import {
  type PhotoView,
  type StudentView,
  type SubmissionView,
} from '../../miniprogram/shared/contract/submission-view';
import {
  type BatchId,
  type Instant,
  type PhotoId,
  type ResolutionId,
  type SubmissionId,
} from '../../miniprogram/shared/identity/ids';
import { DEFAULT_PHOTO_SETTINGS } from '../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_IDS, type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { type MeasureResult, type Verdict, verdictOf } from '../../miniprogram/shared/verdict/verdict';

export const at = (iso: string): Instant => iso as Instant;
/** 2027-01-10 12:00 in Shanghai, inside the window of `aPublicBatch`. */
export const NOON = at('2027-01-10T04:00:00.000Z');
export const SUBMISSION_ID = 'submission-1' as SubmissionId;
export const PHOTO_ID = 'photo-1' as PhotoId;

export function aPublicBatch(changes: Partial<PublicBatch> = {}): PublicBatch {
  return {
    id: 'batch-1' as BatchId,
    schoolName: '示例学院',
    title: '2027 届毕业生图像采集',
    graduationDate: '2027-06-30',
    cohorts: [{ level: '高起本', year: '2022' }, { year: '2025' }],
    opensAt: at('2027-01-01T00:00:00.000Z'),
    // 28 February, 24:00 in Shanghai.
    closesAt: at('2027-02-28T16:00:00.000Z'),
    photoSettings: DEFAULT_PHOTO_SETTINGS,
    attemptLimit: null,
    telephone: '0550-1234567',
    notice: '',
    ...changes,
  };
}

export function aStudentView(changes: Partial<StudentView> = {}): StudentView {
  return {
    schoolCode: '10000',
    schoolName: '示例学院',
    maskedName: '张*',
    maskedStudentNumber: '2022****01',
    level: '高起本',
    year: '2022',
    ...changes,
  };
}

export function aSubmissionView(changes: Partial<SubmissionView> = {}): SubmissionView {
  const batch = changes.batch ?? aPublicBatch();
  return {
    id: SUBMISSION_ID,
    student: aStudentView(),
    batch,
    state: 'bound',
    timeline: [{ state: 'bound', at: NOON }],
    attemptsLeft: null,
    latestPhoto: null,
    developedPhoto: null,
    rejection: null,
    closesAt: batch.closesAt,
    ...changes,
  };
}

export const CONSENT_GIVEN: ConsentState = {
  version: CONSENT_VERSION,
  givenAt: NOON,
  facePhotoGivenAt: NOON,
};
export const NO_CONSENT: ConsentState = { version: CONSENT_VERSION, givenAt: null, facePhotoGivenAt: null };

export function anOverview(changes: Partial<Overview> = {}): Overview {
  return { consent: CONSENT_GIVEN, submissions: [], batches: [aPublicBatch()], now: NOON, ...changes };
}

export function aResolution(changes: Partial<Resolution> = {}): Resolution {
  return {
    id: 'resolution-1' as ResolutionId,
    student: aStudentView(),
    batch: aPublicBatch(),
    expiresAt: at('2027-01-10T04:15:00.000Z'),
    alreadyMine: false,
    ...changes,
  };
}

/** The first measure of a check, just inside the limits or clearly beyond them. */
export function aMeasure(id: CheckId, outcome: 'passed' | 'warned' | 'blocked' = 'passed'): MeasureResult {
  const [name, rule] = Object.entries(CHECK_RULES[id].measures)[0]!;
  const { unit, allowed, tolerated } = rule;
  const edge = allowed.max ?? allowed.min ?? 0;
  const value = outcome === 'passed' ? edge : (tolerated?.max ?? edge) + 1;
  return { name, value, unit, allowed, ...(tolerated && { tolerated }), outcome };
}

/** Every check passed but those named. */
export function aFullVerdict(worse: Partial<Record<CheckId, 'warned' | 'blocked'>> = {}): Verdict {
  return verdictOf(
    CHECK_IDS.map((id) => {
      const outcome = worse[id] ?? 'passed';
      return { id, outcome, measures: [aMeasure(id, outcome)] };
    }),
  );
}

export function aPhotoView(changes: Partial<PhotoView> = {}): PhotoView {
  return { id: PHOTO_ID, takenAt: NOON, verdict: aFullVerdict(), ticks: ['live-photo'], ...changes };
}
