/**
 * Names of exported pictures by a template: {studentNumber}.jpg in folders {station}/{class}. Contracts name pictures
 * differently, so the template is the operator's; what a file system or a ZIP program cannot take is refused here,
 * before anything is written. Pure.
 */
import { DomainError } from '../errors';

/** What a template may say, in English and in Chinese. */
export const PLACEHOLDERS = {
  studentNumber: '学号',
  seq: '序号',
  class: '班级',
  station: '函授站',
  level: '层次',
  year: '年级',
  studyForm: '学习形式',
  major: '专业',
  name: '姓名',
  schoolCode: '院校代码',
} as const;
export type Placeholder = keyof typeof PLACEHOLDERS;

/** Values of one photo; null where the list says nothing. `seq` is filled with zeros to the width of the last one. */
export type NameValues = Readonly<Record<Placeholder, string | null>>;

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly name: Placeholder };
/** One path segment. */
type Segment = readonly Part[];

export interface NameTemplate {
  readonly folders: readonly Segment[];
  readonly file: Segment;
}

/** Folder of those whose list says nothing about it. */
const WITHOUT = '未分组';
const EXTENSION = '.jpg';
const LONGEST_TEMPLATE = 200;
/** Bytes in UTF-8 of a folder or file name: what file systems of Linux, and of storage that runs on it, take. */
const LONGEST_SEGMENT_BYTES = 255;
/**
 * Of the whole path, counted as Windows counts: it takes 259 (MAX_PATH without its end), and the folder into which the
 * receiver unpacks comes first.
 */
const LONGEST_PATH = 180;
/** Forbidden by Windows in names, and control characters. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const ILLEGAL = /[\\/:*?"<>|\u0000-\u001f\u007f]/;
/** Names that Windows keeps for devices, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

const BY_NAME: ReadonlyMap<string, Placeholder> = new Map(
  (Object.entries(PLACEHOLDERS) as [Placeholder, string][]).flatMap(([name, chinese]) => [
    [name.toLowerCase(), name] as const,
    [chinese, name] as const,
  ]),
);

/** @throws DomainError EXPORT_TEMPLATE_INVALID {part: fileName, folder; reason} */
export function parseNameTemplate(template: {
  readonly fileName: string;
  readonly folder: string;
}): NameTemplate {
  const folders = template.folder.split('/').filter((segment) => segment.trim() !== '');
  return {
    file: parseSegment(template.fileName.replace(/\.jpe?g$/i, ''), 'fileName'),
    folders: folders.map((segment) => parseSegment(segment, 'folder')),
  };
}

function parseSegment(text: string, part: 'fileName' | 'folder'): Segment {
  const refuse = (reason: string) => new DomainError('EXPORT_TEMPLATE_INVALID', { part, reason });
  if (text.trim() === '') throw refuse('empty');
  if (text.length > LONGEST_TEMPLATE) throw refuse('too-long');
  return text
    .split(/(\{[^{}]*\})/)
    .filter((piece) => piece !== '')
    .map((piece): Part => {
      const placeholder = /^\{(.*)\}$/.exec(piece)?.[1];
      if (placeholder === undefined) {
        if (/[{}]/.test(piece)) throw refuse('unclosed');
        if (ILLEGAL.test(piece)) throw refuse('illegal-character');
        return { kind: 'text', text: piece };
      }
      const name = BY_NAME.get(placeholder.trim()) ?? BY_NAME.get(placeholder.trim().toLowerCase());
      if (name === undefined) throw refuse('unknown-placeholder');
      return { kind: 'placeholder', name };
    });
}

/**
 * Whether names are the student's own. What a package calls its photos without the number is unique in that package
 * only: its neighbour's 0001.jpg is another student.
 */
export function hasStudentNumber({ folders, file }: NameTemplate): boolean {
  return [...folders, file].some((segment) =>
    segment.some((part) => part.kind === 'placeholder' && part.name === 'studentNumber'),
  );
}

export type PathProblem = 'empty' | 'illegal-character' | 'reserved' | 'too-long';

export interface PhotoPath {
  readonly path: string;
  readonly problem: PathProblem | null;
}

/** The path of one photo inside the package. Problems are of the values: a class called `3/4`. */
export function photoPath(template: NameTemplate, values: NameValues): PhotoPath {
  const folders = template.folders.map((segment) => rendered(segment, values, WITHOUT));
  const file = rendered(template.file, values, '');
  const path = [...folders, `${file}${EXTENSION}`].join('/');
  const problem = [...folders, file].map(problemOf).find((found) => found !== null) ?? null;
  return { path, problem: problem ?? (isTooLong(path) ? 'too-long' : null) };
}

function rendered(segment: Segment, values: NameValues, missing: string): string {
  return segment.map((part) => (part.kind === 'text' ? part.text : (values[part.name] ?? missing))).join('');
}

function problemOf(segment: string): PathProblem | null {
  if (segment.trim() === '') return 'empty';
  if (ILLEGAL.test(segment) || /^[\s.]|[\s.]$/.test(segment)) return 'illegal-character';
  return RESERVED.test(segment) ? 'reserved' : null;
}

function isTooLong(path: string): boolean {
  return (
    path.length > LONGEST_PATH ||
    path.split('/').some((segment) => utf8Bytes(segment) > LONGEST_SEGMENT_BYTES)
  );
}

/** WeChat has no TextEncoder. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Paths that a file system could take for the same: case and composed characters do not tell names apart. */
export function samePathKey(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** The running number with leading zeros: 7 of 1200 → 0007. */
export function sequenceText(position: number, total: number): string {
  return String(position).padStart(String(total).length, '0');
}
