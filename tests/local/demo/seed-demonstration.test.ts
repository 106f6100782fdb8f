import { type BatchDocument } from '../../../cloudfunctions/batch/batch-document';
import { collection } from '../../../cloudfunctions/platform/database';
import {
  DEMONSTRATION_SETUP_CODE,
  demonstrationBatches,
  demonstrationCode,
} from '../../../local/demo/demonstration';
import { seedDemonstration } from '../../../local/demo/seed-demonstration';
import { windowOf } from '../../../miniprogram/shared/batch/batch';
import { type Instant } from '../../../miniprogram/shared/identity/ids';
import { photoStandardFor } from '../../../miniprogram/shared/photo-standard/photo-standard';
import { startTestCloud, type TestCloud } from '../../support/start-test-cloud';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud({ variables: { OPERATOR_SETUP_SECRET: DEMONSTRATION_SETUP_CODE } });
});
afterAll(() => testCloud.close());

test('seeding again leaves what people did and moves the deadline to the new day', async () => {
  await seedDemonstration(testCloud.cloud, new Date('2027-01-01T00:00:00Z'));
  const person = testCloud.person();
  await person.agree();
  const { batches } = await seedDemonstration(testCloud.cloud, new Date('2027-06-01T00:00:00Z'));
  expect(await collection('batches').count({})).toBe(batches.length);
  const open = await collection<BatchDocument>('batches').get('demonstration-open');
  expect(open!.closesAt > '2027-06-01').toBe(true);
  expect((await person.student('overview', {})).consent.givenAt).not.toBeNull();
});

test('the batches show each window, under settings that the standard allows', () => {
  const now = new Date();
  const batches = demonstrationBatches(now);
  expect(batches.map((batch) => windowOf(batch, now.toISOString() as Instant)).sort()).toEqual([
    'closed',
    'not-open-yet',
    'open',
  ]);
  for (const { photoSettings } of batches) expect(() => photoStandardFor(photoSettings)).not.toThrow();
});

test('the same code comes out every time, bit by bit', async () => {
  const [one, other] = await Promise.all([demonstrationCode(), demonstrationCode()]);
  expect(Buffer.from(one.png).equals(Buffer.from(other.png))).toBe(true);
});

test('the printed code makes one person the first operator, and nobody else', async () => {
  const join = (openid: string) =>
    testCloud
      .person(openid)
      .send('operator', { action: 'acceptInvitation', payload: { code: DEMONSTRATION_SETUP_CODE } });
  expect(await join('first')).toMatchObject({ ok: true });
  expect(await join('second')).toMatchObject({ ok: false, code: 'INVITATION_INVALID' });
});
