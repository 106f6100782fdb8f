/**
 * Reads a workbook (XLSX) as text, sheet by sheet. Numbers and dates become the text that a person meant; a number too
 * long to be exact becomes the damaged text that the row's diagnosis knows, never a number that looks right.
 */
import readWorkbook from 'read-excel-file/node';
import { requireFittingTable, type RosterTable, type TableRow } from './roster-table';
import { safeWorkbook } from './safe-workbook';
import { DomainError, isDomainError } from '../../miniprogram/shared/errors';
import { headingsIn } from '../../miniprogram/shared/roster/recognise-headings';

/** A spreadsheet keeps 15 digits; what is longer has lost the rest. */
const LARGEST_EXACT = 1e15;
const HEADINGS_WITHIN = 10;

/** @throws DomainError ROSTER_UNREADABLE {reason: workbook}, ROSTER_TOO_LARGE */
export async function readXlsx(bytes: Uint8Array): Promise<RosterTable> {
  const safe = await safeWorkbook(bytes);
  const sheets = await readSheets(safe);
  const chosen =
    sheets.find(({ data }) =>
      data.slice(0, HEADINGS_WITHIN).some((row) => headingsIn(row.map(textOf)) >= 2),
    ) ?? sheets[0];
  if (chosen === undefined) throw new DomainError('ROSTER_UNREADABLE', { reason: 'empty' });
  requireFittingTable(chosen.data.length, Math.max(0, ...chosen.data.slice(0, 100).map((row) => row.length)));
  const rows = chosen.data.map((row, index): TableRow => ({ line: index + 1, cells: row.map(textOf) }));
  return { format: 'xlsx', encoding: null, sheet: chosen.sheet, rows };
}

interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly unknown[])[];
}

async function readSheets(workbook: Buffer): Promise<readonly Sheet[]> {
  try {
    return await readWorkbook(workbook);
  } catch (error) {
    if (isDomainError(error)) throw error;
    throw new DomainError('ROSTER_UNREADABLE', { reason: 'workbook' });
  }
}

function textOf(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') {
    return Number.isInteger(cell) && Math.abs(cell) >= LARGEST_EXACT ? cell.toExponential() : String(cell);
  }
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return cell === true ? 'TRUE' : cell === false ? 'FALSE' : '';
}
