/**
 * The table of labels that `npm run tune` learns from: which photo is good or bad for which check. Read as a whole
 * before any photo is measured. Refuses what it does not know instead of passing over it: a column or a cell that counts
 * for nothing by mistake would set the ranges on fewer photos than its author believes.
 */
import { parse } from 'csv-parse/sync';
import { payloadText } from '../../cloudfunctions/capture-code/payload';
import { CHECK_IDS, type CheckId } from '../../miniprogram/shared/verdict/check-ids';

export type Label = 'good' | 'bad';

export interface LabelledPhoto {
  /** Name inside the folder of photos. */
  readonly file: string;
  /** Undefined: not known. */
  readonly labelFor: (check: CheckId) => Label | undefined;
}

const FILE = 'file';
const ALL = 'all';
const COLUMNS: readonly string[] = [FILE, ALL, ...CHECK_IDS];

/** The table is not one of labels; the message says where. */
export class NotLabels extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotLabels';
  }
}

/** @throws NotLabels */
export function readLabelTable(table: Uint8Array): readonly LabelledPhoto[] {
  const [headings = [], ...rows] = recordsOf(table);
  requireHeadings(headings);
  if (rows.length === 0) throw new NotLabels('the table names no photo');
  // Line 1 is the headings.
  const photos = rows.map((cells, index) => labelledPhoto(headings, cells, index + 2));
  const names = photos.map(({ file }) => file);
  const again = names.findIndex((file, index) => names.indexOf(file) !== index);
  if (again !== -1)
    throw new NotLabels(`row ${again + 2} names the same file as row ${names.indexOf(names[again]!) + 2}`);
  return photos;
}

function recordsOf(table: Uint8Array): readonly (readonly string[])[] {
  const { text } = payloadText(table);
  // A picture may pass for text in GB 18030, but not without control characters.
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (text === undefined || /[\u0000-\u0008\u000e-\u001f]/.test(text))
    throw new NotLabels('no CSV but binary data');
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true });
  } catch {
    throw new NotLabels('no CSV: its rows differ in length or a quotation mark is open');
  }
}

function requireHeadings(headings: readonly string[]): void {
  if (!headings.includes(FILE)) throw new NotLabels(`the column "${FILE}" is missing`);
  const unknown = headings.filter((heading) => !COLUMNS.includes(heading));
  if (unknown.length > 0)
    throw new NotLabels(`no check is called ${unknown.map((name) => `"${name}"`).join(', ')}`);
  const twice = headings.filter((heading, column) => headings.indexOf(heading) !== column);
  if (twice.length > 0) throw new NotLabels(`the column "${twice[0]!}" is there twice`);
}

function labelledPhoto(headings: readonly string[], cells: readonly string[], line: number): LabelledPhoto {
  const file = cells[headings.indexOf(FILE)] ?? '';
  if (file === '') throw new NotLabels(`row ${line} names no file`);
  const labels = new Map<string, Label>();
  for (const [column, cell] of cells.entries()) {
    const heading = headings[column]!;
    if (heading === FILE || cell === '') continue;
    if (cell !== 'good' && cell !== 'bad')
      throw new NotLabels(`row ${line}, ${heading}: "${cell}" is neither good nor bad nor empty`);
    labels.set(heading, cell);
  }
  return { file, labelFor: (check) => labels.get(check) ?? labels.get(ALL) };
}
