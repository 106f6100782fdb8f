/**
 * Finds submissions and photos of the caller, and only those: somebody else's id and an id that never existed get
 * the same refusal, so that ids cannot be probed.
 */
import { type PhotoDocument } from './photo-document';
import { type SubmissionDocument } from './submission-document';
import { collection } from '../platform/database';
import { type TransactionScope } from '../platform/transaction';
import { DomainError } from '../../miniprogram/shared/errors';
import { type PhotoId, type SubmissionId } from '../../miniprogram/shared/identity/ids';

/** More than one person has 学籍 in a lifetime; a bound for the query. */
const SUBMISSIONS_AT_MOST = 100;

/** @throws DomainError NOT_FOUND */
export async function ownSubmission(openid: string, id: SubmissionId): Promise<SubmissionDocument> {
  return ownOrNotFound(openid, await collection<SubmissionDocument>('submissions').get(id));
}

/** The same inside a transaction. */
export async function ownSubmissionIn(
  scope: TransactionScope,
  openid: string,
  id: SubmissionId,
): Promise<SubmissionDocument> {
  return ownOrNotFound(openid, await scope.collection<SubmissionDocument>('submissions').get(id));
}

/** All of the caller's submissions, the newest first. */
export async function ownSubmissions(openid: string): Promise<readonly SubmissionDocument[]> {
  return collection<SubmissionDocument>('submissions').find(
    { openid, deletingAt: null },
    { limit: SUBMISSIONS_AT_MOST, sort: [['createdAt', 'desc']] },
  );
}

/** @throws DomainError NOT_FOUND, also when the photo belongs to another of the caller's submissions */
export async function ownPhoto(
  openid: string,
  submissionId: SubmissionId,
  photoId: PhotoId,
): Promise<PhotoDocument> {
  await ownSubmission(openid, submissionId);
  const photo = await collection<PhotoDocument>('photos').get(photoId);
  if (photo?.submissionId !== submissionId) throw new DomainError('NOT_FOUND');
  return photo;
}

function ownOrNotFound(openid: string, submission: SubmissionDocument | null): SubmissionDocument {
  if (submission === null || submission.openid !== openid || submission.deletingAt !== null) {
    throw new DomainError('NOT_FOUND');
  }
  return submission;
}
