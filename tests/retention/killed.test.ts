/** What a function left that was killed between its own documents and the one that leads to them. */
import { deathBeforeTransaction } from '../support/transaction-moments';
import { type VolumeDocument } from '../../cloudfunctions/export/export-document';
import { collection } from '../../cloudfunctions/platform/database';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { checkRoster } from '../../cloudfunctions/roster/check-roster';
import { type RetentionKind, type RetentionLine } from '../../miniprogram/shared/contract/housekeeping';
import { withPhoto } from '../support/accepted-builder';
import { aCall, later, withKey } from '../support/call-builder';
import { finishPackage, startPackage, storedPackage } from '../support/package-builder';
import { csvOf, dryRun, OPTIONS, someRows, storedBatchDocument, uploadList } from '../support/roster-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch } from '../support/submission-builder';

const HOUR = 3600;

let testCloud: TestCloud;
beforeEach(async () => {
  testCloud = await startTestCloud();
});
afterEach(() => testCloud.close());

/** What of a kind goes so much later, as the dry run announces it. */
async function goesAfter(seconds: number, kind: RetentionKind): Promise<readonly Partial<RetentionLine>[]> {
  const call = later(aCall(), seconds);
  const planned = await runRetention(call, { dryRun: true });
  const { lines, complete } = await runRetention(call, { dryRun: false });
  expect(complete).toBe(true);
  expect(lines).toEqual(planned.lines);
  return lines
    .filter((line) => line.kind === kind)
    .map(({ batchId, documents, files }) => ({ batchId, documents, files }));
}

test('volumes whose package was never written go as soon as no start can be at work; those of packages stay', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '202199990001');
  const packages = [await startPackage(batch), await finishPackage(await startPackage(batch))];
  const death = deathBeforeTransaction();
  void startPackage(batch);
  await death;
  const exportsOfVolumes = async () =>
    (await collection<{ _id: string; exportId: string }>('export_volumes').find({}, { limit: 10 })).map(
      ({ exportId }) => exportId,
    );
  expect(await exportsOfVolumes()).toHaveLength(3);
  expect(await goesAfter(HOUR / 2, 'packages')).toEqual([]);
  expect(await goesAfter(2 * HOUR, 'packages')).toEqual([{ batchId: null, documents: 1, files: 0 }]);
  expect((await exportsOfVolumes()).sort()).toEqual(packages.map(({ id }) => id).sort());
});

test('volumes of a start that died go when the same start, sent again, stands', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '202199990001');
  const call = withKey(aCall());
  const death = deathBeforeTransaction();
  void startPackage(batch, {}, call);
  await death;
  const { volumeSet } = await storedPackage(await startPackage(batch, {}, call));
  const volumes = await collection<VolumeDocument>('export_volumes').find({}, { limit: 10 });
  expect(volumes.map((volume) => volume.volumeSet)).toEqual([volumeSet]);
});

test('volumes that the same start, sent again, is writing just now stay beside those of the one that died', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '202199990001');
  const death = deathBeforeTransaction();
  void startPackage(batch);
  await death;
  const volumes = collection<VolumeDocument>('export_volumes');
  const [dead] = await volumes.find({}, { limit: 1 });
  const fresh = { ...dead!, _id: 'of-the-other-copy', createdAt: later(aCall(), 2 * HOUR).now };
  await volumes.insert(fresh);
  expect(await goesAfter(2 * HOUR, 'packages')).toEqual([{ batchId: null, documents: 1, files: 0 }]);
  expect(await volumes.find({}, { limit: 10 })).toEqual([fresh]);
});

test('parts of a check whose plan was never written go when its day is over, like those of any plan', async () => {
  const { id: batchId } = await storedBatch();
  const call = aCall();
  const upload = await uploadList(call, batchId, csvOf(someRows(1)));
  const death = deathBeforeTransaction();
  void checkRoster(call, await storedBatchDocument(batchId), { batchId, ...upload, options: OPTIONS });
  await death;
  expect(await collection('roster_plans').count({})).toBe(1);
  await dryRun(batchId, csvOf(someRows(1)));
  expect(await collection('roster_plans').count({})).toBe(3);
  expect(await goesAfter(23 * HOUR, 'roster-leftovers')).toEqual([]);
  expect(await goesAfter(25 * HOUR, 'roster-leftovers')).toEqual([
    { batchId: null, documents: 2, files: 0 },
    { batchId, documents: 1, files: 1 },
  ]);
  expect(await collection('roster_plans').count({})).toBe(0);
});
