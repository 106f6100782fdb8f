import { batchById } from '../../cloudfunctions/batch/find-batches';
import { bindCode } from '../../cloudfunctions/capture-code/binding/bind-code';
import { type BindingDocument } from '../../cloudfunctions/capture-code/binding/binding-document';
import { collection } from '../../cloudfunctions/platform/database';
import { downloadBytes, FileMissingError } from '../../cloudfunctions/platform/storage';
import { type Call } from '../../cloudfunctions/requests/call';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import {
  deleteSubmission,
  filesOf,
  removeSubmission,
} from '../../cloudfunctions/submission/delete-submission';
import { readStoredData } from '../../cloudfunctions/submission/stored-data';
import { downloadLink } from '../../cloudfunctions/submission/download-link';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { readOverview, readSubmission } from '../../cloudfunctions/submission/read-submissions';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { type PhotoId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { CONFIRMED_STATES, SUBMISSION_STATES } from '../../miniprogram/shared/submission/submission-machine';
import { withPhoto } from '../support/accepted-builder';
import { daysFromNow } from '../support/batch-builder';
import { aCall, withKey } from '../support/call-builder';
import { aCode, resolved } from '../support/code-builder';
import { fakeEngineThatBlocks, fakeEngineThatDevelops } from '../support/fake-photo-engine';
import { refusalOf } from '../support/refusal';
import { turnDown } from '../support/sent-back-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { beforeDeleting, letStorageBe } from '../support/storage-moments';
import {
  agree,
  anUpload,
  boundSubmission,
  storedBatch,
  storedSubmission,
} from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterEach(letStorageBe);
afterAll(() => testCloud.close());

async function submit(call: Call, submissionId: SubmissionId, engine = fakeEngineThatDevelops()) {
  return submitPhoto(call, { submissionId, ...(await anUpload(call)), ticks: [] }, engine);
}

/** A caller with a submission of two photos, one blocked, one developed. */
async function aGraduateWithPhotos() {
  const call = aCall();
  const { _id: submissionId, bindingId } = await boundSubmission(call, await storedBatch());
  await submit(call, submissionId, fakeEngineThatBlocks());
  const { photo } = await submit(call, submissionId);
  return { call, submissionId, bindingId, photoId: photo.id };
}

type StudentWhoBindsAnew = Awaited<ReturnType<typeof aStudentWhoBindsAnew>>;

/** A student with a photo, who can bind the same code again. */
async function aStudentWhoBindsAnew() {
  const call = aCall();
  await agree(call);
  await storedBatch({ cohorts: [{ year: '2019' }] });
  const code = aCode({ year: '2019' });
  const bind = async () => bindCode(call, { resolutionId: (await resolved(call, code)).id });
  const { id: submissionId } = await bind();
  await submit(call, submissionId);
  return { call, submissionId, bind };
}

test('everything that is stored about a person is told', async () => {
  const { call, submissionId } = await aGraduateWithPhotos();
  expect(await readStoredData(call)).toEqual({
    consents: 1,
    submissions: [{ id: submissionId, photos: 2, deletable: true }],
  });
});

test('deleting leaves no file, no document and no binding, and the code is free again', async () => {
  const { call, submissionId, bindingId } = await aGraduateWithPhotos();
  const photos = await collection<PhotoDocument>('photos').find({ submissionId }, { limit: 10 });
  const files = photos.flatMap(filesOf);
  expect(files).toHaveLength(6);

  expect(await deleteSubmission(call, { submissionId })).toEqual({ consents: 1, submissions: [] });

  for (const file of files) await expect(downloadBytes(file, 1000)).rejects.toThrow(FileMissingError);
  expect(await collection('photos').count({ submissionId })).toBe(0);
  expect(await collection('uploads').count({ openid: call.openid })).toBe(0);
  expect(await collection('submissions').get(submissionId)).toBeNull();
  expect(await collection('bindings').get(bindingId)).toBeNull();
});

test('two phones that delete at once delete once', async () => {
  const { call, submissionId, bindingId } = await aGraduateWithPhotos();
  const outcomes = await Promise.all(
    Array.from({ length: 4 }, () => refusalOf(deleteSubmission(withKey(call), { submissionId }))),
  );
  expect(outcomes).toContain('none');
  expect(await collection('bindings').get(bindingId)).toBeNull();
  expect(await collection('audit').count({ subjectId: submissionId, action: 'submission.delete' })).toBe(1);
});

test('a deletion that is overtaken by its own copy leaves what the student bound anew since', async () => {
  const { call, submissionId, bind } = await aStudentWhoBindsAnew();
  const { bindingId } = await storedSubmission(submissionId);
  const isAnyFile = () => true;
  beforeDeleting(isAnyFile, async () => {
    await deleteSubmission(withKey(call), { submissionId });
    expect(await bind()).toMatchObject({ id: submissionId, state: 'bound' });
  });

  const { submissions } = await deleteSubmission(withKey(call), { submissionId });
  expect(submissions).toEqual([{ id: submissionId, photos: 0, deletable: true }]);
  expect(await collection('bindings').get(bindingId)).toMatchObject({ submissionIds: [submissionId] });
});

describe('the photo that was taken anew under the same id is left', () => {
  async function beginAnew({ call, submissionId, bind }: StudentWhoBindsAnew): Promise<void> {
    await deleteSubmission(withKey(call), { submissionId });
    await bind();
    await submit(call, submissionId);
  }

  async function expectTheNewPhoto({ submissionId }: StudentWhoBindsAnew): Promise<void> {
    expect(await storedSubmission(submissionId)).toMatchObject({ state: 'developed', deletingAt: null });
    const photos = await collection<PhotoDocument>('photos').find({ submissionId }, { limit: 10 });
    expect(photos).toMatchObject([{ status: 'developed' }]);
    expect((await downloadBytes(photos[0]!.originalFileId, 1e6)).length).toBeGreaterThan(0);
  }

  test('by a deletion of the student’s own that comes late', async () => {
    const student = await aStudentWhoBindsAnew();
    // What a copy of the request holds that was held up right after its mark.
    const marked = { ...(await storedSubmission(student.submissionId)), deletingAt: daysFromNow(0) };
    await beginAnew(student);
    await removeSubmission(student.call, marked, await batchById(marked.batchId), null);
    await expectTheNewPhoto(student);
  });

  test('by the night, which had read it as half deleted before', async () => {
    const students = await Promise.all([aStudentWhoBindsAnew(), aStudentWhoBindsAnew()]);
    for (const { submissionId } of students) {
      const deletingAt = daysFromNow(-1);
      await collection<SubmissionDocument>('submissions').update(submissionId, { deletingAt });
    }
    // The night goes by their ids: it is at the first one's files when the other one overtakes it.
    const [, last] = students.sort((a, b) => (a.submissionId < b.submissionId ? -1 : 1));
    const isAnyFile = () => true;
    beforeDeleting(isAnyFile, () => beginAnew(last));
    await runRetention(aCall(), { dryRun: false });
    await expectTheNewPhoto(last);
  });
});

test('with a submission goes what the review said of it', async () => {
  const submission = await withPhoto(await storedBatch(), '1', 'confirmed');
  await turnDown(submission);
  expect(await collection('reviews').get(submission._id)).toMatchObject({ decision: 'rejected' });
  await deleteSubmission(aCall({ openid: submission.openid }), { submissionId: submission._id });
  expect(await collection('reviews').get(submission._id)).toBeNull();
});

test('deleting one of two submissions of a 学籍 keeps the binding for the other', async () => {
  const { call, submissionId, bindingId } = await aGraduateWithPhotos();
  const other = 'another-submission' as SubmissionId;
  await collection<BindingDocument>('bindings').update(bindingId, { submissionIds: [submissionId, other] });
  await deleteSubmission(call, { submissionId });
  expect(await collection('bindings').get(bindingId)).toMatchObject({ submissionIds: [other] });
});

test('a deletion that was cut short is finished by asking again', async () => {
  const { call, submissionId } = await aGraduateWithPhotos();
  await collection<SubmissionDocument>('submissions').update(submissionId, { deletingAt: call.now });

  expect((await readOverview(call)).submissions).toEqual([]);
  expect(await refusalOf(readSubmission(call, { submissionId }))).toBe('NOT_FOUND');
  expect((await deleteSubmission(call, { submissionId })).submissions).toEqual([]);
  expect(await collection('photos').count({ submissionId })).toBe(0);
});

test('a deletion whose answer was lost is answered again, and one of nothing is refused', async () => {
  const { call, submissionId } = await aGraduateWithPhotos();
  const keyed = withKey(call);
  const first = await deleteSubmission(keyed, { submissionId });
  expect(await deleteSubmission(keyed, { submissionId })).toEqual(first);
  expect(await refusalOf(deleteSubmission(withKey(call), { submissionId }))).toBe('NOT_FOUND');
});

test.each(SUBMISSION_STATES)('a submission that is %s', async (state) => {
  const call = aCall();
  const { _id: submissionId } = await boundSubmission(call, await storedBatch(), { state });
  const [stored] = (await readStoredData(call)).submissions;
  const outcome = await refusalOf(deleteSubmission(call, { submissionId }));
  expect(outcome).toBe(CONFIRMED_STATES.includes(state) ? 'SUBMISSION_STATE' : 'none');
  expect(stored!.deletable).toBe(outcome === 'none');
});

test('nobody deletes, reads or downloads what belongs to somebody else', async () => {
  const { submissionId, photoId } = await aGraduateWithPhotos();
  const { call: stranger, submissionId: own } = await aGraduateWithPhotos();
  for (const attempt of [
    () => deleteSubmission(stranger, { submissionId }),
    () => readSubmission(stranger, { submissionId }),
    () => downloadLink(stranger, { submissionId, photoId, which: 'original' }),
    // An own submission does not open somebody else's photo.
    () => downloadLink(stranger, { submissionId: own, photoId, which: 'original' }),
  ]) {
    expect(await refusalOf(attempt)).toBe('NOT_FOUND');
  }
});

describe('a link', () => {
  test('opens the own picture for ten minutes', async () => {
    const { call, submissionId, photoId } = await aGraduateWithPhotos();
    const link = await downloadLink(call, { submissionId, photoId, which: 'standard' });
    expect(Date.parse(link.expiresAt) - Date.parse(call.now)).toBe(600_000);
    expect(await (await fetch(link.url)).text()).toBe('a finished picture');
  });

  test('to what does not exist is refused', async () => {
    const call = aCall();
    const { _id: submissionId } = await boundSubmission(call, await storedBatch());
    const blocked = await submit(call, submissionId, fakeEngineThatBlocks());
    const ask = (photoId: PhotoId) => downloadLink(call, { submissionId, photoId, which: 'standard' });
    expect(await refusalOf(ask(blocked.photo.id))).toBe('NOT_FOUND');
    expect(await refusalOf(ask('nothing' as PhotoId))).toBe('NOT_FOUND');
  });
});
