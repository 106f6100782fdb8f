/** A night with more to delete than it has time for: nothing waits for the large batch, and the nights after go on. */
import { collection } from '../../cloudfunctions/platform/database';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { SIDE_BY_SIDE } from '../../cloudfunctions/retention/sweep';
import { DEFAULT_RETENTION } from '../../miniprogram/shared/retention/retention-rules';
import { withPhoto } from '../support/accepted-builder';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import { finishPackage, startPackage, storedPackage } from '../support/package-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { deletionsAtOnce, letStorageBe, slowDeletions } from '../support/storage-moments';
import { boundSubmission, storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeEach(async () => {
  testCloud = await startTestCloud();
});
afterEach(async () => {
  letStorageBe();
  await testCloud.close();
});

const night = () => runRetention(aCall(), { dryRun: false });
const studentsOf = ({ id }: { readonly id: string }) => collection('submissions').count({ batchId: id });

/** Its time for everything is over. */
async function anOverBatch(students: number) {
  const closedDays = DEFAULT_RETENTION.everythingDays + 1;
  const batch = await storedBatch({
    opensAt: daysFromNow(-closedDays - 60),
    closesAt: daysFromNow(-closedDays),
  });
  for (let index = 0; index < students; index += 1) await withPhoto(batch, `${1000 + index}`);
  return batch;
}

test('a batch that takes several nights keeps no other kind of thing waiting', async () => {
  const large = await anOverBatch(4 * SIDE_BY_SIDE);
  const closed = await storedBatch({ opensAt: daysFromNow(-100), closesAt: daysFromNow(-31) });
  await boundSubmission(aCall(), closed, { schoolCode: closed.schoolCode });
  const open = await storedBatch();
  await withPhoto(open, '1');
  const job = await finishPackage(await startPackage(open));
  await collection('exports').update(job.id, { expiresAt: daysFromNow(-1) });

  // A part of the large batch takes more than a turn, all of it more than a run.
  slowDeletions(1500);
  const first = await night();
  expect(first).toMatchObject({ complete: false, failed: 0 });
  expect(first.lines.map(({ kind }) => kind)).toEqual(['everything', 'unfinished', 'packages']);
  expect(await studentsOf(closed)).toBe(0);
  expect(await storedPackage(job)).toMatchObject({ state: 'expired', volumes: [] });
  // What the others did not need it had.
  expect(await studentsOf(large)).toBe(SIDE_BY_SIDE);

  letStorageBe();
  expect(await night()).toMatchObject({ complete: true, lines: [{ kind: 'everything' }] });
  expect(await studentsOf(large)).toBe(0);
});

test('students are deleted side by side, and not more of them than a package downloads', async () => {
  await anOverBatch(2 * SIDE_BY_SIDE + 1);
  const most = deletionsAtOnce();
  expect(await night()).toMatchObject({ complete: true, lines: [{ documents: 2 * (2 * SIDE_BY_SIDE + 1) }] });
  expect(most()).toBeGreaterThan(1);
  expect(most()).toBeLessThanOrEqual(SIDE_BY_SIDE);
});
