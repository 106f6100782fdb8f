import { newStation } from '../../cloudfunctions/operator-access/station-document';
import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import { decideReview, type Reviewer } from '../../cloudfunctions/review/decide-review';
import { type ReviewDocument } from '../../cloudfunctions/review/review-document';
import {
  readReviewQueue,
  releaseReview,
  takeReview,
  takeReviewOf,
} from '../../cloudfunctions/review/take-review';
import { readSubmission } from '../../cloudfunctions/submission/read-submissions';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type ReviewDecision } from '../../miniprogram/shared/contract/operator/review';
import { TIMELINE_SHOWN_AT_MOST } from '../../miniprogram/shared/contract/submission-view';
import { type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { withPhoto } from '../support/accepted-builder';
import { aCall, later, withKey } from '../support/call-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const ACCEPT: ReviewDecision = { kind: 'accept' };
const REJECT: ReviewDecision = { kind: 'reject', reasons: ['light', 'pose'], remark: '请面向窗户' };

const aReviewer = (call: Call = aCall()): Reviewer => ({ call, member: { label: '审核员' } });

/** So many confirmed photos, the first one the oldest. */
async function waiting(batch: Batch, count: number): Promise<readonly SubmissionDocument[]> {
  const submissions: SubmissionDocument[] = [];
  for (let index = 0; index < count; index += 1) {
    const call = later(aCall(), index - 1000);
    submissions.push(await withPhoto(batch, `N${index}`, 'confirmed', { updatedAt: call.now }, call));
  }
  return submissions;
}

function decide(reviewer: Reviewer, { _id, confirmedPhotoId }: SubmissionDocument, decision: ReviewDecision) {
  return decideReview(reviewer, { submissionId: _id, photoId: confirmedPhotoId!, decision });
}

describe('the queue', () => {
  test('gives the oldest first, with original and result side by side, verdict and ticks', async () => {
    const batch = await storedBatch();
    const [oldest] = await waiting(batch, 3);
    const item = await takeReview(aCall(), batch.id);
    expect(item).toMatchObject({
      submissionId: oldest!._id,
      student: { studentNumber: 'N0' },
      photo: { ticks: ['no-headwear'], verdict: { outcome: 'warned' } },
      closesAt: batch.closesAt,
    });
    for (const link of [item!.originalLink, item!.standardLink])
      expect((await fetch(link!.url)).ok).toBe(true);
  });

  test('names the station of a student who has one', async () => {
    const batch = await storedBatch();
    const station = newStation(batch.schoolCode, 'FY', '阜阳站');
    await collection('stations').set(station);
    await withPhoto(batch, '1', 'confirmed', { stationId: station._id });
    await withPhoto(batch, '2', 'confirmed');
    const names: unknown[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      names.push((await takeReview(aCall(), batch.id))?.student.stationName);
    }
    expect(names).toEqual(['阜阳站', null]);
  });

  test('never gives two reviewers the same photo, however many ask at once', async () => {
    const batch = await storedBatch();
    await waiting(batch, 6);
    const items = await Promise.all(Array.from({ length: 8 }, () => takeReview(aCall(), batch.id)));
    const taken = items.filter((item) => item !== null).map(({ submissionId }) => submissionId);
    expect(taken).toHaveLength(6);
    expect(new Set(taken).size).toBe(6);
  });

  test('gives the same reviewer the same photo again, and after five minutes anybody', async () => {
    const batch = await storedBatch();
    await waiting(batch, 1);
    const call = aCall();
    const first = await takeReview(call, batch.id);
    expect((await takeReview(later(call, 60), batch.id))?.submissionId).toBe(first!.submissionId);
    expect(await takeReview(later(aCall(), 300), batch.id)).toBeNull();
    expect((await takeReview(later(aCall(), 361), batch.id))?.submissionId).toBe(first!.submissionId);
  });

  test('passes over what a reviewer leaves to others', async () => {
    const batch = await storedBatch();
    const [one, other] = await waiting(batch, 2);
    const call = aCall();
    await takeReview(call, batch.id);
    expect((await takeReview(call, batch.id, one!._id))?.submissionId).toBe(other!._id);
    expect((await takeReview(aCall(), batch.id))?.submissionId).toBe(one!._id);
    expect(await releaseReview(call, one!._id)).toBe(false);
    expect(await releaseReview(call, other!._id)).toBe(true);
  });

  test('keeps a photo on a reviewer’s screen whoever else gives it back', async () => {
    const batch = await storedBatch();
    const [only] = await waiting(batch, 1);
    await takeReview(aCall(), batch.id);
    expect(await releaseReview(aCall(), only!._id)).toBe(false);
    expect(await takeReview(aCall(), batch.id, only!._id)).toBeNull();
    expect(await takeReview(aCall(), batch.id)).toBeNull();
  });

  test('goes on behind what was passed over, to every photo and then to its end', async () => {
    const batch = await storedBatch();
    const photos = await waiting(batch, 4);
    const call = aCall();
    const seen: (SubmissionId | undefined)[] = [];
    let skip: SubmissionId | undefined;
    for (let turn = 0; turn < 5; turn += 1) {
      skip = (await takeReview(call, batch.id, skip))?.submissionId;
      seen.push(skip);
    }
    expect(seen).toEqual([...photos.map(({ _id }) => _id), undefined]);
  });

  test('leaves none out whose students confirmed in the same moment', async () => {
    const batch = await storedBatch();
    const call = aCall();
    for (const number of ['1', '2', '3'])
      await withPhoto(batch, number, 'confirmed', { updatedAt: call.now }, { ...aCall(), now: call.now });
    const seen = new Set<SubmissionId>();
    for (let item = await takeReview(call, batch.id); item !== null && seen.size < 3;) {
      seen.add(item.submissionId);
      item = await takeReview(call, batch.id, item.submissionId);
    }
    expect(seen.size).toBe(3);
  });

  test('keeps its place behind a photo that somebody else has decided on since', async () => {
    const batch = await storedBatch();
    const [oldest, passedOver, next] = await waiting(batch, 3);
    await decide(aReviewer(), passedOver!, ACCEPT);
    const call = aCall();
    expect((await takeReview(call, batch.id, passedOver!._id))?.submissionId).toBe(next!._id);
    await releaseReview(withKey(call), next!._id);
    expect((await takeReview(call, batch.id))?.submissionId).toBe(oldest!._id);
  });

  test('begins at the front where the photo that was passed over is gone or of another batch', async () => {
    const batch = await storedBatch();
    const [oldest] = await waiting(batch, 2);
    const [elsewhere] = await waiting(await storedBatch(), 1);
    for (const skip of [elsewhere!._id, 'gone' as SubmissionId]) {
      expect((await takeReview(aCall(), batch.id, skip))?.submissionId).toBe(oldest!._id);
      await collection('reviews').removeWhere({ batchId: batch.id });
    }
  });

  test('is not held up by a student whose history became long: the newest entries are shown', async () => {
    const batch = await storedBatch();
    const at = aCall().now;
    const timeline = Array.from({ length: 20_000 }, () => ({ state: 'withdrawn' as const, at }));
    await withPhoto(batch, '1', 'confirmed', { timeline: [...timeline, { state: 'confirmed', at }] });
    const item = await takeReview(aCall(), batch.id);
    expect(item?.timeline).toHaveLength(TIMELINE_SHOWN_AT_MOST);
    expect(item?.timeline.at(-1)).toEqual({ state: 'confirmed', at });
  });

  test('does not hold a photo that its student took back', async () => {
    const batch = await storedBatch();
    const [only] = await waiting(batch, 1);
    await collection('submissions').update(only!._id, { state: 'withdrawn' });
    expect(await takeReview(aCall(), batch.id)).toBeNull();
  });

  test('says how much is left', async () => {
    const batch = await storedBatch();
    const [oldest] = await waiting(batch, 3);
    const call = aCall();
    await takeReview(aCall(), batch.id);
    expect(await readReviewQueue(call, batch.id)).toEqual({
      waiting: 3,
      lent: 1,
      oldestConfirmedAt: oldest!.updatedAt,
      undoable: [],
    });
  });
});

describe('the photo of one student', () => {
  test('is lent wherever it stands in the queue, and what was held is given back', async () => {
    const batch = await storedBatch();
    const photos = await waiting(batch, 3);
    const call = aCall();
    await takeReview(call, batch.id);
    expect(await takeReviewOf(call, batch.id, 'N2')).toMatchObject({
      submissionId: photos[2]!._id,
      student: { studentNumber: 'N2' },
    });
    expect((await takeReview(call, batch.id))?.submissionId).toBe(photos[2]!._id);
    expect((await takeReview(aCall(), batch.id))?.submissionId).toBe(photos[0]!._id);
  });

  test('is decided on like any other, and the queue goes on behind it or from its front', async () => {
    const batch = await storedBatch();
    const [oldest, wanted] = await waiting(batch, 2);
    const reviewer = aReviewer();
    await takeReviewOf(reviewer.call, batch.id, 'N1');
    await decide(reviewer, wanted!, REJECT);
    expect((await takeReview(reviewer.call, batch.id))?.submissionId).toBe(oldest!._id);
  });

  test('is not lent while another reviewer has it', async () => {
    const batch = await storedBatch();
    await waiting(batch, 1);
    await takeReview(aCall(), batch.id);
    expect(await refusalOf(takeReviewOf(aCall(), batch.id, 'N0'))).toBe('REVIEW_LENT_TO_OTHER');
    expect((await takeReviewOf(later(aCall(), 301), batch.id, 'N0')).student.studentNumber).toBe('N0');
  });

  test.each(['developed', 'rejected', 'accepted', 'exported', 'delivered'] as const)(
    'is refused by its state where none waits: %s',
    async (state) => {
      const batch = await storedBatch();
      await withPhoto(batch, '1', state);
      const details = { state, event: 'take-review' };
      const refusal = { code: 'SUBMISSION_STATE', details };
      await expect(takeReviewOf(aCall(), batch.id, '1')).rejects.toMatchObject(refusal);
    },
  );

  test('is not found where the batch has no such student', async () => {
    const { id } = await storedBatch();
    const refusal = { code: 'NOT_FOUND', details: { event: 'look-up' } };
    await expect(takeReviewOf(aCall(), id, '1')).rejects.toMatchObject(refusal);
  });
});

describe('a decision', () => {
  test('is seen by the student at once, with its reasons', async () => {
    const batch = await storedBatch();
    const student = aCall();
    const submission = await withPhoto(batch, '1', 'confirmed', {}, student);
    const { state, undoUntil, closesAt } = await decide(aReviewer(), submission, REJECT);
    expect({ state, closesAt }).toEqual({ state: 'rejected', closesAt: batch.closesAt });
    expect(Date.parse(undoUntil)).toBeGreaterThan(Date.now());
    expect(await readSubmission(student, { submissionId: submission._id })).toMatchObject({
      state: 'rejected',
      rejection: { reasons: ['light', 'pose'], remark: '请面向窗户' },
      developedPhoto: null,
    });
  });

  test('is made once: the second reviewer, and the same request again', async () => {
    const [submission] = await waiting(await storedBatch(), 1);
    const first = aReviewer(withKey(aCall()));
    const outcome = await decide(first, submission!, ACCEPT);
    expect(await decide(first, submission!, ACCEPT)).toEqual(outcome);
    expect(await refusalOf(decide(aReviewer(), submission!, REJECT))).toBe('SUBMISSION_STATE');
    expect(await storedSubmission(submission!._id)).toMatchObject({ state: 'accepted', rejection: null });
  });

  test('of two reviewers at once is one', async () => {
    const [submission] = await waiting(await storedBatch(), 1);
    const outcomes = await Promise.all([
      refusalOf(decide(aReviewer(), submission!, ACCEPT)),
      refusalOf(decide(aReviewer(), submission!, REJECT)),
    ]);
    expect(outcomes.sort()).toEqual(['SUBMISSION_STATE', 'none']);
  });

  test('about a photo on another reviewer’s screen is refused', async () => {
    const batch = await storedBatch();
    const [submission] = await waiting(batch, 1);
    await takeReview(aCall(), batch.id);
    expect(await refusalOf(decide(aReviewer(), submission!, ACCEPT))).toBe('REVIEW_LENT_TO_OTHER');
  });

  test('about a photo that was replaced is refused', async () => {
    const [submission] = await waiting(await storedBatch(), 1);
    const older = { ...submission!, confirmedPhotoId: submission!._id as never };
    expect(await refusalOf(decide(aReviewer(), older, ACCEPT))).toBe('PHOTO_SUPERSEDED');
  });

  test('“other” needs a sentence', async () => {
    const [submission] = await waiting(await storedBatch(), 1);
    const silent: ReviewDecision = { kind: 'reject', reasons: ['other'], remark: ' ' };
    expect(await refusalOf(decide(aReviewer(), submission!, silent))).toBe('INVALID_REQUEST');
    expect((await storedSubmission(submission!._id)).state).toBe('confirmed');
  });

  test('keeps the reviewer’s label for the manifest', async () => {
    const [submission] = await waiting(await storedBatch(), 1);
    await decide(aReviewer(), submission!, ACCEPT);
    const review = await collection<ReviewDocument>('reviews').get(submission!._id);
    expect(review).toMatchObject({ decision: 'accepted', reviewerLabel: '审核员', holder: null });
  });
});
