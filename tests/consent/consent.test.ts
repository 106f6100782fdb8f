import { consentToShow, readConsent } from '../../cloudfunctions/consent/consent-event';
import { giveConsent, withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { requireConsent, requireFacePhotoConsent } from '../../cloudfunctions/consent/require-consent';
import { type ConsentEvent } from '../../cloudfunctions/consent/consent-event';
import { collection } from '../../cloudfunctions/platform/database';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { aCall, later, withKey } from '../support/call-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const toAll = { version: CONSENT_VERSION, facePhoto: true };
const withoutFace = { version: CONSENT_VERSION, facePhoto: false };
const eventsOf = (openid: string) =>
  collection<ConsentEvent>('consents').find({ openid }, { limit: 50, sort: [['sequence', 'asc']] });

test('nothing is agreed to before it is said', async () => {
  const call = aCall();
  expect(await readConsent(call.openid)).toEqual({
    version: CONSENT_VERSION,
    givenAt: null,
    facePhotoGivenAt: null,
  });
  expect(await refusalOf(requireConsent(call))).toBe('CONSENT_REQUIRED');
  expect(await refusalOf(requireFacePhotoConsent(call))).toBe('CONSENT_REQUIRED');
});

test('the use of the face photo is agreed to separately', async () => {
  const call = aCall();
  await giveConsent(call, withoutFace);
  expect(await refusalOf(requireConsent(call))).toBe('none');
  expect(await refusalOf(requireFacePhotoConsent(call))).toBe('FACE_CONSENT_REQUIRED');
  await giveConsent(later(call, 60), toAll);
  expect(await refusalOf(requireFacePhotoConsent(call))).toBe('none');
});

test('what is said last holds, and each moment is kept', async () => {
  const call = aCall();
  await giveConsent(call, toAll);
  const withdrawn = await giveConsent(later(call, 60), withoutFace);
  expect(withdrawn).toMatchObject({ givenAt: call.now, facePhotoGivenAt: null });
  await withdrawConsent(later(call, 120));
  expect(await refusalOf(requireConsent(call))).toBe('CONSENT_REQUIRED');
  expect((await eventsOf(call.openid)).map(({ sequence, kind }) => [sequence, kind])).toEqual([
    [1, 'given'],
    [2, 'given'],
    [3, 'withdrawn'],
  ]);
});

test('agreeing again to the same adds nothing', async () => {
  const call = aCall();
  const first = await giveConsent(call, toAll);
  expect(await giveConsent(later(call, 60), toAll)).toEqual(first);
  expect(await eventsOf(call.openid)).toHaveLength(1);
});

test('ten phones at once leave one event', async () => {
  const call = aCall();
  await Promise.all(Array.from({ length: 10 }, () => giveConsent(call, toAll)));
  expect(await eventsOf(call.openid)).toHaveLength(1);
});

test('going back and forth is stopped for a while; what was said last stays said', async () => {
  const call = aCall();
  for (let round = 0; round < 10; round += 1) {
    await giveConsent(call, toAll);
    await withdrawConsent(call);
  }
  expect(await refusalOf(giveConsent(call, toAll))).toBe('TOO_MANY_REQUESTS');
  expect(await refusalOf(withdrawConsent(call))).toBe('TOO_MANY_REQUESTS');
  expect(await eventsOf(call.openid)).toHaveLength(20);
  expect(await refusalOf(requireConsent(call))).toBe('CONSENT_REQUIRED');
  await giveConsent(later(call, 600), toAll);
  expect(await refusalOf(requireConsent(call))).toBe('none');
});

test('copies of one request count once', async () => {
  const call = withKey(aCall());
  for (let copy = 0; copy < 30; copy += 1) await giveConsent(call, toAll);
  expect(await refusalOf(withdrawConsent(withKey(call)))).toBe('none');
});

test('a copy of an old request does not agree again after a withdrawal', async () => {
  const call = withKey(aCall());
  await giveConsent(call, toAll);
  await withdrawConsent(withKey(later(call, 60)));
  expect(await giveConsent(call, toAll)).toMatchObject({ givenAt: null });
});

test('another wording than the present one cannot be agreed to, and an older agreement no longer counts', async () => {
  const call = aCall();
  // By a code that the mini program of that wording has words for.
  for (const version of ['2020-01', '9999-01']) {
    await expect(giveConsent(call, { ...toAll, version })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { path: 'payload.version' },
    });
  }
  await giveConsent(call, toAll);
  await collection<ConsentEvent>('consents').update(`${call.openid}:1`, { version: '2020-01' });
  expect(await refusalOf(requireConsent(call))).toBe('CONSENT_REQUIRED');
  // The page can say that the wording has changed; a mini program of that time must not take its own for the one in force.
  const { version, givenAt } = await consentToShow(call.openid);
  expect(givenAt).toBe(call.now);
  expect(['2020-01', CONSENT_VERSION]).not.toContain(version);
  await withdrawConsent(later(call, 60));
  expect(await consentToShow(call.openid)).toMatchObject({ givenAt: null });
});

test("one person's consent is nobody else's", async () => {
  await giveConsent(aCall(), toAll);
  expect(await refusalOf(requireConsent(aCall()))).toBe('CONSENT_REQUIRED');
});
