/**
 * From one row's cells to one clean roster row, with everything that is wrong said by code. Pure: the same rules tell
 * an operator on the phone what the cloud will say.
 * Refuses to guess: a cell that means nothing certain is an error, not a best effort.
 */
import { Cohort } from '../batch/batch';
import { isCalendarDate } from '../time/shanghai-time';
import { isDamagedIdNumber, recogniseIdNumber } from '../identity/id-number';
import { isPossibleName, MAXIMUM_NAME_CHARACTERS, normaliseName } from '../identity/masked-name';
import { cleanCell } from './clean-cell';
import { ROSTER_FIELDS, RosterField } from './roster-fields';
import { RosterErrorCode, RosterWarningCode } from './roster-findings';

/** A row after cleaning; null: the cell was empty or there is no such column. */
export type RosterRow = { readonly studentNumber: string } & {
  readonly [Field in Exclude<RosterField, 'studentNumber'>]: string | null;
};

export interface RowFinding {
  readonly code: RosterErrorCode | RosterWarningCode;
  readonly field: RosterField | null;
}

export interface DiagnosedRow {
  /** Null when the row cannot be used at all. */
  readonly row: RosterRow | null;
  readonly findings: readonly RowFinding[];
}

/** What the rows are held against. */
export interface RosterExpectation {
  readonly cohorts: readonly Cohort[];
  readonly graduationDate: string;
  /** The columns that the file has: a cell can only be missing where others have one. */
  readonly fields: ReadonlySet<RosterField>;
}

export type RosterCells = Readonly<Partial<Record<RosterField, string>>>;

/** 学号 is C15 in the official table; schools' own go a little further. */
const STUDENT_NUMBER = /^[0-9A-Za-z-]{1,32}$/;
/** How a spreadsheet shows a number that it took for a quantity: 2.02199E+11. */
const SCIENTIFIC = /^\d(?:\.\d+)?E\+?\d+$/i;
const LONGEST_TEXT = 50;

/** Checks and cleans one row. What concerns several rows (the same number twice) is the list's business. */
export function diagnoseRow(cells: RosterCells, expected: RosterExpectation): DiagnosedRow {
  const findings: RowFinding[] = [];
  const found = (code: RowFinding['code'], field: RosterField | null): void => {
    findings.push({ code, field });
  };
  const clean: Partial<Record<RosterField, string | null>> = {};
  for (const field of ROSTER_FIELDS) {
    const text = cleanCell(cells[field] ?? '');
    const problem = text === null ? null : problemOf(field, text);
    if (problem !== null) found(problem, field);
    clean[field] = text === null || problem !== null ? null : FIELD_RULES[field].clean(text);
  }
  const studentNumber = clean.studentNumber ?? null;
  if (studentNumber === null && !findings.some(({ field }) => field === 'studentNumber')) {
    found('student-number-missing', 'studentNumber');
  }
  if (studentNumber === null) return { row: null, findings };
  const row = { ...(clean as Record<RosterField, string | null>), studentNumber };
  for (const warning of warningsOf(row, expected, findings)) findings.push(warning);
  return { row, findings };
}

function problemOf(field: RosterField, text: string): RosterErrorCode | null {
  if (/\p{Cc}/u.test(text)) return 'control-characters';
  if (isFormula(text)) return 'formula';
  if (recogniseIdNumber(text) !== undefined || isDamagedIdNumber(text)) return 'id-number';
  return FIELD_RULES[field].problem(text);
}

/** What a spreadsheet would run when it opens the cell; a minus before a number is a number. */
function isFormula(text: string): boolean {
  return /^[=@]/.test(text) || /^[+-](?![\d.]+$)/.test(text);
}

function warningsOf(
  row: RosterRow,
  expected: RosterExpectation,
  errors: readonly RowFinding[],
): readonly RowFinding[] {
  const warnings: RowFinding[] = [];
  const { fields } = expected;
  const faulty = new Set(errors.map(({ field }) => field));
  const isMissing = (field: RosterField) => fields.has(field) && row[field] === null && !faulty.has(field);
  if (isMissing('station')) warnings.push({ code: 'station-missing', field: 'station' });
  if (isMissing('className')) warnings.push({ code: 'class-missing', field: 'className' });
  if (!fitsSomeCohort(row, expected.cohorts)) warnings.push({ code: 'not-in-cohorts', field: null });
  if (row.name !== null && (!isPossibleName(row.name) || /[0-9A-Za-z]{4}/.test(row.name))) {
    warnings.push({ code: 'name-improbable', field: 'name' });
  }
  if (row.graduationDate !== null && !isSameDate(row.graduationDate, expected.graduationDate)) {
    warnings.push({ code: 'graduation-date-differs', field: 'graduationDate' });
  }
  return warnings;
}

/** Only what the row says is held against a cohort: a list without levels cannot be wrong about levels. */
function fitsSomeCohort(row: RosterRow, cohorts: readonly Cohort[]): boolean {
  const fits = (wanted: string | undefined, actual: string | null) =>
    wanted === undefined || actual === null || wanted === actual;
  return cohorts.some(
    ({ level, year, studyForm, duration }) =>
      fits(level, row.level) &&
      fits(year, row.year) &&
      fits(studyForm, row.studyForm) &&
      fits(duration, row.duration),
  );
}

/** 2021, 2021级, ２０２１年 → 2021. */
function yearOf(text: string): string | undefined {
  return /^((?:19|20)\d\d)(?:年级|级|年)?$/.exec(halfWidth(text).replace(/\s/g, ''))?.[1];
}

/** 2027-01-10, 2027/1/10, 2027.1.10, 20270110, 2027年1月10日 → 2027-01-10; without a day → 2027-01. */
function dateOf(text: string): string | undefined {
  const plain = halfWidth(text).replace(/\s.*$/, '');
  const match =
    /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})?$/.exec(plain);
  if (match === null) return undefined;
  const [year, month, day] = [match[1]!, match[2]!.padStart(2, '0'), match[3]?.padStart(2, '0')];
  if (!isCalendarDate(`${year}-${month}-${day ?? '01'}`)) return undefined;
  return day === undefined ? `${year}-${month}` : `${year}-${month}-${day}`;
}

/** A month without a day agrees with every day of it. */
function isSameDate(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length) === other.slice(0, length);
}

/** Full-width digits, letters and hyphens stand 0xFEE0 above ASCII (Unicode block U+FF00). */
function halfWidth(text: string): string {
  return text.replace(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));
}

interface FieldRule {
  problem(text: string): RosterErrorCode | null;
  /** Only asked where there is no problem. */
  clean(text: string): string;
}

const PLAIN: FieldRule = {
  problem: (text) => (Array.from(text).length > LONGEST_TEXT ? 'text-too-long' : null),
  clean: (text) => text.replace(/\s+/g, ' '),
};

const FIELD_RULES: Readonly<Record<RosterField, FieldRule>> = {
  studentNumber: {
    problem: (text) => {
      if (SCIENTIFIC.test(text)) return 'student-number-damaged';
      return STUDENT_NUMBER.test(halfWidth(text)) ? null : 'student-number-malformed';
    },
    clean: halfWidth,
  },
  name: {
    problem: (text) => (Array.from(text).length > MAXIMUM_NAME_CHARACTERS ? 'text-too-long' : null),
    clean: normaliseName,
  },
  year: {
    problem: (text) => (yearOf(text) === undefined ? 'year-malformed' : null),
    clean: (text) => yearOf(text) ?? text,
  },
  graduationDate: {
    problem: (text) => (dateOf(text) === undefined ? 'date-malformed' : null),
    clean: (text) => dateOf(text) ?? text,
  },
  duration: { ...PLAIN, clean: (text) => halfWidth(text).replace(/\s*年制?$/, '') },
  level: PLAIN,
  studyForm: PLAIN,
  major: PLAIN,
  station: PLAIN,
  className: PLAIN,
};
