/**
 * What is done to every photo of a large package takes longer than one call may: it is handed over and marked volume by
 * volume, and whoever asks next goes on. Nothing is changed twice for it, and nothing is left out.
 */
import { moments } from '../support/export-moments';
import { proceedExport } from '../../cloudfunctions/export/proceed-export';
import { proceedUnfinished } from '../../cloudfunctions/export/proceed-unfinished';
import { startExport } from '../../cloudfunctions/export/start-export';
import { cancelExport, markDelivered } from '../../cloudfunctions/export/use-package';
import { collection } from '../../cloudfunctions/platform/database';
import { SLICE_MS } from '../../cloudfunctions/requests/lease';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type ExportJob } from '../../miniprogram/shared/contract/exporter';
import { withPhoto } from '../support/accepted-builder';
import { aCall, withKey } from '../support/call-builder';
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
import { storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

let passed: number;
beforeEach(() => {
  passed = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => passed);
});
afterEach(() => {
  delete moments.moved;
  jest.restoreAllMocks();
});

const NUMBERS = ['1', '2', '3', '4', '5'];
/** Of which each is a volume. */
async function aPackage() {
  const batch = await storedBatch();
  const submissions: SubmissionDocument[] = [];
  for (const number of NUMBERS) submissions.push(await withPhoto(batch, number));
  const request = packageRequest(batch, newPhotosOf(batch));
  const job = await startExport(aCall(), await storedBatchDocument(batch.id), request, 1);
  const states = async () =>
    Promise.all(submissions.map(async ({ _id }) => (await storedSubmission(_id)).state));
  /** How often each came into this state. */
  const timesIn = async (state: string) => {
    const stored = await Promise.all(submissions.map(({ _id }) => storedSubmission(_id)));
    return stored.map(({ timeline }) => timeline.filter((entry) => entry.state === state).length);
  };
  return { batch, job, states, timesIn };
}

/** From now on no time passes but in moving the photos of volumes on: a slice has time for two. */
function twoVolumesASlice(): void {
  moments.moved = () => {
    passed += SLICE_MS / 2;
    twoVolumesASlice();
    return Promise.resolve();
  };
}

/** In the midst of so many volumes, whose photos were moved and which are not written down. */
function dieAtVolume(number: number): void {
  moments.moved = () => {
    if (number === 1) return Promise.reject(new Error('died'));
    dieAtVolume(number - 1);
    return Promise.resolve();
  };
}

const proceeded = ({ id }: ExportJob) => proceedExport(aCall(), id);
const delivered = async (job: ExportJob, call = aCall()) => markDelivered(call, await storedPackage(job));
const stopped = async (job: ExportJob) => cancelExport(aCall(), await storedPackage(job));

describe('a package of many volumes is handed over', () => {
  test('in slices, each from where the one before stopped, and is closing until the last', async () => {
    const { job, states } = await aPackage();
    twoVolumesASlice();
    expect(await proceeded(job)).toMatchObject({ state: 'closing', packed: 5, handedOver: 2 });
    expect(await states()).toEqual(['exported', 'exported', 'accepted', 'accepted', 'accepted']);
    expect(await proceeded(job)).toMatchObject({ state: 'closing', handedOver: 4, finishedAt: null });
    expect(await proceeded(job)).toMatchObject({ state: 'finished', handedOver: 5 });
    expect(await states()).toEqual(NUMBERS.map(() => 'exported'));
    expect(await collection('audit').count({ subjectId: job.id, action: 'export.finish' })).toBe(1);
  });

  test('by the timer where nobody asks', async () => {
    const { job } = await aPackage();
    const timer = aCall({ openid: 'timer' });
    twoVolumesASlice();
    await proceeded(job);
    for (const handedOver of [4, 5]) {
      await proceedUnfinished(timer);
      expect((await storedPackage(job)).handedOver).toEqual({ volumes: handedOver, photos: handedOver });
    }
    expect((await storedPackage(job)).state).toBe('finished');
  });

  test('without being stopped between two slices, or its photos being new for another one', async () => {
    const { batch, job } = await aPackage();
    twoVolumesASlice();
    await proceeded(job);
    expect(await refusalOf(stopped(job))).toBe('CONFLICT');
    expect(await refusalOf(startPackage(batch, newPhotosOf(batch)))).toBe('EXPORT_UNDERWAY');
  });

  test('once, where a worker died in the midst of it', async () => {
    const { job, states, timesIn } = await aPackage();
    dieAtVolume(3);
    await expect(proceeded(job)).rejects.toThrow('died');
    expect(await states()).toEqual(['exported', 'exported', 'exported', 'accepted', 'accepted']);
    expect((await storedPackage(job)).handedOver).toEqual({ volumes: 2, photos: 2 });
    expect(await finishPackage(job)).toMatchObject({ state: 'finished', handedOver: 5 });
    expect(await timesIn('exported')).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('a package of many volumes is marked as delivered', () => {
  test('in slices, and has no date until the last; the same request sent again goes on', async () => {
    const { job, states } = await aPackage();
    await finishPackage(job);
    const call = withKey(aCall());
    twoVolumesASlice();
    expect(await delivered(job, call)).toMatchObject({ delivered: 2, deliveredAt: null });
    expect(await delivered(job, call)).toMatchObject({ delivered: 4, deliveredAt: null });
    expect(await states()).toEqual(['delivered', 'delivered', 'delivered', 'delivered', 'exported']);
    const last = await delivered(job, call);
    expect(last).toMatchObject({ delivered: 5, deliveredAt: call.now });
    expect(await states()).toEqual(NUMBERS.map(() => 'delivered'));
    expect(await delivered(job, call)).toEqual(last);
    expect(await collection('audit').count({ subjectId: job.id, action: 'export.deliver' })).toBe(1);
  });

  test('without being stopped between two slices', async () => {
    const { job } = await aPackage();
    await finishPackage(job);
    twoVolumesASlice();
    await delivered(job);
    expect(await refusalOf(stopped(job))).toBe('CONFLICT');
  });

  test('once, where a worker died in the midst of it', async () => {
    const { job, timesIn } = await aPackage();
    await finishPackage(job);
    dieAtVolume(3);
    await expect(delivered(job)).rejects.toThrow('died');
    expect((await storedPackage(job)).delivered).toEqual({ volumes: 2, photos: 2 });
    expect(await delivered(job)).toMatchObject({ delivered: 5 });
    expect(await timesIn('delivered')).toEqual([1, 1, 1, 1, 1]);
  });
});
