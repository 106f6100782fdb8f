/** Rows without any text, which spreadsheets write wherever somebody once touched a cell: they count for nothing. */
import { readRosterFile } from '../../cloudfunctions/roster/read-roster-file';
import { csvOf, workbookOf } from '../support/roster-builder';

const HEADINGS = ['学号', '姓名'];
const ZHANG = ['202399990001', '张三'];
const LI = ['202399990002', '李四'];
const empty = (count: number, row: readonly string[] = ['', '']) => Array.from({ length: count }, () => row);

const read = async (bytes: Uint8Array) => {
  const { rows } = await readRosterFile(bytes, {});
  return rows.map(({ line, cells }) => [line, cells.studentNumber]);
};

test.each<[string, readonly (readonly string[])[], number]>([
  ['behind the list, as many as a sheet has', [ZHANG, LI, ...empty(1_048_573)], 3],
  ['between the students, more than students may be', [ZHANG, ...empty(60_000), LI], 60_003],
  ['of spaces', [ZHANG, ...empty(3, ['  ', '\u3000']), LI, ...empty(3, [' ', ' '])], 6],
  ['in quotes', [ZHANG, LI, ...empty(60_000, ['""', '""'])], 3],
])('no row of a CSV list is one, and each student keeps the line: %s', async (_, rows, line) => {
  expect(await read(csvOf(rows, HEADINGS))).toEqual([
    [2, ZHANG[0]],
    [line, LI[0]],
  ]);
});

test('nor of a workbook', async () => {
  const sheet = [HEADINGS, ZHANG, ...empty(3, [' ', '']), LI, ...empty(3, ['', ' '])];
  expect(await read(await workbookOf({ 名单: sheet }))).toEqual([
    [2, ZHANG[0]],
    [6, LI[0]],
  ]);
});

test('headings are found below any number of them', async () => {
  expect(await read(csvOf([...empty(20), HEADINGS, ZHANG], ['', '']))).toEqual([[23, ZHANG[0]]]);
});

test.each<[string, readonly (readonly string[])[]]>([
  [
    'students and more than one import takes',
    [...Array.from({ length: 50_012 }, (__, index) => [String(index), '']), ...empty(5)],
  ],
  ['so many empty rows that students behind them would not be seen', [ZHANG, ...empty(100_000), LI]],
])('refused: %s', async (_, rows) => {
  await expect(read(csvOf(rows, HEADINGS))).rejects.toMatchObject({
    code: 'ROSTER_TOO_LARGE',
    details: { maximum: 50_000, unit: 'rows' },
  });
});
