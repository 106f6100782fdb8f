/**
 * An empty list to fill: the headings that the import recognises and one invented student. Its words come from outside,
 * because the cloud has none. Refuses nothing: what is asked for is text, and is written as text.
 */
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import { guardFormula } from '../../miniprogram/shared/export/formula-guard';
import { type RosterTemplateLabels } from '../../miniprogram/shared/contract/exporter';
import { ROSTER_FIELDS } from '../../miniprogram/shared/roster/roster-fields';

/** Wide enough for a student number of 15 digits, in characters. */
const COLUMN_WIDTH = 16;
/** Excel opens a CSV file as UTF-8 only with this in front. */
const BYTE_ORDER_MARK = '\ufeff';

export async function rosterTemplate(
  format: 'xlsx' | 'csv',
  { headings, example }: RosterTemplateLabels,
): Promise<Buffer> {
  const rows = [headings, example].map((row) => ROSTER_FIELDS.map((field) => guardFormula(row[field])));
  if (format === 'csv') {
    const lines = rows.map((row) => row.map(quoted).join(','));
    return Buffer.from(`${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`);
  }
  // Text cells: Excel turns long student numbers into 2.02E+11 otherwise.
  const sheet: SheetData = rows.map((row) => row.map((value) => ({ value, type: String, format: '@' })));
  return writeWorkbook(sheet, {
    columns: ROSTER_FIELDS.map(() => ({ width: COLUMN_WIDTH })),
    stickyRowsCount: 1,
  }).toBuffer();
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
