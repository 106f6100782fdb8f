/** A list as cells of text, whatever file it came from. */
import { DomainError } from '../../miniprogram/shared/errors';

export interface RosterTable {
  readonly format: 'csv' | 'xlsx';
  readonly encoding: 'utf-8' | 'gb18030' | null;
  readonly sheet: string | null;
  /** Those that are not empty. */
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** As a spreadsheet counts, 1 is the first. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The figure, headings and a few lines above them included. */
export const MAXIMUM_ROWS = 50_000;
const LINES_ABOVE = 11;
const MAXIMUM_COLUMNS = 100;
/** 50,000 rows of a wide list weigh 10 MB as CSV and 4 MB as XLSX (measured 2026-11). */
export const MAXIMUM_FILE_BYTES = 20 * 1024 * 1024;

/** @throws DomainError ROSTER_TOO_LARGE */
export function requireFittingTable(rows: number, columns: number): void {
  if (rows > MAXIMUM_ROWS + LINES_ABOVE) {
    throw new DomainError('ROSTER_TOO_LARGE', { maximum: MAXIMUM_ROWS, unit: 'rows' });
  }
  if (columns > MAXIMUM_COLUMNS) {
    throw new DomainError('ROSTER_TOO_LARGE', { maximum: MAXIMUM_COLUMNS, unit: 'columns' });
  }
}

export function isEmptyRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}
