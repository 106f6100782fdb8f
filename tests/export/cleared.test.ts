/**
 * A package that is over keeps nobody's name: paths are made of student numbers. Which photos a finished one held stays,
 * until the whole batch goes: it can still be marked as delivered, and a student be told what happened.
 */
import { withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import {
  type ExportDocument,
  type VolumeDocument,
  volumeId,
} from '../../cloudfunctions/export/export-document';
import { clearPackage } from '../../cloudfunctions/export/clear-package';
import { startExport } from '../../cloudfunctions/export/start-export';
import { cancelExport, markDelivered } from '../../cloudfunctions/export/use-package';
import { collection } from '../../cloudfunctions/platform/database';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { type Attempt } from '../../cloudfunctions/retention/failures';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { Tally } from '../../cloudfunctions/retention/sweep';
import { sweepPackages } from '../../cloudfunctions/retention/sweeps/packages';
import { takeTurns } from '../../cloudfunctions/retention/take-turns';
import { type ExportJob } from '../../miniprogram/shared/contract/exporter';
import { type RetentionLine } from '../../miniprogram/shared/contract/housekeeping';
import { withPhoto } from '../support/accepted-builder';
import { daysFromNow } from '../support/batch-builder';
import { aCall, later } from '../support/call-builder';
import { exists } from '../support/graduate-builder';
import {
  finishPackage,
  newPhotosOf,
  packageRequest,
  startPackage,
  storedPackage,
} from '../support/package-builder';
import { refusalOf } from '../support/refusal';
import { storedBatchDocument } from '../support/roster-builder';
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

/** What a night does to packages alone. */
async function packagesOfNight(days: number, attempt: Attempt): Promise<readonly RetentionLine[]> {
  const tally = new Tally();
  const call = later(aCall(), days * DAY);
  const context = { call, dryRun: false, hasTime: () => true, batches: [], attempt, tally };
  await takeTurns([sweepPackages(context)], () => true);
  return tally.all();
}

describe('a cancelling that is cut short is finished by the next night', () => {
  test('after its first step', async () => {
    const { job } = await aPackage();
    await packages().update(job.id, { state: 'cancelled', working: null });
    await night(1);
    expect(await itemsOf(job)).toEqual([]);
  });

  test('because the storage does not delete', async () => {
    const { submission, job } = await aPackage();
    await finishPackage(job);
    const document = await storedPackage(job);
    refuseDeletions();
    await expect(cancelExport(aCall(), document)).rejects.toThrow('did not delete');
    letStorageBe();
    await night(1);
    expect(await itemsOf(job)).toEqual([
      { submissionId: submission._id, photoId: submission.confirmedPhotoId },
    ]);
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

describe('a package that is due', () => {
  test('hands its photos over whole where the night meets it half-way, and expires in a later one', async () => {
    const { submission, job } = await aPackage();
    await finishPackage(job);
    // What a worker leaves that died in handing over.
    await packages().update(job.id, { state: 'closing', finishedAt: null });
    const announced = await runRetention(later(aCall(), 15 * DAY), { dryRun: true });
    for (const { lines } of [announced, await night(15)]) {
      expect(lines.map(({ kind }) => kind)).not.toContain('packages');
    }
    expect(await finishPackage(job)).toMatchObject({ state: 'finished' });
    await night(16);
    expect(await storedPackage(job)).toMatchObject({ state: 'expired' });
    await markDelivered(aCall(), await storedPackage(job));
    expect((await storedSubmission(submission._id)).state).toBe('delivered');
  });

  test('and fails at every hand-over expires after some nights: its photos, handed over or not, are new', async () => {
    const batch = await storedBatch();
    const submissions = [await withPhoto(batch, '1'), await withPhoto(batch, '2')];
    const request = packageRequest(batch, newPhotosOf(batch));
    const job = await startExport(aCall(), await storedBatchDocument(batch.id), request, 1);
    const document = await finishPackage(job).then(() => storedPackage(job));
    await packages().update(job.id, {
      state: 'closing',
      finishedAt: null,
      handedOver: { volumes: 1, photos: 1 },
    });
    await collection('submissions').update(submissions[1]!._id, { state: 'accepted' });
    await night(16);
    expect(await storedPackage(job)).toMatchObject({ state: 'closing' });
    await night(18);
    expect(await storedPackage(job)).toMatchObject({ state: 'expired', volumes: [], intendedPaths: [] });
    for (const { fileId } of document.volumes) expect(await exists(fileId)).toBe(false);
    expect(await itemsOf(job)).toEqual([]);
    expect(await startPackage(batch, newPhotosOf(batch))).toMatchObject({ photos: 2 });
  });

  test('keeps its photos from another package of new ones until they are handed over', async () => {
    const batch = await storedBatch();
    const submission = await withPhoto(batch, NUMBER);
    const job = await finishPackage(await startPackage(batch, newPhotosOf(batch)));
    await packages().update(job.id, { state: 'closing', finishedAt: null });
    await collection('submissions').update(submission._id, { state: 'accepted' });
    await night(15);
    expect(await refusalOf(startPackage(batch, newPhotosOf(batch)))).toBe('EXPORT_UNDERWAY');
  });

  test.each(['packing', 'closing', 'finished'] as const)(
    'and %s is left alone while somebody works on it, and no longer',
    async (state) => {
      const { job } = await aPackage();
      const working = { token: 'the worker', until: later(aCall(), 15 * DAY + 60).now };
      await packages().update(job.id, { state, working });
      await night(15);
      expect(await storedPackage(job)).toMatchObject({ state, working });
      await night(16);
      expect(await storedPackage(job)).toMatchObject({ state: 'expired', working: null });
    },
  );

  test('stays stopped where somebody stops it before the night gets to it: its photos are new again', async () => {
    const { submission, job } = await aPackage();
    await finishPackage(job);
    const lines = await packagesOfNight(15, async (_, step) => {
      await cancelExport(aCall(), await storedPackage(job));
      await step();
    });
    expect(lines).toEqual([]);
    expect(await storedPackage(job)).toMatchObject({ state: 'cancelled' });
    expect((await storedSubmission(submission._id)).state).toBe('accepted');
    const refused = await refusalOf(async () => markDelivered(aCall(), await storedPackage(job)));
    expect(refused).toBe('EXPORT_NOT_DELIVERABLE');
  });
});

test.each([
  ['stopped', async (job: ExportJob) => cancelExport(aCall(), await storedPackage(job))],
  ['expired', () => night(15)],
])('a package that is %s names nobody who was left out of it, and still says how many', async (_, end) => {
  const { submission, job } = await aPackage();
  await withdrawConsent(aCall({ openid: submission.openid }));
  const leftOut = { reason: 'consent-taken-back', count: 1 };
  expect((await finishPackage(job)).leftOut).toEqual([{ ...leftOut, studentNumbers: [NUMBER] }]);
  await end(job);
  const document = await storedPackage(job);
  expect(document.leftOut).toEqual([{ ...leftOut, studentNumbers: [] }]);
  expect(JSON.stringify(document)).not.toContain(NUMBER);
});

test('what a start that died left behind goes with its package, names and all', async () => {
  const { job } = await aPackage();
  await finishPackage(job);
  const volumes = collection<VolumeDocument>('export_volumes');
  const [volume] = await volumes.find({ exportId: job.id }, { limit: 1 });
  const volumeSet = 'of another copy';
  await volumes.insert({ ...volume!, _id: volumeId(volumeSet, 1), volumeSet, entries: null });
  await night(15);
  expect(JSON.stringify(await volumes.find({ exportId: job.id }, { limit: 10 }))).not.toContain(NUMBER);
});

test('a clearing leaves a package that is not over, and one that is clear, as they are', async () => {
  const { job } = await aPackage();
  await finishPackage(job);
  for (const days of [1, 16]) {
    const before = await storedPackage(job);
    await clearPackage(later(aCall(), days * DAY).now, job.id);
    expect(await storedPackage(job)).toEqual(before);
    await night(15);
  }
});

describe('of a package that is over', () => {
  test('what is gone already is not announced for the night', async () => {
    const { job } = await aPackage();
    await finishPackage(job);
    await cancelExport(aCall(), await storedPackage(job));
    // A worker may still be storing: the paths stay known, the files are gone.
    expect((await storedPackage(job)).intendedPaths).toHaveLength(3);
    expect((await runRetention(aCall(), { dryRun: true })).lines).toEqual([]);
  });

  test('nor where its whole batch goes that night', async () => {
    const batch = await storedBatch({ opensAt: daysFromNow(-400), closesAt: daysFromNow(-366) });
    await withPhoto(batch, NUMBER);
    const announced = async () => (await runRetention(aCall(), { dryRun: true })).lines[0]!;
    const before = await announced();
    const job = await finishPackage(await startPackage(batch));
    await cancelExport(aCall(), await storedPackage(job));
    expect(await announced()).toEqual({ ...before, documents: before.documents + 1 });
  });

  test('what its stopping could not delete is', async () => {
    const { job } = await aPackage();
    await finishPackage(job);
    refuseDeletions();
    await expect(cancelExport(aCall(), await storedPackage(job))).rejects.toThrow('did not delete');
    expect((await runRetention(aCall(), { dryRun: true })).lines).toMatchObject([
      { kind: 'packages', documents: 0, files: 3 },
    ]);
  });

  test('nothing is tried again once it is clear', async () => {
    const { job } = await aPackage();
    await finishPackage(job);
    const tried: string[] = [];
    const attempt: Attempt = async (subject, step) => {
      tried.push(subject);
      await step();
    };
    await packagesOfNight(15, attempt);
    await packagesOfNight(16, attempt);
    expect(tried).toEqual([job.id]);
  });
});

test('the file of a worker who stores after the clearing is known until the next night', async () => {
  const { job } = await aPackage();
  const path = 'packages/of-a-slow-worker.zip';
  // Begun long ago, worked on until now.
  const due = { startedAt: daysFromNow(-14), expiresAt: aCall().now };
  await packages().update(job.id, { intendedPaths: [path], ...due });
  await night(0);
  const late = await uploadBytes(path, Buffer.from('half a volume'));
  await night(1);
  expect(await exists(late)).toBe(false);
});
