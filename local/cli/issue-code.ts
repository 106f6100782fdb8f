/**
 * `npm run issue-code`: draws signed capture codes, for one student or a list, and makes the keys for it. For schools
 * without the gateway, for demonstrations and tests. ID numbers are read, digested and forgotten.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEMONSTRATION_STUDENT } from '../demo/demonstration';
import { type Command, type CommandOutput, runWhenStarted, UsageError } from './support/command';
import { type CodeDrawing, DEFAULT_DRAWING } from './support/draw-code';
import { type CodeRequest, issueCode } from './support/issue-code';
import { readNamedFile, requireFolder, writeNamedFile } from './support/named-files';
import {
  DEMONSTRATION_KEY_FILE,
  newSchoolKeyFile,
  readSchoolKey,
  type SchoolKey,
  serverSettingOf,
  writeSchoolKeyFile,
} from './support/school-key';
import { readStudentList, type StudentRow } from './support/student-list';
import { deadlineWords } from '../../miniprogram/copy/time-words';
import { type Instant } from '../../miniprogram/shared/identity/ids';
import { closingMoment, isCalendarDate } from '../../miniprogram/shared/time/shanghai-time';

const USAGE = `Draws signed capture codes as PNG (format: docs/capture-code.md).

  npm run issue-code -- --out FILE.png [student] [drawing]     one code; without a student the demonstration's
  npm run issue-code -- --list FILE.csv --out FOLDER [drawing] one code per row, named by student number
  npm run issue-code -- --new-key FILE --school-code NNNNN     a new key and the server's setting for it

  student   --student-number N --name NAME --level 高起本 --year 2021 --id-number N
            [--study-form 非脱产] [--duration 5]
  list      CSV in UTF-8 or GB 18030 with the columns 学号 姓名 证件号码 层次 年级 [学习形式] [学制]
  drawing   [--module-size 8] [--error-correction L|M|Q|H] [--page code|phone]
  both      [--key FILE]           the school's key; without it the demonstration key, which nobody should trust
            [--expires YYYY-MM-DD] last day on which the codes are valid (China time); standard: a year from today

Names are masked in the code, ID numbers are in it only as keyed digests.
Exit code: 0 all codes drawn, 1 wrong usage or at least one code could not be drawn.`;

const OPTIONS = {
  out: { type: 'string' },
  list: { type: 'string' },
  'new-key': { type: 'string' },
  'school-code': { type: 'string' },
  key: { type: 'string' },
  expires: { type: 'string' },
  'student-number': { type: 'string' },
  name: { type: 'string' },
  level: { type: 'string' },
  year: { type: 'string' },
  'study-form': { type: 'string' },
  duration: { type: 'string' },
  'id-number': { type: 'string' },
  'module-size': { type: 'string' },
  'error-correction': { type: 'string' },
  page: { type: 'string' },
} as const;

type Values = Partial<Record<keyof typeof OPTIONS, string>>;

export const issueCodeCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values['new-key'] !== undefined) return makeKey(values['new-key'], values['school-code'], output);
    const out = values.out;
    if (out === undefined) throw new UsageError('Where to? --out is missing.');
    const key = await keyOf(values, output);
    const drawing = drawingOf(values);
    const expiresAt = expiryOf(values.expires);
    if (values.list !== undefined) return issueList(values.list, out, key, drawing, expiresAt, output);
    const { png } = await asUsageError(issueCode({ ...studentOf(values), expiresAt }, key, drawing));
    mkdirSync(dirname(out), { recursive: true });
    writeNamedFile(out, png);
    output.out(`${out}: ${validUntil(expiresAt)}`);
    return 0;
  },
};

function makeKey(path: string, schoolCode: string | undefined, output: CommandOutput): number {
  if (schoolCode === undefined || !/^\d{5}$/.test(schoolCode)) {
    throw new UsageError('A key belongs to one school: --school-code with five digits is missing.');
  }
  if (existsSync(path)) throw new UsageError(`${path} exists; a key is never overwritten.`);
  writeSchoolKeyFile(path, newSchoolKeyFile(schoolCode));
  output.out(
    `${path}: the school's key, secret. The server's setting CAPTURE_CODE_SCHOOL_KEYS gets this entry:`,
  );
  output.out(serverSettingOf(path));
  return 0;
}

async function keyOf(values: Values, output: CommandOutput): Promise<SchoolKey> {
  const key = await asUsageError(() => readSchoolKey(values.key ?? DEMONSTRATION_KEY_FILE));
  if (key.demonstration) output.error('DEMONSTRATION KEY: these codes are for trying out only.');
  return key;
}

function studentOf(values: Values): Omit<CodeRequest, 'expiresAt'> {
  const given = {
    studentNumber: values['student-number'],
    name: values.name,
    level: values.level,
    year: values.year,
    idNumber: values['id-number'],
  };
  const entries = Object.entries(given);
  if (entries.every(([, value]) => value === undefined)) return DEMONSTRATION_STUDENT;
  const missing = entries.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) throw new UsageError(`The student is incomplete: ${missing.join(', ')}.`);
  return {
    ...(given as Record<keyof typeof given, string>),
    ...(values['study-form'] === undefined ? {} : { studyForm: values['study-form'] }),
    ...(values.duration === undefined ? {} : { duration: values.duration }),
  };
}

function drawingOf(values: Values): CodeDrawing {
  const moduleSize = Number(values['module-size'] ?? DEFAULT_DRAWING.moduleSize);
  const errorCorrection = values['error-correction'] ?? DEFAULT_DRAWING.errorCorrection;
  const page = values.page ?? DEFAULT_DRAWING.page;
  if (!Number.isInteger(moduleSize) || moduleSize < 1 || moduleSize > 20) {
    throw new UsageError('--module-size is 1 to 20.');
  }
  if (!isOneOf(errorCorrection, ['L', 'M', 'Q', 'H']))
    throw new UsageError('--error-correction is L, M, Q or H.');
  if (!isOneOf(page, ['code', 'phone'])) throw new UsageError('--page is code or phone.');
  return { moduleSize, errorCorrection, page };
}

function isOneOf<Value extends string>(value: string, values: readonly Value[]): value is Value {
  return (values as readonly string[]).includes(value);
}

const YEAR_MS = 365 * 86_400_000;

/** The first moment after the given day in China. */
function expiryOf(day: string | undefined): Date {
  if (day === undefined) return new Date(Math.ceil(Date.now() / 1000) * 1000 + YEAR_MS);
  const closes = isCalendarDate(day) ? closingMoment(day) : undefined;
  if (closes === undefined) throw new UsageError(`--expires is a day, YYYY-MM-DD: ${day} is none.`);
  const end = new Date(closes);
  if (end.getTime() <= Date.now())
    throw new UsageError(`--expires ${day} is over: nobody could use the code.`);
  return end;
}

/** In the words of the phones, on which the code's last day is a day in China. */
function validUntil(expiresAt: Date): string {
  return `valid until ${deadlineWords(expiresAt.toISOString() as Instant)}`;
}

/** One bad row spoils no other; messages name the line, never the person. */
async function issueList(
  list: string,
  folder: string,
  key: SchoolKey,
  drawing: CodeDrawing,
  expiresAt: Date,
  output: CommandOutput,
): Promise<number> {
  const rows = await asUsageError(() => readStudentList(readNamedFile(list)));
  requireFolder(folder);
  const drawn = new Set<string>();
  for (const row of rows) {
    const problem = drawn.has(row.student.studentNumber)
      ? 'this student number stood in the list before'
      : await drawRow(row, folder, key, drawing, expiresAt);
    if (problem === undefined) drawn.add(row.student.studentNumber);
    else output.error(`line ${row.line}: ${problem}`);
  }
  output.out(`${drawn.size} of ${rows.length} codes drawn to ${folder}, ${validUntil(expiresAt)}`);
  return drawn.size === rows.length ? 0 : 1;
}

/** @returns why the row gave no code, or undefined */
async function drawRow(
  { student }: StudentRow,
  folder: string,
  key: SchoolKey,
  drawing: CodeDrawing,
  expiresAt: Date,
): Promise<string | undefined> {
  try {
    const { png } = await issueCode({ ...student, expiresAt }, key, drawing);
    writeNamedFile(join(folder, `${student.studentNumber}.png`), png);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/** What does not fit the format is the user's to change. */
async function asUsageError<Result>(action: Promise<Result> | (() => Result)): Promise<Result> {
  try {
    return await (typeof action === 'function' ? action() : action);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

runWhenStarted(issueCodeCommand, __filename);
