import { deflateRawSync } from 'node:zlib';
import { requireOnRoster } from '../../cloudfunctions/batch/require-on-roster';
import { stationIdOf } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { applyRoster } from '../../cloudfunctions/roster/apply-roster';
import { checkRoster } from '../../cloudfunctions/roster/check-roster';
import { interpretRoster } from '../../cloudfunctions/roster/interpret-roster';
import { planSubject, rosterDifferences, rosterFindings } from '../../cloudfunctions/roster/read-plan';
import { type RosterLineDocument } from '../../cloudfunctions/roster/roster-document';
import { optionsOf, type RosterPlanDocument } from '../../cloudfunctions/roster/roster-plan-document';
import { writeLines } from '../../cloudfunctions/roster/write-version';
import { unpackWorkbook } from '../../cloudfunctions/roster/workbook-parts';
import { type RosterPlan } from '../../miniprogram/shared/contract/operator/roster';
import { ROSTER_ERRORS } from '../../miniprogram/shared/roster/roster-findings';
import { aCall } from '../support/call-builder';
import { refusalOf } from '../support/refusal';
import {
  csvOf,
  dryRun,
  HEADINGS,
  importList,
  someRows,
  storedBatchDocument,
  uploadList,
  xlsxOf,
} from '../support/roster-builder';
import { ID_NUMBER } from '../support/signed-code-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { boundSubmission, storedBatch, storedSubmission } from '../support/submission-builder';

const MEGABYTE = 1024 * 1024;

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

async function findingsOf({ id }: RosterPlan) {
  const subject = await planSubject(id);
  return (await rosterFindings(subject!.thing, 0)).findings;
}

async function differencesOf({ id }: RosterPlan) {
  const subject = await planSubject(id);
  return (await rosterDifferences(subject!.thing, 0)).differences;
}

async function listOf(batchId: Parameters<typeof storedBatchDocument>[0]) {
  const { roster } = await storedBatchDocument(batchId);
  const lines = await collection<RosterLineDocument>('roster').find(
    { batchId, version: roster?.version ?? null },
    { limit: 1000, sort: [['studentNumber', 'asc']] },
  );
  return lines.map(({ studentNumber }) => studentNumber);
}

describe('files', () => {
  const rows = someRows(3);
  const readers: readonly (readonly [string, () => Promise<Uint8Array> | Uint8Array, object])[] = [
    ['UTF-8', () => csvOf(rows), { format: 'csv', encoding: 'utf-8' }],
    [
      'UTF-8 with a byte order mark',
      () => Buffer.concat([Buffer.from('\ufeff'), csvOf(rows)]),
      { encoding: 'utf-8' },
    ],
    ['GB 18030', () => GB18030_LIST, { format: 'csv', encoding: 'gb18030' }],
    [
      'UTF-16, Excel’s “Unicode text”, with tabs',
      () => Buffer.from(`\ufeff${[HEADINGS, ...rows].map((row) => row.join('\t')).join('\r\n')}`, 'utf16le'),
      { format: 'csv' },
    ],
    ['XLSX', () => xlsxOf(rows), { format: 'xlsx', sheet: 'Sheet1' }],
    [
      'XLSX with numbers and dates',
      () => xlsxOf(rows.map(([number, ...rest]) => [Number(number), ...rest])),
      { format: 'xlsx' },
    ],
    [
      'lines above the headings',
      () => Buffer.concat([Buffer.from('示范大学 2026 届毕业生名单,,\n制表：学籍科,,\n'), csvOf(rows)]),
      { format: 'csv' },
    ],
  ];
  test.each(readers)('%s', async (_, bytes, file) => {
    const { id } = await storedBatch();
    const plan = await dryRun(id, await bytes());
    expect(plan).toMatchObject({ state: 'ready', rows: { read: 3, good: 3, bad: 0 }, file });
    expect(plan.differences).toMatchObject({ added: 3, newStations: ['阜阳站', '宿州站'] });
  });

  const refusals: readonly (readonly [string, () => Promise<Uint8Array> | Uint8Array, object])[] = [
    ['nothing', () => Buffer.alloc(0), { code: 'ROSTER_UNREADABLE', details: { reason: 'empty' } }],
    ['a picture', () => Buffer.from('89504e470d0a1a0affff', 'hex'), { code: 'ROSTER_UNREADABLE' }],
    [
      'an old workbook',
      () => Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      { code: 'ROSTER_UNREADABLE', details: { reason: 'format' } },
    ],
    [
      'a damaged workbook',
      async () => (await xlsxOf(rows)).subarray(0, 1500),
      { code: 'ROSTER_UNREADABLE', details: { reason: 'workbook' } },
    ],
    [
      'a list without headings',
      () => Buffer.from('1,2,3\n4,5,6'),
      { code: 'ROSTER_UNREADABLE', details: { reason: 'no-headings' } },
    ],
    [
      'a list without student numbers',
      () => csvOf([['张三', '2021']], ['姓名', '年级']),
      { code: 'ROSTER_COLUMN_MISSING', details: { fields: ['studentNumber'] } },
    ],
    [
      'two columns of student numbers',
      () => csvOf([['1', '2']], ['学号', '学生学号']),
      { code: 'ROSTER_COLUMN_TWICE' },
    ],
    [
      'two columns that are told apart by nothing',
      () => csvOf([['1', '甲', '乙']], ['学号', '班级', '班级 ']),
      { code: 'ROSTER_HEADING_TWICE', details: { headings: ['班级'] } },
    ],
    [
      'more rows than one import takes',
      () =>
        csvOf(
          Array.from({ length: 50_012 }, (_, index) => [String(index)]),
          ['学号'],
        ),
      { code: 'ROSTER_TOO_LARGE', details: { maximum: 50_000, unit: 'rows' } },
    ],
    [
      'a workbook that unpacks to more than any list',
      () => workbookOfSpaces({ saying: 90 * MEGABYTE }),
      { code: 'ROSTER_TOO_LARGE', details: { unit: 'bytes' } },
    ],
    [
      'one that lies about it',
      () => workbookOfSpaces({ saying: MEGABYTE }),
      { code: 'ROSTER_UNREADABLE', details: { reason: 'workbook' } },
    ],
  ];
  test.each(refusals)('%s: refused', async (_, bytes, refusal) => {
    const { id } = await storedBatch();
    await expect(dryRun(id, await bytes())).rejects.toMatchObject(refusal);
  });

  test('a workbook that lies about its size is never whole in memory', async () => {
    await expect(unpackWorkbook(workbookOfSpaces({ saying: MEGABYTE }))).rejects.toMatchObject({
      code: 'ROSTER_UNREADABLE',
    });
  });

  test('a list with ID numbers is refused, and the file is gone', async () => {
    const { id } = await storedBatch();
    const bytes = csvOf([['2021001', ID_NUMBER]], ['学号', '证件号码']);
    await expect(dryRun(id, bytes)).rejects.toMatchObject({
      code: 'ROSTER_HAS_ID_NUMBERS',
      details: { columns: ['2'] },
    });
    expect(testCloud.cloud.stats().documents).toMatchObject({ roster: 0 });
  });

  test('equal headings of columns that are not imported are no harm', async () => {
    const { id } = await storedBatch();
    const bytes = csvOf([['1', '甲', '乙']], ['学号', '备注', '备注']);
    expect((await dryRun(id, bytes)).state).toBe('ready');
    const classes = csvOf([['1', '甲', '乙']], ['学号', '班级', '班级']);
    expect((await dryRun(id, classes, { mapping: { 班级: null } })).state).toBe('ready');
  });

  test('a column by another name is used when it is mapped', async () => {
    const { id } = await storedBatch();
    const bytes = csvOf([['1'], ['2']], ['编号']);
    expect(await refusalOf(dryRun(id, bytes))).toBe('ROSTER_UNREADABLE');
    const plan = await dryRun(id, bytes, { mapping: { 编号: 'studentNumber' } });
    expect(plan.columns).toEqual([{ heading: '编号', field: 'studentNumber', recognised: 'by-mapping' }]);
  });
});

describe('a heading that is a word of the database', () => {
  test.each(['$where', 'No.', 'a.b', '$set'])(
    '%s is mapped, and imported, like any other',
    async (heading) => {
      const { id } = await storedBatch();
      const bytes = csvOf([['202110001', '2021']], [heading, '年级']);
      const options = { mapping: { [heading]: 'studentNumber' } } as const;
      expect((await importList(id, bytes, options)).columns[0]).toEqual({
        heading,
        field: 'studentNumber',
        recognised: 'by-mapping',
      });
      expect(await listOf(id)).toEqual(['202110001']);
    },
  );
});

test('a plan of version 0.1.0, which kept its mapping in another form, is outdated', async () => {
  const { id } = await storedBatch();
  const plan = await dryRun(id, csvOf(someRows(1)));
  await collection('roster_plans').update(plan.id, {
    options: { mapping: {}, names: 'masked', badRows: 'stop' },
  });
  expect(await refusalOf(applyRoster(aCall(), plan.id, plan.digest))).toBe('ROSTER_PLAN_OUTDATED');
});

describe('the dry run', () => {
  test('says line by line what is wrong, ten kinds in one list', async () => {
    const { id } = await storedBatch();
    const bytes = csvOf([
      ...someRows(30),
      ['', '没有学号', '2021', '阜阳站', '1 班'],
      ['2021 99', '空格', '2021', '阜阳站', '1 班'],
      ['2.02E+11', '科学计数', '2021', '阜阳站', '1 班'],
      [ID_NUMBER, '证件号', '2021', '阜阳站', '1 班'],
      ['202110000', '重复', '2021', '宿州站', '1 班'],
      ['202190005', '年级', '21', '阜阳站', '1 班'],
      ['202190006', '=1+1', '2021', '阜阳站', '1 班'],
      ['202190007', '太长', '2021', '站'.repeat(60), '1 班'],
      ['202190008', '缺站', '2021', '', '1 班'],
      ['202190009', '别的年级', '2019', '阜阳站', '1 班'],
      ['202190010', '多一格', '2021', '阜阳站', '1 班', '多出来的'],
    ]);
    const plan = await dryRun(id, bytes);
    expect(plan).toMatchObject({ state: 'stopped', rows: { read: 41, bad: 10, good: 31 } });
    const found = await findingsOf(plan);
    expect(found.map(({ line, code }) => [line, code])).toEqual([
      [2, 'student-number-twice'],
      [32, 'student-number-missing'],
      [33, 'student-number-malformed'],
      [34, 'student-number-damaged'],
      [35, 'id-number'],
      [36, 'student-number-twice'],
      [37, 'year-malformed'],
      [38, 'formula'],
      [39, 'text-too-long'],
      [40, 'station-missing'],
      [41, 'not-in-cohorts'],
      [42, 'row-broken'],
    ]);
    expect(ROSTER_ERRORS.filter((code) => plan.findings[code] !== undefined)).toHaveLength(9);
  });

  test('is a dry run: the list that holds does not change', async () => {
    const { id } = await storedBatch();
    await importList(id, csvOf(someRows(4)));
    await dryRun(id, csvOf(someRows(2)));
    expect(await listOf(id)).toHaveLength(4);
  });

  test('says who would be added, changed and removed, and who of these has bound already', async () => {
    const batch = await storedBatch();
    await importList(batch.id, csvOf(someRows(3)));
    await boundSubmission(aCall(), batch, { studentNumber: '202110001' });
    const rows = someRows(4);
    const plan = await dryRun(batch.id, csvOf([[...rows[0]!.slice(0, 4), '9 班'], rows[2]!, rows[3]!]));
    expect(plan.differences).toMatchObject({
      added: 1,
      changed: 1,
      removed: 1,
      unchanged: 1,
      removedButBound: 1,
    });
    expect(await differencesOf(plan)).toEqual([
      { kind: 'removed', studentNumber: '202110001', bound: true },
      {
        kind: 'changed',
        studentNumber: '202110000',
        fields: [{ field: 'className', before: '1 班', after: '9 班' }],
      },
      { kind: 'added', studentNumber: '202110003', station: '宿州站', className: '2 班' },
    ]);
  });

  test('with errors stops the import, unless bad rows are to be left out', async () => {
    const { id } = await storedBatch();
    const bytes = csvOf([...someRows(2), ['?', '坏', '2021', '阜阳站', '1 班']]);
    const stopped = await dryRun(id, bytes);
    expect(await refusalOf(applyRoster(aCall(), stopped.id, stopped.digest))).toBe('ROSTER_HAS_ERRORS');
    expect((await importList(id, bytes, { badRows: 'leave-out' })).state).toBe('applied');
    expect(await listOf(id)).toEqual(['202110000', '202110001']);
  });

  test('cannot be made of somebody else’s upload', async () => {
    const { id } = await storedBatch();
    const upload = await uploadList(aCall(), id, csvOf(someRows(1)));
    const batch = await storedBatchDocument(id);
    const options = { mapping: {}, names: 'masked', badRows: 'stop' } as const;
    expect(await refusalOf(checkRoster(aCall(), batch, { batchId: id, ...upload, options }))).toBe(
      'UPLOAD_MISSING',
    );
  });
});

describe('the import', () => {
  test.each([
    ['leave-out', null],
    ['masked', '张*三'],
    ['whole', '张小三'],
  ] as const)('names %s', async (names, stored) => {
    const { id } = await storedBatch();
    await importList(id, csvOf(someRows(1)), { names });
    const line = await collection<RosterLineDocument>('roster').findOne({ batchId: id });
    expect(line?.name).toBe(stored);
  });

  test('of the same file twice changes nothing', async () => {
    const { id } = await storedBatch();
    await importList(id, csvOf(someRows(5)));
    const before = await storedBatchDocument(id);
    const again = await dryRun(id, csvOf(someRows(5)));
    expect(again).toMatchObject({ state: 'nothing-to-do', differences: { added: 0, unchanged: 5 } });
    expect((await applyRoster(aCall(), again.id, again.digest)).state).toBe('nothing-to-do');
    expect(await storedBatchDocument(id)).toEqual(before);
  });

  test('replaces the list as a whole and leaves nothing of the old one', async () => {
    const { id } = await storedBatch();
    await importList(id, csvOf(someRows(5)));
    await importList(id, csvOf(someRows(3)));
    expect(await listOf(id)).toHaveLength(3);
    expect(await collection('roster').count({ batchId: id })).toBe(3);
    const { roster } = await storedBatchDocument(id);
    expect(roster).toMatchObject({ students: 3 });
  });

  test('of a plan that was made against an older list is refused', async () => {
    const { id } = await storedBatch();
    const older = await dryRun(id, csvOf(someRows(2)));
    await importList(id, csvOf(someRows(3)));
    expect(await refusalOf(applyRoster(aCall(), older.id, older.digest))).toBe('ROSTER_PLAN_OUTDATED');
    expect(await listOf(id)).toHaveLength(3);
  });

  test('with another digest than the one that was looked at is refused', async () => {
    const { id } = await storedBatch();
    const plan = await dryRun(id, csvOf(someRows(2)));
    expect(await refusalOf(applyRoster(aCall(), plan.id, 'another'))).toBe('ROSTER_PLAN_OUTDATED');
  });

  test('by two people at once happens once', async () => {
    const { id } = await storedBatch();
    const plan = await dryRun(id, csvOf(someRows(700)));
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => refusalOf(applyRoster(aCall(), plan.id, plan.digest))),
    );
    expect(outcomes).toContain('none');
    expect(outcomes.every((outcome) => outcome === 'none' || outcome === 'CONFLICT')).toBe(true);
    expect(await listOf(id)).toHaveLength(700);
    expect(await collection('audit').count({ subjectId: id, action: 'roster.apply' })).toBe(1);
  });

  test('that was cut short while writing is taken up, without a line twice or missing', async () => {
    const { id } = await storedBatch();
    const plan = await dryRun(id, csvOf(someRows(450)));
    const document = await collection<RosterPlanDocument>('roster_plans').get(plan.id);
    const batch = await storedBatchDocument(id);
    const { lines } = await interpretRoster(csvOf(someRows(450)), batch, optionsOf(document!));
    // A worker that died after half of a step: lines are there, the plan does not know of them.
    await writeLines(document!, lines.slice(0, 150));
    expect(await listOf(id)).toHaveLength(0);
    expect((await applyRoster(aCall(), plan.id, plan.digest)).state).toBe('applied');
    expect(await listOf(id)).toHaveLength(450);
  });

  test('gives students who bound before their place, and takes it from those who are off the list', async () => {
    const batch = await storedBatch();
    const early = await boundSubmission(aCall(), batch, { studentNumber: '202110000' });
    const stranger = await boundSubmission(aCall(), batch, { studentNumber: 'X-1' });
    await importList(batch.id, csvOf(someRows(1)));
    expect(await storedSubmission(early._id)).toMatchObject({
      listed: true,
      stationId: stationIdOf(batch.schoolCode, '阜阳站'),
      className: '1 班',
    });
    expect(await storedSubmission(stranger._id)).toMatchObject({ listed: false, stationId: null });
    await importList(batch.id, csvOf([['X-1', '', '2021', '宿州站', '']]));
    expect(await storedSubmission(early._id)).toMatchObject({ listed: false, stationId: null });
    expect(await storedSubmission(stranger._id)).toMatchObject({ listed: true });
  });

  test('decides who may bind from that moment on', async () => {
    const batch = await storedBatch({ rosterRequired: true });
    await expect(requireOnRoster(batch, '202110000')).rejects.toMatchObject({
      code: 'NOT_ON_ROSTER',
      details: { telephone: batch.telephone },
    });
    await importList(batch.id, csvOf(someRows(1)));
    expect(await requireOnRoster(batch, '202110000')).toEqual({
      listed: true,
      stationId: stationIdOf(batch.schoolCode, '阜阳站'),
      className: '1 班',
    });
    expect(await refusalOf(requireOnRoster(batch, '202110001'))).toBe('NOT_ON_ROSTER');
  });
});

/** 学号,姓名,年级,函授站,班级 and three students, as Excel in China writes it. */
const GB18030_LIST = Buffer.concat([
  Buffer.from('d1a7bac52cd0d5c3fb2cc4eabcb62cbaafcadad5be2cb0e0bcb6', 'hex'),
  ...['b8b7d1f4d5be', 'cbded6ddd5be', 'b8b7d1f4d5be'].map((station, index) =>
    Buffer.concat([
      Buffer.from(`\r\n2021${10_000 + index},`),
      Buffer.from('d5c5c8fd', 'hex'),
      Buffer.from(',2021,'),
      Buffer.from(station, 'hex'),
      Buffer.from(',1'),
    ]),
  ),
]);

/** A workbook of some kilobytes whose one sheet is 90 MB of spaces, whatever its headers say. */
function workbookOfSpaces({ saying }: { readonly saying: number }): Buffer {
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const content = deflateRawSync(Buffer.alloc(90 * MEGABYTE, ' '));
  // Version, flags, method (deflate), time, date; checksum; sizes; lengths of the name and the extra field.
  const facts = fields('2,2,2,2,2,4,4,4,2,2', [20, 0, 8, 0, 0, 0, content.length, saying, name.length, 0]);
  const local = Buffer.concat([fields('4', [0x04034b50]), facts, name, content]);
  const place = fields('2,2,2,4,4', [0, 0, 0, 0, 0]);
  const central = Buffer.concat([fields('4,2', [0x02014b50, 20]), facts, place, name]);
  const end = fields('4,2,2,2,2,4,4,2', [0x06054b50, 0, 0, 1, 1, central.length, local.length, 0]);
  return Buffer.concat([local, central, end]);
}

/** Little-endian numbers of these widths in bytes. */
function fields(widths: string, values: readonly number[]): Buffer {
  return Buffer.concat(
    widths.split(',').map((width, index) => {
      const bytes = Buffer.alloc(Number(width));
      bytes.writeUIntLE(values[index]!, 0, Number(width));
      return bytes;
    }),
  );
}
