import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { prepareUpload } from '../../cloudfunctions/upload/prepare-upload';
import { pathOf, siblingFileId } from '../../cloudfunctions/upload/upload-ticket';
import { AnswerRefused } from '../../miniprogram/services/failure';
import { DomainError } from '../../miniprogram/shared/errors';
import { type FileId } from '../../miniprogram/shared/identity/ids';
import { aCall, later, withKey } from '../support/call-builder';
import { aFakeUploadPhone, OFFLINE, sendTo, settle } from '../support/fake-upload-phone';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { agree } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const portrait = { purpose: 'portrait', extension: 'jpg' } as const;
const codePicture = { purpose: 'code-picture', extension: 'png' } as const;

test('the server chooses a path that says nothing and cannot be guessed', async () => {
  const call = aCall();
  await agree(call);
  const paths = await Promise.all(
    [portrait, portrait, codePicture].map(async (request) => (await prepareUpload(call, request)).cloudPath),
  );
  expect(paths).toEqual([
    expect.stringMatching(/^originals\/[0-9a-f]{32}\.jpg$/),
    expect.stringMatching(/^originals\/[0-9a-f]{32}\.jpg$/),
    expect.stringMatching(/^code-pictures\/[0-9a-f]{32}\.png$/),
  ]);
  expect(new Set(paths).size).toBe(3);
});

test('a portrait needs the consent to the face photo, a code picture the general one', async () => {
  const call = aCall();
  expect(await refusalOf(prepareUpload(call, codePicture))).toBe('CONSENT_REQUIRED');
  await agree(call, false);
  expect(await refusalOf(prepareUpload(call, codePicture))).toBe('none');
  expect(await refusalOf(prepareUpload(call, portrait))).toBe('FACE_CONSENT_REQUIRED');
});

test('the same request again gets the same ticket and counts once', async () => {
  const call = withKey(aCall());
  await agree(call);
  const [first, second] = await Promise.all([prepareUpload(call, portrait), prepareUpload(call, portrait)]);
  expect(second).toEqual(first);
  expect(await collection('uploads').count({ openid: call.openid })).toBe(1);
});

describe('a ticket whose answer was lost, and that the night removed unused', () => {
  const nightAfter = (call: Call, days: number) =>
    runRetention({ ...aCall(), now: later(call, days * 24 * 3600).now }, { dryRun: false });

  test('is not given again: the request is to be made anew, under another key', async () => {
    const call = withKey(aCall());
    await agree(call);
    await prepareUpload(call, portrait);
    await nightAfter(call, 1);
    const again = later(call, 24 * 3600);
    await expect(prepareUpload(again, portrait)).rejects.toMatchObject({
      code: 'UPLOAD_MISSING',
      details: { reason: 'expired' },
    });
    expect(await refusalOf(prepareUpload(withKey(again), portrait))).toBe('none');
  });

  test('keeps no photo on the phone: the next try sends it', async () => {
    const call = aCall();
    await agree(call);
    const keys: string[] = [];
    let answersAreLost = true;
    const phone = aFakeUploadPhone({
      now: () => call.now,
      prepareUpload: async (request, key) => {
        keys.push(key);
        const ticket = await prepareUpload(withKey(call, key), request).catch((error: unknown) => {
          throw error instanceof DomainError ? new AnswerRefused(error.code, error.details, 'r') : error;
        });
        if (answersAreLost) throw OFFLINE;
        return ticket;
      },
    });
    const { sending } = await sendTo(phone);
    while (!phone.waiting()) await settle();
    await nightAfter(call, 1);
    answersAreLost = false;
    phone.networkReturns();
    expect((await sending.outcome).kind).toBe('judged');
    expect(new Set(keys).size).toBe(2);
  });
});

test('sixty in ten minutes are enough for anybody', async () => {
  const call = aCall();
  await agree(call);
  for (let time = 0; time < 60; time += 1) await prepareUpload(call, portrait);
  await expect(prepareUpload(call, portrait)).rejects.toMatchObject({
    code: 'TOO_MANY_REQUESTS',
    details: { retryAfterSeconds: 600 },
  });
  expect(await refusalOf(prepareUpload(later(call, 600), portrait))).toBe('none');
});

test.each([
  ['cloud://prod.70-prod-1/originals/a.jpg', 'originals/a.jpg'],
  ['https://example.com/originals/a.jpg', undefined],
  ['cloud://prod', undefined],
])('%s has the path %s', (fileId, path) => {
  expect(pathOf(fileId as FileId)).toBe(path);
});

test('a file beside another one has the same storage', () => {
  const original = 'cloud://prod.70-prod-1/originals/a.jpg' as FileId;
  expect(siblingFileId(original, 'standards/b.jpg')).toBe('cloud://prod.70-prod-1/standards/b.jpg');
});
