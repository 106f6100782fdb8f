/** An import that was cut short after its list took over: students who bound before still wait for their places. */
import { stationIdOf } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { WORKER_SECONDS } from '../../cloudfunctions/requests/lease';
import { applyRoster } from '../../cloudfunctions/roster/apply-roster';
import { type RosterPlanDocument } from '../../cloudfunctions/roster/roster-plan-document';
import { settleRoster } from '../../cloudfunctions/roster/settle-roster';
import { type RosterPlan } from '../../miniprogram/shared/contract/operator/roster';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { daysFromNow } from '../support/batch-builder';
import { aCall, later } from '../support/call-builder';
import { exists } from '../support/graduate-builder';
import {
  csvOf,
  dryRun,
  importList,
  type ListRow,
  someRows,
  storedBatchDocument,
} from '../support/roster-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { beforeReading, keepFiles, letStorageBe } from '../support/storage-moments';
import { boundSubmission, storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterEach(letStorageBe);
afterAll(() => testCloud.close());

const nextDay = () => runRetention(aCall({ now: daysFromNow(2) }), { dryRun: false });
const planOf = async ({ id }: RosterPlan) => collection<RosterPlanDocument>('roster_plans').get(id);

/** The list holds, the plan is not settled, and there is a student whom the dead worker had not reached. */
async function cutShort(batch: Batch, rows: readonly ListRow[]) {
  const plan = await dryRun(batch.id, csvOf(rows));
  keepFiles(() => true);
  await expect(applyRoster(aCall(), plan.id, plan.digest)).rejects.toThrow('did not delete');
  letStorageBe();
  const { schoolCode } = batch;
  const student = await boundSubmission(aCall(), batch, { schoolCode, studentNumber: rows[0]![0]! });
  const document = await planOf(plan);
  expect(document?.state).toBe('applying');
  expect((await storedBatchDocument(batch.id)).roster?.version).toBe(document?.version);
  expect(student.listed).toBe(false);
  return { plan, document: document!, student };
}

const inFuyang = ({ schoolCode }: Batch) => ({
  listed: true,
  stationId: stationIdOf(schoolCode, '阜阳站'),
  className: '1 班',
});

test('the night brings it to its end and leaves neither plan nor file nor older list', async () => {
  const batch = await storedBatch();
  await importList(batch.id, csvOf(someRows(5)));
  const { plan, document, student } = await cutShort(batch, someRows(3));
  await nextDay();
  expect(await storedSubmission(student._id)).toMatchObject(inFuyang(batch));
  expect(await collection('roster').count({ batchId: batch.id })).toBe(3);
  expect(await exists(document.fileId)).toBe(false);
  expect(await planOf(plan)).toBeNull();
});

test('the same list can be imported again, although nothing of it changed, and that finishes it at once', async () => {
  const batch = await storedBatch();
  const { student } = await cutShort(batch, someRows(3));
  const again = await dryRun(batch.id, csvOf(someRows(3)));
  expect(again).toMatchObject({ state: 'ready', differences: { added: 0, changed: 0, removed: 0 } });
  expect((await applyRoster(aCall(), again.id, again.digest)).state).toBe('applied');
  expect(await storedSubmission(student._id)).toMatchObject(inFuyang(batch));
  expect((await dryRun(batch.id, csvOf(someRows(3)))).state).toBe('nothing-to-do');
  await nextDay();
  expect(await collection('roster').count({ batchId: batch.id })).toBe(3);
});

test('where another list has taken over since, students keep their places on that one', async () => {
  const batch = await storedBatch();
  const { document, student } = await cutShort(batch, [['S-1', '', '2021', '宿州站', '2 班']]);
  await importList(batch.id, csvOf([['S-1', '', '2021', '阜阳站', '1 班']]));
  expect(await settleRoster(document, () => true)).toBe(false);
  await nextDay();
  expect(await storedSubmission(student._id)).toMatchObject(inFuyang(batch));
  expect(await collection('roster').count({ batchId: batch.id })).toBe(1);
});

test('a worker that comes back after another one went on changes nothing of the plan', async () => {
  const batch = await storedBatch();
  const call = aCall();
  const plan = await dryRun(batch.id, csvOf(someRows(3)), {}, call);
  const next = later(call, WORKER_SECONDS.operator + 1);
  beforeReading(async () => {
    // Its list takes over, and it is cut short there.
    keepFiles(() => true);
    await expect(applyRoster(next, plan.id, plan.digest)).rejects.toThrow('did not delete');
    letStorageBe();
  });
  expect(await refusalOf(applyRoster(call, plan.id, plan.digest))).toBe('CONFLICT');
  expect(await planOf(plan)).toMatchObject({ state: 'applying', written: 3 });
  expect((await applyRoster(next, plan.id, plan.digest)).state).toBe('applied');
});

test('a plan that somebody is applying at that moment is left alone, even when its day is over', async () => {
  const batch = await storedBatch();
  const call = aCall();
  const plan = await dryRun(batch.id, csvOf(someRows(2)), {}, call);
  const working = { token: 'a worker', until: later(call, 60).now };
  await collection('roster_plans').update(plan.id, { state: 'applying', working, expiresAt: call.now });
  await runRetention(call, { dryRun: false });
  expect(await planOf(plan)).not.toBeNull();
  await runRetention(later(call, 61), { dryRun: false });
  expect(await planOf(plan)).toBeNull();
});
