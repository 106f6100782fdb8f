/**
 * What a batch may be set to, checked the same way on the page, on the command line and in the cloud.
 * Refuses by field: INVALID_REQUEST {path}, so that the page can point at it.
 */
import { requireSoftenable, requireUsableOverrides } from './check-settings';
import { isCalendarDate } from '../time/shanghai-time';
import { Cohort } from './batch';
import { BatchFields } from '../contract/operator/batches';
import { DomainError } from '../errors';
import { requireSavableSettings } from '../photo-standard/photo-standard';
import { requireValidRetention } from '../retention/retention-rules';

export const BATCH_LIMITS = {
  titleCharacters: 60,
  noticeCharacters: 500,
  reasonCharacters: 200,
  cohorts: 50,
  cohortCharacters: 20,
  attempts: 100,
} as const;

/** Digits, spaces, dashes, brackets and an extension, as telephone numbers are written: 0550-3510012 转 8. */
const TELEPHONE = /^[0-9+()（）\-\s转,、/]{5,40}$/;

/** @throws DomainError INVALID_REQUEST {path} for the first field that is wrong */
export function requireValidBatch(fields: BatchFields): void {
  requireField('schoolCode', /^\d{5}$/.test(fields.schoolCode));
  requireField('title', isShortText(fields.title, BATCH_LIMITS.titleCharacters));
  requireField('graduationDate', isCalendarDate(fields.graduationDate));
  requireField('cohorts', fields.cohorts.length >= 1 && fields.cohorts.length <= BATCH_LIMITS.cohorts);
  requireField('cohorts', fields.cohorts.every(isValidCohort));
  requireField('opensAt', isInstant(fields.opensAt));
  requireField('closesAt', isInstant(fields.closesAt) && fields.closesAt > fields.opensAt);
  requireField('telephone', TELEPHONE.test(fields.telephone));
  requireField('notice', Array.from(fields.notice).length <= BATCH_LIMITS.noticeCharacters);
  const { attemptLimit } = fields;
  requireField('attemptLimit', attemptLimit === null || isWhole(attemptLimit, 1, BATCH_LIMITS.attempts));
  requireSavableSettings(fields.photoSettings);
  requireSoftenable(fields.checkSettings.onlyWarn, 'checkSettings.onlyWarn');
  requireUsableOverrides(fields.checkSettings);
  requireValidRetention(fields.retention);
}

function isValidCohort(cohort: Cohort): boolean {
  if (cohort.year !== undefined && !/^\d{4}$/.test(cohort.year)) return false;
  return [cohort.level, cohort.studyForm, cohort.duration].every(
    (text) => text === undefined || isShortText(text, BATCH_LIMITS.cohortCharacters),
  );
}

/** One line that says something. */
export function isShortText(text: string, maximum: number): boolean {
  return text.trim() !== '' && Array.from(text).length <= maximum && !/\p{Cc}/u.test(text);
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

function isWhole(value: number, minimum: number, maximum: number): boolean {
  return Number.isInteger(value) && value >= minimum && value <= maximum;
}

function requireField(path: string, holds: boolean): void {
  if (!holds) throw new DomainError('INVALID_REQUEST', { path });
}
