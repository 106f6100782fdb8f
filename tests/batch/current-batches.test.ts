/** Which batches the first page shows. */
import { currentBatches } from '../../cloudfunctions/batch/find-batches';
import { windowOf } from '../../miniprogram/shared/batch/batch';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

it('open ones first, however many others closed lately; those closed long ago not at all', async () => {
  for (let i = 0; i < 21; i++)
    await storedBatch({ opensAt: daysFromNow(-60), closesAt: daysFromNow(-1 - i) });
  await storedBatch({ opensAt: daysFromNow(-90), closesAt: daysFromNow(-31) });
  await storedBatch({ opensAt: daysFromNow(3), closesAt: daysFromNow(90), title: 'soon' });
  await storedBatch({ opensAt: daysFromNow(-1), closesAt: daysFromNow(60), title: 'open' });
  const call = aCall();
  const shown = await currentBatches(call);
  expect(shown).toHaveLength(20);
  expect(shown.slice(0, 2).map(({ title }) => title)).toEqual(['open', 'soon']);
  expect(shown.slice(2).every((batch) => windowOf(batch, call.now) === 'closed')).toBe(true);
  expect(shown[2]!.closesAt > shown[19]!.closesAt).toBe(true);
});
