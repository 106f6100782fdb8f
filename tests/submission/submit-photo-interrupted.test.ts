/** Workers that die in the middle of a photo, or come back when others have gone on. */
import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import {
  confirmPhoto,
  restartSubmission,
  withdrawSubmission,
} from '../../cloudfunctions/submission/decide-submission';
import { deleteSubmission, filesOf } from '../../cloudfunctions/submission/delete-submission';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { ASK_AGAIN_SECONDS, WORKER_SECONDS } from '../../cloudfunctions/submission/submit-photo/begin-photo';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
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
import { anUpload, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const developing = fakeEngineThatDevelops();
const photos = () => collection<PhotoDocument>('photos');

describe('a crash', () => {
  test('of the engine loses no attempt and no time: the same upload works at once', async () => {
    const { call, submissionId } = await aGraduate({ attemptLimit: 1 });
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    await expect(submitPhoto(call, request, fakeEngineThatThrows(new Error('a bug')))).rejects.toThrow(
      'a bug',
    );
    expect((await submitPhoto(call, request, developing)).submission.state).toBe('developed');
  });

  /** As if the process had died inside the engine: it never comes back. */
  async function dieInside(call: Call, request: Parameters<typeof submitPhoto>[1]): Promise<void> {
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

  test('of the whole process leaves a place that frees itself', async () => {
    const { call, submissionId } = await aGraduate({ attemptLimit: 1 });
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    await dieInside(withKey(call), request);
    await expect(submitPhoto(call, request, developing)).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { retryAfterSeconds: ASK_AGAIN_SECONDS },
    });
    const answer = await submitPhoto(later(call, WORKER_SECONDS + 1), request, developing);
    expect(answer.submission).toMatchObject({ state: 'developed', attemptsLeft: 0 });
  });

  test('between storing and recording leaves no file that no document knows of', async () => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    await dieInside(call, request);
    const photo = await photos().findOne({ submissionId });
    expect(photo).toMatchObject({ status: 'underway' });
    expect(filesOf(photo!)).toHaveLength(3);
  });

  test('of a picture that kills every worker ends: it is given up', async () => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const crash = fakeEngineThatThrows(new Error('out of memory'));
    for (let start = 0; start < 5; start += 1) {
      await expect(submitPhoto(call, request, crash)).rejects.toThrow('out of memory');
    }
    expect(await refusalOf(submitPhoto(call, request, developing))).toBe('IMAGE_DAMAGED');
    expect((await submitNew(call, submissionId)).submission.state).toBe('developed');
  });
});

describe('a worker that comes back too late', () => {
  test('finds its place taken and gets the photo that the other one recorded', async () => {
    const { call, submissionId } = await aGraduate();
    const request = { submissionId, ...(await anUpload(call)), ticks: [] };
    const slow = fakeEngineDuringWhich(
      () => submitPhoto(later(call, WORKER_SECONDS + 1), request, developing),
      fakeEngineThatBlocks(),
    );
    const answer = await submitPhoto(call, request, slow);
    expect(answer.photo.verdict.outcome).toBe('passed');
    expect(await storedSubmission(submissionId)).toMatchObject({ state: 'developed', attempts: 1 });
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
      deleteSubmission(later(call, WORKER_SECONDS + 1), { submissionId }),
    );
    expect(await refusalOf(submitNew(call, submissionId, engine))).toBe('NOT_FOUND');
    expect(await collection('submissions').get(submissionId)).toBeNull();
    expect(await photos().find({ submissionId }, { limit: 10 })).toEqual([]);
  });
});
