import {
  type UploadPorts,
  type UploadProgress,
  createPortraitUploads,
} from '../../../../miniprogram/services/portrait-upload/portrait-uploads';
import { type UploadJob } from '../../../../miniprogram/services/portrait-upload/upload-job';
import { AnswerRefused } from '../../../../miniprogram/services/failure';
import { PlatformError } from '../../../../miniprogram/platform/problem';
import {
  type SubmitPhotoAnswer,
  type SubmitPhotoRequest,
} from '../../../../miniprogram/shared/contract/photo';
import { type UploadId } from '../../../../miniprogram/shared/identity/ids';
import { NOON, SUBMISSION_ID, aPhotoView, aSubmissionView, at } from '../../../support/view-builder';

const ANSWER: SubmitPhotoAnswer = {
  photo: aPhotoView(),
  submission: aSubmissionView({ state: 'developed' }),
  originalLink: { url: 'https://example.invalid/original', expiresAt: NOON },
  standardLink: null,
};
const LATER = at('2027-01-10T06:00:00.000Z');
const PHOTO = {
  submissionId: SUBMISSION_ID,
  path: 'wxfile://usr/portrait.jpg',
  extension: 'jpg',
  ticks: ['live-photo'],
  takenAt: NOON,
} as const;

type Trouble = () => Error | null;

/** A phone and a cloud in memory. Each kind of step can be given troubles, which happen in their order. */
function aPhone() {
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
    prepareUpload: (_request, key = '') => {
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
    submit: (request, key = '') => {
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
    uploads: createPortraitUploads(ports),
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

const once = (error: Error): Trouble[] => [() => error];
const OFFLINE = new PlatformError('offline');

/** Lets everything run that does not wait for the network. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

async function sendTo(phone: ReturnType<typeof aPhone>) {
  await phone.uploads.add(PHOTO);
  const progress: UploadProgress[] = [];
  const sending = phone.uploads.send(SUBMISSION_ID, (one) => progress.push(one));
  return { sending, progress };
}

describe('a photo on its way', () => {
  it('is uploaded, judged and then forgotten by the phone', async () => {
    const phone = aPhone();
    const { sending, progress } = await sendTo(phone);
    expect(await sending.outcome).toEqual({ kind: 'judged', answer: ANSWER });
    expect(progress.map(({ phase }) => phase)).toEqual(['uploading', 'uploading', 'judging']);
    expect(phone.submitted[0]!.request).toMatchObject({
      ticks: ['live-photo'],
      fileId: 'cloud://e/originals/x.jpg',
    });
    expect(phone.uploads.waiting(SUBMISSION_ID)).toBeNull();
    expect(phone.files.size).toBe(0);
  });

  it.each(['prepare', 'upload', 'submit'] as const)(
    'waits without network during %s and goes on',
    async (step) => {
      const phone = aPhone();
      phone.troubles[step] = once(OFFLINE);
      const { sending, progress } = await sendTo(phone);
      await settle();
      expect(progress.at(-1)).toMatchObject({ phase: 'waiting', failure: { problem: 'offline' } });
      expect(phone.files.has(PHOTO.path)).toBe(true);
      phone.networkReturns();
      expect((await sending.outcome).kind).toBe('judged');
      // The bytes went once, and every try of the judgement carried the same key.
      expect(new Set(phone.submitted.map(({ key }) => key)).size).toBe(1);
    },
  );

  it('tries by itself after a pause, without flickering between waiting and sending', async () => {
    const phone = aPhone();
    phone.troubles.prepare = [...once(OFFLINE), ...once(OFFLINE)];
    const { sending, progress } = await sendTo(phone);
    await settle();
    phone.timePasses();
    await settle();
    expect(progress.map(({ phase }) => phase)).toEqual(['uploading', 'waiting', 'waiting']);
    phone.timePasses();
    expect((await sending.outcome).kind).toBe('judged');
    expect(progress.slice(3).map(({ phase }) => phase)).toEqual(['uploading', 'judging']);
  });

  it('does not take progress that arrives late for an upload that goes on', async () => {
    const phone = aPhone();
    phone.troubles.upload = once(OFFLINE);
    const { sending, progress } = await sendTo(phone);
    await settle();
    phone.reportsLate(80);
    expect(progress.at(-1)).toMatchObject({ phase: 'waiting' });
    sending.stop();
  });

  it('goes on at once when asked', async () => {
    const phone = aPhone();
    phone.troubles.submit = once(new AnswerRefused('TEMPORARILY_UNAVAILABLE', {}, 'r'));
    const { sending } = await sendTo(phone);
    await settle();
    sending.retryNow();
    expect((await sending.outcome).kind).toBe('judged');
    expect(phone.waiting()).toBe(false);
  });

  it.each(['kept', 'ticketed', 'uploaded'] as const)('survives a kill while it is %s', async (stage) => {
    const phone = aPhone();
    const stopAt = { kept: 'prepare', ticketed: 'upload', uploaded: 'submit' } as const;
    phone.troubles[stopAt[stage]] = once(OFFLINE);
    const { sending } = await sendTo(phone);
    await settle();
    sending.stop();
    expect(await sending.outcome).toEqual({ kind: 'stopped' });
    expect(phone.uploads.waiting(SUBMISSION_ID)?.stage.name).toBe(stage);
    const again = phone.uploads.send(SUBMISSION_ID, () => undefined);
    expect((await again.outcome).kind).toBe('judged');
    expect(new Set(phone.ticketKeys).size).toBe(1);
  });

  it('stops a running upload and keeps the photo', async () => {
    const phone = aPhone();
    phone.troubles.upload = [() => null];
    const { sending } = await sendTo(phone);
    await Promise.resolve();
    sending.stop();
    expect((await sending.outcome).kind).toBe('stopped');
    expect(phone.uploads.waiting(SUBMISSION_ID)).not.toBeNull();
  });

  it('sends the bytes again under new keys when the cloud has lost them', async () => {
    const phone = aPhone();
    phone.troubles.submit = once(new AnswerRefused('UPLOAD_MISSING', { reason: 'expired' }, 'r'));
    const { sending } = await sendTo(phone);
    expect((await sending.outcome).kind).toBe('judged');
    expect(new Set(phone.submitted.map(({ key }) => key)).size).toBe(2);
    expect(phone.ticketKeys).toHaveLength(2);
  });

  it('ends with the reason when no retry helps', async () => {
    const phone = aPhone();
    phone.troubles.submit = once(new AnswerRefused('IMAGE_DAMAGED', {}, 'r'));
    const { sending } = await sendTo(phone);
    expect(await sending.outcome).toMatchObject({ kind: 'over', failure: { code: 'IMAGE_DAMAGED' } });
    expect(phone.uploads.waiting(SUBMISSION_ID)).toBeNull();
    expect(phone.files.size).toBe(0);
  });

  it('keeps the photo after a refusal that is not about it', async () => {
    const phone = aPhone();
    phone.troubles.submit = once(new AnswerRefused('BATCH_CLOSED', {}, 'r'));
    const { sending, progress } = await sendTo(phone);
    await settle();
    expect(progress.at(-1)).toMatchObject({ phase: 'waiting', failure: { code: 'BATCH_CLOSED' } });
    expect(phone.files.has(PHOTO.path)).toBe(true);
    sending.retryNow();
    expect((await sending.outcome).kind).toBe('judged');
  });

  it('goes on after the system has cut the connection of a hidden app', async () => {
    const phone = aPhone();
    phone.troubles.upload = once(new PlatformError('offline', 'uploadFile:fail abort'));
    const { sending, progress } = await sendTo(phone);
    await settle();
    expect(progress.at(-1)).toMatchObject({ phase: 'waiting', failure: { problem: 'offline' } });
    sending.retryNow();
    expect((await sending.outcome).kind).toBe('judged');
  });

  it('shows that it is still being judged instead of blaming another phone', async () => {
    const phone = aPhone();
    phone.troubles.submit = once(new AnswerRefused('CONFLICT', { retryAfterSeconds: 3 }, 'r'));
    const { sending, progress } = await sendTo(phone);
    await settle();
    expect(progress.map(({ phase }) => phase)).not.toContain('waiting');
    sending.retryNow();
    expect((await sending.outcome).kind).toBe('judged');
  });

  it('refuses a photo that a full phone cannot note down, and leaves no file behind', async () => {
    const phone = aPhone();
    phone.troubles.store = once(new PlatformError('storage-full'));
    await expect(phone.uploads.add(PHOTO)).rejects.toMatchObject({ problem: 'storage-full' });
    expect(phone.uploads.waiting(SUBMISSION_ID)).toBeNull();
    expect(phone.files.size).toBe(0);
  });

  it('pauses instead of repeating a step that a full phone cannot note down', async () => {
    const phone = aPhone();
    await phone.uploads.add(PHOTO);
    phone.troubles.store = once(new PlatformError('storage-full'));
    const progress: UploadProgress[] = [];
    const sending = phone.uploads.send(SUBMISSION_ID, (one) => progress.push(one));
    await settle();
    expect(progress.at(-1)).toMatchObject({ phase: 'waiting', failure: { problem: 'storage-full' } });
    expect(phone.ticketKeys).toHaveLength(1);
    sending.retryNow();
    expect((await sending.outcome).kind).toBe('judged');
  });

  it('says so when even starting over cannot be noted down', async () => {
    const phone = aPhone();
    await phone.uploads.add(PHOTO);
    phone.troubles.submit = once(new AnswerRefused('UPLOAD_MISSING', {}, 'r'));
    phone.troubles.store = [() => null, () => null, () => new PlatformError('storage-full')];
    const progress: UploadProgress[] = [];
    const sending = phone.uploads.send(SUBMISSION_ID, (one) => progress.push(one));
    await settle();
    expect(progress.at(-1)).toMatchObject({ phase: 'waiting', failure: { problem: 'storage-full' } });
    sending.retryNow();
    expect((await sending.outcome).kind).toBe('judged');
  });

  it('ends when the phone has cleaned the file away', async () => {
    const phone = aPhone();
    phone.files.clear();
    const { sending } = await sendTo(phone);
    expect(await sending.outcome).toMatchObject({ kind: 'over', failure: { problem: 'file-lost' } });
  });

  it.each(['prepare', 'upload', 'submit'] as const)(
    'keeps the photo when %s fails with words about a file that is not there',
    async (step) => {
      const phone = aPhone();
      phone.troubles[step] = once(new PlatformError('file-lost', 'cloud.uploadFile:fail file not found'));
      const { sending, progress } = await sendTo(phone);
      await settle();
      expect(progress.at(-1)).toMatchObject({ phase: 'waiting' });
      expect(phone.files.has(PHOTO.path)).toBe(true);
      sending.retryNow();
      expect((await sending.outcome).kind).toBe('judged');
    },
  );

  it('is gone when somebody discarded it meanwhile', async () => {
    const phone = aPhone();
    phone.troubles.prepare = once(OFFLINE);
    const { sending } = await sendTo(phone);
    await settle();
    await phone.uploads.discard(SUBMISSION_ID);
    sending.retryNow();
    expect(await sending.outcome).toEqual({ kind: 'gone' });
  });

  it('makes room for a newer photo of the same submission', async () => {
    const phone = aPhone();
    phone.files.add('wxfile://usr/newer.jpg');
    await phone.uploads.add(PHOTO);
    await phone.uploads.add({ ...PHOTO, path: 'wxfile://usr/newer.jpg' });
    expect([...phone.files]).toEqual(['wxfile://usr/newer.jpg']);
    await phone.uploads.discard(SUBMISSION_ID);
    expect(phone.files.size).toBe(0);
  });
});

describe('a sending that was stopped', () => {
  const STILL_JUDGED = new AnswerRefused('CONFLICT', { retryAfterSeconds: 3 }, 'r');
  const NEWER = { ...PHOTO, path: 'wxfile://usr/newer.jpg' };

  /** A photo whose judgement is on its way when the page is left. */
  async function stoppedWhileJudged(phone: ReturnType<typeof aPhone>) {
    const answer = phone.holdsAnswer();
    const { sending } = await sendTo(phone);
    await settle();
    sending.stop();
    return { sending, answer };
  }

  it('leaves the verdict to the one that was started after it', async () => {
    const phone = aPhone();
    const { sending, answer } = await stoppedWhileJudged(phone);
    phone.troubles.submit = once(STILL_JUDGED);
    const again = phone.uploads.send(SUBMISSION_ID, () => undefined);
    await settle();
    answer();
    expect(await sending.outcome).toEqual({ kind: 'stopped' });
    phone.timePasses();
    expect(await again.outcome).toEqual({ kind: 'judged', answer: ANSWER });
    // One photo, judged once: the cloud knows the key.
    expect(new Set(phone.submitted.map(({ key }) => key)).size).toBe(1);
  });

  it.each([
    ['a verdict', undefined],
    ['a refusal', new AnswerRefused('IMAGE_DAMAGED', {}, 'r')],
    ['lost bytes', new AnswerRefused('UPLOAD_MISSING', {}, 'r')],
  ])('takes nothing of a newer photo when %s arrives late', async (_what, error) => {
    const phone = aPhone();
    const { sending, answer } = await stoppedWhileJudged(phone);
    await phone.uploads.discard(SUBMISSION_ID);
    phone.files.add(NEWER.path);
    await phone.uploads.add(NEWER);
    const before = phone.shelf.get(SUBMISSION_ID);
    answer(error);
    expect(await sending.outcome).toEqual({ kind: 'stopped' });
    expect(phone.shelf.get(SUBMISSION_ID)).toEqual(before);
    expect([...phone.files]).toEqual([NEWER.path]);
  });

  it('puts nothing back that was discarded', async () => {
    const phone = aPhone();
    const { sending } = await sendTo(phone);
    sending.stop();
    await phone.uploads.discard(SUBMISSION_ID);
    await sending.outcome;
    expect(phone.uploads.waiting(SUBMISSION_ID)).toBeNull();
  });
});
