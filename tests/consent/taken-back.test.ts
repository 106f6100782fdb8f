/** What packages ask about everybody in them: whose consent was taken back, however often each changed the mind. */
import { documentsRead } from '../support/documents-read';
import { type ConsentEvent } from '../../cloudfunctions/consent/consent-event';
import { giveConsent, withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { consentTakenBack } from '../../cloudfunctions/consent/taken-back';
import { collection } from '../../cloudfunctions/platform/database';
import { DATABASE_SCHEMA } from '../../cloudfunctions/platform/database-schema';
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

/** Given, withdrawn, given and so on. */
function eventOf({ openid, now }: Call, sequence: number): ConsentEvent {
  const given = sequence % 2 === 1;
  return {
    _id: `${openid}:${sequence}`,
    openid,
    sequence,
    kind: given ? 'given' : 'withdrawn',
    version: CONSENT_VERSION,
    at: now,
    givenAt: given ? now : null,
    facePhotoGivenAt: given ? now : null,
  };
}

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
  const { openid } = restless;
  const events = Array.from({ length: 2_001 }, (_, index) => eventOf(restless, index + 1));
  await collection<ConsentEvent>('consents').insertMany(events);
  const { result, read } = await documentsRead(() => consentTakenBack([openid, steady.openid]));
  expect(result).toEqual(new Set());
  expect(read).toBeLessThanOrEqual(2);
});

describe('where no index gives the events in their order', () => {
  let unindexed: TestCloud;
  beforeAll(async () => {
    unindexed = await startTestCloud({ schema: DATABASE_SCHEMA.map(({ name }) => ({ name, indexes: [] })) });
  });
  afterAll(() => unindexed.close());

  test('counts what each said last all the same', async () => {
    const person = aCall();
    // The tenth event stands before the ninth by its id, and was stored before it.
    await collection<ConsentEvent>('consents').insertMany([eventOf(person, 10), eventOf(person, 9)]);
    expect(await consentTakenBack([person.openid])).toEqual(new Set([person.openid]));
  });
});
