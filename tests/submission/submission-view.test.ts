/** What a student reads of an own submission: all that a page shows, and nothing of how the staff works. */
import { type BatchDocument } from '../../cloudfunctions/batch/batch-document';
import { collection } from '../../cloudfunctions/platform/database';
import { readSubmission } from '../../cloudfunctions/submission/read-submissions';
import { type StudentRecord } from '../../cloudfunctions/submission/student-record';
import { DEFAULT_RETENTION } from '../../miniprogram/shared/retention/retention-rules';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { aStudentRecord } from '../support/student-builder';
import { boundSubmission, storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

async function viewOf(student: StudentRecord) {
  const call = aCall();
  const batch = await storedBatch({ schoolName: '示范大学' });
  const change = { from: daysFromNow(1), to: batch.closesAt, reason: '一位老师病了', at: call.now };
  await collection<BatchDocument>('batches').update(batch.id, {
    retention: DEFAULT_RETENTION,
    revision: 1,
    deadlineChanges: [change],
  });
  const { _id: submissionId } = await boundSubmission(call, batch, student);
  return readSubmission(call, { submissionId });
}

test('of the batch what everybody may read', async () => {
  const { batch } = await viewOf(aStudentRecord());
  expect(Object.keys(batch).sort()).toEqual([
    'attemptLimit',
    'closesAt',
    'cohorts',
    'graduationDate',
    'id',
    'notice',
    'opensAt',
    'photoSettings',
    'schoolName',
    'telephone',
    'title',
  ]);
});

test.each([
  ['with the study form', '非脱产', { studyForm: '非脱产' }],
  ['without a study form where the code names none', null, {}],
])('of the student the 学籍 as it may be seen, %s', async (_, studyForm, shown) => {
  const { student } = await viewOf(aStudentRecord({ studentNumber: '202199990001', studyForm }));
  expect(student).toStrictEqual({
    schoolCode: '99999',
    schoolName: '示范大学',
    maskedName: '张*三',
    maskedStudentNumber: '2021****0001',
    level: '专升本',
    year: '2021',
    ...shown,
  });
});
