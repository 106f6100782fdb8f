/**
 * A submission is deleted while a worker judges a photo of it. Nobody waits for the worker, and nothing that it stores
 * stays, whatever becomes of it.
 */
import { collection } from '../../cloudfunctions/platform/database';
import { uploadBytes } from '../../cloudfunctions/platform/storage';
import { type Call } from '../../cloudfunctions/requests/call';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { restartSubmission, withdrawSubmission } from '../../cloudfunctions/submission/decide-submission';
import { deleteSubmission } from '../../cloudfunctions/submission/delete-submission';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { prepareUpload } from '../../cloudfunctions/upload/prepare-upload';
import { siblingFileId } from '../../cloudfunctions/upload/upload-ticket';
import { type FileId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { aCall, later } from '../support/call-builder';
import { fakeEngineDuringWhich, fakeEngineThatDevelops } from '../support/fake-photo-engine';
import { aGraduate, exists, submitNew } from '../support/graduate-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { dieAfterStoring, letStorageBe, refuseDeletions } from '../support/storage-moments';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterEach(letStorageBe);
afterAll(() => testCloud.close());

type Student = { readonly call: Call; readonly submissionId: SubmissionId };

const nextNight = () => runRetention(later(aCall(), 12 * 3600), { dryRun: false });

async function remove({ call, submissionId }: Student): Promise<void> {
  await deleteSubmission(call, { submissionId });
}

/** What the student does while the photo is judged; each ends with a deletion that is done. */
const WAYS: readonly (readonly [string, (student: Student) => Promise<void>])[] = [
  ['deletes', remove],
  [
    'takes back and deletes',
    async (student) => {
      await withdrawSubmission(student.call, student);
      await remove(student);
    },
  ],
  [
    'takes back, begins again and deletes',
    async (student) => {
      await withdrawSubmission(student.call, student);
      await restartSubmission(student.call, student);
      await remove(student);
    },
  ],
];

/** The files that the worker stored, all of which were there once. */
async function filesOfWorker(student: Student, happens: () => Promise<void>): Promise<readonly FileId[]> {
  let stored: readonly FileId[] = [];
  await new Promise<void>((storedBoth, failed) => {
    const engine = fakeEngineDuringWhich(async () => {
      await happens();
      stored = dieAfterStoring();
    });
    submitNew(student.call, student.submissionId, engine).catch(failed);
    const looking = setInterval(() => {
      if (stored.length < 2) return;
      clearInterval(looking);
      storedBoth();
    }, 5);
  });
  letStorageBe();
  return stored;
}

describe.each(WAYS)('a student %s', (_, way) => {
  test('and the worker takes its files along', async () => {
    const student = await aGraduate();
    const engine = fakeEngineDuringWhich(() => way(student));
    expect(await refusalOf(submitNew(student.call, student.submissionId, engine))).toBe('NOT_FOUND');
    expect(await collection('submissions').get(student.submissionId)).toBeNull();
    expect(await collection('photos').count({ submissionId: student.submissionId })).toBe(0);
  });

  test('and the worker dies after it stored: the next night deletes its files, and knew nothing of whose', async () => {
    const student = await aGraduate();
    const files = await filesOfWorker(student, () => way(student));
    expect(await Promise.all(files.map(exists))).toEqual([true, true]);
    const left = await collection('uploads').find({ purpose: 'late-file' }, { limit: 10 });
    expect(left.length).toBeGreaterThan(0);
    expect(JSON.stringify(left)).not.toContain(student.call.openid);
    expect(JSON.stringify(left)).not.toContain(student.submissionId);

    await nextNight();
    expect(await Promise.all(files.map(exists))).toEqual([false, false]);
    expect(await collection('uploads').count({ purpose: 'late-file' })).toBe(0);
  });
});

test('what the worker cannot delete the next night deletes', async () => {
  const student = await aGraduate();
  const engine = fakeEngineDuringWhich(async () => {
    await remove(student);
    refuseDeletions();
  });
  expect(await refusalOf(submitNew(student.call, student.submissionId, engine))).toBe('NOT_FOUND');
  letStorageBe();
  const left = await collection<{ _id: string; cloudPath: string }>('uploads').find(
    { purpose: 'late-file' },
    { limit: 10 },
  );
  const marker = await uploadBytes('markers/of-this-test.txt', Buffer.from('where the storage is'));
  const files = left.map(({ cloudPath }) => siblingFileId(marker, cloudPath));
  expect((await Promise.all(files.map(exists))).filter(Boolean)).toHaveLength(2);
  await nextNight();
  expect((await Promise.all(files.map(exists))).filter(Boolean)).toHaveLength(0);
});

test('a portrait that arrives after the deletion, because it was announced too early, goes as well', async () => {
  const { call, submissionId } = await aGraduate();
  const { uploadId, cloudPath } = await prepareUpload(call, { purpose: 'portrait', extension: 'jpg' });
  const marker = await uploadBytes('markers/of-this-test.txt', Buffer.from('where the storage is'));
  const fileId = siblingFileId(marker, cloudPath);
  const early = submitPhoto(call, { submissionId, uploadId, fileId, ticks: [] }, fakeEngineThatDevelops());
  expect(await refusalOf(early)).toBe('UPLOAD_MISSING');
  await deleteSubmission(call, { submissionId });
  await uploadBytes(cloudPath, Buffer.from('a portrait'));
  await nextNight();
  expect(await exists(fileId)).toBe(false);
});

test('who takes back and begins again photographs at once, whatever the old worker does', async () => {
  const { call, submissionId } = await aGraduate();
  const engine = fakeEngineDuringWhich(async () => {
    await withdrawSubmission(call, { submissionId });
    await restartSubmission(call, { submissionId });
    expect((await submitNew(call, submissionId)).submission.state).toBe('developed');
  });
  expect(await refusalOf(submitNew(call, submissionId, engine))).toBe('SUBMISSION_STATE');
});
