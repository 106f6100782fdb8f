/**
 * The list from which a school issues codes: CSV as Excel saves it in China (GB 18030) or anything else does (UTF-8).
 * Refuses a list without the needed columns as a whole; single rows are judged when their code is drawn.
 */
import { parse } from 'csv-parse/sync';
import { payloadText } from '../../../cloudfunctions/capture-code/payload';
import { type CodeRequest } from './issue-code';

export interface StudentRow {
  /** Line in the file, the heading being line 1. */
  readonly line: number;
  readonly student: Omit<CodeRequest, 'expiresAt'>;
}

/** Heading → field; the names that school systems use. */
const HEADINGS: Readonly<Record<string, keyof StudentRow['student']>> = {
  学号: 'studentNumber',
  姓名: 'name',
  证件号码: 'idNumber',
  身份证号: 'idNumber',
  层次: 'level',
  年级: 'year',
  学习形式: 'studyForm',
  学制: 'duration',
};

const NEEDED = ['studentNumber', 'name', 'idNumber', 'level', 'year'] as const;

/** @throws RangeError for a list without one of the needed columns, or that is no CSV */
export function readStudentList(file: Uint8Array): readonly StudentRow[] {
  const { text } = payloadText(file);
  if (text === undefined) throw new RangeError('the list is neither UTF-8 nor GB 18030');
  const [headings = [], ...records] = parseRecords(text);
  const fields = headings.map(({ cell }) => HEADINGS[cell]);
  const missing = NEEDED.filter((field) => !fields.includes(field));
  if (missing.length > 0) throw new RangeError(`the list lacks columns for ${missing.join(', ')}`);
  return records.map((cells) => ({
    line: cells[0]?.line ?? 0,
    student: Object.fromEntries(
      cells.flatMap(({ cell }, column) => {
        const field = fields[column];
        return field === undefined || (cell === '' && !isNeeded(field)) ? [] : [[field, cell]];
      }),
    ) as unknown as StudentRow['student'],
  }));
}

function isNeeded(field: keyof StudentRow['student']): boolean {
  return (NEEDED as readonly string[]).includes(field);
}

interface Cell {
  readonly cell: string;
  readonly line: number;
}

function parseRecords(text: string): readonly (readonly Cell[])[] {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      cast: (cell, { lines }) => ({ cell, line: lines }),
    }) as unknown as Cell[][];
  } catch {
    throw new RangeError('the list is no CSV: its rows differ in length or a quotation mark is open');
  }
}
