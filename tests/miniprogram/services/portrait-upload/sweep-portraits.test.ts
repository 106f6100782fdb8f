import { loadOverview, rememberSubmission } from '../../../../miniprogram/services/overview-store';
import {
  sweepForgotten,
  sweepPortraits,
} from '../../../../miniprogram/services/portrait-upload/sweep-portraits';
import { newJob } from '../../../../miniprogram/services/portrait-upload/upload-job';
import { uploadShelf } from '../../../../miniprogram/services/portrait-upload/upload-shelf';
import { learnServerTime } from '../../../../miniprogram/services/server-clock';
import { type FakeWx, installFakeWx } from '../../../support/fake-wx';
import { type SubmissionId } from '../../../../miniprogram/shared/identity/ids';
import { SUBMISSION_ID, aSubmissionView, anOverview, at } from '../../../support/view-builder';

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

describe('a photo whose submission is gone', () => {
  const OTHER = 'submission-2' as SubmissionId;
  const own = (id: SubmissionId = SUBMISSION_ID) => anOverview({ submissions: [aSubmissionView({ id })] });
  /** The cloud is asked for the overview, and answers when the test says so. */
  function asking() {
    let answer: (result: unknown) => void = () => undefined;
    let fail: (failure: object) => void = () => undefined;
    phone.add({
      cloud: {
        callFunction: (call: { success: typeof answer; fail: typeof fail }) => {
          answer = call.success;
          fail = call.fail;
        },
      },
    });
    const loading = loadOverview().catch(() => undefined);
    return {
      loading,
      answer: async (data: object) => {
        answer({ result: { ok: true, data, requestId: 'r' } });
        await loading;
        await new Promise((resolve) => setTimeout(resolve, 0));
      },
      refuse: async () => {
        fail({ errMsg: 'cloud.callFunction:fail -501001 resource system error' });
        await loading;
      },
    };
  }

  it('leaves the phone once the cloud has told so: deleted on another phone, or when its time was over', async () => {
    aPhoneWith(['portrait-gone.jpg', 'portrait-mine.jpg']);
    shelve('portrait-gone.jpg');
    shelve('portrait-mine.jpg', { submissionId: OTHER });
    await asking().answer(own(OTHER));
    expect([...files]).toEqual(['portrait-mine.jpg']);
    expect(uploadShelf.find(SUBMISSION_ID)).toBeNull();
    expect(uploadShelf.find(OTHER)).not.toBeNull();
  });

  it('stays as long as the cloud has not answered, whatever this phone remembers', async () => {
    aPhoneWith(['portrait-mine.jpg']);
    await asking().answer(own(OTHER));
    rememberSubmission(aSubmissionView());
    shelve('portrait-mine.jpg');
    await asking().refuse();
    expect([...files]).toEqual(['portrait-mine.jpg']);
    expect(uploadShelf.find(SUBMISSION_ID)).not.toBeNull();
  });

  it('is not one that was bound and photographed while the answer was on its way', async () => {
    aPhoneWith(['portrait-new.jpg', 'portrait-old.jpg']);
    shelve('portrait-old.jpg', { submissionId: OTHER });
    const asked = asking();
    shelve('portrait-new.jpg');
    // Bound anew under the same id, and photographed anew.
    shelve('portrait-newer.jpg', { submissionId: OTHER });
    await asked.answer(anOverview());
    expect(uploadShelf.find(SUBMISSION_ID)).not.toBeNull();
    expect(uploadShelf.find(OTHER)).not.toBeNull();
    expect([...files]).toContain('portrait-new.jpg');
  });

  it('is none of those that a teacher’s phone took of others', async () => {
    aPhoneWith(['station-new.jpg']);
    shelve('station-new.jpg');
    await asking().answer(own(OTHER));
    expect([...files]).toEqual(['station-new.jpg']);
    expect(uploadShelf.find(SUBMISSION_ID)).not.toBeNull();
  });
});
