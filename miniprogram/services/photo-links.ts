/** Short-lived addresses of a photo's original and, where it was developed, of the finished picture. */
import { SubmitPhotoAnswer } from '../shared/contract/photo';
import { SubmissionView } from '../shared/contract/submission-view';
import { PhotoId } from '../shared/identity/ids';
import { studentService } from './student-service';

export interface PhotoAddresses {
  readonly photoId: PhotoId;
  readonly original: string;
  /** Empty: this photo was not good enough to be developed. */
  readonly standard: string;
}

/** The addresses that come with the verdict. */
export function linksOf({ photo, originalLink, standardLink }: SubmitPhotoAnswer): PhotoAddresses {
  return { photoId: photo.id, original: originalLink.url, standard: standardLink?.url ?? '' };
}

/** @throws AnswerRefused, PlatformError offline */
export async function photoLinks(submission: SubmissionView, photoId: PhotoId): Promise<PhotoAddresses> {
  const request = { submissionId: submission.id, photoId };
  const developed = submission.developedPhoto?.id === photoId;
  const [original, standard] = await Promise.all([
    studentService.downloadLink({ ...request, which: 'original' }),
    developed ? studentService.downloadLink({ ...request, which: 'standard' }) : null,
  ]);
  return { photoId, original: original.url, standard: standard?.url ?? '' };
}
