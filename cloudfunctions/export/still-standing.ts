/**
 * Asks, when a volume is packed, which of its photos may still be handed on. Between the start of a package and its
 * packing a photo can be sent back, retaken, deleted, or its owner's consent be taken back; such a photo is left out and
 * said to be, and never stops the others.
 */
import { type ExportItem } from './export-document';
import { type LeftOutPhoto } from './left-out';
import { consentTakenBack } from '../consent/taken-back';
import { collection } from '../platform/database';
import { type PhotoDocument } from '../submission/photo-document';
import { type SubmissionDocument } from '../submission/submission-document';
import { type LeftOutReason } from '../../miniprogram/shared/contract/exporter';
import { ACCEPTED_STATES } from '../../miniprogram/shared/submission/submission-machine';

export type DevelopedPhoto = Extract<PhotoDocument, { status: 'developed' }>;

export interface StandingPhoto {
  readonly item: ExportItem;
  readonly submission: SubmissionDocument;
  readonly photo: DevelopedPhoto;
}

/** Both in the order of the items. */
export async function stillStanding(
  items: readonly ExportItem[],
): Promise<{ readonly standing: readonly StandingPhoto[]; readonly leftOut: readonly LeftOutPhoto[] }> {
  const [submissions, photos] = await Promise.all([
    collection<SubmissionDocument>('submissions').byIds(items.map(({ submissionId }) => submissionId)),
    collection<PhotoDocument>('photos').byIds(items.map(({ photoId }) => photoId)),
  ]);
  const takenBack = await consentTakenBack([...submissions.values()].map(({ openid }) => openid));
  const standing: StandingPhoto[] = [];
  const leftOut: LeftOutPhoto[] = [];
  for (const item of items) {
    const submission = submissions.get(item.submissionId);
    const photo = photos.get(item.photoId);
    if (submission === undefined || submission.deletingAt !== null) {
      leftOut.push({ reason: 'deleted', studentNumber: null });
      continue;
    }
    const { studentNumber } = submission;
    const reason = movedOn(item, submission);
    if (reason !== null) leftOut.push({ reason, studentNumber });
    else if (photo?.status !== 'developed') leftOut.push({ reason: 'deleted', studentNumber });
    else if (takenBack.has(submission.openid)) leftOut.push({ reason: 'consent-taken-back', studentNumber });
    else standing.push({ item, submission, photo });
  }
  return { standing, leftOut };
}

/** Null: this is still the photo that the student confirmed and the review accepted. */
function movedOn(
  { photoId }: ExportItem,
  { confirmedPhotoId, state }: SubmissionDocument,
): LeftOutReason | null {
  if (confirmedPhotoId !== null && confirmedPhotoId !== photoId) return 'replaced';
  const accepted = ACCEPTED_STATES.some((each) => each === state);
  return accepted && confirmedPhotoId === photoId ? null : 'returned';
}
