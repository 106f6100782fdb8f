/**
 * The second transaction: writes the verdict, the photo and the submission's new state together, or nothing. Also the
 * ways out for a photo that was refused and for a worker that failed.
 */
import { collection } from '../../platform/database';
import { runTransaction, type TransactionScope } from '../../platform/transaction';
import { type DevelopOutcome } from '../../photo-engine/develop-outcome';
import { type Call } from '../../requests/call';
import { isMine } from '../../requests/lease';
import { keepOutcome, type KnownRequest } from '../../requests/once-per-request';
import { changeSubmission } from '../change-submission';
import { type PhotoDocument, type UnderwayPhoto } from '../photo-document';
import { lifeOf, type SubmissionDocument, type Underway } from '../submission-document';
import { type ErrorCode, type ErrorDetails } from '../../../miniprogram/shared/errors';
import { type FileId } from '../../../miniprogram/shared/identity/ids';
import { applyEvent } from '../../../miniprogram/shared/submission/submission-machine';

/** What the worker brings back. */
export type PhotoResult =
  | {
      readonly kind: 'blocked';
      readonly outcome: Extract<DevelopOutcome, { kind: 'blocked' }>;
      readonly evidenceFileId: FileId;
    }
  | {
      readonly kind: 'developed';
      readonly outcome: Extract<DevelopOutcome, { kind: 'developed' }>;
      readonly evidenceFileId: FileId;
      readonly standardFileId: FileId;
    }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly details: ErrorDetails };

export interface BegunPhoto {
  readonly photo: UnderwayPhoto;
  readonly underway: Underway;
}

/**
 * Records the result, if this worker is still the one that the submission waits for.
 * @returns the photo as recorded, or null when the worker was fenced out: it had been given up for dead, or the
 *   student decided meanwhile
 */
export async function finishPhoto(
  call: Call,
  request: KnownRequest | null,
  begun: BegunPhoto,
  result: PhotoResult,
): Promise<PhotoDocument | null> {
  return runTransaction(async (scope) => {
    const submissions = scope.collection<SubmissionDocument>('submissions');
    const submission = await submissions.get(begun.photo.submissionId);
    if (submission?.deletingAt !== null || !isMine(submission.underway, begun.underway.token)) return null;
    const photo = withResult(begun.photo, result);
    if (photo.status === 'refused') {
      // Not judged, so it counts as no attempt.
      await submissions.update(submission._id, { underway: null });
    } else {
      const name = photo.status === 'developed' ? 'photo-developed' : 'photo-blocked';
      const event = { name, photoId: photo._id } as const;
      if (!applyEvent(lifeOf(submission), event).ok) return null;
      // After a return the earlier originals may be gone; this photo has one again.
      const alongWith = { underway: null, latestPhotoId: photo._id, originalsDeletedAt: null };
      await changeSubmission(scope, call, submission, event, alongWith);
    }
    await scope.collection<PhotoDocument>('photos').set(photo);
    await keepReceipt(scope, request, photo);
    return photo;
  });
}

function withResult(photo: UnderwayPhoto, result: PhotoResult): PhotoDocument {
  switch (result.kind) {
    case 'refused':
      return { ...photo, status: 'refused', code: result.code, details: result.details };
    case 'blocked': {
      const { verdict, record } = result.outcome;
      return { ...photo, originalFileId: result.evidenceFileId, status: 'blocked', verdict, record };
    }
    case 'developed': {
      const { verdict, record, geometry } = result.outcome;
      const { evidenceFileId: originalFileId, standardFileId } = result;
      return { ...photo, originalFileId, standardFileId, status: 'developed', verdict, record, geometry };
    }
  }
}

async function keepReceipt(
  scope: TransactionScope,
  request: KnownRequest | null,
  photo: PhotoDocument,
): Promise<void> {
  await keepOutcome(scope, request, { kind: 'done', receipt: { photoId: photo._id } });
}

/** Who makes a start fail: the judging of this very picture, or storage and database, which fail for everybody. */
export type Blame = 'picture' | 'service';

/**
 * Says who is to blame if nothing more is heard of this worker, because the platform ended it: the picture, while the
 * engine works on it; at any other time nobody can know. Another worker's start of the same photo is left alone.
 */
export async function blameIfKilled({ photo }: BegunPhoto, blame: Blame): Promise<void> {
  const thisStart = { _id: photo._id, starts: photo.starts };
  await collection<PhotoDocument>('photos').updateWhere(thisStart, failedStartsOf(photo, blame));
}

/**
 * Gives the working place back after a failure that says nothing about the picture, so that the same upload can be
 * sent again at once. If this fails too, the place frees itself when the worker counts as dead.
 */
export async function releasePhoto({ photo, underway }: BegunPhoto, blame: Blame): Promise<void> {
  await runTransaction(async (scope) => {
    const submissions = scope.collection<SubmissionDocument>('submissions');
    const submission = await submissions.get(photo.submissionId);
    if (submission === null || !isMine(submission.underway, underway.token)) return;
    await submissions.update(submission._id, { underway: null });
    await scope.collection<PhotoDocument>('photos').update(photo._id, failedStartsOf(photo, blame));
  });
}

function failedStartsOf({ failedStarts }: UnderwayPhoto, blame: Blame): Pick<PhotoDocument, 'failedStarts'> {
  return { failedStarts: blame === 'picture' ? failedStarts + 1 : failedStarts };
}
