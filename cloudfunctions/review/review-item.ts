/** Puts together what a reviewer sees: original and result, verdict with values, the student's ticks. */
import { type BatchDocument } from '../batch/batch-document';
import { stationName } from '../operator-access/station-name';
import { collection } from '../platform/database';
import { type Call } from '../requests/call';
import { linkTo } from '../submission/download-link';
import { isJudged, type JudgedPhoto, type PhotoDocument, toPhotoView } from '../submission/photo-document';
import { type SubmissionDocument } from '../submission/submission-document';
import { shownTimeline } from '../submission/timeline';
import {
  type ReviewedStudent,
  type ReviewItem,
  type StuckSubmission,
} from '../../miniprogram/shared/contract/operator/review';
import { type DownloadLink } from '../../miniprogram/shared/contract/student';
import { type FileId, type Instant, type PhotoId } from '../../miniprogram/shared/identity/ids';

/** Null where the photo is gone: deleted between the look and the answer. */
export async function reviewItem(
  call: Call,
  submission: SubmissionDocument,
  lentUntil: Instant,
): Promise<ReviewItem | null> {
  const photo = await judgedPhoto(submission.confirmedPhotoId);
  if (photo?.status !== 'developed') return null;
  const [student, batch, originalLink, standardLink] = await Promise.all([
    reviewedStudent(submission),
    collection<BatchDocument>('batches').get(submission.batchId),
    linkOrNone(call, photo.originalFileId),
    linkOrNone(call, photo.standardFileId),
  ]);
  if (batch === null) throw new Error('a batch that a submission points to is missing');
  return {
    submissionId: submission._id,
    student,
    state: submission.state,
    photo: toPhotoView(photo),
    originalLink,
    standardLink,
    timeline: shownTimeline(submission.timeline),
    overrides: submission.overrides,
    closesAt: batch.closesAt,
    lentUntil,
  };
}

/** A student whose newest photo was blocked. */
export async function stuckItem(call: Call, submission: SubmissionDocument): Promise<StuckSubmission | null> {
  const photo = await judgedPhoto(submission.latestPhotoId);
  if (photo === null) return null;
  const [student, originalLink] = await Promise.all([
    reviewedStudent(submission),
    linkOrNone(call, photo.originalFileId),
  ]);
  return {
    submissionId: submission._id,
    student,
    attempts: submission.attempts,
    photo: toPhotoView(photo),
    originalLink,
    overrides: submission.overrides,
  };
}

async function judgedPhoto(id: PhotoId | null): Promise<JudgedPhoto | null> {
  const photo = id === null ? null : await collection<PhotoDocument>('photos').get(id);
  return photo !== null && isJudged(photo) ? photo : null;
}

async function reviewedStudent(submission: SubmissionDocument): Promise<ReviewedStudent> {
  const { studentNumber, maskedName, level, year, className, stationId } = submission;
  return {
    studentNumber,
    maskedName,
    level,
    year,
    className,
    stationName: await stationName(stationId),
  };
}

/** Retention may have removed an original; the rest is still worth looking at. */
async function linkOrNone(call: Call, fileId: FileId): Promise<DownloadLink | null> {
  return linkTo(fileId, call).catch(() => null);
}
