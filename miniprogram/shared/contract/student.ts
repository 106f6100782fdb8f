/** The function `student`: consent, binding and the life of one's own submissions. Light; carries no pictures. */
import { PublicBatch } from '../batch/batch';
import { FileId, Instant, PhotoId, ResolutionId, SubmissionId, UploadId } from '../identity/ids';
import { StudentView, SubmissionView } from './submission-view';

/**
 * Raised whenever the wording of the consent page changes in substance; older consents then no longer count. How it is
 * released: docs/deployment.md, 13.
 */
export const CONSENT_VERSION = '2026-12';

export interface ConsentState {
  /** CONSENT_VERSION of the cloud that answers, or another text where the agreement was to an older wording. */
  readonly version: string;
  readonly givenAt: Instant | null;
  readonly facePhotoGivenAt: Instant | null;
}

/** A WeChat message to whoever has not confirmed yet. One yes is one message. */
export interface ReminderOffer {
  /** What WeChat's own window asks about. */
  readonly templateId: string;
  /** The unfinished submission in an open batch that it would be about. */
  readonly submissionId: SubmissionId;
  /** A message is allowed and has not gone out yet. */
  readonly allowed: boolean;
}

/** Where the first page starts: one round trip. */
export interface Overview {
  readonly consent: ConsentState;
  readonly submissions: readonly SubmissionView[];
  /** Batches that are open, or opening or closed recently, for people who have not bound a code yet. */
  readonly batches: readonly PublicBatch[];
  readonly now: Instant;
  /** Absent: this deployment sends none, or there is nothing to be reminded of. */
  readonly reminder?: ReminderOffer;
}

/** A code as text scanned by the phone (bytes in base64) or as an uploaded picture. */
export type CodeSource =
  | { readonly kind: 'payload'; readonly payloadBase64: string }
  | { readonly kind: 'picture'; readonly uploadId: UploadId; readonly fileId: FileId };

/** What a code says, shown for "is this you?" before anything is bound. Valid for some minutes. */
export interface Resolution {
  readonly id: ResolutionId;
  readonly student: StudentView;
  readonly batch: PublicBatch;
  readonly expiresAt: Instant;
  /** This person has bound it already: binding again just opens it. */
  readonly alreadyMine: boolean;
}

export interface UploadTicket {
  readonly uploadId: UploadId;
  /** Chosen by the server; the phone uploads exactly there. */
  readonly cloudPath: string;
  readonly expiresAt: Instant;
}

export type UploadPurpose = 'code-picture' | 'portrait';

export interface DownloadLink {
  readonly url: string;
  readonly expiresAt: Instant;
}

/** Everything that is stored about the caller, by kind. */
export interface StoredData {
  readonly consents: number;
  readonly submissions: readonly {
    readonly id: SubmissionId;
    readonly photos: number;
    readonly deletable: boolean;
  }[];
}

export interface StudentContract {
  readonly overview: { readonly request: Record<string, never>; readonly data: Overview };
  readonly consent: {
    readonly request: { readonly version: string; readonly facePhoto: boolean };
    readonly data: ConsentState;
  };
  readonly withdrawConsent: { readonly request: Record<string, never>; readonly data: ConsentState };
  readonly prepareUpload: {
    readonly request: { readonly purpose: UploadPurpose; readonly extension: 'jpg' | 'png' | 'webp' };
    readonly data: UploadTicket;
  };
  readonly resolveCode: {
    readonly request: { readonly code: CodeSource; readonly idTail: string };
    readonly data: Resolution;
  };
  readonly bind: { readonly request: { readonly resolutionId: ResolutionId }; readonly data: SubmissionView };
  readonly submission: {
    readonly request: { readonly submissionId: SubmissionId };
    readonly data: SubmissionView;
  };
  readonly confirm: {
    readonly request: { readonly submissionId: SubmissionId; readonly photoId: PhotoId };
    readonly data: SubmissionView;
  };
  readonly withdraw: {
    readonly request: { readonly submissionId: SubmissionId };
    readonly data: SubmissionView;
  };
  readonly restart: {
    readonly request: { readonly submissionId: SubmissionId };
    readonly data: SubmissionView;
  };
  /** WeChat's window was answered with yes. Called for nobody who has confirmed: SUBMISSION_STATE. */
  readonly allowReminder: {
    readonly request: { readonly submissionId: SubmissionId };
    readonly data: ReminderOffer;
  };
  readonly downloadLink: {
    readonly request: {
      readonly submissionId: SubmissionId;
      readonly photoId: PhotoId;
      readonly which: 'original' | 'standard';
    };
    readonly data: DownloadLink;
  };
  readonly storedData: { readonly request: Record<string, never>; readonly data: StoredData };
  readonly deleteSubmission: {
    readonly request: { readonly submissionId: SubmissionId };
    readonly data: StoredData;
  };
}
