/** What packages ask about everybody in them: whose consent was taken back, however often each changed the mind. */
import { documentsRead } from '../support/documents-read';
import { type ConsentEvent } from '../../cloudfunctions/consent/consent-event';
import { giveConsent, withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { consentTakenBack } from '../../cloudfunctions/consent/taken-back';
import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { aCall, later } from '../support/call-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const agree = (call: Call, facePhoto = true) => giveConsent(call, { version: CONSENT_VERSION, facePhoto });

test('counts is what each said last', async () => {
  const people = {
    agreed: aCall(),
    changed: aCall(),
    withoutFace: aCall(),
    tookBack: aCall(),
    silent: aCall(),
  };
  const { agreed, changed, withoutFace, tookBack } = people;
  await agree(agreed);
  await agree(changed);
  await withdrawConsent(later(changed, 60));
  await agree(later(changed, 120));
  await agree(withoutFace, false);
  await agree(tookBack);
  await withdrawConsent(later(tookBack, 60));
  const openids = Object.values(people).map(({ openid }) => openid);
  const takenBack = await consentTakenBack(openids);
  expect([...takenBack].sort()).toEqual([withoutFace.openid, tookBack.openid].sort());
  expect(await consentTakenBack([])).toEqual(new Set());
});

test('reads one row for each person, also of somebody who went back and forth for days', async () => {
  const [restless, steady] = [aCall(), aCall()];
  await agree(steady);
  const { openid, now } = restless;
  const events = Array.from({ length: 2_001 }, (_, index): ConsentEvent => ({
    _id: `${openid}:${index + 1}`,
    openid,
    sequence: index + 1,
    kind: index % 2 === 0 ? 'given' : 'withdrawn',
    version: CONSENT_VERSION,
    at: now,
    givenAt: index % 2 === 0 ? now : null,
    facePhotoGivenAt: index % 2 === 0 ? now : null,
  }));
  await collection<ConsentEvent>('consents').insertMany(events);
  const { result, read } = await documentsRead(() => consentTakenBack([openid, steady.openid]));
  expect(result).toEqual(new Set());
  expect(read).toBeLessThanOrEqual(2);
});
