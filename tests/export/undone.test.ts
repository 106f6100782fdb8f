/**
 * A photo that is sent back by mistake, which is undone within the minute: its packages have moved on meanwhile as if it
 * had been there all along. No photo is in two packages of new ones for it, and none in no package.
 */
import { moments } from '../support/export-moments';
import { cancelExport, markDelivered } from '../../cloudfunctions/export/use-package';
import { decideReview } from '../../cloudfunctions/review/decide-review';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type ExportJob } from '../../miniprogram/shared/contract/exporter';
import { withPhoto } from '../support/accepted-builder';
import { aCall, later } from '../support/call-builder';
import {
  finishedPackage,
  finishPackage,
  manifestOf,
  newPhotosOf,
  startPackage,
  storedPackage,
} from '../support/package-builder';
import { refusalOf } from '../support/refusal';
import { returned, returnedAndRetaken, undone } from '../support/return-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const newPackage = (batch: Batch) => finishedPackage(batch, newPhotosOf(batch));
const numbersIn = ({ files }: Awaited<ReturnType<typeof newPackage>>) =>
  manifestOf(files).entries.map(({ studentNumber }) => studentNumber);
const stopped = async (job: ExportJob) => {
  await cancelExport(aCall(), await storedPackage(job));
};
const delivered = async (job: ExportJob) => {
  await markDelivered(aCall(), await storedPackage(job));
};
const refusalToPackNew = (batch: Batch) => refusalOf(startPackage(batch, newPhotosOf(batch)));

/** The states in its history, the newest last. */
async function historyOf({ _id }: SubmissionDocument) {
  const { state, timeline } = await storedSubmission(_id);
  const states = timeline.map((entry) => entry.state);
  expect(states.at(-1)).toBe(state);
  return states;
}

/** As a reviewer accepted it, in a package that is finished. */
async function packedPhoto() {
  const batch = await storedBatch();
  const { _id, confirmedPhotoId } = await withPhoto(batch, '1', 'confirmed');
  const reviewer = { call: later(aCall(), -3600), member: { label: '王老师' } };
  const request = { submissionId: _id, photoId: confirmedPhotoId!, decision: { kind: 'accept' } } as const;
  await decideReview(reviewer, request);
  const { job, files } = await newPackage(batch);
  return { batch, job, files, submission: await storedSubmission(_id) };
}

describe('a photo in a finished package, sent back and undone', () => {
  test('is new for no other package', async () => {
    const { batch, submission } = await packedPhoto();
    await undone(await returned(submission), submission);
    expect(await historyOf(submission)).toEqual(['bound', 'confirmed', 'accepted', 'exported']);
    expect(await refusalToPackNew(batch)).toBe('EXPORT_EMPTY');
  });

  test('is delivered with its package, also where that is marked in between', async () => {
    const { batch, job, submission } = await packedPhoto();
    const reviewer = await returned(submission);
    await delivered(job);
    expect((await storedSubmission(submission._id)).state).toBe('rejected');
    await undone(reviewer, submission);
    expect(await historyOf(submission)).toEqual(['bound', 'confirmed', 'accepted', 'exported', 'delivered']);
    expect(await refusalToPackNew(batch)).toBe('EXPORT_EMPTY');
  });

  test('is delivered with its package, also where it is undone in the midst of the marking', async () => {
    const { job, submission } = await packedPhoto();
    const reviewer = await returned(submission);
    moments.moved = () => undone(reviewer, submission);
    await delivered(job);
    expect((await storedSubmission(submission._id)).state).toBe('delivered');
  });

  test('is new again where its package is stopped in between, and in the next one once', async () => {
    const { batch, job, submission } = await packedPhoto();
    const reviewer = await returned(submission);
    await stopped(job);
    await undone(reviewer, submission);
    expect(await historyOf(submission)).toEqual(['bound', 'confirmed', 'accepted']);
    expect(numbersIn(await newPackage(batch))).toEqual(['1']);
    expect(await refusalToPackNew(batch)).toBe('EXPORT_EMPTY');
  });

  test('stays handed on where another package holds it that is not stopped', async () => {
    const { batch, job, submission } = await packedPhoto();
    await finishedPackage(batch);
    const reviewer = await returned(submission);
    await stopped(job);
    await undone(reviewer, submission);
    expect((await storedSubmission(submission._id)).state).toBe('exported');
  });

  test('has the reviewer and the time in the manifest that it had', async () => {
    const { batch, files, submission } = await packedPhoto();
    await undone(await returned(submission), submission);
    const { files: again } = await finishedPackage(batch);
    const [before] = manifestOf(files).entries;
    expect(manifestOf(again).entries).toEqual([before]);
    expect(before).toMatchObject({ reviewer: '王老师' });
  });
});

describe('a photo that is sent back while its package is made', () => {
  test('is handed on by it where it was packed before and that is undone, before the end or after it', async () => {
    const batch = await storedBatch();
    const [early, late] = [await withPhoto(batch, '1'), await withPhoto(batch, '2')];
    const started = await startPackage(batch, newPhotosOf(batch));
    let reviewer: Awaited<ReturnType<typeof returned>>;
    const happens = async () => {
      await undone(await returned(early), early);
      reviewer = await returned(late);
    };
    moments.storing = { extension: '.json', happens };
    expect(await finishPackage(started)).toMatchObject({ state: 'finished', photos: 2 });
    expect((await storedSubmission(late._id)).state).toBe('rejected');
    await undone(reviewer!, late);
    for (const submission of [early, late]) {
      expect((await storedSubmission(submission._id)).state).toBe('exported');
    }
    expect(await refusalToPackNew(batch)).toBe('EXPORT_EMPTY');
  });

  test('is new where the package was stopped before it was finished', async () => {
    const batch = await storedBatch();
    const submission = await withPhoto(batch, '1');
    const started = await startPackage(batch, newPhotosOf(batch));
    const reviewer = await returned(submission);
    await stopped(started);
    await undone(reviewer, submission);
    expect(numbersIn(await newPackage(batch))).toEqual(['1']);
  });

  test('comes back to no package that held another photo of the student', async () => {
    const { batch, job, submission } = await packedPhoto();
    await returnedAndRetaken(submission);
    const retaken = await storedSubmission(submission._id);
    const reviewer = await returned(retaken);
    await delivered(job);
    await undone(reviewer, retaken);
    expect((await storedSubmission(submission._id)).state).toBe('accepted');
    expect(numbersIn(await newPackage(batch))).toEqual(['1']);
  });
});

test('what was delivered before, and is taken and packed again, keeps the history of both', async () => {
  const { batch, job, submission } = await packedPhoto();
  await delivered(job);
  await returnedAndRetaken(submission);
  const { job: second } = await newPackage(batch);
  const retaken = await storedSubmission(submission._id);
  const reviewer = await returned(retaken);
  await delivered(second);
  await undone(reviewer, retaken);
  expect(await historyOf(submission)).toEqual([
    ...['bound', 'confirmed', 'accepted', 'exported', 'delivered', 'rejected'],
    ...['developed', 'confirmed', 'accepted', 'exported', 'delivered'],
  ]);
});
