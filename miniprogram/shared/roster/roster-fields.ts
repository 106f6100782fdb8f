/**
 * The fields that an imported roster may carry, with the headings by which schools call them.
 * There is no field for an ID number, and none can be added by mapping.
 */

export const ROSTER_FIELDS = [
  'studentNumber',
  'name',
  'level',
  'year',
  'duration',
  'studyForm',
  'major',
  'station',
  'className',
  'graduationDate',
] as const;
export type RosterField = (typeof ROSTER_FIELDS)[number];

/** The one column without which a list is no roster. */
export const REQUIRED_ROSTER_FIELDS: readonly RosterField[] = ['studentNumber'];
