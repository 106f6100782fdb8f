/** Everything that can be wrong with one row of a roster, as codes; the sentences are in `miniprogram/copy/`. */
import { RosterField } from './roster-fields';

export const ROSTER_ERRORS = [
  'student-number-missing',
  'student-number-malformed', // other than letters, digits and hyphens, or longer than 32
  'student-number-damaged', // 2.02199E+11: a spreadsheet turned it into a number
  'student-number-twice', // also in another row; details: line
  'id-number', // an ID number where none may be
  'year-malformed',
  'date-malformed',
  'text-too-long',
  'control-characters',
  'formula', // a cell that a spreadsheet would run
  'row-broken', // more cells than headings, or quotes that do not close
] as const;
export type RosterErrorCode = (typeof ROSTER_ERRORS)[number];

export const ROSTER_WARNINGS = [
  'station-missing', // others have one
  'class-missing',
  'not-in-cohorts', // level, year, form or length is not part of the batch
  'other-length', // the student number is shorter or longer than nearly all others
  'name-improbable',
  'graduation-date-differs', // from the batch's
  'duplicate-row', // the same row again, counted once
] as const;
export type RosterWarningCode = (typeof ROSTER_WARNINGS)[number];

export type RosterFindingCode = RosterErrorCode | RosterWarningCode;

export interface RosterFinding {
  /** Line of the file as a spreadsheet counts it; the headings are line 1 unless lines stand above them. */
  readonly line: number;
  readonly code: RosterFindingCode;
  readonly severity: 'error' | 'warning';
  readonly field: RosterField | null;
  /** For `student-number-twice` and `duplicate-row`: where it stands first. */
  readonly otherLine: number | null;
}

export function isRosterError(code: RosterFindingCode): code is RosterErrorCode {
  return (ROSTER_ERRORS as readonly string[]).includes(code);
}
