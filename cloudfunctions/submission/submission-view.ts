/** Puts together what a student sees of own submissions. Refuses everything that the view's type does not name. */
import { isJudged, type PhotoDocument, toPhotoView } from './photo-document';
import { toStudentView } from './student-record';
import { type SubmissionDocument } from './submission-document';
import { shownTimeline } from './timeline';
import { toPublicBatch } from '../batch/batch-document';
import { batchesById } from '../batch/find-batches';
import { collection } from '../platform/database';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type PhotoView, type SubmissionView } from '../../miniprogram/shared/contract/submission-view';
import { type PhotoId } from '../../miniprogram/shared/identity/ids';
import { attemptsLeft, isStuck } from '../../miniprogram/shared/submission/attempts';
import { CONFIRMED_STATES } from '../../miniprogram/shared/submission/submission-machine';

export async function viewOf(submission: SubmissionDocument): Promise<SubmissionView> {
  const [view] = await viewsOf([submission]);
  return view!;
}

/** The views in the same order, with two queries however many there are. */
export async function viewsOf(submissions: readonly SubmissionDocument[]): Promise<SubmissionView[]> {
  const [batches, photos] = await Promise.all([
    batchesById(submissions.map((submission) => submission.batchId)),
    photosById(submissions.flatMap((submission) => [submission.latestPhotoId, shownPhotoId(submission)])),
  ]);
  return submissions.map((submission) => {
    const batch = batches.get(submission.batchId);
    if (batch === undefined) throw new Error('a batch that submissions point to is missing');
    return assemble(submission, batch, photos);
  });
}

function assemble(
  submission: SubmissionDocument,
  batch: Batch,
  photos: ReadonlyMap<PhotoId, PhotoView>,
): SubmissionView {
  const photoOf = (id: PhotoId | null) => (id === null ? null : (photos.get(id) ?? null));
  return {
    id: submission._id,
    student: toStudentView(submission, batch),
    batch: toPublicBatch(batch),
    state: submission.state,
    timeline: shownTimeline(submission.timeline),
    attemptsLeft: attemptsLeft(batch.attemptLimit, submission),
    isStuck: isStuck(batch.attemptLimit, submission),
    latestPhoto: photoOf(submission.latestPhotoId),
    developedPhoto: photoOf(shownPhotoId(submission)),
    rejection: submission.rejection,
    closesAt: batch.closesAt,
  };
}

/** The picture that waits for a yes or has it. A rejected one is neither, although the machine remembers it. */
function shownPhotoId(submission: SubmissionDocument): PhotoId | null {
  if (CONFIRMED_STATES.includes(submission.state)) return submission.confirmedPhotoId;
  return submission.state === 'developed' ? submission.developedPhotoId : null;
}

async function photosById(ids: readonly (PhotoId | null)[]): Promise<ReadonlyMap<PhotoId, PhotoView>> {
  const photos = await collection<PhotoDocument>('photos').byIds(ids.filter((id) => id !== null));
  return new Map([...photos.values()].filter(isJudged).map((photo) => [photo._id, toPhotoView(photo)]));
}
