import { type AuditDocument } from '../../cloudfunctions/audit/append-audit';
import { changeDeadline, createBatch, updateBatch } from '../../cloudfunctions/batch/change-batch';
import { listBatches } from '../../cloudfunctions/batch/list-batches';
import { collection } from '../../cloudfunctions/platform/database';
import { saveSchool } from '../../cloudfunctions/operator-access/schools-and-stations';
import { readSubmission } from '../../cloudfunctions/submission/read-submissions';
import { nextYear } from '../../miniprogram/shared/batch/next-year';
import { type OperatorBatch } from '../../miniprogram/shared/contract/operator/batches';
import { readAll } from '../../miniprogram/shared/contract/read-on';
import { type Scope } from '../../miniprogram/shared/roles/scope';
import { daysFromNow } from '../support/batch-builder';
import { aCall, withKey } from '../support/call-builder';
import { aGraduate } from '../support/graduate-builder';
import { batchFields } from '../support/operator-batch-builder';
import { refusalOf } from '../support/refusal';
import { storedBatchDocument } from '../support/roster-builder';
import { staffOn, storedMember, storedSchool } from '../support/staff-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
  await storedSchool('99999');
});
afterAll(() => testCloud.close());

async function update(
  batch: OperatorBatch,
  changes: Parameters<typeof updateBatch>[2]['changes'],
  call = aCall(),
) {
  const { id: batchId, revision } = batch;
  return updateBatch(call, await storedBatchDocument(batchId), { batchId, revision, changes });
}

async function move(batch: OperatorBatch, closesAt = daysFromNow(20), reason = '补拍') {
  const { id: batchId, revision } = batch;
  return changeDeadline(aCall(), await storedBatchDocument(batchId), { batchId, revision, closesAt, reason });
}

test('a batch is made with everything that was asked for, under its school’s name', async () => {
  const fields = batchFields({
    attemptLimit: 10,
    checkSettings: { onlyWarn: ['sharp'] },
    confirmOnTheSpot: true,
  });
  const batch = await createBatch(aCall(), fields);
  expect(batch).toMatchObject({ ...fields, schoolName: '学校 99999', revision: 1, roster: null });
});

test.each([
  [{ 'eyes-open': { measures: { gap: { allowed: { min: 0.05 }, evidence: '40 photos' } } } }, 'none'],
  [{ collar: { severity: 'warn' } }, 'none'],
  // Beyond what the photo standard leaves open.
  [
    { 'eyes-open': { measures: { gap: { allowed: { min: 0.01 }, evidence: '40 photos' } } } },
    'INVALID_REQUEST',
  ],
  [{ framing: { severity: 'warn' } }, 'INVALID_REQUEST'],
  [{ 'no-such-check': { severity: 'warn' } }, 'INVALID_REQUEST'],
  [{ 'eyes-open': { measures: { gap: { allowed: { min: 0.05 } } } } }, 'INVALID_REQUEST'],
])('check settings %j through the function: %s', async (overrides, outcome) => {
  const openid = 'operator-of-settings';
  await storedMember({ role: 'operator' }, openid);
  const fields = { ...batchFields(), checkSettings: { onlyWarn: [], overrides } };
  const answer = await staffOn(testCloud.cloud, openid).send('operator', 'createBatch', fields);
  expect(answer.ok ? 'none' : answer.code).toBe(outcome);
  if (answer.ok) expect((answer.data as OperatorBatch).checkSettings.overrides).toEqual(overrides);
});

test('the same request again makes one batch', async () => {
  const call = withKey(aCall());
  const fields = batchFields();
  const [one, other] = [await createBatch(call, fields), await createBatch(call, fields)];
  expect(other.id).toBe(one.id);
});

test.each([
  [batchFields({ title: '' }), 'INVALID_REQUEST'],
  [batchFields({ schoolCode: '88888' }), 'NOT_FOUND'],
])('%#: what is wrong is refused', async (fields, refusal) => {
  expect(await refusalOf(createBatch(aCall(), fields))).toBe(refusal);
});

test('of two people who change a batch at once the second is told', async () => {
  const batch = await createBatch(aCall(), batchFields());
  const outcomes = await Promise.all([
    refusalOf(update(batch, { notice: '一' })),
    refusalOf(update(batch, { notice: '二' })),
  ]);
  expect(outcomes.sort()).toEqual(['CONFLICT', 'none']);
  const refusal = { code: 'CONFLICT', details: { reason: 'batch-changed' } };
  await expect(update(batch, { notice: '三' })).rejects.toMatchObject(refusal);
  await expect(move(batch)).rejects.toMatchObject(refusal);
});

test('a change that would make the batch wrong changes nothing', async () => {
  const batch = await createBatch(aCall(), batchFields());
  expect(await refusalOf(update(batch, { opensAt: daysFromNow(30) }))).toBe('INVALID_REQUEST');
  expect((await storedBatchDocument(batch.id)).revision).toBe(1);
});

test('the deadline moves with a reason that stays with the batch and not in the audit', async () => {
  const batch = await createBatch(aCall(), batchFields());
  expect(await refusalOf(move(batch, daysFromNow(20), ' '))).toBe('INVALID_REQUEST');
  const moved = await move(batch);
  expect(moved.deadlineChanges).toMatchObject([{ from: batch.closesAt, to: moved.closesAt, reason: '补拍' }]);
  const entries = await collection<AuditDocument>('audit').find({ subjectId: batch.id }, { limit: 10 });
  expect(entries.map(({ action }) => action).sort()).toEqual(['batch.change-deadline', 'batch.create']);
  expect(JSON.stringify(entries)).not.toContain('补拍');
});

test('a closed batch opens again, and closes early', async () => {
  const batch = await createBatch(aCall(), batchFields({ closesAt: daysFromNow(-1) }));
  const open = await move(batch, daysFromNow(5));
  expect((await move(open, daysFromNow(-2))).deadlineChanges).toHaveLength(2);
});

test('last year’s batch, one year on, is a valid batch', async () => {
  const lastYear = await createBatch(aCall(), batchFields());
  expect((await createBatch(aCall(), nextYear(lastYear))).cohorts).toEqual([
    { year: '2019', level: '高起本' },
    { year: '2022' },
  ]);
});

test('a batch that was put there by hand has the defaults', async () => {
  const { id } = await storedBatch();
  const moved = await move({ ...(await createBatch(aCall(), batchFields())), id, revision: 0 });
  expect(moved).toMatchObject({ revision: 1, checkSettings: { onlyWarn: [] }, confirmOnTheSpot: false });
});

describe('the list', () => {
  const EVERYTHING: Scope = { schools: 'all', stations: 'all' };
  const OF_ONE: Scope = { schools: ['77777'], stations: 'all' };
  const list = (scope: Scope, asked: Parameters<typeof listBatches>[2]) => listBatches(aCall(), scope, asked);

  test.each([
    ['an operator', EVERYTHING, {}],
    ['an operator who asks for one school', EVERYTHING, { schoolCode: '77777' }],
    ['a school', OF_ONE, {}],
  ])('is read to its end by %s, also where many batches end on one day', async (_, scope, asked) => {
    await collection('batches').removeWhere({});
    const days = Array.from({ length: 230 }, (_, index) => (index < 20 ? index + 1 : 100));
    const ends = days.map((day) => daysFromNow(day));
    for (const closesAt of ends) await storedBatch({ schoolCode: '77777', closesAt });
    const found = await readAll(async (page) => {
      const { batches, next } = await list(scope, { ...asked, ...page });
      expect(batches.length).toBeLessThanOrEqual(100);
      return { items: batches.map(({ batch }) => batch), next };
    });
    expect(found.map(({ closesAt }) => closesAt)).toEqual([...ends].sort().reverse());
    expect(new Set(found.map(({ id }) => id)).size).toBe(230);
  });

  test.each(['', 'x', '{}', '[null, "x"]', '["2027-02-28"]', '[{"$gt": ""}, "x"]'])(
    'does not go on at what is no cursor: %s',
    async (cursor) => {
      expect(await refusalOf(list(EVERYTHING, { cursor }))).toBe('INVALID_REQUEST');
    },
  );
});

test('a school that is renamed has its new name wherever it is shown, also to who has bound before', async () => {
  const { call, submissionId } = await aGraduate();
  const { schoolCode: code } = await storedSubmission(submissionId);
  await storedSchool(code);
  await saveSchool(aCall(), { code, name: '改名后的大学' });
  expect(await readSubmission(call, { submissionId })).toMatchObject({
    student: { schoolName: '改名后的大学' },
    batch: { schoolName: '改名后的大学' },
  });
});
