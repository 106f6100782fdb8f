import { type BatchDocument } from '../../cloudfunctions/batch/batch-document';
import { stationIdOf } from '../../cloudfunctions/operator-access/station-document';
import { listMissing } from '../../cloudfunctions/progress/list-missing';
import { readProgress } from '../../cloudfunctions/progress/read-progress';
import { confirmPhoto } from '../../cloudfunctions/submission/decide-submission';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type StudentGroup } from '../../miniprogram/shared/contract/operator/progress';
import { type PhotoId } from '../../miniprogram/shared/identity/ids';
import { type Scope } from '../../miniprogram/shared/roles/scope';
import {
  SUBMISSION_STATES,
  type SubmissionState,
} from '../../miniprogram/shared/submission/submission-machine';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import { refusalOf } from '../support/refusal';
import { csvOf, importList, storedBatchDocument } from '../support/roster-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { boundSubmission, storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const EVERYTHING: Scope = { schools: 'all', stations: 'all' };
const station = (name: string) => stationIdOf('99999', name);
const teacherOf = (...names: string[]): Scope => ({ schools: ['99999'], stations: names.map(station) });

const LIST = [
  ['1', '张小三', '2021', '阜阳站', '1 班'],
  ['2', '李四', '2021', '阜阳站', '1 班'],
  ['3', '王五', '2021', '阜阳站', '2 班'],
  ['4', '赵六', '2021', '宿州站', '1 班'],
  ['5', '钱七', '2021', '', ''],
];

async function aListedBatch(): Promise<Batch> {
  const batch = await storedBatch();
  await importList(batch.id, csvOf(LIST));
  return batch;
}

/** A bound student in a state, placed as the list says. */
async function bound(
  batch: Batch,
  studentNumber: string,
  state: SubmissionState,
): Promise<SubmissionDocument> {
  const line = LIST.find(([number]) => number === studentNumber);
  return boundSubmission(aCall(), batch, {
    schoolCode: batch.schoolCode,
    studentNumber,
    state,
    listed: line !== undefined,
    stationId: line?.[3] ? station(line[3]) : null,
    className: line?.[4] ?? null,
  });
}

async function progressOf(batch: Batch, scope = EVERYTHING, asked: Pick<StudentGroup, 'stationId'> = {}) {
  const document = await storedBatchDocument(batch.id);
  return readProgress(aCall(), scope, document, { batchId: batch.id, ...asked });
}

async function missingOf(batch: Batch, group: Omit<StudentGroup, 'batchId'> = {}, scope = EVERYTHING) {
  const document = await storedBatchDocument(batch.id);
  const { students } = await listMissing(scope, document, { batchId: batch.id, ...group });
  return students;
}

describe('a batch with a list', () => {
  test('is counted per station and per class, who is not on the list beside', async () => {
    const batch = await aListedBatch();
    await bound(batch, '1', 'confirmed');
    await bound(batch, '2', 'rejected');
    await bound(batch, '4', 'delivered');
    await bound(batch, 'stranger', 'accepted');
    const { counts, groups, unlisted } = await progressOf(batch);
    expect(counts).toMatchObject({
      listed: 5,
      bound: 3,
      shot: 3,
      confirmed: 2,
      accepted: 1,
      rejected: 1,
      missing: 3,
    });
    expect(unlisted).toBe(1);
    expect(groups.map(({ name, counts: each }) => [name, each.listed, each.confirmed, each.missing])).toEqual(
      [
        ['阜阳站', 3, 1, 2],
        [null, 1, 0, 1],
        ['宿州站', 1, 1, 0],
      ],
    );
    const classes = (await progressOf(batch, EVERYTHING, { stationId: station('阜阳站') })).groups;
    expect(classes.map(({ className, counts: each }) => [className, each.listed, each.missing])).toEqual([
      ['1 班', 2, 1],
      ['2 班', 1, 1],
    ]);
  });

  test('that miss equally many stand in the order of their names, those without a station last', async () => {
    const batch = await storedBatch();
    await importList(
      batch.id,
      csvOf([
        ['1', '', '2021', '', ''],
        ['2', '', '2021', '宿州站', ''],
        ['3', '', '2021', '阜阳站', ''],
        ['4', '', '2021', '亳州站', ''],
      ]),
    );
    const { groups } = await progressOf(batch);
    expect(groups.map(({ name }) => name)).toEqual(['亳州站', '宿州站', '阜阳站', null]);
  });

  test('names the missing with what they have reached, names masked', async () => {
    const batch = await aListedBatch();
    await bound(batch, '1', 'confirmed');
    await bound(batch, '2', 'shot');
    await bound(batch, '4', 'withdrawn');
    expect(
      (await missingOf(batch)).map(({ studentNumber, name, stationName, className, state }) => [
        studentNumber,
        name,
        stationName,
        className,
        state,
      ]),
    ).toEqual([
      ['2', '李*', '阜阳站', '1 班', 'shot'],
      ['3', '王*', '阜阳站', '2 班', 'not-bound'],
      ['4', '赵*', '宿州站', '1 班', 'withdrawn'],
      ['5', '钱*', null, null, 'not-bound'],
    ]);
    expect(
      (await missingOf(batch, { stationId: station('阜阳站'), className: '2 班' })).map(
        (each) => each.studentNumber,
      ),
    ).toEqual(['3']);
    expect((await missingOf(batch, { stationId: null })).map((each) => each.studentNumber)).toEqual(['5']);
  });

  test('shows a teacher the own stations only', async () => {
    const batch = await aListedBatch();
    const scope = teacherOf('宿州站');
    const { counts, groups, unlisted } = await progressOf(batch, scope);
    expect([counts.listed, groups.length, unlisted]).toEqual([1, 1, 0]);
    expect((await missingOf(batch, {}, scope)).map(({ studentNumber }) => studentNumber)).toEqual(['4']);
    for (const stationId of [station('阜阳站'), null]) {
      expect(await refusalOf(progressOf(batch, scope, { stationId }))).toBe('NOT_FOUND');
      expect(await refusalOf(missingOf(batch, { stationId }, scope))).toBe('NOT_FOUND');
    }
  });

  test('is walked page by page, nobody twice and nobody left out', async () => {
    const batch = await storedBatch();
    const numbers = Array.from({ length: 230 }, (_, index) => String(1000 + index));
    await importList(batch.id, csvOf(numbers.map((number) => [number, '', '2021', '阜阳站', ''])));
    const document = await storedBatchDocument(batch.id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const asked: string | null = cursor;
      const page = await listMissing(EVERYTHING, document, {
        batchId: batch.id,
        ...(asked !== null && { cursor: asked }),
      });
      expect(page.students.length).toBeLessThanOrEqual(100);
      seen.push(...page.students.map(({ studentNumber }) => studentNumber));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual(numbers);
  });
});

test('a batch without a list counts and chases the bound', async () => {
  const batch = await storedBatch();
  for (const [index, state] of SUBMISSION_STATES.entries()) await bound(batch, `N${index}`, state);
  const { counts, unlisted } = await progressOf(batch);
  expect(counts).toMatchObject({ listed: null, bound: 8, confirmed: 4, missing: 4 });
  expect(unlisted).toBeNull();
  expect((await missingOf(batch)).map(({ state }) => state)).toEqual([
    'bound',
    'shot',
    'developed',
    'rejected',
  ]);
});

test.each([
  ['with a list is one of those who have not bound', aListedBatch, ['not-bound']],
  ['without one is nobody to chase', storedBatch, []],
] as const)(
  'a student whose deletion has begun, but is not finished, in a batch %s',
  async (_, aBatch, states) => {
    const batch = await aBatch();
    await boundSubmission(aCall(), batch, {
      schoolCode: batch.schoolCode,
      studentNumber: '1',
      state: 'shot',
      deletingAt: daysFromNow(0),
    });
    const found = await missingOf(batch);
    expect(found.filter(({ studentNumber }) => studentNumber === '1').map(({ state }) => state)).toEqual(
      states,
    );
  },
);

test('200 students who confirm at once are counted right, at every moment and at the end', async () => {
  const batch = await storedBatch();
  const document: BatchDocument = await storedBatchDocument(batch.id);
  const students = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const call = aCall();
      const photoId = `photo-${index}` as PhotoId;
      const { _id: submissionId } = await boundSubmission(call, batch, {
        schoolCode: batch.schoolCode,
        studentNumber: String(index),
        state: 'developed',
        developedPhotoId: photoId,
        attempts: 1,
      });
      return { call, submissionId, photoId };
    }),
  );
  const confirming = Promise.all(students.map(({ call, ...about }) => refusalOf(confirmPhoto(call, about))));
  for (let reading = 0; reading < 20; reading += 1) {
    const { counts, groups } = await readProgress(aCall(), EVERYTHING, document, { batchId: batch.id });
    expect(counts.bound).toBe(200);
    expect(groups.map((group) => group.counts)).toEqual([counts]);
  }
  expect(new Set(await confirming)).toEqual(new Set(['none']));
  expect((await progressOf(batch)).counts).toMatchObject({ bound: 200, confirmed: 200, missing: 0 });
}, 60_000);
