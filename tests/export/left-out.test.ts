import { moments } from '../support/export-moments';
import { joinLeftOut, leftOutOf } from '../../cloudfunctions/export/left-out';
import { proceedExport } from '../../cloudfunctions/export/proceed-export';
import { markDelivered } from '../../cloudfunctions/export/use-package';
import { collection } from '../../cloudfunctions/platform/database';
import { deleteFiles, uploadBytes } from '../../cloudfunctions/platform/storage';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type LeftOutReason } from '../../miniprogram/shared/contract/exporter';
import { pictureOf, withPhoto } from '../support/accepted-builder';
import { aCall } from '../support/call-builder';
import {
  finishedPackage,
  finishPackage,
  manifestOf,
  newPhotosOf,
  packageFiles,
  startPackage,
  storedPackage,
  unzip,
} from '../support/package-builder';
import { returned, returnedAndDeleted, returnedAndRetaken, undone } from '../support/return-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

describe('a photo that may not be handed on any more when it is packed', () => {
  test('is left out, whatever the reason, and package and manifest say how many and why', async () => {
    const batch = await storedBatch();
    const [sentBack, retaken, deleted] = [
      await withPhoto(batch, '1'),
      await withPhoto(batch, '2'),
      await withPhoto(batch, '3'),
    ];
    await withPhoto(batch, '4');
    const { confirmedPhotoId } = await withPhoto(batch, '5');
    const started = await startPackage(batch);
    await returned(sentBack);
    await returnedAndRetaken(retaken);
    await returnedAndDeleted(deleted);
    await collection('photos').remove(confirmedPhotoId!);
    const job = await finishPackage(started);
    expect(job).toMatchObject({ state: 'finished', photos: 1, packed: 1 });
    expect(job.leftOut).toEqual([
      { reason: 'returned', count: 1, studentNumbers: ['1'] },
      { reason: 'replaced', count: 1, studentNumbers: ['2'] },
      // Who had everything deleted is named nowhere any more.
      { reason: 'deleted', count: 2, studentNumbers: ['5'] },
    ]);
    const files = await packageFiles(job.id);
    expect([...(await unzip(files.get('photos-1-of-1.zip')!)).keys()]).toEqual(['4.jpg']);
    const manifest = manifestOf(files);
    expect(manifest.entries.map(({ studentNumber }) => studentNumber)).toEqual(['4']);
    expect(manifest).toMatchObject({
      photos: 1,
      leftOut: [
        { reason: 'returned', photos: 1 },
        { reason: 'replaced', photos: 1 },
        { reason: 'deleted', photos: 2 },
      ],
    });
    expect(files.get('manifest.csv')!.toString().trimEnd().split('\r\n')).toHaveLength(2);
  });

  test('is not taken for handed on when its return is undone before the package is finished', async () => {
    const batch = await storedBatch();
    const submission = await withPhoto(batch, '1');
    await withPhoto(batch, '2');
    const started = await startPackage(batch, newPhotosOf(batch));
    const reviewer = await returned(submission);
    moments.storing = { extension: '.json', happens: () => undone(reviewer, submission) };
    const job = await finishPackage(started);
    await markDelivered(aCall(), await storedPackage(job));
    expect((await storedSubmission(submission._id)).state).toBe('accepted');
    const { files } = await finishedPackage(batch, newPhotosOf(batch));
    expect(manifestOf(files).entries.map(({ studentNumber }) => studentNumber)).toEqual(['1']);
  });

  test('leaves a volume without photos behind rather than a gap in the numbers', async () => {
    const batch = await storedBatch();
    const only = await withPhoto(batch, '1');
    const started = await startPackage(batch);
    await returned(only);
    const { volumes, photos } = await finishPackage(started);
    expect(photos).toBe(0);
    expect(volumes).toMatchObject([{ fileName: 'photos-1-of-1.zip', photos: 0 }]);
    expect((await unzip((await packageFiles(started.id)).get('photos-1-of-1.zip')!)).size).toBe(0);
  });
});

describe('a photo whose stored picture', () => {
  const fileOf = async ({ confirmedPhotoId }: SubmissionDocument) => {
    const photo = await collection<PhotoDocument>('photos').get(confirmedPhotoId!);
    if (photo?.status !== 'developed') throw new Error('the photo has no picture');
    return { fileId: photo.standardFileId, path: photo.intendedPaths[0]! };
  };
  const gone = async (submission: SubmissionDocument) => deleteFiles([(await fileOf(submission)).fileId]);
  const changed = async (submission: SubmissionDocument, picture: Buffer) => {
    await uploadBytes((await fileOf(submission)).path, picture);
  };

  test.each<[string, LeftOutReason, (submission: SubmissionDocument) => Promise<void>]>([
    ['is gone', 'file-missing', gone],
    ['is another one', 'file-damaged', (submission) => changed(submission, Buffer.from('another picture'))],
    ['is too large to be one', 'file-damaged', (submission) => changed(submission, Buffer.alloc(100_000))],
  ])('%s is left out by its number, and stops nobody else', async (_, reason, damage) => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    const submission = await withPhoto(batch, '2');
    await withPhoto(batch, '3');
    await damage(submission);
    const { job, files } = await finishedPackage(batch, newPhotosOf(batch));
    expect(job).toMatchObject({
      state: 'finished',
      photos: 2,
      packed: 2,
      leftOut: [{ reason, count: 1, studentNumbers: ['2'] }],
    });
    const entries = await unzip(files.get('photos-1-of-1.zip')!);
    expect([...entries]).toEqual([
      ['1.jpg', pictureOf('1')],
      ['3.jpg', pictureOf('3')],
    ]);
    const manifest = manifestOf(files);
    expect(manifest).toMatchObject({ photos: 2, leftOut: [{ reason, photos: 1 }] });
    expect(manifest.entries.map(({ file, bytes }) => [file, bytes])).toEqual([
      ['1.jpg', pictureOf('1').length],
      ['3.jpg', pictureOf('3').length],
    ]);
    // It was not handed on: said again with each package until it is returned, and new once it is retaken.
    expect((await storedSubmission(submission._id)).state).toBe('accepted');
    await returnedAndRetaken(submission);
    expect((await finishedPackage(batch, newPhotosOf(batch))).job).toMatchObject({ packed: 1, leftOut: [] });
  });
});

describe('a photo that was retaken', () => {
  test('while its package was made is new: the package holds the one before', async () => {
    const batch = await storedBatch();
    const submission = await withPhoto(batch, '1');
    const started = await startPackage(batch, newPhotosOf(batch));
    const happens = async () => {
      await returnedAndRetaken(submission);
    };
    moments.storing = { extension: '.json', happens };
    await finishPackage(started);
    expect((await storedSubmission(submission._id)).state).toBe('accepted');
    const { files } = await finishedPackage(batch, newPhotosOf(batch));
    const [entry] = (await unzip(files.get('photos-1-of-1.zip')!)).values();
    expect(entry).not.toEqual(pictureOf('1'));
  });

  test('is not delivered with the package that held the one before', async () => {
    const batch = await storedBatch();
    const submission = await withPhoto(batch, '1');
    const { job: first } = await finishedPackage(batch, newPhotosOf(batch));
    await returnedAndRetaken(submission);
    const { job: second } = await finishedPackage(batch, newPhotosOf(batch));
    await markDelivered(aCall(), await storedPackage(first));
    expect((await storedSubmission(submission._id)).state).toBe('exported');
    await markDelivered(aCall(), await storedPackage(second));
    expect((await storedSubmission(submission._id)).state).toBe('delivered');
  });
});

test('a package without an expected photo has the same bytes after a worker died', async () => {
  const batch = await storedBatch();
  const [first] = [await withPhoto(batch, '1'), await withPhoto(batch, '2'), await withPhoto(batch, '3')];
  const whole = await startPackage(batch);
  const interrupted = await startPackage(batch);
  await returned(first);
  const { volumes } = await finishPackage(whole);
  moments.storing = { extension: '.zip', happens: () => Promise.reject(new Error('the process died')) };
  await expect(proceedExport(aCall(), interrupted.id)).rejects.toThrow('died');
  moments.storing = { extension: '.csv', happens: () => Promise.reject(new Error('the process died')) };
  await expect(proceedExport(aCall(), interrupted.id)).rejects.toThrow('died');
  const again = await finishPackage(interrupted);
  expect(again).toMatchObject({ photos: 2, leftOut: [{ reason: 'returned', count: 1 }] });
  expect(again.volumes).toEqual(volumes);
  expect([...(await packageFiles(again.id))]).toEqual([...(await packageFiles(whole.id))]);
});

test('photos that were left out are counted all, and named as far as somebody can work through', () => {
  const some = (from: number) =>
    Array.from({ length: 60 }, (_, index) => ({
      reason: 'returned' as const,
      studentNumber: String(from + index),
    }));
  const [first, second] = [leftOutOf(some(100)), leftOutOf(some(200))];
  const named = some(100)
    .map(({ studentNumber }) => studentNumber)
    .slice(0, 50);
  expect(first).toEqual([{ reason: 'returned', count: 60, studentNumbers: named }]);
  expect(joinLeftOut(first, second)).toEqual([{ reason: 'returned', count: 120, studentNumbers: named }]);
});
