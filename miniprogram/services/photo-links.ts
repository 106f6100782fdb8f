/** Short-lived addresses of a photo's original and, where it was developed, of the finished picture. */
import { SubmissionView } from '../shared/contract/submission-view';
import { PhotoId } from '../shared/identity/ids';
import { studentService } from './student-service';

export interface PhotoAddresses {
  readonly photoId: PhotoId;
  readonly original: string;
  /** Empty: this photo was not good enough to be developed. */
  readonly standard: string;
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
