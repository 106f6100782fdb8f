/**
 * A package that is over keeps nobody's name: paths are made of student numbers. What it needs to be marked as delivered
 * stays, until the whole batch goes.
 */
import { type ExportDocument, type VolumeDocument } from '../../cloudfunctions/export/export-document';
import { cancelExport, markDelivered } from '../../cloudfunctions/export/use-package';
import { collection } from '../../cloudfunctions/platform/database';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { type ExportJob } from '../../miniprogram/shared/contract/exporter';
import { withPhoto } from '../support/accepted-builder';
import { aCall, later } from '../support/call-builder';
import { exists } from '../support/graduate-builder';
import { finishPackage, startPackage, storedPackage } from '../support/package-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { letStorageBe, refuseDeletions } from '../support/storage-moments';
import { storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeEach(async () => {
  testCloud = await startTestCloud();
});
afterEach(async () => {
  letStorageBe();
  await testCloud.close();
});

const NUMBER = '202199990001';
const DAY = 24 * 3600;
const night = (days: number) =>
  runRetention(later(aCall(), days * DAY), { dryRun: false, writeLog: () => undefined });

async function aPackage() {
  const batch = await storedBatch();
  const submission = await withPhoto(batch, NUMBER);
  return { submission, job: await startPackage(batch) };
}

async function itemsOf({ id }: ExportJob): Promise<readonly unknown[]> {
  const volumes = await collection<VolumeDocument>('export_volumes').find({ exportId: id }, { limit: 10 });
  expect(volumes.map(({ entries }) => entries)).toEqual(volumes.map(() => null));
  return volumes.flatMap(({ items }) => items);
}

const packages = () => collection<ExportDocument>('exports');

describe('a cancelling that is cut short is finished by the next night', () => {
  test('after its first step', async () => {
    const { job } = await aPackage();
    await packages().update(job.id, { state: 'cancelled', working: null });
    await night(1);
    expect(await itemsOf(job)).toEqual([]);
  });

  test('because the storage does not delete', async () => {
    const { job } = await aPackage();
    await finishPackage(job);
    const document = await storedPackage(job);
    refuseDeletions();
    await expect(cancelExport(aCall(), document)).rejects.toThrow('did not delete');
    letStorageBe();
    await night(1);
    expect(await itemsOf(job)).toEqual([]);
    expect(await exists(document.volumes[0]!.fileId)).toBe(false);
  });
});

describe('a package that has expired', () => {
  test('knows its photos and no path, and can still be marked as delivered', async () => {
    const { submission, job } = await aPackage();
    await finishPackage(job);
    await night(15);
    expect(await itemsOf(job)).toEqual([
      { submissionId: submission._id, photoId: submission.confirmedPhotoId },
    ]);
    await markDelivered(aCall(), await storedPackage(job));
    expect((await storedSubmission(submission._id)).state).toBe('delivered');
  });

  test('is cleared by a later night where the first one could not, or died in it', async () => {
    const { submission, job } = await aPackage();
    await finishPackage(job);
    refuseDeletions();
    expect((await night(15)).failed).toBeGreaterThan(0);
    letStorageBe();
    await night(16);
    expect(await itemsOf(job)).toEqual([
      { submissionId: submission._id, photoId: submission.confirmedPhotoId },
    ]);
    expect((await night(17)).lines).toEqual([]);
  });

  test('stays deliverable where somebody stops it afterwards', async () => {
    const { job } = await aPackage();
    await finishPackage(job);
    await night(15);
    expect(await cancelExport(aCall(), await storedPackage(job))).toMatchObject({ state: 'expired' });
    expect(await refusalOf(async () => markDelivered(aCall(), await storedPackage(job)))).toBe('none');
  });
});

test('the file of a worker who stores after the clearing is known until the next night', async () => {
  const { job } = await aPackage();
  const path = 'packages/of-a-slow-worker.zip';
  await packages().update(job.id, { intendedPaths: [path], expiresAt: aCall().now });
  await night(0);
  const late = await uploadBytes(path, Buffer.from('half a volume'));
  await night(1);
  expect(await exists(late)).toBe(false);
});
