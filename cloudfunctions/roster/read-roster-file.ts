/**
 * From the bytes of an uploaded list to columns and rows: what kind of file it is, where its headings stand, what its
 * columns are. Decided by content, never by the file's name.
 * Refuses lists with ID numbers before anything of them is kept.
 */
import { readCsv } from './read-csv';
import { readXlsx } from './read-xlsx';
import { isEmptyRow, requireFittingTable, type RosterTable, type TableRow } from './roster-table';
import { DomainError } from '../../miniprogram/shared/errors';
import { type NumberedCells } from '../../miniprogram/shared/roster/diagnose-roster';
import { idNumberColumns } from '../../miniprogram/shared/roster/id-number-columns';
import {
  headingsIn,
  type RecognisedColumn,
  recogniseColumns,
} from '../../miniprogram/shared/roster/recognise-headings';
import { REQUIRED_ROSTER_FIELDS, type RosterField } from '../../miniprogram/shared/roster/roster-fields';

export interface RosterFile {
  readonly file: Pick<RosterTable, 'format' | 'encoding' | 'sheet'>;
  readonly columns: readonly RecognisedColumn[];
  readonly rows: readonly NumberedCells[];
  readonly emptyRows: number;
}

type Mapping = Readonly<Record<string, RosterField | null>>;

/** Titles and notes may stand above the headings. */
const HEADINGS_WITHIN = 10;

/**
 * @throws DomainError ROSTER_UNREADABLE {reason}, ROSTER_TOO_LARGE, ROSTER_COLUMN_MISSING {fields},
 *   ROSTER_COLUMN_TWICE {fields}, ROSTER_HAS_ID_NUMBERS {columns}
 */
export async function readRosterFile(bytes: Uint8Array, mapping: Mapping): Promise<RosterFile> {
  const { rows, ...file } = await readTable(bytes);
  const at = headingRow(rows, mapping);
  const headings = withoutTail(rows[at]!.cells).map((heading) => heading.trim());
  const below = rows.slice(at + 1);
  const filled = below.filter(({ cells }) => !isEmptyRow(cells));
  requireFittingTable(filled.length, headings.length);
  const idColumns = idNumberColumns(
    headings,
    filled.map(({ cells }) => cells),
  );
  if (idColumns.length > 0)
    throw new DomainError('ROSTER_HAS_ID_NUMBERS', { columns: idColumns.map(String) });
  const columns = recogniseColumns(headings, mapping);
  requireColumns(columns);
  return {
    file,
    columns,
    rows: filled.map((row) => numberedCells(row, columns)),
    emptyRows: below.length - filled.length,
  };
}

const ZIP = [0x50, 0x4b];
/** Compound files: .xls of Excel 97–2003, and workbooks with a password. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

async function readTable(bytes: Uint8Array): Promise<RosterTable> {
  const startsWith = (signature: readonly number[]) =>
    signature.every((byte, index) => bytes[index] === byte);
  if (bytes.length === 0) throw new DomainError('ROSTER_UNREADABLE', { reason: 'empty' });
  if (startsWith(COMPOUND)) throw new DomainError('ROSTER_UNREADABLE', { reason: 'format' });
  const table = startsWith(ZIP) ? await readXlsx(bytes) : readCsv(bytes);
  if (table.rows.every(({ cells }) => isEmptyRow(cells))) {
    throw new DomainError('ROSTER_UNREADABLE', { reason: 'empty' });
  }
  return table;
}

/** The first of the first rows that names the most columns. */
function headingRow(rows: readonly TableRow[], mapping: Mapping): number {
  const scores = rows
    .slice(0, HEADINGS_WITHIN)
    .map(
      ({ cells }) => headingsIn(cells) + cells.filter((cell) => Object.hasOwn(mapping, cell.trim())).length,
    );
  const best = Math.max(...scores);
  if (best < 1) throw new DomainError('ROSTER_UNREADABLE', { reason: 'no-headings' });
  return scores.indexOf(best);
}

/** Spreadsheets write empty columns at the end of a row. */
function withoutTail(cells: readonly string[]): readonly string[] {
  let length = cells.length;
  while (length > 0 && cells[length - 1]!.trim() === '') length -= 1;
  return cells.slice(0, length);
}

function requireColumns(columns: readonly RecognisedColumn[]): void {
  const fields = columns.flatMap(({ field }) => (field === null ? [] : [field]));
  const twice = fields.filter((field, index) => fields.indexOf(field) !== index);
  if (twice.length > 0) throw new DomainError('ROSTER_COLUMN_TWICE', { fields: [...new Set(twice)] });
  const missing = REQUIRED_ROSTER_FIELDS.filter((field) => !fields.includes(field));
  if (missing.length > 0) throw new DomainError('ROSTER_COLUMN_MISSING', { fields: missing });
}

function numberedCells(row: TableRow, columns: readonly RecognisedColumn[]): NumberedCells {
  const cells: Partial<Record<RosterField, string>> = {};
  columns.forEach(({ field }, column) => {
    if (field !== null) cells[field] = row.cells[column] ?? '';
  });
  return { line: row.line, cells, broken: withoutTail(row.cells).length > columns.length };
}
