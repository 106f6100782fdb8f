/** Workers that die in the middle of a photo, or come back when others have gone on. */
import { setTimeout } from 'node:timers/promises';
import { collection } from '../../cloudfunctions/platform/database';
import { connection } from '../../cloudfunctions/platform/database-connection';
import { deleteFiles } from '../../cloudfunctions/platform/storage';
import { type Call } from '../../cloudfunctions/requests/call';
import {
  confirmPhoto,
  restartSubmission,
  withdrawSubmission,
} from '../../cloudfunctions/submission/decide-submission';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { deleteSubmission, filesOf } from '../../cloudfunctions/submission/delete-submission';
import { WORKER_SECONDS } from '../../cloudfunctions/requests/lease';
import { type JudgedPhoto, type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { ASK_AGAIN_SECONDS } from '../../cloudfunctions/submission/submit-photo/begin-photo';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { type SubmitPhotoRequest } from '../../miniprogram/shared/contract/photo';
import { DomainError } from '../../miniprogram/shared/errors';
import { type FileId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { type UploadAnswer } from '../../local/cloud/protocol/storage-endpoint';
import { later, withKey } from '../support/call-builder';
import {
  fakeEngineDuringWhich,
  fakeEngineThatBlocks,
  fakeEngineThatDevelops,
  fakeEngineThatThrows,
} from '../support/fake-photo-engine';
import { aGraduate, exists, submitNew } from '../support/graduate-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import {
  dieAfterStoring,
  dieAsking,
  giveUpAfter,
  letStorageBe,
  refuseDeletions,
  refuseDownloads,
  refuseUploads,
} from '../support/storage-moments';
import { anUpload, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
let uploadsMeet: UploadAnswer | 'silence' | null = null;
beforeAll(async () => {
  testCloud = await startTestCloud({ uploadTrouble: () => uploadsMeet });
});
afterEach(endOutage);
afterAll(() => testCloud.close());

const developing = fakeEngineThatDevelops();
type DevelopedPhoto = Extract<JudgedPhoto, { status: 'developed' }>;
const photos = () => collection<PhotoDocument>('photos');
const developedOf = async (submissionId: SubmissionId) =>
  (await photos().findOne({ submissionId })) as DevelopedPhoto;

function endOutage(): void {
  uploadsMeet = null;
  letStorageBe();
}

/** The same person again, each time when the worker before counts as dead. */
const startOf = (call: Call, start: number) => later(withKey(call), start * (WORKER_SECONDS.photo + 1));

/** As if the process had died inside the engine: it never comes back. */
async function dieInside(call: Call, request: SubmitPhotoRequest): Promise<void> {
  let began: () => void;
  const begun = new Promise<void>((resolve) => (began = resolve));
  const never = {
    develop: () =>
      new Promise<never>(() => {
        began();
      }),
  };
  void submitPhoto(call, request, never);
  await begun;
}

/** As if it had died after its files arrived in the storage, both of which were there once. */
async function dieHavingStored(call: Call, request: SubmitPhotoRequest): Promise<readonly FileId[]> {
  const stored = dieAfterStoring();
  void submitPhoto(call, request, developing);
  while (stored.length < 2) await setTimeout(5);
  letStorageBe();
  expect(await Promise.all(stored.map(exists))).toEqual([true, true]);
  return stored;
}

/** The picture is not, or no longer, held to be what its worker dies of: that is written beside the storing. */
async function notBlamed({ uploadId }: SubmitPhotoRequest): Promise<void> {
  while ((await photos().findOne({ uploadId }))!.failedStarts > 0) await setTimeout(5);
}

describe('a crash', () => {
  test('of the engine loses no attempt and no time: the same upload works at once', async () => {
    const { call, submissionId } = await aGraduate({ attemptLimit: 1 });
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    await expect(submitPhoto(call, request, fakeEngineThatThrows(new Error('a bug')))).rejects.toThrow(
      'a bug',
    );
    expect((await submitPhoto(call, request, developing)).submission.state).toBe('developed');
  });

  test('of the whole process leaves a place that frees itself', async () => {
    const { call, submissionId } = await aGraduate({ attemptLimit: 1 });
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    await dieInside(withKey(call), request);
    await expect(submitPhoto(call, request, developing)).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { retryAfterSeconds: ASK_AGAIN_SECONDS },
    });
    const answer = await submitPhoto(later(call, WORKER_SECONDS.photo + 1), request, developing);
    expect(answer.submission).toMatchObject({ state: 'developed', attemptsLeft: 0 });
    expect(answer.photo.takenAt).toBe(call.now);
  });

  test('between storing and recording leaves no file that no document knows of', async () => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const left = await dieHavingStored(call, request);
    const photo = await photos().findOne({ submissionId });
    expect(photo).toMatchObject({ status: 'underway' });
    expect(new Set(filesOf(photo!))).toEqual(new Set([request.fileId, ...left]));
  });

  test('leaves files that stay known when the next worker has finished, and go with the photo', async () => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const left = await dieHavingStored(call, request);
    await submitPhoto(later(call, WORKER_SECONDS.photo + 1), request, developing);
    const files = filesOf((await photos().findOne({ submissionId }))!);
    expect(files).toHaveLength(5);
    expect(files).toEqual(expect.arrayContaining([...left]));

    await deleteSubmission(call, { submissionId });
    expect(await Promise.all(left.map(exists))).toEqual([false, false]);
  });

  test('leaves files that the night removes when the next worker has finished; what that one stored stays', async () => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const left = await dieHavingStored(call, request);
    await submitPhoto(later(call, WORKER_SECONDS.photo + 1), request, developing);
    await runRetention(later(call, 24 * 3600), { dryRun: false });
    expect(await Promise.all(left.map(exists))).toEqual([false, false]);
    const { originalFileId, standardFileId } = await developedOf(submissionId);
    expect(await Promise.all([originalFileId, standardFileId].map(exists))).toEqual([true, true]);
  });

  const failInside = (call: Call, request: SubmitPhotoRequest) =>
    expect(submitPhoto(call, request, fakeEngineThatThrows(new Error('out of memory')))).rejects.toThrow(
      'out of memory',
    );
  test.each([
    ['makes every worker fail', failInside],
    ['kills every worker', dieInside],
  ])('of a picture that %s ends: it is given up', async (_, crash) => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    for (let start = 0; start < 5; start += 1) await crash(startOf(call, start), request);
    expect(await refusalOf(submitPhoto(startOf(call, 5), request, developing))).toBe('IMAGE_DAMAGED');
    expect((await submitNew(startOf(call, 5), submissionId)).submission.state).toBe('developed');
  });
});

describe('an outage, however often the phone tries meanwhile, is not held against the picture', () => {
  const refuseNextTransaction = () => {
    jest.spyOn(connection(), 'startTransaction').mockRejectedValueOnce(new Error('the database is down'));
    return Promise.resolve();
  };
  /** As often as a transaction is begun anew before it is given up. */
  const conflictInNextTransaction = () => {
    jest.spyOn(Math, 'random').mockReturnValue(0); // no pauses
    const begin = jest.spyOn(connection(), 'startTransaction');
    for (let time = 0; time < 24; time += 1) {
      begin.mockRejectedValueOnce(new Error('[ResourceUnavailable.TransactionBusy] Transaction is busy'));
    }
    return Promise.resolve();
  };
  const losesUploads = () => {
    uploadsMeet = { status: 503, body: '' };
  };
  const neverAnswersUploads = () => {
    uploadsMeet = 'silence';
    giveUpAfter(300);
  };
  const OUTAGES = [
    ['the storage gives no file', refuseDownloads, 'is down', developing],
    ['the storage takes no file', refuseUploads, 'is down', developing],
    ['the storage loses files that it seems to have taken', losesUploads, 'Storage has nothing', developing],
    ['the storage takes files and never answers', neverAnswersUploads, 'No answer within', developing],
    [
      'the database takes no result',
      () => undefined,
      'is down',
      fakeEngineDuringWhich(refuseNextTransaction),
    ],
    [
      'the database is too busy for the result',
      () => undefined,
      'CONFLICT',
      fakeEngineDuringWhich(conflictInNextTransaction),
    ],
  ] as const;

  test.each(OUTAGES)('%s', async (_, begins, failure, engine) => {
    const { call, submissionId } = await aGraduate({ attemptLimit: 1 });
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    begins();
    for (let start = 0; start < 8; start += 1) {
      await expect(submitPhoto(withKey(call), request, engine)).rejects.toThrow(failure);
    }
    endOutage();
    expect(await exists(request.fileId)).toBe(true);
    const answer = await submitPhoto(call, request, developing);
    expect(answer.submission).toMatchObject({ state: 'developed', attemptsLeft: 0 });
    const { originalFileId, standardFileId } = await developedOf(submissionId);
    expect(await Promise.all([originalFileId, standardFileId].map(exists))).toEqual([true, true]);
  });

  const DEATHS = [
    ['for a file of the storage', () => dieAsking('getTempFileURL')],
    ['for the storage to take files', () => dieAsking('uploadFile')],
  ] as const;

  test.each(DEATHS)('nor that the platform ended its worker, which waited %s', async (_, begins) => {
    const { call, submissionId } = await aGraduate({ attemptLimit: 1 });
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    for (let start = 0; start < 8; start += 1) {
      const waiting = begins();
      void submitPhoto(startOf(call, start), request, developing);
      await waiting;
      await notBlamed(request);
      letStorageBe();
    }
    const answer = await submitPhoto(startOf(call, 8), request, developing);
    expect(answer.submission).toMatchObject({ state: 'developed', attemptsLeft: 0 });
  });

  test('while a file that never arrives is no outage', async () => {
    const { call, submissionId } = await aGraduate();
    const upload = await anUpload(call);
    await deleteFiles([upload.fileId]);
    const request = { submissionId, ...upload, ticks: [] };
    for (let start = 0; start < 5; start += 1) {
      expect(await refusalOf(submitPhoto(call, request, developing))).toBe('UPLOAD_MISSING');
    }
    expect(await refusalOf(submitPhoto(call, request, developing))).toBe('IMAGE_DAMAGED');
  });

  test('while what fails in the judging itself stays counted beside it', async () => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const crash = fakeEngineThatThrows(new Error('out of memory'));
    for (let start = 0; start < 5; start += 1) {
      refuseUploads();
      await expect(submitPhoto(call, request, developing)).rejects.toThrow('is down');
      letStorageBe();
      await expect(submitPhoto(call, request, crash)).rejects.toThrow('out of memory');
    }
    expect(await refusalOf(submitPhoto(call, request, developing))).toBe('IMAGE_DAMAGED');
  });
});

test.each([
  ['of a judged photo', developing, 'none'],
  ['that is no picture', fakeEngineThatThrows(new DomainError('IMAGE_DAMAGED')), 'IMAGE_DAMAGED'],
] as const)(
  'an outage in which the phone’s file %s is not deleted changes no answer, and the file stays known',
  async (_, engine, outcome) => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    refuseDeletions();
    expect(await refusalOf(submitPhoto(call, request, engine))).toBe(outcome);
    expect(filesOf((await photos().findOne({ submissionId }))!)).toContain(request.fileId);
  },
);

describe('a worker that comes back too late', () => {
  test('finds its place taken and gets the photo that the other one recorded', async () => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const slow = fakeEngineDuringWhich(
      () => submitPhoto(later(call, WORKER_SECONDS.photo + 1), request, developing),
      fakeEngineThatBlocks(),
    );
    const answer = await submitPhoto(call, request, slow);
    expect(answer.photo.verdict.outcome).toBe('passed');
    expect(await storedSubmission(submissionId)).toMatchObject({ state: 'developed', attempts: 1 });
  });

  test('and fails leaves the place to the one that works now', async () => {
    const { call, submissionId } = await aGraduate();
    const first = { submissionId, ...(await anUpload(call)), ticks: [] };
    const second = { submissionId, ...(await anUpload(call)), ticks: [] };
    const late = fakeEngineDuringWhich(
      () => dieInside(later(call, WORKER_SECONDS.photo + 1), second),
      fakeEngineThatThrows(new Error('out of memory')),
    );
    await expect(submitPhoto(call, first, late)).rejects.toThrow('out of memory');
    expect((await storedSubmission(submissionId)).underway).toMatchObject({ photoId: second.uploadId });
    const third = submitNew(later(call, WORKER_SECONDS.photo + 2), submissionId);
    expect(await refusalOf(third)).toBe('CONFLICT');
  });

  test('says nothing of the start that followed its own: what that one dies of stays counted', async () => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const late = fakeEngineDuringWhich(() => dieInside(later(call, WORKER_SECONDS.photo + 1), request));
    expect(await refusalOf(submitPhoto(call, request, late))).toBe('SUBMISSION_STATE');
    expect(await photos().findOne({ submissionId })).toMatchObject({ starts: 2, failedStarts: 2 });
  });

  test('loses to the yes that was said meanwhile, and its file is gone', async () => {
    const { call, submissionId } = await aGraduate();
    const first = await submitNew(call, submissionId);
    const upload = await anUpload(call);
    const engine = fakeEngineDuringWhich(() => confirmPhoto(call, { submissionId, photoId: first.photo.id }));
    const late = submitPhoto(call, { submissionId, ...upload, ticks: [] }, engine);
    await expect(late).rejects.toMatchObject({ code: 'SUBMISSION_STATE', details: { state: 'confirmed' } });
    expect(await storedSubmission(submissionId)).toMatchObject({
      state: 'confirmed',
      confirmedPhotoId: first.photo.id,
      attempts: 1,
    });
    const [, evidence, standard] = filesOf((await photos().get(upload.uploadId))!);
    expect(await exists(evidence!)).toBe(false);
    expect(await exists(standard!)).toBe(false);
  });

  test('does not land in a submission that was withdrawn and begun again meanwhile', async () => {
    const { call, submissionId } = await aGraduate();
    const engine = fakeEngineDuringWhich(async () => {
      await withdrawSubmission(call, { submissionId });
      await restartSubmission(call, { submissionId });
    });
    expect(await refusalOf(submitNew(call, submissionId, engine))).toBe('SUBMISSION_STATE');
    expect(await storedSubmission(submissionId)).toMatchObject({ state: 'bound', attempts: 0 });
  });

  test('does not bring back a submission that was deleted after it counted as dead', async () => {
    const { call, submissionId } = await aGraduate();
    const engine = fakeEngineDuringWhich(() =>
      deleteSubmission(later(call, WORKER_SECONDS.photo + 1), { submissionId }),
    );
    expect(await refusalOf(submitNew(call, submissionId, engine))).toBe('NOT_FOUND');
    expect(await collection('submissions').get(submissionId)).toBeNull();
    expect(await photos().find({ submissionId }, { limit: 10 })).toEqual([]);
  });
});
