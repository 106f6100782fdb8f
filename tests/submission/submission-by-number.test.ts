/** A student is found by the number that people write to each other, in a batch of 50,000 as fast as in one of three. */
import { fieldsAsked } from '../support/fields-asked';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { DATABASE_SCHEMA } from '../../cloudfunctions/platform/database-schema';
import { submissionByNumber } from '../../cloudfunctions/submission/submission-subject';
import { type BatchId } from '../../miniprogram/shared/identity/ids';
import { withPhoto } from '../support/accepted-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

test('it is the one of this batch', async () => {
  const [batch, other] = [await storedBatch(), await storedBatch()];
  await withPhoto(other, '1');
  const { _id } = await withPhoto(batch, '1');
  expect((await submissionByNumber(batch.id, '1'))?.thing._id).toBe(_id);
  expect(await submissionByNumber(batch.id, '2')).toBeNull();
  expect(await submissionByNumber(newId() as BatchId, '1')).toBeNull();
});

test('an index leads to it: no other submission is looked at', async () => {
  const batch = await storedBatch();
  await withPhoto(batch, '1');
  const [asked, ...others] = await fieldsAsked(() => submissionByNumber(batch.id, '1'));
  const { indexes } = DATABASE_SCHEMA.find(({ name }) => name === asked?.collection)!;
  const keys = indexes.map(({ fields }) => fields.map(({ path }) => path).sort());
  expect(keys).toContainEqual([...asked!.fields].sort());
  expect(others).toEqual([]);
});
