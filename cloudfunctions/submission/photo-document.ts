/**
 * One uploaded portrait and what became of it, as it is stored. The original is evidence: once judged, the
 * service keeps a copy of its own where no phone can reach it, with its hash in the record; the upload is deleted.
 */
import { type DevelopOutcome } from '../photo-engine/develop-outcome';
import { type CheckSettings } from '../../miniprogram/shared/batch/check-settings';
import { type PhotoView } from '../../miniprogram/shared/contract/submission-view';
import { type ErrorCode, type ErrorDetails } from '../../miniprogram/shared/errors';
import {
  type BatchId,
  type FileId,
  type Instant,
  type PhotoId,
  type SubmissionId,
  type UploadId,
} from '../../miniprogram/shared/identity/ids';
import { type PersonTick } from '../../miniprogram/shared/verdict/check-ids';

interface PhotoFacts {
  readonly _id: PhotoId;
  /** It says whose photo this is; a copy here would have to follow when a student takes over what a station held. */
  readonly submissionId: SubmissionId;
  readonly batchId: BatchId;
  readonly uploadId: UploadId;
  readonly originalFileId: FileId;
  readonly takenAt: Instant;
  readonly ticks: readonly PersonTick[];
  /** How the checks were set when the photo was judged. */
  readonly checkSettings: CheckSettings;
  /** How often work on it began. */
  readonly starts: number;
  /**
   * How many of these starts are held against the picture: the engine has not come back from it, or there was no file. A
   * picture that kills its worker again and again is given up.
   */
  readonly failedStarts: number;
  /** Where finished pictures were going to be stored, written down before they are: a crash leaves no lost file. */
  readonly intendedPaths: readonly string[];
}

type Judgement = Pick<DevelopOutcome, 'verdict' | 'record'>;
type Development = Pick<Extract<DevelopOutcome, { kind: 'developed' }>, 'geometry'>;

export type PhotoDocument = PhotoFacts &
  (
    | { readonly status: 'underway' }
    | ({ readonly status: 'blocked' } & Judgement)
    | ({ readonly status: 'developed'; readonly standardFileId: FileId } & Judgement & Development)
    /** Not judged: the file is no usable picture, or the submission had moved on when the verdict was ready. */
    | { readonly status: 'refused'; readonly code: ErrorCode; readonly details: ErrorDetails }
  );

export type UnderwayPhoto = Extract<PhotoDocument, { status: 'underway' }>;
export type JudgedPhoto = Extract<PhotoDocument, { status: 'blocked' | 'developed' }>;

export function isJudged(photo: PhotoDocument): photo is JudgedPhoto {
  return photo.status === 'blocked' || photo.status === 'developed';
}

export function toPhotoView(photo: JudgedPhoto): PhotoView {
  return {
    id: photo._id,
    takenAt: photo.takenAt,
    verdict: photo.verdict,
    ticks: photo.ticks,
    ...(photo.status === 'developed' && { geometry: photo.geometry }),
  };
}
