/** Rows with errors that are left out of an import: nobody leaves the list for a mistake in a cell. */
import { stationIdOf } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { applyRoster } from '../../cloudfunctions/roster/apply-roster';
import { interpretRoster } from '../../cloudfunctions/roster/interpret-roster';
import { type RosterLineDocument } from '../../cloudfunctions/roster/roster-document';
import { optionsOf, type RosterPlanDocument } from '../../cloudfunctions/roster/roster-plan-document';
import { LINES_PER_STEP, writeLines } from '../../cloudfunctions/roster/write-version';
import { type BatchId } from '../../miniprogram/shared/identity/ids';
import { aCall } from '../support/call-builder';
import {
  csvOf,
  dryRun,
  importList,
  type ListRow,
  OPTIONS,
  someRows,
  storedBatchDocument,
} from '../support/roster-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { boundSubmission, storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const LEAVE_OUT = { badRows: 'leave-out' } as const;
const withCell = (row: ListRow, at: number, cell: string): ListRow =>
  row.map((text, index) => (index === at ? cell : text));
const ZHANG = ['1', '张三', '2021', '阜阳站', '1 班'];
const LI = ['2', '李四', '2021', '宿州站', '2 班'];
/** A year of two digits; the rest of the row is another than on the list. */
const BAD_LI = ['2', '李四', '21', '阜阳站', '9 班'];

async function linesOf(batchId: BatchId): Promise<readonly (string | null)[][]> {
  const { roster } = await storedBatchDocument(batchId);
  const lines = await collection<RosterLineDocument>('roster').find(
    { batchId, version: roster!.version },
    { limit: 1000, sort: [['studentNumber', 'asc']] },
  );
  return lines.map(({ studentNumber, name, className }) => [studentNumber, name, className]);
}

/** Zhang and Li are on the list. */
async function batchWithList() {
  const batch = await storedBatch();
  await importList(batch.id, csvOf([ZHANG, LI]), { names: 'whole' });
  return batch;
}

test('whose number can be read stays on the list as before, and keeps the place', async () => {
  const batch = await batchWithList();
  const { _id } = await boundSubmission(aCall(), batch, { studentNumber: '2', listed: true });
  const file = csvOf([[...ZHANG.slice(0, 4), '3 班'], BAD_LI]);
  const plan = await importList(batch.id, file, { ...LEAVE_OUT, names: 'whole' });
  expect(plan).toMatchObject({
    rows: { good: 1, bad: 1, kept: 1 },
    differences: { added: 0, changed: 1, removed: 0, unchanged: 1, removedButBound: 0 },
  });
  expect(await linesOf(batch.id)).toEqual([
    ['1', '张三', '3 班'],
    ['2', '李四', '2 班'],
  ]);
  expect(await storedSubmission(_id)).toMatchObject({
    listed: true,
    stationId: stationIdOf(batch.schoolCode, '宿州站'),
    className: '2 班',
  });
  expect(await collection('roster').count({ batchId: batch.id })).toBe(2);
});

test.each([
  ['masked', '李*'],
  ['leave-out', null],
] as const)('who stays is named no further than the new import says: %s', async (names, kept) => {
  const batch = await batchWithList();
  await importList(batch.id, csvOf([BAD_LI]), { ...LEAVE_OUT, names });
  expect(await linesOf(batch.id)).toEqual([['2', kept, '2 班']]);
});

test.each<[string, readonly ListRow[], object, readonly string[]]>([
  [
    'twice with two contents: the line before holds',
    [ZHANG, LI, withCell(BAD_LI, 2, '2021')],
    { bad: 2, kept: 1 },
    ['2 班'],
  ],
  [
    'twice, both with mistakes: the line before holds',
    [ZHANG, BAD_LI, BAD_LI],
    { bad: 2, kept: 1 },
    ['2 班'],
  ],
  [
    'once well and once with a mistake: what could be read holds',
    [ZHANG, BAD_LI, withCell(LI, 4, '7 班')],
    { bad: 1, kept: 0 },
    ['7 班'],
  ],
  ['once in a row with too many cells', [ZHANG, [...LI, '', 'x']], { bad: 1, kept: 1 }, ['2 班']],
  [
    'where it cannot be read: nobody knows who that is',
    [ZHANG, withCell(LI, 0, '2?')],
    { bad: 1, kept: 0 },
    [],
  ],
])('a number stands there %s', async (_, rows, counts, classes) => {
  const { id } = await batchWithList();
  expect(await importList(id, csvOf(rows), LEAVE_OUT)).toMatchObject({ rows: counts });
  expect((await linesOf(id)).slice(1).map(([, , className]) => className)).toEqual(classes);
});

test('a line of an import that never took over is not the line that holds', async () => {
  const { id } = await batchWithList();
  const { roster } = await storedBatchDocument(id);
  const [, held] = await collection<RosterLineDocument>('roster').find(
    { batchId: id },
    { limit: 2, sort: [['studentNumber', 'asc']] },
  );
  const unnamed = { ...held!, _id: 'never-took-over', version: roster!.version + 7, className: '99 班' };
  await collection<RosterLineDocument>('roster').insert(unnamed);
  await importList(id, csvOf([ZHANG, BAD_LI]), LEAVE_OUT);
  expect((await linesOf(id)).map(([, , className]) => className)).toEqual(['1 班', '2 班']);
});

test('lines that stay come in the order of the file, whatever order the database has', async () => {
  const { id } = await storedBatch();
  await importList(id, csvOf(someRows(20)));
  const rows = [...someRows(20)].reverse().map((row) => withCell(row, 2, '21'));
  const batch = await storedBatchDocument(id);
  const { lines } = await interpretRoster(csvOf(rows), batch, { ...OPTIONS, ...LEAVE_OUT });
  expect(lines.map(({ studentNumber }) => studentNumber)).toEqual(rows.map(([number]) => number));
});

test('who was not on the list does not come onto it by such a row', async () => {
  const { id } = await batchWithList();
  const plan = await dryRun(id, csvOf([ZHANG, LI, withCell(BAD_LI, 0, '3')]), {
    ...LEAVE_OUT,
    names: 'whole',
  });
  expect(plan).toMatchObject({ state: 'nothing-to-do', rows: { bad: 1, kept: 0 } });
});

test('are looked at in the same way before they are mended: nobody seems to leave', async () => {
  const { id } = await batchWithList();
  expect(await dryRun(id, csvOf([ZHANG, BAD_LI]))).toMatchObject({
    state: 'stopped',
    rows: { kept: 1 },
    differences: { removed: 0 },
  });
});

test('their students are kept by an import that needs several calls', async () => {
  const { id } = await storedBatch();
  await importList(id, csvOf(someRows(LINES_PER_STEP + 200)));
  const rows = someRows(LINES_PER_STEP + 200).map((row, index) =>
    index < 300 ? withCell(row, 2, '21') : withCell(row, 4, '8 班'),
  );
  const plan = await dryRun(id, csvOf(rows), LEAVE_OUT);
  expect(plan).toMatchObject({ rows: { good: 300, kept: 300 } });
  const document = await collection<RosterPlanDocument>('roster_plans').get(plan.id);
  const { lines } = await interpretRoster(csvOf(rows), await storedBatchDocument(id), optionsOf(document!));
  await writeLines(document!, lines.slice(0, LINES_PER_STEP));
  await collection('roster_plans').update(plan.id, { state: 'applying', written: LINES_PER_STEP });
  expect(await applyRoster(aCall(), plan.id, plan.digest)).toMatchObject({
    state: 'applied',
    written: LINES_PER_STEP + 200,
  });
  const classes = (await linesOf(id)).map(([, , className]) => className);
  expect(classes.filter((name) => name === '8 班')).toHaveLength(300);
  expect(classes).toHaveLength(600);
});
