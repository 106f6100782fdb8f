import { type AuditDocument } from '../../cloudfunctions/audit/append-audit';
import { type BatchDocument } from '../../cloudfunctions/batch/batch-document';
import { withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import {
  confirmPhoto,
  restartSubmission,
  withdrawSubmission,
} from '../../cloudfunctions/submission/decide-submission';
import { readSubmission } from '../../cloudfunctions/submission/read-submissions';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { TIMELINE_SHOWN_AT_MOST } from '../../miniprogram/shared/contract/submission-view';
import { type Instant, type PhotoId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { daysFromNow } from '../support/batch-builder';
import { aCall, later, withKey } from '../support/call-builder';
import { fakeEngineThatBlocks, fakeEngineThatDevelops } from '../support/fake-photo-engine';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import {
  agree,
  anUpload,
  boundSubmission,
  storedBatch,
  storedSubmission,
} from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

async function submit(call: Call, submissionId: SubmissionId): Promise<PhotoId> {
  const upload = await anUpload(call);
  const answer = await submitPhoto(call, { submissionId, ...upload, ticks: [] }, fakeEngineThatDevelops());
  return answer.photo.id;
}

/** A caller whose finished picture waits for the yes. */
async function aDevelopedPhoto(batch?: Batch) {
  const call = aCall();
  const submission = await boundSubmission(call, batch ?? (await storedBatch()));
  const photoId = await submit(call, submission._id);
  return { call, submissionId: submission._id, photoId };
}

async function aBlockedPhoto(batch: Batch) {
  const call = aCall();
  const { _id: submissionId } = await boundSubmission(call, batch);
  await submitPhoto(call, { submissionId, ...(await anUpload(call)), ticks: [] }, fakeEngineThatBlocks());
  return { call, submissionId };
}

async function move(batch: Batch, changes: Partial<BatchDocument>): Promise<void> {
  await collection<BatchDocument>('batches').update(batch.id, changes);
}

describe('saying yes', () => {
  test('is final, and is in the time line and in the audit', async () => {
    const { call, submissionId, photoId } = await aDevelopedPhoto();
    const view = await confirmPhoto(call, { submissionId, photoId });
    expect(view).toMatchObject({ state: 'confirmed', developedPhoto: { id: photoId } });
    expect(view.timeline.map(({ state }) => state)).toEqual(['bound', 'developed', 'confirmed']);
    const entries = await collection<AuditDocument>('audit').find({ subjectId: submissionId }, { limit: 10 });
    expect(entries.map(({ action }) => action).sort()).toEqual([
      'submission.confirm',
      'submission.photo-developed',
    ]);
    expect(JSON.stringify(entries)).not.toContain(call.openid);
  });

  test('a second time, from another phone, is answered clearly and changes nothing', async () => {
    const { call, submissionId, photoId } = await aDevelopedPhoto();
    await confirmPhoto(withKey(call), { submissionId, photoId });
    const before = await storedSubmission(submissionId);
    expect(await refusalOf(confirmPhoto(withKey(call), { submissionId, photoId }))).toBe('ALREADY_CONFIRMED');
    expect(await storedSubmission(submissionId)).toEqual(before);
  });

  test('again with the same key, because the answer was lost, is the same yes', async () => {
    const { call, submissionId, photoId } = await aDevelopedPhoto();
    const keyed = withKey(call);
    const first = await confirmPhoto(keyed, { submissionId, photoId });
    expect(await confirmPhoto(keyed, { submissionId, photoId })).toEqual(first);
  });

  test('on two phones at once gives one yes', async () => {
    const { call, submissionId, photoId } = await aDevelopedPhoto();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => refusalOf(confirmPhoto(withKey(call), { submissionId, photoId }))),
    );
    expect(outcomes.sort()).toEqual([...Array<string>(7).fill('ALREADY_CONFIRMED'), 'none']);
  });

  test('to a picture that was replaced is refused; the newer one can be confirmed', async () => {
    const { call, submissionId, photoId } = await aDevelopedPhoto();
    const newer = await submit(call, submissionId);
    expect(await refusalOf(confirmPhoto(call, { submissionId, photoId }))).toBe('PHOTO_SUPERSEDED');
    expect((await confirmPhoto(call, { submissionId, photoId: newer })).state).toBe('confirmed');
  });

  test('without a finished picture is refused', async () => {
    const call = aCall();
    const { _id: submissionId } = await boundSubmission(call, await storedBatch());
    const photoId = newId() as PhotoId;
    expect(await refusalOf(confirmPhoto(call, { submissionId, photoId }))).toBe('NOTHING_TO_CONFIRM');
  });

  test('after the deadline is refused, unless it was said before', async () => {
    const batch = await storedBatch();
    const late = await aDevelopedPhoto(batch);
    const inTime = await aDevelopedPhoto(batch);
    await confirmPhoto(inTime.call, inTime);
    const closesAt: Instant = daysFromNow(-1);
    await move(batch, { closesAt });
    await expect(confirmPhoto(late.call, late)).rejects.toMatchObject({
      code: 'BATCH_CLOSED',
      details: { closedAt: closesAt },
    });
    expect(await refusalOf(confirmPhoto(inTime.call, inTime))).toBe('ALREADY_CONFIRMED');
  });

  test("to somebody else's picture is refused as if there were none", async () => {
    const { submissionId, photoId } = await aDevelopedPhoto();
    const stranger = aCall();
    await agree(stranger);
    expect(await refusalOf(confirmPhoto(stranger, { submissionId, photoId }))).toBe('NOT_FOUND');
  });

  test('needs the consent that was there for the photo', async () => {
    const { call, submissionId, photoId } = await aDevelopedPhoto();
    await withdrawConsent(call);
    expect(await refusalOf(confirmPhoto(call, { submissionId, photoId }))).toBe('CONSENT_REQUIRED');
  });
});

test('200 students who confirm at once lose nothing and count right', async () => {
  const batch = await storedBatch();
  const students = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const call = aCall();
      const photoId = newId() as PhotoId;
      const developed = { state: 'developed', developedPhotoId: photoId, attempts: 1 } as const;
      const submission = await boundSubmission(call, batch, developed);
      return { call, submissionId: submission._id, photoId };
    }),
  );
  const outcomes = await Promise.all(
    students.map((student) => refusalOf(confirmPhoto(student.call, student))),
  );
  expect(new Set(outcomes)).toEqual(new Set(['none']));
  expect(await collection('submissions').count({ batchId: batch.id, state: 'confirmed' })).toBe(200);
}, 120_000);

describe('taking back', () => {
  test('is possible while under review and after the deadline; no photo stays confirmed', async () => {
    const batch = await storedBatch();
    const { call, submissionId, photoId } = await aDevelopedPhoto(batch);
    await confirmPhoto(call, { submissionId, photoId });
    await move(batch, { closesAt: daysFromNow(-1) });
    expect(await withdrawSubmission(call, { submissionId })).toMatchObject({
      state: 'withdrawn',
      developedPhoto: null,
    });
    expect(await storedSubmission(submissionId)).toMatchObject({ confirmedPhotoId: null });
  });

  test('is not possible once the photo was accepted', async () => {
    const call = aCall();
    const photoId = newId() as PhotoId;
    const accepted = { state: 'accepted', developedPhotoId: photoId, confirmedPhotoId: photoId } as const;
    const { _id: submissionId } = await boundSubmission(call, await storedBatch(), accepted);
    await expect(withdrawSubmission(call, { submissionId })).rejects.toMatchObject({
      code: 'SUBMISSION_STATE',
      details: { state: 'accepted', event: 'withdraw' },
    });
  });

  test('can be followed by a new beginning while the batch is open; used attempts stay used', async () => {
    const batch = await storedBatch({ attemptLimit: 5 });
    const { call, submissionId } = await aBlockedPhoto(batch);
    await withdrawSubmission(call, { submissionId });
    expect(await restartSubmission(call, { submissionId })).toMatchObject({
      state: 'bound',
      latestPhoto: null,
      attemptsLeft: 4,
    });
    await withdrawSubmission(call, { submissionId });
    await move(batch, { closesAt: daysFromNow(-1) });
    expect(await refusalOf(restartSubmission(call, { submissionId }))).toBe('BATCH_CLOSED');
  });

  test('with the last attempt used up loses nothing: the same picture can be confirmed again', async () => {
    const { call, submissionId, photoId } = await aDevelopedPhoto(await storedBatch({ attemptLimit: 1 }));
    await confirmPhoto(call, { submissionId, photoId });
    await withdrawSubmission(call, { submissionId });
    expect(await restartSubmission(call, { submissionId })).toMatchObject({
      state: 'developed',
      latestPhoto: { id: photoId },
      developedPhoto: { id: photoId },
      attemptsLeft: 0,
    });
    expect((await confirmPhoto(call, { submissionId, photoId })).state).toBe('confirmed');
  });

  test('keeps what the reviewer asked for: it can still be read and answered after a new beginning', async () => {
    const rejection = { reasons: ['clothes'], remark: '请换深色上衣' } as const;
    const call = aCall();
    const rejected = {
      state: 'rejected',
      developedPhotoId: newId() as PhotoId,
      attempts: 1,
      rejection,
    } as const;
    const { _id: submissionId } = await boundSubmission(
      call,
      await storedBatch({ attemptLimit: 1 }),
      rejected,
    );
    await withdrawSubmission(call, { submissionId });
    expect(await restartSubmission(call, { submissionId })).toMatchObject({
      state: 'bound',
      rejection,
      attemptsLeft: 1,
    });
  });

  test('and beginning again, over and over, is stopped for a while; nothing that was reached is lost', async () => {
    const { call, submissionId } = await aDevelopedPhoto();
    for (let round = 0; round < 15; round += 1) {
      await withdrawSubmission(call, { submissionId });
      await restartSubmission(call, { submissionId });
    }
    const before = await storedSubmission(submissionId);
    const minute = later(call, 60);
    await expect(withdrawSubmission(minute, { submissionId })).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      details: { retryAfterSeconds: 540 },
    });
    expect(await storedSubmission(submissionId)).toEqual(before);
    expect((await withdrawSubmission(later(call, 600), { submissionId })).state).toBe('withdrawn');
  });

  test('is counted per decision: copies of one request and refused ones count nothing', async () => {
    const { call, submissionId } = await aDevelopedPhoto();
    const keyed = withKey(call);
    for (let copy = 0; copy < 31; copy += 1) await withdrawSubmission(keyed, { submissionId });
    expect(await refusalOf(withdrawSubmission(call, { submissionId }))).toBe('SUBMISSION_STATE');
    expect(await refusalOf(restartSubmission(call, { submissionId }))).toBe('none');
  });

  test('twice with the same key is once', async () => {
    const { call, submissionId } = await aDevelopedPhoto();
    const keyed = withKey(call);
    await withdrawSubmission(keyed, { submissionId });
    await restartSubmission(withKey(call), { submissionId });
    // A copy of the first request that was on its way for a long time must not withdraw again.
    expect((await withdrawSubmission(keyed, { submissionId })).state).toBe('developed');
  });
});

describe('a history that became long', () => {
  const LONG = Array.from({ length: 20_000 }, (_, index) => ({
    state: index % 2 === 0 ? ('withdrawn' as const) : ('bound' as const),
    at: daysFromNow(-1),
  }));

  test('travels to the phone by its newest entries', async () => {
    const call = aCall();
    const submission = await boundSubmission(call, await storedBatch(), { timeline: LONG });
    const view = await readSubmission(call, { submissionId: submission._id });
    expect(view.timeline).toEqual(LONG.slice(-TIMELINE_SHOWN_AT_MOST));
  });

  test('does not go on growing with every change', async () => {
    const call = aCall();
    const { _id: submissionId } = await boundSubmission(call, await storedBatch(), { timeline: LONG });
    await withdrawSubmission(call, { submissionId });
    const { timeline } = await storedSubmission(submissionId);
    expect(timeline).toHaveLength(200);
    expect(timeline.at(-1)).toEqual({ state: 'withdrawn', at: call.now });
  });
});
