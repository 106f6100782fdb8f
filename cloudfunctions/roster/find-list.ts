/**
 * Where in a file the list stands: which sheet of a workbook, and in which row its headings are.
 * Refuses to choose between two lists: who stands on the other one would be taken off the list that holds.
 */
import { type RosterTable, type TableRow } from './roster-table';
import { type ColumnMapping } from '../../miniprogram/shared/contract/operator/roster';
import { DomainError } from '../../miniprogram/shared/errors';
import { fieldOfHeading, isHeading } from '../../miniprogram/shared/roster/recognise-headings';
import { type RosterField } from '../../miniprogram/shared/roster/roster-fields';

/** A sheet taken apart into its headings and the rows below them. */
export interface SheetWithHeadings {
  readonly table: RosterTable;
  /** Empty where no row names any column; then every row counts as standing below. */
  readonly headings: readonly string[];
  /** How many columns the headings name. */
  readonly named: number;
  readonly below: readonly TableRow[];
}

/** Titles and notes may stand above the headings. */
const HEADINGS_WITHIN = 10;

/** Summaries and lists of choices have neither. */
const SAYS_WHO: readonly (RosterField | null)[] = ['studentNumber', 'name'];

/** The headings are the first of the first rows that names the most columns. */
export function findHeadings(table: RosterTable, mapping: ColumnMapping): SheetWithHeadings {
  const named = table.rows
    .slice(0, HEADINGS_WITHIN)
    .map(({ cells }) => cells.filter((cell) => isHeading(cell) || isMapped(cell, mapping)).length);
  const most = Math.max(0, ...named);
  const below = most === 0 ? table.rows : table.rows.slice(named.indexOf(most) + 1);
  const headings = most === 0 ? [] : withoutTail(table.rows[named.indexOf(most)]!.cells);
  return {
    table,
    headings: headings.map((heading) => heading.trim()),
    named: most,
    below,
  };
}

/**
 * The sheet that names the most columns among those that list people, else among all.
 * @throws DomainError ROSTER_SEVERAL_SHEETS {sheets}, ROSTER_UNREADABLE {reason: no-headings}
 */
export function findList(sheets: readonly SheetWithHeadings[], mapping: ColumnMapping): SheetWithHeadings {
  const lists = sheets.filter((sheet) => isListOfPeople(sheet, mapping));
  if (lists.length > 1) {
    throw new DomainError('ROSTER_SEVERAL_SHEETS', { sheets: lists.map(({ table }) => table.sheet ?? '') });
  }
  const chosen = lists[0] ?? [...sheets].sort((one, other) => other.named - one.named)[0];
  if (chosen === undefined || chosen.named === 0)
    throw new DomainError('ROSTER_UNREADABLE', { reason: 'no-headings' });
  return chosen;
}

/** Spreadsheets write empty columns at the end of a row. */
export function withoutTail(cells: readonly string[]): readonly string[] {
  let length = cells.length;
  while (length > 0 && cells[length - 1]!.trim() === '') length -= 1;
  return cells.slice(0, length);
}

/** One name alone may be a word of a note. */
function isListOfPeople({ headings, named, below }: SheetWithHeadings, mapping: ColumnMapping): boolean {
  const saysWho = headings.some((heading) =>
    SAYS_WHO.includes(isMapped(heading, mapping) ? mapping[heading]! : fieldOfHeading(heading)),
  );
  return saysWho && named >= 2 && below.length > 0;
}

function isMapped(cell: string, mapping: ColumnMapping): boolean {
  return Object.hasOwn(mapping, cell.trim());
}
