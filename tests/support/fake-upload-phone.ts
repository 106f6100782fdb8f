/** A phone and a cloud in memory, for the life of one photo from the shelf to the verdict. */
import {
  type UploadPorts,
  type UploadProgress,
  createPortraitUploads,
} from '../../miniprogram/services/portrait-upload/portrait-uploads';
import { type UploadJob } from '../../miniprogram/services/portrait-upload/upload-job';
import { PlatformError } from '../../miniprogram/platform/problem';
import { type SubmitPhotoAnswer, type SubmitPhotoRequest } from '../../miniprogram/shared/contract/photo';
import { type UploadId } from '../../miniprogram/shared/identity/ids';
import { NOON, SUBMISSION_ID, aPhotoView, aSubmissionView, at } from './view-builder';

export const ANSWER: SubmitPhotoAnswer = {
  photo: aPhotoView(),
  submission: aSubmissionView({ state: 'developed' }),
  originalLink: { url: 'https://example.invalid/original', expiresAt: NOON },
  standardLink: null,
};
const LATER = at('2027-01-10T06:00:00.000Z');
export const PHOTO = {
  submissionId: SUBMISSION_ID,
  path: 'wxfile://usr/portrait.jpg',
  extension: 'jpg',
  ticks: ['live-photo'],
  takenAt: NOON,
} as const;

type Trouble = () => Error | null;

/** Each kind of step can be given troubles, which happen in their order; some of the cloud can be the real one. */
export function aFakeUploadPhone(real: Partial<UploadPorts> = {}) {
  const shelf = new Map<string, UploadJob>();
  const files = new Set<string>([PHOTO.path]);
  const submitted: { request: SubmitPhotoRequest; key: string }[] = [];
  const ticketKeys: string[] = [];
  const troubles: Record<'prepare' | 'upload' | 'submit' | 'store', Trouble[]> = {
    prepare: [],
    upload: [],
    submit: [],
    store: [],
  };
  const listeners = new Set<() => void>();
  let pauses: (() => void)[] = [];
  let lateProgress: (percent: number) => void = () => undefined;
  const held: Promise<void>[] = [];
  let keys = 0;
  const meet = (step: keyof typeof troubles): void => {
    const error = troubles[step].shift()?.();
    if (error) throw error;
  };
  const ports: UploadPorts = {
    shelf: {
      find: (id) => shelf.get(id) ?? null,
      put: (job) => {
        meet('store');
        shelf.set(job.submissionId, JSON.parse(JSON.stringify(job)) as UploadJob);
      },
      remove: (id) => shelf.delete(id),
    },
    prepareUpload: (_request, key) => {
      ticketKeys.push(key);
      return Promise.resolve().then(() => {
        meet('prepare');
        return { uploadId: `upload-${key}` as UploadId, cloudPath: 'originals/x.jpg', expiresAt: LATER };
      });
    },
    upload: (_cloudPath, _path, onProgress) => {
      let abort: () => void = () => undefined;
      const done = new Promise<string>((resolve, reject) => {
        abort = () => {
          reject(new PlatformError('offline', 'uploadFile:fail abort'));
        };
        lateProgress = onProgress;
        onProgress(50);
        queueMicrotask(() => {
          try {
            meet('upload');
            resolve('cloud://e/originals/x.jpg');
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
      });
      return {
        done,
        abort: () => {
          abort();
        },
      };
    },
    submit: (request, key) => {
      submitted.push({ request, key });
      return (held.shift() ?? Promise.resolve()).then(() => {
        meet('submit');
        return ANSWER;
      });
    },
    fileExists: (path) => Promise.resolve(files.has(path)),
    removeFile: (path) => {
      files.delete(path);
      return Promise.resolve();
    },
    onOnline: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    newKey: () => `key-${++keys}`,
    now: () => NOON,
    // Pauses end only when a test says so: it brings the network back, asks, or lets the time pass.
    wait: () => new Promise((resolve) => pauses.push(resolve)),
  };
  return {
    uploads: createPortraitUploads({ ...ports, ...real }),
    shelf,
    files,
    submitted,
    ticketKeys,
    troubles,
    networkReturns: () => {
      for (const listener of [...listeners]) listener();
    },
    waiting: () => listeners.size > 0,
    /** The next submission is answered only when the test says so: with the verdict, or with this error. */
    holdsAnswer: () => {
      let answer: (error?: Error) => void = () => undefined;
      held.push(
        new Promise<void>((resolve, reject) => {
          answer = (error) => {
            if (error) reject(error);
            else resolve();
          };
        }),
      );
      return answer;
    },
    timePasses: () => {
      const ended = pauses;
      pauses = [];
      for (const end of ended) end();
    },
    reportsLate: (percent: number) => {
      lateProgress(percent);
    },
  };
}

export type FakeUploadPhone = ReturnType<typeof aFakeUploadPhone>;

export const once = (error: Error): Trouble[] => [() => error];
export const OFFLINE = new PlatformError('offline');

/** Lets everything run that does not wait for the network. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Puts the photo on the shelf and starts to send it. */
export async function sendTo(phone: FakeUploadPhone) {
  await phone.uploads.add(PHOTO);
  const progress: UploadProgress[] = [];
  const sending = phone.uploads.send(SUBMISSION_ID, (one) => progress.push(one));
  return { sending, progress };
}
