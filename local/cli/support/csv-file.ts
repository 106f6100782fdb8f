/** Writes rows as CSV (RFC 4180), each at once, so that a long run that is stopped leaves what it found. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { naming } from './named-files';

export type CsvValue = string | number | boolean | null;

export interface CsvFile<Column extends string> {
  write(row: Readonly<Record<Column, CsvValue>>): void;
  close(): void;
}

/** Creates or overwrites the file with the heading. @throws UsageError that names the file, here and with each row */
export function openCsv<Column extends string>(path: string, columns: readonly Column[]): CsvFile<Column> {
  const file = naming(path, () => openSync(path, 'w'));
  const writeLine = (values: readonly CsvValue[]): void => {
    naming(path, () => writeSync(file, `${values.map(quote).join(',')}\n`));
  };
  writeLine(columns);
  return {
    write: (row) => {
      writeLine(columns.map((column) => row[column]));
    },
    close: () => {
      closeSync(file);
    },
  };
}

function quote(value: CsvValue): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? numberText(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Up to six significant digits: more than any measure carries. */
function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
