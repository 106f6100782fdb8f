import { moments } from '../support/export-moments';
import { type ExportDocument, type VolumeDocument } from '../../cloudfunctions/export/export-document';
import { cancelExport } from '../../cloudfunctions/export/use-package';
import { newStation, stationIdOf } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { connection } from '../../cloudfunctions/platform/database-connection';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type ExportRequest } from '../../miniprogram/shared/contract/exporter';
import { withPhoto } from '../support/accepted-builder';
import { aCall, withKey } from '../support/call-builder';
import { exists } from '../support/graduate-builder';
import { finishPackage, newPhotosOf, startPackage, storedPackage } from '../support/package-builder';
import { refusalOf } from '../support/refusal';
import { csvOf, importList } from '../support/roster-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => testCloud.close());

/** The next transaction is committed, and whoever waits for it hears of a failure. */
function loseNextCommit(): void {
  const begin = connection().startTransaction.bind(connection());
  jest.spyOn(connection(), 'startTransaction').mockImplementationOnce(async () => {
    const transaction = await begin();
    const commit = transaction.commit.bind(transaction);
    jest.spyOn(transaction, 'commit').mockImplementation(async () => {
      await commit();
      throw new Error('the answer is lost');
    });
    return transaction;
  });
}

const volumesStored = (exportId: string) =>
  collection<VolumeDocument>('export_volumes').find({ exportId }, { limit: 10 });

describe('a start that is sent again', () => {
  test('by several copies at once is one package', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const call = withKey(aCall());
    const jobs = await Promise.all([1, 2, 3].map(() => startPackage(batch, newPhotosOf(batch), call)));
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
    const id = jobs[0]!.id;
    expect(await volumesStored(id)).toHaveLength(1);
    expect(await collection('audit').count({ subjectId: id, action: 'export.start' })).toBe(1);
    expect(await finishPackage({ id })).toMatchObject({ state: 'finished', packed: 1 });
  });

  test.each(['new', 'all-accepted'] as const)(
    'while a slow first copy selected %s photos leaves the finished package as it is',
    async (photos) => {
      const batch = await storedBatch();
      const { _id } = await withPhoto(batch, '1');
      const call = withKey(aCall());
      const changes = { selection: { batchId: batch.id, photos } };
      // The phone's second try comes and is finished while the first is still at work.
      moments.selected = async () => {
        await finishPackage(await startPackage(batch, changes, call));
      };
      const job = await startPackage(batch, changes, call);
      expect(job).toMatchObject({ state: 'finished', packed: 1 });
      const stored = await storedPackage(job);
      expect((await storedSubmission(_id)).state).toBe('exported');
      expect((await volumesStored(job.id)).map(({ volumeSet }) => volumeSet)).toEqual([stored.volumeSet]);
      await cancelExport(aCall(), stored);
      const files = [...stored.volumes, ...stored.manifests].map(({ fileId }) => fileId);
      expect(await Promise.all(files.map(exists))).toEqual([false, false, false]);
    },
  );

  test('after the package took all new photos is that package, not an empty one', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const call = withKey(aCall());
    const first = await startPackage(batch, newPhotosOf(batch), call);
    await finishPackage(first);
    expect(await startPackage(batch, newPhotosOf(batch), call)).toMatchObject({ id: first.id });
  });

  test.each<[string, (batch: Batch) => Promise<Partial<ExportRequest>>]>([
    ['batch', async () => ({ selection: { batchId: (await storedBatch()).id, photos: 'all-accepted' } })],
    [
      'station',
      ({ id }) => Promise.resolve({ selection: { batchId: id, photos: 'all-accepted', stationId: null } }),
    ],
    ['choice of photos', (batch) => Promise.resolve(newPhotosOf(batch))],
    ['name', () => Promise.resolve({ template: { fileName: '{seq}', folder: '' } })],
  ])('for another %s is no copy, and does not get the package of the first', async (_, other) => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const call = withKey(aCall());
    await startPackage(batch, {}, call);
    expect(await refusalOf(startPackage(batch, await other(batch), call))).toBe('REQUEST_REPLAYED');
    expect(await refusalOf(startPackage(batch, {}, call))).toBe('none');
  });
});

test('a start that stands although the database’s answer was lost keeps its volumes: sent again, it is packed', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '1');
  const call = withKey(aCall());
  loseNextCommit();
  await expect(startPackage(batch, newPhotosOf(batch), call)).rejects.toThrow('the answer is lost');
  const job = await startPackage(batch, newPhotosOf(batch), call);
  expect(await finishPackage(job)).toMatchObject({ state: 'finished', packed: 1 });
});

describe('new photos', () => {
  test('are in one package, however many people start at once', async () => {
    const batch = await storedBatch();
    const submission = await withPhoto(batch, '1');
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => refusalOf(startPackage(batch, newPhotosOf(batch)))),
    );
    expect(outcomes.sort()).toEqual(['EXPORT_UNDERWAY', 'EXPORT_UNDERWAY', 'none']);
    const jobs = await collection<ExportDocument>('exports').find({ batchId: batch.id }, { limit: 10 });
    expect(jobs).toHaveLength(1);
    // Nothing is left of those that were refused.
    const volumes = await collection('export_volumes').count({ 'items.submissionId': submission._id });
    expect(volumes).toBe(1);
  });

  test('are in no second package while the first one is closed', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const job = await startPackage(batch, newPhotosOf(batch));
    const outcomes: string[] = [];
    const startsAgain = async () => {
      expect((await storedPackage(job)).state).toBe('closing');
      outcomes.push(await refusalOf(startPackage(batch, newPhotosOf(batch))));
    };
    moments.storing = { extension: '.json', happens: startsAgain };
    expect(await finishPackage(job)).toMatchObject({ state: 'finished', packed: 1 });
    expect(outcomes).toEqual(['EXPORT_UNDERWAY']);
  });

  test('that another package took while they were selected are selected again', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    moments.selected = async () => {
      await finishPackage(await startPackage(batch, newPhotosOf(batch)));
      await withPhoto(batch, '2');
    };
    const later = await startPackage(batch, newPhotosOf(batch));
    expect(later.photos).toBe(1);
    expect((await finishPackage(later)).packed).toBe(1);
    const volumes = await volumesStored(later.id);
    expect(volumes.map(({ items }) => items.map(({ path }) => path))).toEqual([['2.jpg']]);
  });

  test('can be packed again as soon as their package is stopped', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const first = await startPackage(batch, newPhotosOf(batch));
    expect(await refusalOf(startPackage(batch, newPhotosOf(batch)))).toBe('EXPORT_UNDERWAY');
    await cancelExport(aCall(), await storedPackage(first));
    expect(await startPackage(batch, newPhotosOf(batch))).toMatchObject({ photos: 1 });
  });

  test('of two stations are packed side by side, of the whole batch only afterwards', async () => {
    const batch = await storedBatch();
    const ofStation = (name: string) => newStation(batch.schoolCode, name)._id;
    const [one, other] = [ofStation('一站'), ofStation('二站')];
    await withPhoto(batch, '1', 'accepted', { stationId: one });
    await withPhoto(batch, '2', 'accepted', { stationId: other });
    const start = (stationId?: typeof one) =>
      startPackage(batch, {
        selection: { batchId: batch.id, photos: 'new', ...(stationId && { stationId }) },
      });
    const jobs = [await start(one), await start(other)];
    expect(await refusalOf(start(one))).toBe('EXPORT_UNDERWAY');
    expect(await refusalOf(start())).toBe('EXPORT_UNDERWAY');
    for (const job of jobs) expect((await finishPackage(job)).packed).toBe(1);
    expect(await refusalOf(start())).toBe('EXPORT_EMPTY');
  });

  test('of a student who changed stations are not in the packages of both', async () => {
    const batch = await storedBatch();
    const listed = (station: string) => importList(batch.id, csvOf([['1', '张三', '2021', station, '1 班']]));
    const startAt = (station: string) => {
      const stationId = stationIdOf(batch.schoolCode, station);
      return startPackage(batch, { selection: { batchId: batch.id, photos: 'new', stationId } });
    };
    await listed('一站');
    const { _id } = await withPhoto(batch, '1', 'accepted', {
      stationId: stationIdOf(batch.schoolCode, '一站'),
      listed: true,
    });
    const first = await startAt('一站');
    await listed('二站');
    expect((await storedSubmission(_id)).stationId).toBe(stationIdOf(batch.schoolCode, '二站'));
    expect(await refusalOf(startAt('二站'))).toBe('EXPORT_UNDERWAY');
    expect((await finishPackage(first)).packed).toBe(1);
    expect(await refusalOf(startAt('二站'))).toBe('EXPORT_EMPTY');
  });

  test('that are accepted while others are packed go into the package after it', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const first = await startPackage(batch, newPhotosOf(batch));
    await withPhoto(batch, '2');
    expect(await refusalOf(startPackage(batch, newPhotosOf(batch)))).toBe('EXPORT_UNDERWAY');
    await finishPackage(first);
    expect(await startPackage(batch, newPhotosOf(batch))).toMatchObject({ photos: 1 });
  });

  test('do not stand in the way of a package of all accepted ones', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    await startPackage(batch, newPhotosOf(batch));
    expect(await refusalOf(startPackage(batch))).toBe('none');
  });
});
