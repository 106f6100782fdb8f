/** The way back from a photo that was handed on, and forth again to another one, by the use cases' own doors. */
import { aCall } from './call-builder';
import { submitNew } from './graduate-builder';
import { type Call } from '../../cloudfunctions/requests/call';
import { decideReview, returnPhoto } from '../../cloudfunctions/review/decide-review';
import { confirmPhoto } from '../../cloudfunctions/submission/decide-submission';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type Instant, type PhotoId } from '../../miniprogram/shared/identity/ids';

const reviewer = (call: Partial<Call>) => ({ call: aCall(call), member: { label: '审核员' } });
const LIGHT = { reasons: ['light'], remark: '' } as const;

/** 学信网 or the school does not take the photo. */
export async function sendBack(submission: SubmissionDocument, call: Partial<Call> = {}): Promise<void> {
  const { batchId, studentNumber } = submission;
  await returnPhoto(reviewer(call), submission, { batchId, studentNumber, ...LIGHT });
}

/** The review does not take the photo. */
export async function turnDown(submission: SubmissionDocument, call: Partial<Call> = {}): Promise<void> {
  const { _id: submissionId, confirmedPhotoId } = submission;
  if (confirmedPhotoId === null) throw new Error('nothing is confirmed');
  const decision = { kind: 'reject', ...LIGHT } as const;
  await decideReview(reviewer(call), { submissionId, photoId: confirmedPhotoId, decision });
}

/** The student takes another photo. */
export async function retake(
  { _id, openid }: SubmissionDocument,
  now: Instant = aCall().now,
): Promise<PhotoId> {
  const { photo } = await submitNew(aCall({ openid, now }), _id);
  return photo.id;
}

/** The student says yes to this photo, and so does the review. */
export async function accept(
  { _id: submissionId, openid }: SubmissionDocument,
  photoId: PhotoId,
  now: Instant = aCall().now,
): Promise<void> {
  await confirmPhoto(aCall({ openid, now }), { submissionId, photoId });
  await decideReview(reviewer({ now }), { submissionId, photoId, decision: { kind: 'accept' } });
}
