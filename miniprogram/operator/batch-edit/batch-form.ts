/**
 * A batch as the form has it: every field the text that was typed. Turns batches into forms and forms into fields of
 * the contract; what cannot be read stays what it is and is refused by the rules that the cloud uses too. Pure.
 */
import { requireValidBatch } from '../../shared/batch/batch-rules';
import { DEFAULT_CHECK_SETTINGS } from '../../shared/batch/check-settings';
import {
  closingMoment,
  lastShanghaiDate,
  openingMoment,
  shanghaiDate,
} from '../../shared/time/shanghai-time';
import { Cohort } from '../../shared/batch/batch';
import { BatchFields } from '../../shared/contract/operator/batches';
import { isDomainError } from '../../shared/errors';
import { Instant } from '../../shared/identity/ids';
import { OFFICIAL_STANDARD } from '../../shared/photo-standard/official-standard';
import { KNOWN_BACKGROUNDS, PhotoSettings } from '../../shared/photo-standard/photo-standard';
import { DEFAULT_RETENTION, RetentionRules } from '../../shared/retention/retention-rules';
import { CheckId } from '../../shared/verdict/check-ids';

export interface CohortForm {
  readonly year: string;
  readonly level: string;
  readonly studyForm: string;
  readonly duration: string;
}

export interface BatchForm {
  readonly schoolCode: string;
  /** Only for a school that is added with the batch. */
  readonly schoolName: string;
  readonly title: string;
  readonly graduationDate: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly telephone: string;
  readonly notice: string;
  readonly cohorts: readonly CohortForm[];
  /** A name of KNOWN_BACKGROUNDS, or `other`: what the batch has already. */
  readonly background: string;
  readonly fileBand: string;
  readonly glasses: PhotoSettings['glasses'];
  readonly attemptLimit: string;
  readonly rosterRequired: boolean;
  readonly confirmOnTheSpot: boolean;
  readonly onlyWarn: readonly CheckId[];
  readonly unfinishedDays: string;
  readonly originalsDays: string;
  readonly packagesDays: string;
  readonly everythingDays: string;
}

export const EMPTY_COHORT: CohortForm = { year: '', level: '', studyForm: '', duration: '' };
export const OTHER = 'other';

export const FILE_BANDS: Readonly<Record<string, PhotoSettings['fileBytes']>> = {
  standard: OFFICIAL_STANDARD.fileBytes.value,
  wide: { min: 20_000, max: 40_960 },
  large: { min: 30_000, max: 61_440 },
};

export function emptyForm(schoolCode: string): BatchForm {
  return {
    schoolCode,
    schoolName: '',
    title: '',
    graduationDate: '',
    opensAt: '',
    closesAt: '',
    telephone: '',
    notice: '',
    cohorts: [EMPTY_COHORT],
    background: 'referenceBlue',
    fileBand: 'standard',
    glasses: 'allowed',
    attemptLimit: '',
    rosterRequired: false,
    confirmOnTheSpot: false,
    onlyWarn: DEFAULT_CHECK_SETTINGS.onlyWarn,
    ...retentionTexts(DEFAULT_RETENTION),
  };
}

export function formOf(batch: BatchFields): BatchForm {
  const { photoSettings } = batch;
  return {
    schoolCode: batch.schoolCode,
    schoolName: '',
    title: batch.title,
    graduationDate: batch.graduationDate,
    opensAt: shanghaiDate(batch.opensAt),
    // The first closed moment is midnight after the last day.
    closesAt: lastShanghaiDate(batch.closesAt),
    telephone: batch.telephone,
    notice: batch.notice,
    cohorts: batch.cohorts.map(({ year = '', level = '', studyForm = '', duration = '' }) => ({
      year,
      level,
      studyForm,
      duration,
    })),
    background: nameOf(KNOWN_BACKGROUNDS, photoSettings.background),
    fileBand: nameOf(FILE_BANDS, photoSettings.fileBytes),
    glasses: photoSettings.glasses,
    attemptLimit: batch.attemptLimit === null ? '' : String(batch.attemptLimit),
    rosterRequired: batch.rosterRequired,
    confirmOnTheSpot: batch.confirmOnTheSpot,
    onlyWarn: batch.checkSettings.onlyWarn,
    ...retentionTexts(batch.retention),
  };
}

/** @param before the batch that is changed; keeps settings that the form cannot show and moments to the minute */
export function fieldsOf(form: BatchForm, before: BatchFields | null): BatchFields {
  const unread = before === null ? null : formOf(before);
  const background = KNOWN_BACKGROUNDS[form.background as keyof typeof KNOWN_BACKGROUNDS] as
    PhotoSettings['background'] | undefined;
  return {
    schoolCode: form.schoolCode.trim(),
    title: form.title.trim(),
    graduationDate: form.graduationDate.trim(),
    cohorts: form.cohorts.map(cohortOf),
    opensAt:
      before !== null && form.opensAt === unread?.opensAt
        ? before.opensAt
        : moment(openingMoment(form.opensAt)),
    closesAt:
      before !== null && form.closesAt === unread?.closesAt
        ? before.closesAt
        : moment(closingMoment(form.closesAt)),
    photoSettings: {
      background: background ?? before?.photoSettings.background ?? KNOWN_BACKGROUNDS.referenceBlue,
      fileBytes:
        FILE_BANDS[form.fileBand] ?? before?.photoSettings.fileBytes ?? OFFICIAL_STANDARD.fileBytes.value,
      glasses: form.glasses,
    },
    attemptLimit: form.attemptLimit.trim() === '' ? null : wholeNumber(form.attemptLimit),
    telephone: form.telephone.trim(),
    notice: form.notice.trim(),
    rosterRequired: form.rosterRequired,
    checkSettings: { ...before?.checkSettings, onlyWarn: form.onlyWarn },
    confirmOnTheSpot: form.confirmOnTheSpot,
    retention: {
      unfinishedDays: optionalNumber(form.unfinishedDays),
      originalsDays: optionalNumber(form.originalsDays),
      packagesDays: wholeNumber(form.packagesDays),
      everythingDays: wholeNumber(form.everythingDays),
    },
  };
}

/** What may be changed of a batch: the school stays, and the deadline has a page and a reason of its own. */
export function changesOf(fields: BatchFields): Partial<Omit<BatchFields, 'schoolCode' | 'closesAt'>> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => name !== 'schoolCode' && name !== 'closesAt'),
  );
}

/** The first field that the rules refuse, by its name at the top level; null when all are fine. */
export function problemIn(form: BatchForm, before: BatchFields | null): string | null {
  try {
    requireValidBatch(fieldsOf(form, before));
    return null;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return fieldIn(String(error.details['path']));
  }
}

/** `payload.changes.photoSettings.background` → photoSettings. */
export function fieldIn(path: string): string {
  return path.replace(/^(payload\.)?(changes\.)?/, '').split('.')[0] ?? '';
}

function retentionTexts(rules: RetentionRules) {
  const text = (days: number | null): string => (days === null ? '' : String(days));
  return {
    unfinishedDays: text(rules.unfinishedDays),
    originalsDays: text(rules.originalsDays),
    packagesDays: text(rules.packagesDays),
    everythingDays: text(rules.everythingDays),
  };
}

function cohortOf(form: CohortForm): Cohort {
  const entries = Object.entries(form as unknown as Record<string, string>)
    .map(([name, text]) => [name, text.trim()] as const)
    .filter(([, text]) => text !== '');
  return Object.fromEntries(entries);
}

/** What is no moment stays empty, which the rules refuse. */
const moment = (found: Instant | undefined): Instant => found ?? ('' as Instant);
const wholeNumber = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN);
const optionalNumber = (text: string): number | null => (text.trim() === '' ? null : wholeNumber(text));

function nameOf(known: Readonly<Record<string, object>>, value: object): string {
  const text = JSON.stringify(value);
  return Object.keys(known).find((name) => JSON.stringify(known[name]) === text) ?? OTHER;
}
