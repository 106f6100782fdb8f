/** The function `photo`: judges and develops one uploaded original. Heavy; pictures travel through storage only. */
import { FileId, SubmissionId, UploadId } from '../identity/ids';
import { PersonTick } from '../verdict/check-ids';
import { DownloadLink } from './student';
import { PhotoView, SubmissionView } from './submission-view';

export interface SubmitPhotoRequest {
  readonly submissionId: SubmissionId;
  readonly uploadId: UploadId;
  readonly fileId: FileId;
  readonly ticks: readonly PersonTick[];
}

/** The judged photo; `links` is there when it was developed, so that the review page needs no further round trip. */
export interface SubmitPhotoAnswer {
  readonly photo: PhotoView;
  readonly submission: SubmissionView;
  readonly originalLink: DownloadLink;
  readonly standardLink: DownloadLink | null;
}

export interface PhotoContract {
  readonly submit: { readonly request: SubmitPhotoRequest; readonly data: SubmitPhotoAnswer };
  /** Starts the models so that the first real photo does not wait for them; no effect. */
  readonly warm: { readonly request: Record<string, never>; readonly data: { readonly ready: true } };
}
