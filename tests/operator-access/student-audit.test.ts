/** "What happened to my photo?": every step, also those that are taken for a whole package, for those who may ask. */
import { bindCode } from '../../cloudfunctions/capture-code/binding/bind-code';
import { cancelExport, markDelivered } from '../../cloudfunctions/export/use-package';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { deleteSubmission } from '../../cloudfunctions/submission/delete-submission';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type ExportJob } from '../../miniprogram/shared/contract/exporter';
import { withPhoto } from '../support/accepted-builder';
import { aCall, later } from '../support/call-builder';
import { finishPackage, newPhotosOf, startPackage, storedPackage } from '../support/package-builder';
import { returned } from '../support/return-builder';
import { staffOn, type StaffPerson, storedMember } from '../support/staff-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { agree, storedBatch, storedResolution, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const schoolOf = async ({ schoolCode }: Batch): Promise<StaffPerson> =>
  staffOn(testCloud.cloud, (await storedMember({ role: 'school', schoolCode })).openid);

/** What the school reads about this student, the newest first. */
async function stepsOf(batch: Batch, studentNumber: string): Promise<readonly string[]> {
  const school = await schoolOf(batch);
  const { entries } = await school.operator('studentAudit', { batchId: batch.id, studentNumber });
  return entries.map(({ action }) => action);
}

const packed = async (batch: Batch) => finishPackage(await startPackage(batch, newPhotosOf(batch)));
const stopped = async (job: ExportJob) => cancelExport(aCall(), await storedPackage(job));
const delivered = async (job: ExportJob) => markDelivered(aCall(), await storedPackage(job));

describe('of the packages that a photo was in', () => {
  test('each is listed: packed, stopped and so new again, packed again, delivered', async () => {
    const batch = await storedBatch();
    await withPhoto(batch, '1');
    await stopped(await packed(batch));
    await delivered(await packed(batch));
    expect(await stepsOf(batch, '1')).toEqual([
      'export.deliver',
      'export.finish',
      'export.start',
      'export.cancel',
      'export.finish',
      'export.start',
    ]);
  });

  test('also one whose files are gone, and one whose photo was sent back since', async () => {
    const batch = await storedBatch();
    const { _id } = await withPhoto(batch, '1');
    await packed(batch);
    await runRetention(later(aCall(), 15 * 24 * 3600), { dryRun: false });
    await returned(await storedSubmission(_id));
    expect(await stepsOf(batch, '1')).toEqual(['submission.return', 'export.finish', 'export.start']);
  });

  test('none is that it was left out of, that somebody else was in, or that handed nothing on', async () => {
    const batch = await storedBatch();
    const submission = await withPhoto(batch, '1', 'exported');
    await withPhoto(batch, '2');
    await packed(batch);
    await stopped(await startPackage(batch));
    const started = await startPackage(batch);
    await returned(submission);
    await finishPackage(started);
    expect(await stepsOf(batch, '1')).toEqual(['submission.return']);
  });
});

describe('the school reads', () => {
  async function bound() {
    const batch = await storedBatch();
    const student = aCall();
    await agree(student);
    const resolutionId = await storedResolution(student.openid, batch);
    const { id } = await bindCode(student, { resolutionId });
    return { batch, student, submission: await storedSubmission(id) };
  }

  test('that the code was bound', async () => {
    const { batch, submission } = await bound();
    expect(await stepsOf(batch, submission.studentNumber)).toEqual(['submission.bind']);
  });

  test('that the data was deleted, by the id that stands in its list', async () => {
    const { batch, student, submission } = await bound();
    await deleteSubmission(later(student, 60), { submissionId: submission._id });
    const school = await schoolOf(batch);
    const { entries } = await school.operator('audit', { subjectId: submission._id });
    expect(entries.map(({ action }) => action)).toEqual(['submission.delete', 'submission.bind']);
  });
});
