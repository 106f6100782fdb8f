/** How long a submission without a confirmed photo stays: from the deadline, or from the day that it was sent back. */
import { changeDeadline } from '../../cloudfunctions/batch/change-batch';
import { collection } from '../../cloudfunctions/platform/database';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { SIDE_BY_SIDE } from '../../cloudfunctions/retention/sweep';
import { withdrawSubmission } from '../../cloudfunctions/submission/decide-submission';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { DEFAULT_RETENTION } from '../../miniprogram/shared/retention/retention-rules';
import { withPhoto } from '../support/accepted-builder';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import { exists } from '../support/graduate-builder';
import { storedBatchDocument } from '../support/roster-builder';
import { sendBack, turnDown } from '../support/sent-back-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { beforeDeleting, letStorageBe } from '../support/storage-moments';
import { storedBatch } from '../support/submission-builder';

const MONTH = DEFAULT_RETENTION.unfinishedDays!;

let testCloud: TestCloud;
beforeEach(async () => {
  testCloud = await startTestCloud();
});
afterEach(async () => {
  letStorageBe();
  await testCloud.close();
});

const night = (inDays = 0) => runRetention(aCall({ now: daysFromNow(inDays) }), { dryRun: false });

async function isThere({ _id, bindingId }: SubmissionDocument): Promise<boolean> {
  const found = await Promise.all([
    collection('submissions').get(_id),
    collection('bindings').get(bindingId),
    collection('photos').findOne({ submissionId: _id }),
  ]);
  return found.every((document) => document !== null);
}

const closedBatch = (daysAgo: number) =>
  storedBatch({ opensAt: daysFromNow(-daysAgo - 60), closesAt: daysFromNow(-daysAgo) });

test.each([
  ['sent back by 学信网', 'delivered', 40, sendBack],
  ['turned down by the review', 'confirmed', MONTH + 1, turnDown],
] as const)(
  'a photo that was %s after its time has the same time again from then on',
  async (_, state, closedDays, askAgain) => {
    const submission = await withPhoto(await closedBatch(closedDays), '1', state);
    await askAgain(submission);
    await night();
    await night(MONTH - 1);
    expect(await isThere(submission)).toBe(true);
    await night(MONTH);
    expect(await isThere(submission)).toBe(false);
  },
);

test('a photo that was sent back before the deadline stays as long as every other', async () => {
  const submission = await withPhoto(await closedBatch(MONTH), '1', 'rejected', {
    timeline: [{ state: 'rejected', at: daysFromNow(-MONTH - 5) }],
  });
  await night();
  expect(await isThere(submission)).toBe(false);
});

test('a photo that its student takes back after the deadline stays no longer for that', async () => {
  const submission = await withPhoto(await closedBatch(MONTH), '1', 'confirmed');
  await withdrawSubmission(aCall({ openid: submission.openid }), { submissionId: submission._id });
  await night();
  expect(await isThere(submission)).toBe(false);
});

test('everything’s time is the last, however late a photo was sent back', async () => {
  const submission = await withPhoto(await closedBatch(DEFAULT_RETENTION.everythingDays), '1', 'delivered');
  await sendBack(submission);
  await night();
  expect(await isThere(submission)).toBe(false);
});

test.each([
  ['developed', MONTH],
  ['accepted', DEFAULT_RETENTION.everythingDays],
] as const)(
  'a deadline that a slip moves far into the past deletes nobody’s photo that night: %s ones stay %i days from the slip',
  async (state, days) => {
    const batch = await storedBatch({ opensAt: daysFromNow(-400), closesAt: daysFromNow(10) });
    const submission = await withPhoto(batch, '1', state);
    await changeDeadline(aCall(), await storedBatchDocument(batch.id), {
      batchId: batch.id,
      revision: 0,
      closesAt: daysFromNow(-days - 1),
      reason: '少打了一个数字',
    });
    await night();
    await night(days - 1);
    expect(await isThere(submission)).toBe(true);
    await night(days);
    expect(await isThere(submission)).toBe(false);
  },
);

test('a deadline that is extended counts from the new deadline', async () => {
  const batch = await storedBatch({ opensAt: daysFromNow(-10), closesAt: daysFromNow(10) });
  const submission = await withPhoto(batch, '1', 'developed');
  await changeDeadline(aCall(), await storedBatchDocument(batch.id), {
    batchId: batch.id,
    revision: 0,
    closesAt: daysFromNow(200),
    reason: '补拍',
  });
  await night(100);
  await night(200 + MONTH - 1);
  expect(await isThere(submission)).toBe(true);
  await night(200 + MONTH + 1);
  expect(await isThere(submission)).toBe(false);
});

test('a deadline that is extended during the run keeps whoever has not gone yet', async () => {
  const batch = await closedBatch(MONTH + 1);
  const first = await withPhoto(batch, '1', 'developed');
  // Of those beside the first some may have been marked by then.
  for (let beside = 1; beside < SIDE_BY_SIDE; beside += 1) await withPhoto(batch, `2${beside}`, 'developed');
  const next = await withPhoto(batch, '3', 'developed');
  const photo = await collection<{ _id: string; originalFileId: never }>('photos').findOne({
    submissionId: first._id,
  });
  beforeDeleting(
    (file) => file === photo!.originalFileId,
    () => collection('batches').update(batch.id, { closesAt: daysFromNow(7) }),
  );
  const { lines } = await night();
  const gone = 1 + SIDE_BY_SIDE - (await collection('submissions').count({ batchId: batch.id }));
  expect(lines).toMatchObject([{ kind: 'unfinished', documents: 2 * gone }]);
  expect(await isThere(first)).toBe(false);
  expect(await exists(photo!.originalFileId)).toBe(false);
  expect(await isThere(next)).toBe(true);
});
