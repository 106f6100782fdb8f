/**
 * Reads a workbook (XLSX) as text, every sheet of it. Numbers and dates become the text that a person meant; a number
 * too long to be exact becomes the damaged text that the row's diagnosis knows, never a number that looks right.
 */
import { type Readable } from 'node:stream';
import readWorkbook from 'read-excel-file/node';
import { withConstantFormulas } from './constant-formulas';
import { withDisplayedNumbers } from './displayed-numbers';
import { isEmptyRow, type RosterTable } from './roster-table';
import { packWorkbook, unpackWorkbook } from './workbook-parts';
import { DomainError } from '../../miniprogram/shared/errors';

/** A spreadsheet keeps 15 digits; what is longer has lost the rest. */
const LARGEST_EXACT = 1e15;

/**
 * @returns one table for each sheet, in the order of the workbook
 * @throws DomainError ROSTER_UNREADABLE {reason: workbook}, ROSTER_TOO_LARGE
 */
export async function readXlsx(bytes: Uint8Array): Promise<readonly RosterTable[]> {
  const parts = withDisplayedNumbers(withConstantFormulas(await unpackWorkbook(bytes)));
  const sheets = await readSheets(packWorkbook(parts));
  return sheets.map(({ sheet, data }) => ({
    format: 'xlsx',
    encoding: null,
    sheet,
    rows: data
      .map((row, index) => ({ line: index + 1, cells: row.map(textOf) }))
      .filter(({ cells }) => !isEmptyRow(cells)),
  }));
}

interface Sheet {
  readonly sheet: string;
  readonly data: readonly (readonly unknown[])[];
}

async function readSheets(workbook: Readable): Promise<readonly Sheet[]> {
  try {
    return await readWorkbook(workbook);
  } catch {
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
