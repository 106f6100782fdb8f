/** What counts the documents that a step reads must not change what the step reads. */
import { documentsRead } from '../support/documents-read';
import { collection } from '../../cloudfunctions/platform/database';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { type RosterLineDocument } from '../../cloudfunctions/roster/roster-document';
import { rosterPages } from '../../cloudfunctions/roster/roster-lines';
import { type BatchId } from '../../miniprogram/shared/identity/ids';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const NOTHING_ELSE: Omit<RosterLineDocument, '_id' | 'batchId' | 'version' | 'studentNumber'> = {
  name: null,
  level: null,
  year: null,
  duration: null,
  studyForm: null,
  major: null,
  stationId: null,
  className: null,
  graduationDate: null,
};

test('what is counted comes in the order that was asked for, not in that of the ids', async () => {
  const batchId = newId() as BatchId;
  const line = (_id: string, studentNumber: string): RosterLineDocument => {
    return { _id, batchId, version: 1, studentNumber, ...NOTHING_ELSE };
  };
  await collection<RosterLineDocument>('roster').insertMany([line('a', '2'), line('b', '1')]);
  const { result, read } = await documentsRead(async () => {
    const numbers: string[] = [];
    for await (const page of rosterPages(batchId, 1)) {
      numbers.push(...page.map(({ studentNumber }) => studentNumber));
    }
    return numbers;
  });
  expect(result).toEqual(['1', '2']);
  expect(read).toBe(2);
});
