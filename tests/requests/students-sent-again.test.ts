/** One request key gives one outcome: each action by which a student writes something, through the deployed functions. */
import { withPhoto } from '../support/accepted-builder';
import { aCall } from '../support/call-builder';
import { aCode, asPayload, RIGHT_TAIL } from '../support/code-builder';
import { expectOnce, type Send, writingOnce } from '../support/sent-again';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { agree, boundSubmission, storedBatch, storedResolution } from '../support/submission-builder';
import { type Call } from '../../cloudfunctions/requests/call';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { type StudentUseCase } from '../../miniprogram/shared/roles/role-table';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud({ variables: { REMINDER_TEMPLATE_ID: 'a-template' } });
});
afterAll(() => testCloud.close());

/** Two different payloads of one person, made anew for each call; the second is null where there is only one. */
type Payloads = (call: Call) => Promise<readonly [object, object | null]>;

const twice = async (payload: () => Promise<object>) => [await payload(), await payload()] as const;

/** About each of two submissions of this person. */
const about = (state: SubmissionDocument['state']) => (call: Call) =>
  twice(async () => ({
    submissionId: (await boundSubmission(call, await storedBatch(), { state }))._id,
  }));

const STUDENT_PAYLOADS: Partial<Record<StudentUseCase, Payloads>> = {
  'student.consent': () =>
    Promise.resolve([
      { version: CONSENT_VERSION, facePhoto: true },
      { version: CONSENT_VERSION, facePhoto: false },
    ]),
  'student.withdrawConsent': async (call) => {
    await agree(call);
    return [{}, null];
  },
  'student.prepareUpload': async (call) => {
    await agree(call);
    return [
      { purpose: 'portrait', extension: 'jpg' },
      { purpose: 'portrait', extension: 'png' },
    ];
  },
  'student.resolveCode': async (call) => {
    await agree(call);
    await storedBatch();
    return twice(() => Promise.resolve({ code: asPayload(aCode()), idTail: RIGHT_TAIL }));
  },
  'student.bind': async (call) => {
    await agree(call);
    const batch = await storedBatch();
    return twice(async () => ({ resolutionId: await storedResolution(call.openid, batch) }));
  },
  'student.confirm': (call) =>
    twice(async () => {
      const photo = await withPhoto(await storedBatch(), '1', 'developed', {}, call);
      return { submissionId: photo._id, photoId: photo.developedPhotoId };
    }),
  'student.withdraw': about('developed'),
  'student.restart': about('withdrawn'),
  'student.allowReminder': about('bound'),
  'student.deleteSubmission': about('bound'),
};

test('every action has its payloads', () => {
  expect(writingOnce('student').filter((useCase) => !Object.hasOwn(STUDENT_PAYLOADS, useCase))).toEqual([]);
});

test.each(writingOnce('student'))('%s', async (useCase) => {
  const call = aCall();
  const person = testCloud.person(call.openid);
  const action = useCase.slice('student.'.length);
  const send: Send = (payload, requestKey) => person.send('student', { action, payload, requestKey });
  await expectOnce(send, ...(await STUDENT_PAYLOADS[useCase]!(call)));
});
