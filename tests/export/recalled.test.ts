/**
 * A package that is stopped after it was finished and before it was delivered gives its photos back to the new ones:
 * nobody received them. No photo is in two packages for it, and none in no package.
 */
import { moments } from '../support/export-moments';
import {
  type ExportDocument,
  type VolumeDocument,
  volumeId,
} from '../../cloudfunctions/export/export-document';
import { photosOf } from '../../cloudfunctions/export/package-volumes';
import { proceedExport } from '../../cloudfunctions/export/proceed-export';
import { cancelExport, markDelivered } from '../../cloudfunctions/export/use-package';
import { collection } from '../../cloudfunctions/platform/database';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type ExportJob } from '../../miniprogram/shared/contract/exporter';
import { type ExportId } from '../../miniprogram/shared/identity/ids';
import { withPhoto } from '../support/accepted-builder';
import { aCall, later } from '../support/call-builder';
import {
  finishedPackage,
  finishPackage,
  manifestOf,
  startPackage,
  storedPackage,
} from '../support/package-builder';
import { refusalOf } from '../support/refusal';
import { returnedAndRetaken } from '../support/return-builder';
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

const DAY = 24 * 3600;
const night = (days: number) =>
  runRetention(later(aCall(), days * DAY), { dryRun: false, writeLog: () => undefined });

async function packageOf(batch: Batch, photos: 'new' | 'all-accepted' = 'new') {
  const { job, files } = await finishedPackage(batch, { selection: { batchId: batch.id, photos } });
  return { job, files: manifestOf(files).entries.map(({ file }) => file) };
}

async function aBatchOf(...numbers: readonly string[]) {
  const batch = await storedBatch();
  const submissions = [];
  for (const number of numbers) submissions.push(await withPhoto(batch, number));
  return { batch, submissions, submission: submissions[0]! };
}

const stopped = async (job: ExportJob) => cancelExport(aCall(), await storedPackage(job));
const stoppingOf = (job: ExportJob) => async () => {
  await stopped(job);
};
const delivered = async (job: ExportJob) => markDelivered(aCall(), await storedPackage(job));
const statesOf = async (submissions: readonly Pick<SubmissionDocument, '_id'>[]) =>
  Promise.all(submissions.map(async ({ _id }) => (await storedSubmission(_id)).state));

describe('the photos of a package that is stopped', () => {
  test('are in the next package of new photos, beside those accepted since', async () => {
    const { batch, submissions } = await aBatchOf('1', '2');
    const { job } = await packageOf(batch);
    expect(await stopped(job)).toMatchObject({ state: 'cancelled' });
    expect(await statesOf(submissions)).toEqual(['accepted', 'accepted']);
    await withPhoto(batch, '3');
    expect((await packageOf(batch)).files).toEqual(['1.jpg', '2.jpg', '3.jpg']);
  });

  test('read again what they read before, and since when: it counts the days of the originals', async () => {
    const { batch, submission } = await aBatchOf('1');
    const before = submission.timeline;
    const { job } = await packageOf(batch);
    expect((await storedSubmission(submission._id)).timeline).toHaveLength(before.length + 1);
    await stopped(job);
    expect((await storedSubmission(submission._id)).timeline).toEqual(before);
  });

  test.each(['finished', 'expired'])('stay where another %s package holds them', async (state) => {
    const { batch, submissions } = await aBatchOf('1');
    const { job: first } = await packageOf(batch);
    if (state === 'expired') await night(15);
    submissions.push(await withPhoto(batch, '2'));
    const { job: second } = await packageOf(batch, 'all-accepted');
    await stopped(second);
    expect(await storedPackage(first)).toMatchObject({ state });
    expect(await statesOf(submissions)).toEqual(['exported', 'accepted']);
    await delivered(first);
    expect((await packageOf(batch)).files).toEqual(['2.jpg']);
  });

  test('are new once the last package that holds them is stopped', async () => {
    const { batch, submissions } = await aBatchOf('1');
    const jobs = [(await packageOf(batch)).job, (await packageOf(batch, 'all-accepted')).job];
    await stopped(jobs[0]!);
    expect(await statesOf(submissions)).toEqual(['exported']);
    await stopped(jobs[1]!);
    expect(await statesOf(submissions)).toEqual(['accepted']);
  });

  test('are not held by a package that was stopped while it was packed', async () => {
    const { batch, submissions } = await aBatchOf('1');
    const { job } = await packageOf(batch);
    await stopped(await startPackage(batch));
    expect(await statesOf(submissions)).toEqual(['exported']);
    await stopped(job);
    expect(await statesOf(submissions)).toEqual(['accepted']);
  });

  test('were not handed on by it where it was stopped before it was finished', async () => {
    const batch = await storedBatch();
    const submission = await withPhoto(batch, '1', 'exported');
    await stopped(await startPackage(batch));
    expect(await statesOf([submission])).toEqual(['exported']);
  });

  test('stay what they are where the student has another photo in a package by now', async () => {
    const { batch, submissions, submission } = await aBatchOf('1');
    const { job } = await packageOf(batch);
    await returnedAndRetaken(submission);
    await packageOf(batch);
    await stopped(job);
    expect(await statesOf(submissions)).toEqual(['exported']);
  });

  test('stay delivered where the package was', async () => {
    const { batch, submissions } = await aBatchOf('1');
    const { job } = await packageOf(batch);
    await delivered(job);
    expect(await stopped(job)).toMatchObject({ state: 'cancelled' });
    expect(await statesOf(submissions)).toEqual(['delivered']);
  });

  test('stay handed on where the files had expired before', async () => {
    const { batch, submissions } = await aBatchOf('1');
    const { job } = await packageOf(batch);
    await night(15);
    expect(await stopped(job)).toMatchObject({ state: 'expired' });
    expect(await statesOf(submissions)).toEqual(['exported']);
    await delivered(job);
    expect(await statesOf(submissions)).toEqual(['delivered']);
  });
});

test('which photos packages of many volumes hold is known of every volume that is left', async () => {
  const volumes = collection<Pick<VolumeDocument, '_id'> & { readonly items: readonly unknown[] }>(
    'export_volumes',
  );
  const stored = async (_id: ExportId, volumeSet: string | undefined, volumeCount: number) => {
    const numbers = Array.from({ length: volumeCount }, (_, index) => index + 1);
    const photoIds = numbers.flatMap((number) => [`${_id}-${number}-a`, `${_id}-${number}-b`]);
    await volumes.insertMany(
      numbers.map((number) => {
        const items = ['a', 'b'].map((letter) => ({ photoId: `${_id}-${number}-${letter}`, path: '1.jpg' }));
        return { _id: volumeId(volumeSet ?? _id, number), items };
      }),
    );
    return { job: { _id, volumeCount, ...(volumeSet !== undefined && { volumeSet }) }, photoIds };
  };
  const first = await stored('first' as ExportId, undefined, 30);
  const second = await stored('second' as ExportId, 'of a copy', 45);
  await volumes.remove(volumeId('of a copy', 45));
  const held = await photosOf([first.job, second.job]);
  expect([...held].sort()).toEqual([...first.photoIds, ...second.photoIds.slice(0, -2)].sort());
});

describe('a stopping that is cut short', () => {
  test('by a storage that does not delete keeps no photo from the next package', async () => {
    const { batch, submissions } = await aBatchOf('1');
    const { job } = await packageOf(batch);
    refuseDeletions();
    await expect(stopped(job)).rejects.toThrow('did not delete');
    expect(await statesOf(submissions)).toEqual(['accepted']);
  });

  test.each([
    ['another try', stopped],
    ['the next night', () => night(1)],
  ])('after its first step is finished by %s', async (_, finish) => {
    const { batch, submissions } = await aBatchOf('1');
    const { job } = await packageOf(batch);
    await collection<ExportDocument>('exports').update(job.id, { state: 'cancelled' });
    await finish(job);
    expect(await statesOf(submissions)).toEqual(['accepted']);
  });

  test('leaves no photo new that another package handed on meanwhile', async () => {
    const { batch, submissions } = await aBatchOf('1');
    const { job } = await packageOf(batch);
    await packageOf(batch, 'all-accepted');
    // What a worker leaves that died after it gave back what the other one had passed over a moment before.
    await collection<ExportDocument>('exports').update(job.id, { state: 'cancelled' });
    await collection('submissions').update(submissions[0]!._id, { state: 'accepted' });
    await stopped(job);
    expect(await statesOf(submissions)).toEqual(['exported']);
  });

  test('takes nothing from the package that was made since', async () => {
    const { batch, submissions } = await aBatchOf('1', '2');
    const { job } = await packageOf(batch);
    // What a worker leaves that died between two volumes.
    await collection<ExportDocument>('exports').update(job.id, { state: 'cancelled' });
    await collection('submissions').update(submissions[0]!._id, { state: 'accepted' });
    expect((await packageOf(batch)).files).toEqual(['1.jpg']);
    await stopped(job);
    expect(await statesOf(submissions)).toEqual(['exported', 'accepted']);
  });
});

describe('a package that is finished while another one is stopped has all its photos handed on', () => {
  type Stopping = (first: ExportJob, second: ExportJob) => Promise<unknown>;
  test.each<[string, Stopping]>([
    [
      'which is stopped before this one hands them over',
      async (first, second) => {
        moments.storing = { extension: '.json', happens: stoppingOf(first) };
        await finishPackage(second);
      },
    ],
    [
      'which had still handed them on when this one did',
      async (first, second) => {
        moments.recalling = async () => {
          await finishPackage(second);
        };
        await stopped(first);
      },
    ],
  ])('%s', async (_, happens) => {
    const { batch, submissions } = await aBatchOf('1');
    const { job: first } = await packageOf(batch);
    const second = await startPackage(batch);
    await happens(first, second);
    expect(await storedPackage(second)).toMatchObject({ state: 'finished' });
    expect(await statesOf(submissions)).toEqual(['exported']);
  });
});

describe('a package is marked as delivered', () => {
  test('as a whole: nobody stops it in the middle', async () => {
    const { batch, submissions } = await aBatchOf('1');
    const { job } = await packageOf(batch);
    const working = { token: 'the marking', until: later(aCall(), 60).now };
    await collection<ExportDocument>('exports').update(job.id, { working });
    expect(await refusalOf(stopped(job))).toBe('CONFLICT');
    await delivered(job);
    expect(await storedPackage(job)).toMatchObject({ state: 'finished', working: null });
    await stopped(job);
    expect(await statesOf(submissions)).toEqual(['delivered']);
  });

  test('on the day that it was: marked again, it keeps its date', async () => {
    const { batch } = await aBatchOf('1');
    const { job } = await packageOf(batch);
    const { deliveredAt } = await delivered(job);
    expect(deliveredAt).not.toBeNull();
    const nextDay = later(aCall(), DAY);
    expect(await markDelivered(nextDay, await storedPackage(job))).toMatchObject({ deliveredAt });
  });

  test('and a marking that died keeps nobody from stopping it', async () => {
    const { batch, submissions } = await aBatchOf('1');
    const { job } = await packageOf(batch);
    const working = { token: 'the marking', until: later(aCall(), -1).now };
    await collection<ExportDocument>('exports').update(job.id, { working });
    expect(await stopped(job)).toMatchObject({ state: 'cancelled' });
    expect(await statesOf(submissions)).toEqual(['accepted']);
  });

  test.each<[string, ExportJob['state'], (job: ExportJob) => Promise<unknown>]>([
    ['is packed', 'packing', () => Promise.resolve()],
    ['was stopped while it was packed', 'cancelled', stopped],
    [
      'was stopped when it was finished',
      'cancelled',
      async (job) => {
        await proceedExport(aCall(), job.id);
        await stopped(job);
      },
    ],
    ['expired before it was finished', 'expired', () => night(15)],
  ])('only when it was finished: one that %s says why not', async (_, state, happens) => {
    const { batch, submissions } = await aBatchOf('1');
    await packageOf(batch);
    const job = await startPackage(batch);
    await happens(job);
    await expect(delivered(job)).rejects.toMatchObject({
      code: 'EXPORT_NOT_DELIVERABLE',
      details: { state },
    });
    expect(await statesOf(submissions)).toEqual(['exported']);
  });
});
