import {
  sweepForgotten,
  sweepPortraits,
} from '../../../../miniprogram/services/portrait-upload/sweep-portraits';
import { newJob } from '../../../../miniprogram/services/portrait-upload/upload-job';
import { uploadShelf } from '../../../../miniprogram/services/portrait-upload/upload-shelf';
import { learnServerTime } from '../../../../miniprogram/services/server-clock';
import { type FakeWx, installFakeWx } from '../../../support/fake-wx';
import { type SubmissionId } from '../../../../miniprogram/shared/identity/ids';
import { SUBMISSION_ID, at } from '../../../support/view-builder';

let phone: FakeWx;
let files: Set<string>;

/** A phone whose user folder holds these files. */
function aPhoneWith(names: readonly string[]): void {
  files = new Set(names);
  phone = installFakeWx({
    getStorageInfoSync: () => ({ keys: [...phone.stored.keys()] }),
    getFileSystemManager: () => ({
      readdir: ({ success }: { success: (result: unknown) => void }) => {
        success({ files: [...files] });
      },
      unlink: ({ filePath, success }: { filePath: string; success: (result: unknown) => void }) => {
        files.delete(filePath.replace('wxfile://usr/', ''));
        success({});
      },
    }),
  });
}

const DAY_MS = 86_400_000;

function shelve(name: string, { submissionId = SUBMISSION_ID, daysAgo = 0 } = {}): void {
  uploadShelf.put(
    newJob({
      submissionId,
      path: `wxfile://usr/${name}`,
      extension: 'jpg',
      ticks: [],
      takenAt: at(new Date(Date.now() - daysAgo * DAY_MS).toISOString()),
      submitKey: 'submit-key',
      ticketKey: 'ticket-key',
    }),
  );
}

afterEach(() => {
  phone.remove();
});

it('removes portraits without a job, keeps the one that waits and whatever is no portrait', async () => {
  aPhoneWith([
    'portrait-old.jpg',
    'station-old.png',
    'drawn-1-1.jpg',
    'portrait-waiting.jpg',
    'package-1.zip',
  ]);
  shelve('portrait-waiting.jpg');
  await sweepPortraits();
  expect([...files]).toEqual(['portrait-waiting.jpg', 'package-1.zip']);
});

it('gives up a photo only by the cloud’s time: a phone nine days ahead keeps the one just taken', async () => {
  aPhoneWith(['station-today.jpg']);
  shelve('station-today.jpg', { daysAgo: 9 });
  const sweeping = sweepForgotten();
  await Promise.resolve();
  expect([...files]).toEqual(['station-today.jpg']);
  learnServerTime(at(new Date(Date.now() - 9 * DAY_MS).toISOString()));
  await sweeping;
  expect([...files]).toEqual(['station-today.jpg']);
});

it('gives up nothing that came onto the shelf since launch: a phone two weeks behind keeps the one just taken', async () => {
  aPhoneWith(['station-today.jpg']);
  const sweeping = sweepForgotten();
  shelve('station-today.jpg', { daysAgo: 14 });
  learnServerTime(at(new Date().toISOString()));
  await sweeping;
  expect([...files]).toEqual(['station-today.jpg']);
  expect(uploadShelf.find(SUBMISSION_ID)).not.toBeNull();
});

it('gives up a student’s photo on a teacher’s phone after a week, and never one that a student has to send', async () => {
  aPhoneWith(['station-old.jpg', 'station-new.jpg', 'portrait-old.jpg']);
  shelve('station-old.jpg', { submissionId: 'submission-2' as SubmissionId, daysAgo: 8 });
  shelve('station-new.jpg', { submissionId: 'submission-3' as SubmissionId, daysAgo: 6 });
  shelve('portrait-old.jpg', { daysAgo: 60 });
  learnServerTime(at(new Date().toISOString()));
  await sweepForgotten();
  expect([...files]).toEqual(['station-new.jpg', 'portrait-old.jpg']);
  expect(uploadShelf.find('submission-2' as SubmissionId)).toBeNull();
});

it('keeps no photo for a job that this version cannot read', async () => {
  aPhoneWith(['portrait-unreadable.jpg']);
  phone.stored.set('upload.other', { path: 'wxfile://usr/portrait-unreadable.jpg', stage: 'kept' });
  await sweepPortraits();
  expect([...files]).toEqual([]);
});

it('does nothing on a phone without a user folder to read', async () => {
  aPhoneWith(['portrait-old.jpg']);
  phone.add({
    getFileSystemManager: () => ({
      readdir: ({ fail }: { fail: (failure: object) => void }) => {
        fail({ errMsg: 'readdir:fail no such file or directory' });
      },
    }),
  });
  await expect(sweepPortraits()).rejects.toThrow('no such file');
  expect([...files]).toEqual(['portrait-old.jpg']);
});
