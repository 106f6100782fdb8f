/**
 * From the bytes of an uploaded list to columns and rows: what kind of file it is, where the list stands in it, what its
 * columns are. Decided by content, never by the file's name.
 * Refuses files with ID numbers, on whatever sheet, before anything of them is kept.
 */
import { findHeadings, findList, type SheetWithHeadings, withoutTail } from './find-list';
import { readCsv } from './read-csv';
import { readXlsx } from './read-xlsx';
import { requireFittingTable, type RosterTable, type TableRow } from './roster-table';
import { type ColumnMapping, type RosterPlan } from '../../miniprogram/shared/contract/operator/roster';
import { DomainError } from '../../miniprogram/shared/errors';
import { type NumberedCells } from '../../miniprogram/shared/roster/diagnose-roster';
import { idNumberColumns } from '../../miniprogram/shared/roster/id-number-columns';
import { type RecognisedColumn, recogniseColumns } from '../../miniprogram/shared/roster/recognise-headings';
import { REQUIRED_ROSTER_FIELDS, type RosterField } from '../../miniprogram/shared/roster/roster-fields';

export interface RosterFile {
  readonly file: RosterPlan['file'];
  readonly columns: readonly RecognisedColumn[];
  readonly rows: readonly NumberedCells[];
}

/**
 * @throws DomainError ROSTER_UNREADABLE {reason}, ROSTER_TOO_LARGE, ROSTER_SEVERAL_SHEETS {sheets},
 *   ROSTER_COLUMN_MISSING {fields}, ROSTER_COLUMN_TWICE {fields}, ROSTER_HEADING_TWICE {headings},
 *   ROSTER_HAS_ID_NUMBERS {columns, sheet?}
 */
export async function readRosterFile(bytes: Uint8Array, mapping: ColumnMapping): Promise<RosterFile> {
  const sheets = (await readTables(bytes)).map((table) => findHeadings(table, mapping));
  for (const sheet of sheets) requireNoIdNumbers(sheet, sheets.length > 1);
  const { table, headings, below } = findList(sheets, mapping);
  const { format, encoding, sheet } = table;
  requireFittingTable(below.length, headings.length);
  const columns = recogniseColumns(headings, mapping);
  requireColumns(columns);
  return {
    file: { format, encoding, sheet, unreadSheets: sheetNames(sheets).filter((name) => name !== sheet) },
    columns,
    rows: below.map((row) => numberedCells(row, columns)),
  };
}

const ZIP = [0x50, 0x4b];
/** Compound files: .xls of Excel 97–2003, and workbooks with a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

/** Everything in the file that is not empty; at least one. */
async function readTables(bytes: Uint8Array): Promise<readonly RosterTable[]> {
  const startsWith = (signature: readonly number[]) =>
    signature.every((byte, index) => bytes[index] === byte);
  if (bytes.length === 0) throw new DomainError('ROSTER_UNREADABLE', { reason: 'empty' });
  if (startsWith(COMPOUND)) throw new DomainError('ROSTER_UNREADABLE', { reason: 'format' });
  const tables = startsWith(ZIP) ? await readXlsx(bytes) : [readCsv(bytes)];
  const written = tables.filter(({ rows }) => rows.length > 0);
  if (written.length === 0) throw new DomainError('ROSTER_UNREADABLE', { reason: 'empty' });
  return written;
}

/** The file is kept as a whole, so a sheet that is not imported may not hold them either. */
function requireNoIdNumbers({ table, headings, below }: SheetWithHeadings, isOneOfSeveral: boolean): void {
  const columns = idNumberColumns(
    headings,
    below.map(({ cells }) => cells),
  ).map(String);
  if (columns.length === 0) return;
  const { sheet } = table;
  throw new DomainError('ROSTER_HAS_ID_NUMBERS', {
    columns,
    ...(isOneOfSeveral && sheet !== null && { sheet }),
  });
}

function sheetNames(sheets: readonly SheetWithHeadings[]): readonly string[] {
  return sheets.flatMap(({ table }) => table.sheet ?? []);
}

function requireColumns(columns: readonly RecognisedColumn[]): void {
  const used = columns.filter(({ field }) => field !== null);
  // Columns are told apart by their headings: which of two equal ones is meant, no mapping can say.
  const headings = repeated(used.map(({ heading }) => heading));
  if (headings.length > 0) throw new DomainError('ROSTER_HEADING_TWICE', { headings });
  const fields = used.flatMap(({ field }) => field ?? []);
  const twice = repeated(fields);
  if (twice.length > 0) throw new DomainError('ROSTER_COLUMN_TWICE', { fields: twice });
  const missing = REQUIRED_ROSTER_FIELDS.filter((field) => !fields.includes(field));
  if (missing.length > 0) throw new DomainError('ROSTER_COLUMN_MISSING', { fields: missing });
}

/** What stands there more than once, each once. */
function repeated<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}

function numberedCells(row: TableRow, columns: readonly RecognisedColumn[]): NumberedCells {
  const cells: Partial<Record<RosterField, string>> = {};
  columns.forEach(({ field }, column) => {
    if (field !== null) cells[field] = row.cells[column] ?? '';
  });
  return { line: row.line, cells, broken: withoutTail(row.cells).length > columns.length };
}
