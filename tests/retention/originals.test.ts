/** Originals after the acceptance, where a photo is sent back and another one taken: before, after and during the run. */
import { collection } from '../../cloudfunctions/platform/database';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { SIDE_BY_SIDE } from '../../cloudfunctions/retention/sweep';
import { type JudgedPhoto, type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type PhotoId } from '../../miniprogram/shared/identity/ids';
import { DEFAULT_RETENTION } from '../../miniprogram/shared/retention/retention-rules';
import { withPhoto } from '../support/accepted-builder';
import { daysFromNow } from '../support/batch-builder';
import { aCall } from '../support/call-builder';
import { fakeEngineThatBlocks } from '../support/fake-photo-engine';
import { exists, submitNew } from '../support/graduate-builder';
import { accept, retake, sendBack } from '../support/sent-back-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { beforeDeleting, letStorageBe } from '../support/storage-moments';
import { boundSubmission, storedBatch, storedSubmission } from '../support/submission-builder';

const DAYS = DEFAULT_RETENTION.originalsDays!;

let testCloud: TestCloud;
beforeEach(async () => {
  testCloud = await startTestCloud();
});
afterEach(async () => {
  letStorageBe();
  await testCloud.close();
});

const night = (inDays = 0) => runRetention(aCall({ now: daysFromNow(inDays) }), { dryRun: false });

const openBatch = () => storedBatch({ opensAt: daysFromNow(-300), closesAt: daysFromNow(200) });
const LONG_AGO = {
  timeline: [{ state: 'accepted', at: daysFromNow(-DAYS - 1) }],
} satisfies Partial<SubmissionDocument>;

async function photo(id: PhotoId): Promise<Extract<JudgedPhoto, { status: 'developed' }>> {
  const found = await collection<PhotoDocument>('photos').get(id);
  if (found?.status !== 'developed') throw new Error('the photo is gone');
  return found;
}

async function files(id: PhotoId): Promise<{ original: boolean; finished: boolean }> {
  const { originalFileId, standardFileId } = await photo(id);
  return { original: await exists(originalFileId), finished: await exists(standardFileId) };
}

test('the original of a photo that was taken after a return goes as long after its own acceptance', async () => {
  const submission = await withPhoto(await openBatch(), '1', 'exported', LONG_AGO);
  await night();
  await sendBack(submission);
  const second = await retake(submission);
  await accept(submission, second);
  await night(DAYS - 1);
  expect(await files(second)).toEqual({ original: true, finished: true });
  await night(DAYS + 1);
  expect(await files(second)).toEqual({ original: false, finished: true });
  // What came before it went with it.
  expect(await collection('photos').count({ submissionId: submission._id })).toBe(1);
  expect((await night(DAYS + 1)).lines).toEqual([]);
});

test('a photo that was never accepted keeps its original and itself, however old, while the batch is open', async () => {
  const { _id: submissionId, developedPhotoId } = await withPhoto(await openBatch(), '1', 'developed');
  await night(DAYS + 1);
  expect(await collection('photos').count({ submissionId })).toBe(1);
  expect(await files(developedPhotoId!)).toEqual({ original: true, finished: true });
});

test('nor goes a photo that was sent back, however long ago it was accepted', async () => {
  const shotBefore = aCall({ now: daysFromNow(-DAYS - 2) });
  const submission = await withPhoto(await openBatch(), '1', 'exported', LONG_AGO, shotBefore);
  await sendBack(submission);
  await night(DAYS + 1);
  expect(await collection('photos').count({ submissionId: submission._id })).toBe(1);
  expect(await files(submission.developedPhotoId!)).toEqual({ original: true, finished: true });
});

test('with the originals go the tickets of their uploads, of earlier attempts as well', async () => {
  const submission = await boundSubmission(aCall(), await openBatch());
  const { openid } = submission;
  await submitNew(aCall({ openid }), submission._id, fakeEngineThatBlocks());
  const accepted = await retake(submission);
  await accept(submission, accepted);
  await night(DAYS - 1);
  expect(await collection('uploads').count({ openid })).toBe(2);
  await night(DAYS + 1);
  expect(await collection('uploads').count({ openid })).toBe(0);
  expect(await files(accepted)).toEqual({ original: false, finished: true });
});

test.each([
  ['before its turn comes', 0],
  ['while its own files are deleted', 1],
])('a photo that is sent back and retaken %s keeps the new photo', async (_, moment) => {
  const batch = await openBatch();
  const first = await withPhoto(batch, '1', 'exported', LONG_AGO);
  // Those beside the first have their turn with it.
  for (let beside = 1; beside < SIDE_BY_SIDE; beside += 1)
    await withPhoto(batch, `2${beside}`, 'exported', LONG_AGO);
  const submission = await withPhoto(batch, '3', 'exported', LONG_AGO);
  const submissions = [first, submission];
  const { originalFileId } = await photo(submissions[moment]!.confirmedPhotoId!);
  let second: PhotoId | undefined;
  beforeDeleting(
    (file) => file === originalFileId,
    async () => {
      await sendBack(submission);
      second = await retake(submission);
    },
  );
  await night();
  const now = await storedSubmission(submission._id);
  expect(now).toMatchObject({ state: 'developed', developedPhotoId: second, latestPhotoId: second });
  expect(await files(second!)).toEqual({ original: true, finished: true });
  expect(now.originalsDeletedAt).toBeNull();
  await accept(submission, second!);
  await night(DAYS + 1);
  expect(await files(second!)).toEqual({ original: false, finished: true });
});
