/** What becomes of the file of a list that was refused: nobody knows whose numbers stand in it. */
import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { checkRoster } from '../../cloudfunctions/roster/check-roster';
import { type RosterPlanDocument } from '../../cloudfunctions/roster/roster-plan-document';
import { type UploadTicketDocument } from '../../cloudfunctions/upload/upload-ticket';
import { type RosterOptions } from '../../miniprogram/shared/contract/operator/roster';
import { type BatchId, type Instant } from '../../miniprogram/shared/identity/ids';
import { aCall, later, withKey } from '../support/call-builder';
import { exists } from '../support/graduate-builder';
import { refusalOf } from '../support/refusal';
import { csvOf, dryRun, OPTIONS, someRows, storedBatchDocument, uploadList } from '../support/roster-builder';
import { ID_NUMBER } from '../support/signed-code-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { keepFiles, letStorageBe } from '../support/storage-moments';
import { storedBatch } from '../support/submission-builder';

const HOUR = 3600;
const PEOPLE = Buffer.from(`张小三,${ID_NUMBER}\r\n李小四,${ID_NUMBER}\r\n`);

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterEach(letStorageBe);
afterAll(() => testCloud.close());

type Uploaded = Awaited<ReturnType<typeof uploadList>>;

async function check(call: Call, batchId: BatchId, uploaded: Uploaded, options: Partial<RosterOptions> = {}) {
  const batch = await storedBatchDocument(batchId);
  return checkRoster(call, batch, { batchId, ...uploaded, options: { ...OPTIONS, ...options } });
}

/** The run of a night so many hours after this call. */
const night = (call: Call, hours: number) =>
  runRetention({ ...aCall(), now: later(call, hours * HOUR).now }, { dryRun: false });

test.each([
  ['without headings, with ID numbers', PEOPLE, 'ROSTER_HAS_ID_NUMBERS'],
  ['with a column of ID numbers', csvOf([['1', ID_NUMBER]], ['学号', '证件号码']), 'ROSTER_HAS_ID_NUMBERS'],
  ['with two equal headings', csvOf([['1', '甲', '乙']], ['学号', '班级', '班级']), 'ROSTER_HEADING_TWICE'],
  ['that is no list', Buffer.from('89504e470d0a1a0affff', 'hex'), 'ROSTER_UNREADABLE'],
])('a list %s is gone at once', async (_, bytes, refusal) => {
  const { id } = await storedBatch();
  const call = aCall();
  const uploaded = await uploadList(call, id, bytes);
  expect(await refusalOf(check(call, id, uploaded))).toBe(refusal);
  expect(await exists(uploaded.fileId)).toBe(false);
});

test('a refusal whose answer was lost is the same again, though the list is gone', async () => {
  const { id } = await storedBatch();
  const call = withKey(aCall());
  const uploaded = await uploadList(aCall({ openid: call.openid }), id, PEOPLE);
  expect(await refusalOf(check(call, id, uploaded))).toBe('ROSTER_HAS_ID_NUMBERS');
  expect(await refusalOf(check(call, id, uploaded))).toBe('ROSTER_HAS_ID_NUMBERS');
});

describe('a list whose columns have to be named', () => {
  const bytes = csvOf([['张小三', '2021001']], ['姓名', '编号']);

  test('waits for the next check, which imports it', async () => {
    const { id } = await storedBatch();
    const call = aCall();
    const uploaded = await uploadList(call, id, bytes);
    expect(await refusalOf(check(call, id, uploaded))).toBe('ROSTER_COLUMN_MISSING');
    const plan = await check(call, id, uploaded, { mapping: { 编号: 'studentNumber' } });
    expect(plan.state).toBe('ready');
  });

  test('goes with its ticket when nobody names them', async () => {
    const { id } = await storedBatch();
    const call = aCall();
    const uploaded = await uploadList(call, id, bytes);
    await refusalOf(check(call, id, uploaded));
    await night(call, 4);
    expect(await exists(uploaded.fileId)).toBe(false);
    expect(await collection<UploadTicketDocument>('uploads').get(uploaded.uploadId)).toBeNull();
  });
});

test('a refused list that cannot be deleted at that moment is refused all the same, and goes in the night', async () => {
  const { id } = await storedBatch();
  const call = aCall();
  const uploaded = await uploadList(call, id, PEOPLE);
  keepFiles((file) => file === uploaded.fileId);
  expect(await refusalOf(check(call, id, uploaded))).toBe('ROSTER_HAS_ID_NUMBERS');
  letStorageBe();
  await night(call, 4);
  expect(await exists(uploaded.fileId)).toBe(false);
});

test('the file of a list whose check crashed goes too: no plan needs it', async () => {
  const { id } = await storedBatch();
  const call = aCall();
  const uploaded = await uploadList(call, id, csvOf(someRows(1)));
  const usedAt: Instant = call.now;
  await collection<UploadTicketDocument>('uploads').update(uploaded.uploadId, { usedAt });
  await night(call, 4);
  expect(await exists(uploaded.fileId)).toBe(false);
});

test('the file of a plan stays while the plan can be imported, and goes with it', async () => {
  const { id } = await storedBatch();
  const call = aCall();
  const plan = await dryRun(id, csvOf(someRows(2)), {}, call);
  const { fileId } = (await collection<RosterPlanDocument>('roster_plans').get(plan.id))!;
  await night(call, 4);
  expect(await exists(fileId)).toBe(true);
  await night(call, 25);
  expect(await exists(fileId)).toBe(false);
});
