/** Reads CSV as Excel and schools' systems write it: commas, semicolons or tabs, quotes, any line ends. */
import { parse } from 'csv-parse/sync';
import { decodeText } from './decode-text';
import { MAXIMUM_ROWS, requireFittingTable, type RosterTable, type TableRow } from './roster-table';
import { DomainError } from '../../miniprogram/shared/errors';

const DELIMITERS = [',', '\t', ';'] as const;

/** @throws DomainError ROSTER_UNREADABLE {reason: encoding, quotes}, ROSTER_TOO_LARGE */
export function readCsv(bytes: Uint8Array): RosterTable {
  const { encoding, text } = decodeText(bytes);
  const rows = parseRows(text);
  requireFittingTable(rows.length, Math.max(0, ...rows.slice(0, 100).map(({ cells }) => cells.length)));
  return { format: 'csv', encoding, sheet: null, rows };
}

function parseRows(text: string): TableRow[] {
  const records = parseRecords(text);
  // `info.lines` counts the lines read so far, so a record begins after the lines of the one before.
  let end = 0;
  return records.map(({ record, info }) => {
    const line = end + 1;
    end = info.lines;
    return { line, cells: record };
  });
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function parseRecords(text: string): readonly ParsedRecord[] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      info: true,
      // One more than allowed is enough to know that there are too many.
      to: 2 * MAXIMUM_ROWS,
    }) as unknown as ParsedRecord[];
  } catch {
    throw new DomainError('ROSTER_UNREADABLE', { reason: 'quotes' });
  }
}

/** The one that cuts the first line into most pieces. */
function delimiterOf(text: string): string {
  const firstLine = /^[^\r\n]*/.exec(text)![0];
  return DELIMITERS.reduce((best, candidate) =>
    firstLine.split(candidate).length > firstLine.split(best).length ? candidate : best,
  );
}
