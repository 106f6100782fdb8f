/**
 * The first of the two transactions around the judging of a photo: checks everything that can be checked without
 * the picture, takes the submission's one working place, and writes down what is about to happen, so that a crash
 * leaves nothing that nobody knows of.
 */
import { requireOpen } from '../../batch/choose-batch';
import { newId } from '../../identity/unguessable-id';
import { type TransactionScope } from '../../platform/transaction';
import { type Call } from '../../requests/call';
import { newLease, requireFree } from '../../requests/lease';
import { requireTicket, STORAGE_FOLDERS, type UploadTicketDocument } from '../../upload/upload-ticket';
import { refusalOf } from '../change-submission';
import { ownSubmissionIn } from '../own-submission';
import { type PhotoDocument, type UnderwayPhoto } from '../photo-document';
import { type SubmissionDocument, type Underway } from '../submission-document';
import { type Batch } from '../../../miniprogram/shared/batch/batch';
import { type CheckSettings } from '../../../miniprogram/shared/batch/check-settings';
import { type SubmitPhotoRequest } from '../../../miniprogram/shared/contract/photo';
import { DomainError } from '../../../miniprogram/shared/errors';
import { type PhotoId } from '../../../miniprogram/shared/identity/ids';
import { attemptsLeft } from '../../../miniprogram/shared/submission/attempts';
import { allows } from '../../../miniprogram/shared/submission/submission-machine';

/** When to ask again for a photo that is being judged: most are done by then. */
export const ASK_AGAIN_SECONDS = 3;
/**
 * A picture that made its worker fail this often is given up, so that it cannot be sent for ever. Failures of storage and
 * database do not count, nor does what the platform ends while they are waited for: the phone deletes what was given up,
 * and an outage would take the photos of all who send just then.
 */
const FAILED_STARTS_AT_MOST = 5;

/** What a photo is held against. */
export interface PhotoRules {
  readonly batch: Batch;
  readonly settings: CheckSettings;
}

export type Beginning =
  | {
      readonly kind: 'begun';
      readonly photo: UnderwayPhoto;
      readonly underway: Underway;
      readonly standardPath: string;
      readonly evidencePath: string;
    }
  /** The same photo was finished before, by a request whose answer was lost. */
  | { readonly kind: 'finished'; readonly photo: PhotoDocument };

/**
 * @throws DomainError UPLOAD_MISSING, NOT_FOUND, SUBMISSION_STATE, BATCH_NOT_OPEN, BATCH_CLOSED, ATTEMPTS_EXHAUSTED,
 *   CONFLICT {retryAfterSeconds} while another photo of this submission is being judged, IMAGE_DAMAGED for a picture
 *   that was given up
 */
export async function beginPhoto(
  scope: TransactionScope,
  call: Call,
  request: SubmitPhotoRequest,
  { batch, settings }: PhotoRules,
): Promise<Beginning> {
  const ticket = await ticketIn(scope, call, request);
  const submission = await ownSubmissionIn(scope, call.openid, request.submissionId);
  const photos = scope.collection<PhotoDocument>('photos');
  const photoId = ticket._id as string as PhotoId; // one upload is one photo
  const earlier = await photos.get(photoId);
  if (earlier && !isSameRequest(earlier, request))
    throw new DomainError('UPLOAD_MISSING', { reason: 'used' });
  if (earlier && earlier.status !== 'underway') return { kind: 'finished', photo: earlier };

  requirePossible(submission, batch, call);
  const failedStarts = earlier?.failedStarts ?? 0;
  if (failedStarts >= FAILED_STARTS_AT_MOST) throw new DomainError('IMAGE_DAMAGED', { reason: 'given-up' });

  const standardPath = `${STORAGE_FOLDERS.standard}/${newId()}.jpg`;
  const evidencePath = `${STORAGE_FOLDERS.evidence}/${newId()}`;
  const underway = { photoId, ...newLease(call.now, 'photo') };
  const photo: UnderwayPhoto = {
    _id: photoId,
    submissionId: submission._id,
    batchId: submission.batchId,
    uploadId: ticket._id,
    originalFileId: request.fileId,
    takenAt: earlier?.takenAt ?? call.now,
    ticks: request.ticks,
    checkSettings: settings,
    starts: (earlier?.starts ?? 0) + 1,
    failedStarts,
    intendedPaths: [...(earlier?.intendedPaths ?? [ticket.cloudPath]), evidencePath, standardPath],
    status: 'underway',
  };
  await photos.set(photo);
  await scope
    .collection<UploadTicketDocument>('uploads')
    .update(ticket._id, { usedAt: ticket.usedAt ?? call.now });
  await scope.collection<SubmissionDocument>('submissions').update(submission._id, { underway });
  return { kind: 'begun', photo, underway, standardPath, evidencePath };
}

async function ticketIn(
  scope: TransactionScope,
  call: Call,
  { uploadId, fileId }: SubmitPhotoRequest,
): Promise<UploadTicketDocument> {
  const stored = await scope.collection<UploadTicketDocument>('uploads').get(uploadId);
  return requireTicket(stored, { openid: call.openid, purpose: 'portrait', fileId, now: call.now });
}

/** An upload counts for one submission and one set of ticks; sent again with those it is the same request. */
function isSameRequest(photo: PhotoDocument, { submissionId, ticks }: SubmitPhotoRequest): boolean {
  return (
    photo.submissionId === submissionId &&
    photo.ticks.length === ticks.length &&
    ticks.every((tick) => photo.ticks.includes(tick))
  );
}

function requirePossible(submission: SubmissionDocument, batch: Batch, call: Call): void {
  if (!allows(submission.state, 'photo-developed')) {
    throw refusalOf('SUBMISSION_STATE', submission, 'photo-developed');
  }
  requireOpen(batch, call.now);
  requireFree(submission.underway, call.now, ASK_AGAIN_SECONDS);
  // Only one photo is underway at a time, so the photos that were judged are all that count.
  if (batch.attemptLimit !== null && attemptsLeft(batch.attemptLimit, submission) === 0) {
    throw new DomainError('ATTEMPTS_EXHAUSTED', { limit: batch.attemptLimit });
  }
}
