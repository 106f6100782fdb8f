/** The way back and again: an accepted photo is returned, its student takes another one, the review accepts that. */
import { createHash } from 'node:crypto';
import { aCall } from './call-builder';
import { submitNew } from './graduate-builder';
import { collection } from '../../cloudfunctions/platform/database';
import { downloadBytes } from '../../cloudfunctions/platform/storage';
import {
  decideReview,
  returnPhoto,
  type Reviewer,
  undoReview,
} from '../../cloudfunctions/review/decide-review';
import { confirmPhoto, withdrawSubmission } from '../../cloudfunctions/submission/decide-submission';
import { deleteSubmission } from '../../cloudfunctions/submission/delete-submission';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type PhotoId } from '../../miniprogram/shared/identity/ids';

const aReviewer = (): Reviewer => ({ call: aCall(), member: { label: '审核员' } });

export async function returned(submission: SubmissionDocument, reviewer = aReviewer()): Promise<Reviewer> {
  const { batchId, studentNumber } = submission;
  await returnPhoto(reviewer, submission, { batchId, studentNumber, reasons: ['light'], remark: '' });
  return reviewer;
}

/** By who sent it back. */
export async function undone({ call }: Reviewer, { _id: submissionId }: SubmissionDocument): Promise<void> {
  await undoReview(call, { submissionId });
}

export async function returnedAndRetaken(submission: SubmissionDocument): Promise<PhotoId> {
  await returned(submission);
  const call = aCall({ openid: submission.openid });
  const submissionId = submission._id;
  const { photo } = await submitNew(call, submissionId);
  await recordHash(photo.id);
  await confirmPhoto(call, { submissionId, photoId: photo.id });
  await decideReview(aReviewer(), { submissionId, photoId: photo.id, decision: { kind: 'accept' } });
  return photo.id;
}

export async function returnedAndDeleted(submission: SubmissionDocument): Promise<void> {
  await returned(submission);
  const call = aCall({ openid: submission.openid });
  await withdrawSubmission(call, { submissionId: submission._id });
  await deleteSubmission(call, { submissionId: submission._id });
}

/** The fake engine knows no hash of its result; a package compares it. */
async function recordHash(id: PhotoId): Promise<void> {
  const photos = collection<PhotoDocument>('photos');
  const photo = await photos.get(id);
  if (photo?.status !== 'developed') throw new Error('the fake engine developed nothing');
  const resultSha256 = createHash('sha256')
    .update(await downloadBytes(photo.standardFileId, 1e6))
    .digest('hex');
  await photos.update(id, { record: { ...photo.record, resultSha256 } });
}
