/** A package that version 0.1.0 began goes on: it is packed, listed, delivered and cleared away like any other. */
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
import { storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeEach(async () => {
  testCloud = await startTestCloud();
});
afterEach(() => testCloud.close());

/** As 0.1.0 stored it: volumes under the package's own id, nothing about what was left out. */
async function asFirstVersion(job: ExportJob): Promise<ExportJob> {
  const { volumeSet, leftOut, ...document } = await storedPackage(job);
  expect([volumeSet, leftOut]).toEqual([expect.any(String), []]);
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

test('it is packed, delivered and removed', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '202199990001');
  const finished = await finishPackage(await asFirstVersion(await startPackage(batch)));
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
