import { type ConsentEvent } from '../../cloudfunctions/consent/consent-event';
import { giveConsent, withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { checkExport } from '../../cloudfunctions/export/start-export';
import { collection } from '../../cloudfunctions/platform/database';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { withPhoto } from '../support/accepted-builder';
import { aCall } from '../support/call-builder';
import {
  finishedPackage,
  finishPackage,
  manifestOf,
  newPhotosOf,
  packageRequest,
  startPackage,
} from '../support/package-builder';
import { refusalOf } from '../support/refusal';
import { storedBatchDocument } from '../support/roster-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { agree, storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const takeBack = ({ openid }: SubmissionDocument) => withdrawConsent(aCall({ openid }));
const agreeAgain = ({ openid }: SubmissionDocument) => agree(aCall({ openid }));
const numbersIn = async (...given: Parameters<typeof finishedPackage>) =>
  manifestOf((await finishedPackage(...given)).files).entries.map(({ studentNumber }) => studentNumber);
const TAKEN_BACK = [{ reason: 'consent-taken-back', count: 1, studentNumbers: ['1'] }];

describe('a photo whose owner took the consent back', () => {
  test('is not put into a package; check and package name the student, who can be called', async () => {
    const batch = await storedBatch();
    const { openid } = await withPhoto(batch, '1');
    await withPhoto(batch, '2');
    await withdrawConsent(aCall({ openid }));
    const request = packageRequest(batch);
    expect(await checkExport(await storedBatchDocument(batch.id), request)).toMatchObject({
      photos: 1,
      problemCount: 0,
      leftOut: TAKEN_BACK,
    });
    const { job, files } = await finishedPackage(batch);
    expect(job).toMatchObject({ photos: 1, leftOut: TAKEN_BACK });
    const manifest = manifestOf(files);
    expect(manifest.leftOut).toEqual([{ reason: 'consent-taken-back', photos: 1 }]);
    expect(manifest.entries.map(({ studentNumber }) => studentNumber)).toEqual(['2']);
  });

  test('is not packed either when that happens after the start', async () => {
    const batch = await storedBatch();
    const owner = await withPhoto(batch, '1');
    const started = await startPackage(batch);
    await takeBack(owner);
    expect(await finishPackage(started)).toMatchObject({ photos: 0, leftOut: TAKEN_BACK });
  });

  test('is in the next package of new photos as soon as the owner agrees again', async () => {
    const batch = await storedBatch();
    const owner = await withPhoto(batch, '1');
    await takeBack(owner);
    expect(await refusalOf(startPackage(batch, newPhotosOf(batch)))).toBe('EXPORT_EMPTY');
    await agreeAgain(owner);
    expect(await numbersIn(batch, newPhotosOf(batch))).toEqual(['1']);
  });

  test('is left out also when only the use of the face photo was taken back', async () => {
    const batch = await storedBatch();
    const { openid } = await withPhoto(batch, '1');
    await giveConsent(aCall({ openid }), { version: CONSENT_VERSION, facePhoto: false });
    expect(await refusalOf(startPackage(batch))).toBe('EXPORT_EMPTY');
  });
});

test('an agreement to an older wording still stands for what was confirmed under it', async () => {
  const batch = await storedBatch();
  const { openid } = await withPhoto(batch, '1');
  await collection<ConsentEvent>('consents').update(`${openid}:1`, { version: '2025-01' });
  expect(await numbersIn(batch)).toEqual(['1']);
});
