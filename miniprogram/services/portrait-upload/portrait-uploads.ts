/**
 * Brings photos to the cloud and their verdicts back, over weak networks: each step is stored before the next one
 * starts, a broken step is tried again when the network returns, and the same photo is judged once however often it
 * is sent. Refuses to give up by itself while the page is open, and to touch the shelf once it was stopped or another
 * photo lies there: what an earlier run brings home late is asked for again, under the same key.
 */
import { RunningUpload } from '../../platform/cloud';
import { SubmitPhotoAnswer } from '../../shared/contract/photo';
import { Failure } from '../../shared/failure';
import { FileId, Instant, SubmissionId } from '../../shared/identity/ids';
import { FunctionClient } from '../call-function';
import { failureOf } from '../failure';
import { PhotoContract } from '../../shared/contract/photo';
import { StudentContract } from '../../shared/contract/student';
import {
  NewJob,
  UploadJob,
  afterFailure,
  newJob,
  nextUploadStep,
  startedOver,
  withFile,
  withTicket,
} from './upload-job';
import { UploadShelf } from './upload-shelf';

export type UploadProgress =
  | { readonly phase: 'uploading'; readonly percent: number }
  | { readonly phase: 'judging' }
  /** Stopped for now; goes on when the network comes back or somebody asks for it. */
  | { readonly phase: 'waiting'; readonly failure: Failure };

export type UploadOutcome =
  | { readonly kind: 'judged'; readonly answer: SubmitPhotoAnswer }
  | { readonly kind: 'over'; readonly failure: Failure }
  | { readonly kind: 'stopped' }
  /** Somebody else discarded the photo meanwhile. */
  | { readonly kind: 'gone' };

/** What one step leads to. */
type StepResult =
  { readonly kind: 'further'; readonly job: UploadJob } | Extract<UploadOutcome, { kind: 'judged' | 'over' }>;

/** What the steps need from outside. */
export interface UploadPorts {
  readonly shelf: UploadShelf;
  readonly prepareUpload: FunctionClient<StudentContract>['prepareUpload'];
  readonly submit: FunctionClient<PhotoContract>['submit'];
  readonly upload: (cloudPath: string, path: string, onProgress: (percent: number) => void) => RunningUpload;
  readonly fileExists: (path: string) => Promise<boolean>;
  readonly removeFile: (path: string) => Promise<void>;
  readonly onOnline: (listener: () => void) => () => void;
  readonly newKey: () => string;
  readonly now: () => Instant;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** One photo being sent. */
export interface Sending {
  readonly outcome: Promise<UploadOutcome>;
  /** Tries again at once instead of at the next pause's end. */
  readonly retryNow: () => void;
  /** Leaves the photo where it is; sending can start again any time. */
  readonly stop: () => void;
}

export interface PortraitUploads {
  /**
   * Puts a photo on the shelf, in place of an older unsent one.
   * @throws PlatformError storage-full; the older photo then stays and the new file is removed
   */
  readonly add: (job: Omit<NewJob, 'submitKey' | 'ticketKey'>) => Promise<void>;
  readonly waiting: (id: SubmissionId) => UploadJob | null;
  readonly send: (id: SubmissionId, onProgress: (progress: UploadProgress) => void) => Sending;
  readonly discard: (id: SubmissionId) => Promise<void>;
}

// Nobody cancels a photo on its way: whatever says so was the system's doing.
const CUT_OFF: Failure = { kind: 'problem', problem: 'offline' };
// Only the look into the phone's own folder may say so; the same words from elsewhere must not cost the photo.
const FILE_LOST: Failure = { kind: 'problem', problem: 'file-lost' };

const STARTING: UploadProgress = { phase: 'uploading', percent: 0 };

const PAUSES_MS = [3_000, 6_000, 12_000, 30_000] as const;

export function createPortraitUploads(ports: UploadPorts): PortraitUploads {
  const { shelf } = ports;

  async function discard(id: SubmissionId): Promise<void> {
    const job = shelf.find(id);
    shelf.remove(id);
    if (job !== null) await ports.removeFile(job.path);
  }

  return {
    async add(job) {
      const older = shelf.find(job.submissionId);
      try {
        shelf.put(newJob({ ...job, submitKey: ports.newKey(), ticketKey: ports.newKey() }));
      } catch (error) {
        await ports.removeFile(job.path);
        throw error;
      }
      if (older !== null && older.path !== job.path) await ports.removeFile(older.path);
    },
    waiting: (id) => shelf.find(id),
    send: (id, onProgress) => startSending(ports, id, onProgress, discard),
    discard,
  };
}

function startSending(
  ports: UploadPorts,
  id: SubmissionId,
  onProgress: (progress: UploadProgress) => void,
  discard: (id: SubmissionId) => Promise<void>,
): Sending {
  let stopped = false;
  let running: RunningUpload | null = null;
  let endPause: () => void = () => undefined;
  let unseen = false;
  let latest: UploadProgress | null = null;

  /** Until the network returns, somebody asks, or the pause is over. A try that nobody asked for stays unseen. */
  async function pause(milliseconds: number): Promise<void> {
    unseen = await new Promise<boolean>((resolve) => {
      const forget = ports.onOnline(() => {
        endPause();
      });
      const end = (byItself: boolean): void => {
        forget();
        resolve(byItself);
      };
      endPause = () => {
        end(false);
      };
      void ports.wait(milliseconds).then(() => {
        end(true);
      });
    });
  }

  /** Shows how far it is, unless the screen says "waiting" and nothing has moved yet. */
  function tell(progress: UploadProgress): void {
    const moved = progress.phase === 'uploading' && progress.percent > 0;
    latest = progress;
    if (progress.phase === 'waiting' || moved) unseen = false;
    if (!unseen) onProgress(progress);
  }

  /** Somebody asks for a try that is under way, unseen until then. */
  function showTry(): void {
    if (!unseen || latest === null) return;
    unseen = false;
    onProgress(latest);
  }

  async function upload(cloudPath: string, path: string): Promise<string> {
    let over = false;
    const started = ports.upload(cloudPath, path, (percent) => {
      // Phones report progress that was on its way when the upload broke off.
      if (!over) tell({ phase: 'uploading', percent });
    });
    running = started;
    try {
      return await started.done;
    } finally {
      over = true;
      running = null;
    }
  }

  async function step(job: UploadJob): Promise<StepResult> {
    const next = nextUploadStep(job, ports.now());
    if (next.kind === 'prepare') {
      tell(STARTING);
      const ticketKey = job.stage.name === 'kept' ? job.ticketKey : ports.newKey();
      const ticket = await ports.prepareUpload({ purpose: 'portrait', extension: job.extension }, ticketKey);
      return { kind: 'further', job: withTicket(job, ticket) };
    }
    if (next.kind === 'upload') {
      if (!(await ports.fileExists(job.path))) return { kind: 'over', failure: FILE_LOST };
      // Stopped meanwhile: nothing is there yet that `stop` could have aborted.
      if (!isMine(job)) return { kind: 'further', job };
      // With the ticket of an earlier try.
      if (latest?.phase !== 'uploading') tell(STARTING);
      const fileId = await upload(next.ticket.cloudPath, job.path);
      return { kind: 'further', job: withFile(job, next.ticket.uploadId, fileId as FileId) };
    }
    tell({ phase: 'judging' });
    const { submissionId, ticks, submitKey } = job;
    const request = { submissionId, ticks, uploadId: next.uploadId, fileId: next.fileId };
    return { kind: 'judged', answer: await ports.submit(request, submitKey) };
  }

  /** What a failed step leads to; null: go on with the next one. */
  async function recover(job: UploadJob, failure: Failure, tries: number): Promise<UploadOutcome | null> {
    const after = afterFailure(job, failure);
    if (after.kind === 'over') {
      await discard(id);
      return { kind: 'over', failure };
    }
    if (after.kind === 'judging') {
      tell({ phase: 'judging' });
      await pause(after.askAgainMs);
      return null;
    }
    if (after.kind === 'again') {
      const full = shelve(startedOver(job, { submitKey: ports.newKey(), ticketKey: ports.newKey() }));
      if (full === null && after.atOnce) return null;
      tell({ phase: 'waiting', failure: full ?? failure });
    } else {
      tell({ phase: 'waiting', failure });
    }
    await pause(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]!);
    return null;
  }

  /** Null when it is written; a full phone keeps the older entry, and the photo. */
  function shelve(job: UploadJob): Failure | null {
    try {
      ports.shelf.put(job);
      return null;
    } catch (error) {
      return failureOf(error);
    }
  }

  async function run(): Promise<UploadOutcome> {
    for (let tries = 0; !isStopped();) {
      const job = ports.shelf.find(id);
      if (job === null) return { kind: 'gone' };
      try {
        const result = await step(job);
        if (!isMine(job)) continue;
        if (result.kind === 'further') ports.shelf.put(result.job);
        else {
          await discard(id);
          return result;
        }
        tries = 0;
      } catch (error) {
        if (!isMine(job)) continue;
        const outcome = await recover(job, failureOf(error) ?? CUT_OFF, tries);
        if (outcome !== null) return outcome;
        tries += 1;
      }
    }
    return { kind: 'stopped' };
  }

  /** Whether what was begun with this job still counts: nobody stopped it, and the shelf holds the same photo. */
  const isMine = (job: UploadJob): boolean => !stopped && ports.shelf.find(id)?.submitKey === job.submitKey;

  // A function, because the compiler takes a variable that changes elsewhere for a constant.
  const isStopped = (): boolean => stopped;

  return {
    outcome: run(),
    retryNow: () => {
      endPause();
      showTry();
    },
    stop: () => {
      stopped = true;
      running?.abort();
      endPause();
    },
  };
}
