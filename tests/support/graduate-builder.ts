/** A graduate who may photograph: bound, agreed, in an open batch; and one photo of this person through an engine. */
import { fakeEngineThatDevelops, type FakePhotoEngine } from './fake-photo-engine';
import { aCall } from './call-builder';
import { anUpload, boundSubmission, storedBatch } from './submission-builder';
import { downloadBytes } from '../../cloudfunctions/platform/storage';
import { type Call } from '../../cloudfunctions/requests/call';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { type FileId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { type PersonTick } from '../../miniprogram/shared/verdict/check-ids';

/** A caller with a bound submission in an open batch. */
export async function aGraduate(batchChanges: Parameters<typeof storedBatch>[0] = {}) {
  const call = aCall();
  const submission = await boundSubmission(call, await storedBatch(batchChanges));
  return { call, submissionId: submission._id };
}

export async function submitNew(
  call: Call,
  submissionId: SubmissionId,
  engine: FakePhotoEngine = fakeEngineThatDevelops(),
  ticks: readonly PersonTick[] = [],
) {
  return submitPhoto(call, { submissionId, ...(await anUpload(call)), ticks }, engine);
}

export async function exists(fileId: FileId): Promise<boolean> {
  return downloadBytes(fileId, 1_000_000).then(
    () => true,
    () => false,
  );
}
