import { uploadToCloud } from '../../../../miniprogram/platform/cloud';
import { PlatformError } from '../../../../miniprogram/platform/problem';
import { AnswerRefused } from '../../../../miniprogram/services/failure';
import { type UploadProgress } from '../../../../miniprogram/services/portrait-upload/portrait-uploads';
import {
  aFakeUploadPhone,
  ANSWER,
  OFFLINE,
  once,
  PHOTO,
  sendTo,
  settle,
} from '../../../support/fake-upload-phone';
import { installFakeWx } from '../../../support/fake-wx';
import { aStallingUpload } from '../../../support/stalling-upload';
import { SUBMISSION_ID } from '../../../support/view-builder';

const NEVER = new Promise<string>(() => undefined);

describe('a photo on its way', () => {
  it('is uploaded, judged and then forgotten by the phone', async () => {
    const phone = aFakeUploadPhone();
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
      const phone = aFakeUploadPhone();
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
    const phone = aFakeUploadPhone();
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
    const phone = aFakeUploadPhone();
    phone.troubles.upload = once(OFFLINE);
    const { sending, progress } = await sendTo(phone);
    await settle();
    phone.reportsLate(80);
    expect(progress.at(-1)).toMatchObject({ phase: 'waiting' });
    sending.stop();
  });

  it('goes on at once when asked', async () => {
    const phone = aFakeUploadPhone();
    phone.troubles.submit = once(new AnswerRefused('TEMPORARILY_UNAVAILABLE', {}, 'r'));
    const { sending } = await sendTo(phone);
    await settle();
    sending.retryNow();
    expect((await sending.outcome).kind).toBe('judged');
    expect(phone.waiting()).toBe(false);
  });

  it.each(['kept', 'ticketed', 'uploaded'] as const)('survives a kill while it is %s', async (stage) => {
    const phone = aFakeUploadPhone();
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
    const phone = aFakeUploadPhone();
    phone.troubles.upload = [() => null];
    const { sending } = await sendTo(phone);
    await Promise.resolve();
    sending.stop();
    expect((await sending.outcome).kind).toBe('stopped');
    expect(phone.uploads.waiting(SUBMISSION_ID)).not.toBeNull();
  });

  it('sends the bytes again under new keys when the cloud has lost them', async () => {
    const phone = aFakeUploadPhone();
    phone.troubles.submit = once(new AnswerRefused('UPLOAD_MISSING', { reason: 'expired' }, 'r'));
    const { sending } = await sendTo(phone);
    expect((await sending.outcome).kind).toBe('judged');
    expect(new Set(phone.submitted.map(({ key }) => key)).size).toBe(2);
    expect(phone.ticketKeys).toHaveLength(2);
  });

  it('ends with the reason when no retry helps', async () => {
    const phone = aFakeUploadPhone();
    phone.troubles.submit = once(new AnswerRefused('IMAGE_DAMAGED', {}, 'r'));
    const { sending } = await sendTo(phone);
    expect(await sending.outcome).toMatchObject({ kind: 'over', failure: { code: 'IMAGE_DAMAGED' } });
    expect(phone.uploads.waiting(SUBMISSION_ID)).toBeNull();
    expect(phone.files.size).toBe(0);
  });

  it('keeps the photo after a refusal that is not about it', async () => {
    const phone = aFakeUploadPhone();
    phone.troubles.submit = once(new AnswerRefused('BATCH_CLOSED', {}, 'r'));
    const { sending, progress } = await sendTo(phone);
    await settle();
    expect(progress.at(-1)).toMatchObject({ phase: 'waiting', failure: { code: 'BATCH_CLOSED' } });
    expect(phone.files.has(PHOTO.path)).toBe(true);
    sending.retryNow();
    expect((await sending.outcome).kind).toBe('judged');
  });

  it('goes on after the system has cut the connection of a hidden app', async () => {
    const phone = aFakeUploadPhone();
    phone.troubles.upload = once(new PlatformError('offline', 'uploadFile:fail abort'));
    const { sending, progress } = await sendTo(phone);
    await settle();
    expect(progress.at(-1)).toMatchObject({ phase: 'waiting', failure: { problem: 'offline' } });
    sending.retryNow();
    expect((await sending.outcome).kind).toBe('judged');
  });

  it('shows the try that nobody asked for once somebody does', async () => {
    const phone = aFakeUploadPhone({ upload: () => ({ done: NEVER, abort: () => undefined }) });
    phone.troubles.prepare = once(OFFLINE);
    const { sending, progress } = await sendTo(phone);
    await settle();
    phone.timePasses();
    await settle();
    expect(progress.at(-1)).toMatchObject({ phase: 'waiting' });
    sending.retryNow();
    expect(progress.at(-1)).toEqual({ phase: 'uploading', percent: 0 });
    sending.stop();
    expect(progress).toHaveLength(3);
  });

  it('shows that it is still being judged instead of blaming another phone', async () => {
    const phone = aFakeUploadPhone();
    phone.troubles.submit = once(new AnswerRefused('CONFLICT', { retryAfterSeconds: 3 }, 'r'));
    const { sending, progress } = await sendTo(phone);
    await settle();
    expect(progress.map(({ phase }) => phase)).not.toContain('waiting');
    sending.retryNow();
    expect((await sending.outcome).kind).toBe('judged');
  });

  it('asks again about a photo that is still being judged only after a pause', async () => {
    const phone = aFakeUploadPhone();
    phone.troubles.submit = once(new AnswerRefused('CONFLICT', { retryAfterSeconds: 3 }, 'r'));
    const { sending } = await sendTo(phone);
    await settle();
    expect(phone.submitted).toHaveLength(1);
    phone.timePasses();
    expect((await sending.outcome).kind).toBe('judged');
    expect(phone.submitted).toHaveLength(2);
  });

  it('refuses a photo that a full phone cannot note down, and leaves no file behind', async () => {
    const phone = aFakeUploadPhone();
    phone.troubles.store = once(new PlatformError('storage-full'));
    await expect(phone.uploads.add(PHOTO)).rejects.toMatchObject({ problem: 'storage-full' });
    expect(phone.uploads.waiting(SUBMISSION_ID)).toBeNull();
    expect(phone.files.size).toBe(0);
  });

  it('pauses instead of repeating a step that a full phone cannot note down', async () => {
    const phone = aFakeUploadPhone();
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
    const phone = aFakeUploadPhone();
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
    const phone = aFakeUploadPhone();
    phone.files.clear();
    const { sending } = await sendTo(phone);
    expect(await sending.outcome).toMatchObject({ kind: 'over', failure: { problem: 'file-lost' } });
  });

  it.each(['prepare', 'upload', 'submit'] as const)(
    'keeps the photo when %s fails with words about a file that is not there',
    async (step) => {
      const phone = aFakeUploadPhone();
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
    const phone = aFakeUploadPhone();
    phone.troubles.prepare = once(OFFLINE);
    const { sending } = await sendTo(phone);
    await settle();
    await phone.uploads.discard(SUBMISSION_ID);
    sending.retryNow();
    expect(await sending.outcome).toEqual({ kind: 'gone' });
  });

  it('makes room for a newer photo of the same submission', async () => {
    const phone = aFakeUploadPhone();
    phone.files.add('wxfile://usr/newer.jpg');
    await phone.uploads.add(PHOTO);
    await phone.uploads.add({ ...PHOTO, path: 'wxfile://usr/newer.jpg' });
    expect([...phone.files]).toEqual(['wxfile://usr/newer.jpg']);
    await phone.uploads.discard(SUBMISSION_ID);
    expect(phone.files.size).toBe(0);
  });
});

describe('a photo whose upload stands still', () => {
  const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1_000);
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits like one that broke off, is sent again when asked, and is judged once', async () => {
    const network = aStallingUpload();
    const { remove } = installFakeWx({ cloud: { uploadFile: network.uploadFile } });
    const phone = aFakeUploadPhone({ upload: uploadToCloud });
    const { sending, progress } = await sendTo(phone);
    await seconds(0);
    network.moves(37);
    await seconds(60);
    expect(progress.at(-1)).toMatchObject({ phase: 'waiting', failure: { problem: 'offline' } });
    sending.retryNow();
    await seconds(0);
    expect(progress.at(-1)).toMatchObject({ phase: 'uploading' });
    expect(network.begun()).toBe(2);
    // The one that was given up arrives after all, while the next one is still on its way.
    network.arrives('cloud://e/originals/late.jpg', 0);
    await seconds(0);
    expect(phone.submitted).toEqual([]);
    network.arrives('cloud://e/originals/x.jpg');
    expect(await sending.outcome).toEqual({ kind: 'judged', answer: ANSWER });
    remove();
    expect(phone.submitted).toMatchObject([{ request: { fileId: 'cloud://e/originals/x.jpg' } }]);
    expect(phone.ticketKeys).toHaveLength(1);
  });
});
