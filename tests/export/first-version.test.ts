/** A package that version 0.1.0 began or finished is packed, listed, delivered and cleared away like any other. */
import {
  type ExportDocument,
  type VolumeDocument,
  volumeId,
} from '../../cloudfunctions/export/export-document';
import { markDelivered } from '../../cloudfunctions/export/use-package';
import { collection, command } from '../../cloudfunctions/platform/database';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { type ExportJob } from '../../miniprogram/shared/contract/exporter';
import { withPhoto } from '../support/accepted-builder';
import { aCall, later } from '../support/call-builder';
import { finishPackage, startPackage, storedPackage } from '../support/package-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeEach(async () => {
  testCloud = await startTestCloud();
});
afterEach(() => testCloud.close());

/** As 0.1.0 stored it: volumes under the package's own id, nothing about what was left out, worked on or cleared. */
async function asFirstVersion(job: ExportJob): Promise<ExportJob> {
  const { volumeSet, leftOut, workedAt, clearedAt, ...document } = await storedPackage(job);
  expect([volumeSet, leftOut, workedAt, clearedAt]).toEqual([
    expect.any(String),
    [],
    expect.any(String),
    null,
  ]);
  const exports = collection<ExportDocument>('exports');
  await exports.removeWhere({ _id: job.id });
  await exports.insert(document);
  const volumes = collection<VolumeDocument>('export_volumes');
  for (const volume of await volumes.find({ exportId: job.id }, { limit: 10 })) {
    await volumes.removeWhere({ _id: command().eq(volume._id) });
    await volumes.insert({ ...volume, _id: volumeId(job.id, volume.number) });
  }
  return job;
}

test('it is handed over whole where it was closing: nobody wrote down how far it had come', async () => {
  const batch = await storedBatch();
  const submissions = [await withPhoto(batch, '1'), await withPhoto(batch, '2')];
  const job = await finishPackage(await startPackage(batch));
  const { handedOver, ...document } = await storedPackage(job);
  expect(handedOver).toEqual({ volumes: 1, photos: 2 });
  const exports = collection<ExportDocument>('exports');
  await exports.removeWhere({ _id: job.id });
  await exports.insert({ ...document, state: 'closing', finishedAt: null });
  await collection('submissions').update(submissions[0]!._id, { state: 'accepted' });
  expect(await finishPackage(job)).toMatchObject({ state: 'finished', handedOver: 2 });
  for (const { _id } of submissions) expect((await storedSubmission(_id)).state).toBe('exported');
});

test.each([
  ['began is packed', async (job: ExportJob) => finishPackage(await asFirstVersion(job))],
  ['finished is listed', async (job: ExportJob) => asFirstVersion(await finishPackage(job))],
])('what it %s, delivered and removed', async (_, finish) => {
  const batch = await storedBatch();
  await withPhoto(batch, '202199990001');
  const finished = await finish(await startPackage(batch));
  expect(finished).toMatchObject({ state: 'finished', packed: 1, leftOut: [] });

  expect(await markDelivered(aCall(), await storedPackage(finished))).toMatchObject({ leftOut: [] });
  await runRetention(later(aCall(), 15 * 24 * 3600), { dryRun: false });
  expect(await storedPackage(finished)).toMatchObject({
    state: 'expired',
    volumes: [],
    manifests: [],
    intendedPaths: [],
  });
});
