/**
 * One photo on its way to the cloud, as data that survives the mini program's end: which step is next, what is
 * already done, and what a failure means for it. Pure; `portrait-uploads.ts` does the steps.
 */
import { UploadTicket } from '../../shared/contract/student';
import { ErrorCode } from '../../shared/errors';
import { Failure } from '../../shared/failure';
import { FileId, Instant, SubmissionId, UploadId } from '../../shared/identity/ids';
import { PERSON_TICKS, PersonTick } from '../../shared/verdict/check-ids';

export type UploadStage =
  /** The photo lies in the phone's user folder. */
  | { readonly name: 'kept' }
  /** The cloud has chosen a place for it. */
  | { readonly name: 'ticketed'; readonly ticket: UploadTicket }
  /** The bytes are in the cloud; only the judgement is missing. */
  | { readonly name: 'uploaded'; readonly uploadId: UploadId; readonly fileId: FileId };

export interface UploadJob {
  readonly submissionId: SubmissionId;
  readonly path: string;
  readonly extension: 'jpg' | 'png' | 'webp';
  readonly ticks: readonly PersonTick[];
  readonly takenAt: Instant;
  /** The same for every try, so that the photo is judged and counted once. */
  readonly submitKey: string;
  readonly ticketKey: string;
  /** How often the bytes were asked for again after they had been sent. */
  readonly losses: number;
  readonly stage: UploadStage;
}

export type NewJob = Omit<UploadJob, 'stage' | 'losses'>;

export function newJob(job: NewJob): UploadJob {
  return { ...job, losses: 0, stage: { name: 'kept' } };
}

/** What to do now; an expired ticket is thrown away. */
export type UploadStep =
  | { readonly kind: 'prepare' }
  | { readonly kind: 'upload'; readonly ticket: UploadTicket }
  | { readonly kind: 'submit'; readonly uploadId: UploadId; readonly fileId: FileId };

// A large photo on a slow network takes minutes; a ticket that runs out meanwhile would be an upload for nothing.
const TICKET_MARGIN_MS = 5 * 60_000;

export function nextUploadStep({ stage }: UploadJob, now: Instant): UploadStep {
  switch (stage.name) {
    case 'kept':
      return { kind: 'prepare' };
    case 'ticketed': {
      const left = Date.parse(stage.ticket.expiresAt) - Date.parse(now);
      return left > TICKET_MARGIN_MS ? { kind: 'upload', ticket: stage.ticket } : { kind: 'prepare' };
    }
    case 'uploaded':
      return { kind: 'submit', uploadId: stage.uploadId, fileId: stage.fileId };
  }
}

export function withTicket(job: UploadJob, ticket: UploadTicket): UploadJob {
  return { ...job, stage: { name: 'ticketed', ticket } };
}

export function withFile(job: UploadJob, uploadId: UploadId, fileId: FileId): UploadJob {
  return { ...job, stage: { name: 'uploaded', uploadId, fileId } };
}

export type JobAfterFailure =
  /** Nothing is lost; the same step works later, or a person decides. */
  | { readonly kind: 'later' }
  /** An earlier try of this photo is still at work in the cloud. */
  | { readonly kind: 'judging'; readonly askAgainMs: number }
  /** The cloud no longer has the bytes: send them again, under new keys. */
  | { readonly kind: 'again'; readonly atOnce: boolean }
  /** No retry helps; the photo on the phone is of no more use. */
  | { readonly kind: 'over' };

// The cloud may lose track of one upload; twice in a row means that something else is wrong: then with pauses, and
// with a person who sees it.
const LOSSES_AT_ONCE = 2;

/** No word of the phone ends a photo's way; whether its file is lost is looked up before each upload. */
export function afterFailure(job: UploadJob, failure: Failure): JobAfterFailure {
  if (failure.kind === 'refused' && failure.code === 'UPLOAD_MISSING') {
    return { kind: 'again', atOnce: job.losses < LOSSES_AT_ONCE };
  }
  if (failure.kind !== 'refused') return { kind: 'later' };
  const seconds = failure.details['retryAfterSeconds'];
  if (failure.code === 'CONFLICT' && typeof seconds === 'number') {
    return { kind: 'judging', askAgainMs: seconds * 1_000 };
  }
  return { kind: ENDING_CODES.includes(failure.code) ? 'over' : 'later' };
}

/**
 * The refusals of this very photo, or of any photo for this submission. Everything else (a deadline that may be
 * extended, a consent that can be given, an account that WeChat did not name) leaves the file where it is.
 */
const ENDING_CODES: readonly ErrorCode[] = [
  'IMAGE_EMPTY',
  'IMAGE_FORMAT_UNSUPPORTED',
  'IMAGE_ANIMATED',
  'IMAGE_TOO_LARGE_BYTES',
  'IMAGE_TOO_LARGE_PIXELS',
  'IMAGE_TOO_SMALL',
  'IMAGE_DAMAGED',
  'IMAGE_COLOUR_UNSUPPORTED',
  'RESULT_OUT_OF_STANDARD',
  'NOT_FOUND',
  'SUBMISSION_STATE',
  'ALREADY_CONFIRMED',
  'ATTEMPTS_EXHAUSTED',
  'PHOTO_SUPERSEDED',
];

/** The job with its bytes to be sent anew. */
export function startedOver(job: UploadJob, keys: Pick<UploadJob, 'submitKey' | 'ticketKey'>): UploadJob {
  return { ...job, ...keys, losses: job.losses + 1, stage: { name: 'kept' } };
}

/** Whether a stored value is a job of this shape; anything else was written by another version. */
export function isUploadJob(value: unknown): value is UploadJob {
  if (typeof value !== 'object' || value === null) return false;
  const { submissionId, path, extension, ticks, takenAt, submitKey, ticketKey, losses, stage } =
    value as Partial<Record<keyof UploadJob, unknown>>;
  const texts = [submissionId, path, extension, takenAt, submitKey, ticketKey];
  return (
    texts.every((text) => typeof text === 'string') &&
    typeof losses === 'number' &&
    Array.isArray(ticks) &&
    ticks.every((tick) => (PERSON_TICKS as readonly unknown[]).includes(tick)) &&
    typeof stage === 'object' &&
    stage !== null &&
    ['kept', 'ticketed', 'uploaded'].includes((stage as { name?: string }).name ?? '')
  );
}
