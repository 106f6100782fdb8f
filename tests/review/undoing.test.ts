/** A reviewer takes a decision back: everything is as it was, and nobody but the audit knows. */
import { type AuditDocument } from '../../cloudfunctions/audit/append-audit';
import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import { decideReview, returnPhoto, undoReview } from '../../cloudfunctions/review/decide-review';
import { newReview, type ReviewDocument } from '../../cloudfunctions/review/review-document';
import { readReviewQueue, takeReview } from '../../cloudfunctions/review/take-review';
import { withdrawSubmission } from '../../cloudfunctions/submission/decide-submission';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { submitPhoto } from '../../cloudfunctions/submission/submit-photo/submit-photo';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type ReviewDecision } from '../../miniprogram/shared/contract/operator/review';
import { type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { ACCEPTED_STATES, type AcceptedState } from '../../miniprogram/shared/submission/submission-machine';
import { withPhoto } from '../support/accepted-builder';
import { aCall, later } from '../support/call-builder';
import { fakeEngineThatBlocks, fakeEngineThatDevelops } from '../support/fake-photo-engine';
import { startPackage } from '../support/package-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { anUpload, storedBatch, storedSubmission } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const ACCEPT: ReviewDecision = { kind: 'accept' };
const REJECT: ReviewDecision = { kind: 'reject', reasons: ['light'], remark: '' };
const HOUR = 3600;

const undo = (call: Call, submissionId: SubmissionId) => undoReview(call, { submissionId });

function decide(call: Call, { _id, confirmedPhotoId }: SubmissionDocument, decision: ReviewDecision) {
  const request = { submissionId: _id, photoId: confirmedPhotoId!, decision };
  return decideReview({ call, member: { label: '审核员' } }, request);
}

/** Confirmed so many seconds ago. */
async function waiting(batch: Batch, studentNumber: string, secondsAgo: number) {
  const call = later(aCall(), -secondsAgo);
  const timeline = [
    { state: 'bound', at: later(call, -HOUR).now },
    { state: 'confirmed', at: call.now },
  ] as const;
  return withPhoto(batch, studentNumber, 'confirmed', { timeline, updatedAt: call.now }, call);
}

describe.each([ACCEPT, REJECT])('a decision that is undone: $kind', (decision) => {
  test('puts the photo back on the reviewer’s screen within a minute', async () => {
    const batch = await storedBatch();
    const submission = await waiting(batch, '1', HOUR);
    const call = aCall();
    await decide(call, submission, decision);
    const queue = await readReviewQueue(later(call, 30), batch.id);
    expect(queue.undoable.map(({ submissionId }) => submissionId)).toEqual([submission._id]);
    expect(await undo(later(call, 59), submission._id)).toBe('confirmed');
    expect(await takeReview(later(aCall(), 59), batch.id)).toBeNull();
    expect((await takeReview(later(call, 59), batch.id))?.submissionId).toBe(submission._id);
  });

  test('leaves the submission as it was: its place in the queue, and when the student said yes', async () => {
    const batch = await storedBatch();
    const submission = await waiting(batch, '1', 2 * HOUR);
    await waiting(batch, '2', HOUR);
    const call = aCall();
    await decide(call, submission, decision);
    await undo(later(call, 10), submission._id);
    expect(await storedSubmission(submission._id)).toEqual(submission);
    const { oldestConfirmedAt } = await readReviewQueue(call, batch.id);
    expect(oldestConfirmedAt).toBe(submission.updatedAt);
  });

  test('comes before the photo that was taken since, which is anybody’s again', async () => {
    const batch = await storedBatch();
    const first = await waiting(batch, '1', 2 * HOUR);
    const second = await waiting(batch, '2', HOUR);
    const call = aCall();
    await takeReview(call, batch.id);
    await decide(later(call, 1), first, decision);
    expect((await takeReview(later(call, 2), batch.id))?.submissionId).toBe(second._id);
    await undo(later(call, 3), first._id);
    expect((await takeReview(later(call, 4), batch.id))?.submissionId).toBe(first._id);
    // A picture that did not come is asked for again.
    expect((await takeReview(later(call, 5), batch.id))?.submissionId).toBe(first._id);
    expect((await takeReview(later(aCall(), 5), batch.id))?.submissionId).toBe(second._id);
  });

  test('is so within a minute, by who decided', async () => {
    const submission = await waiting(await storedBatch(), '1', HOUR);
    const call = aCall();
    await decide(call, submission, decision);
    expect(await refusalOf(undo(later(call, 60), submission._id))).toBe('UNDO_TOO_LATE');
    expect(await refusalOf(undo(aCall(), submission._id))).toBe('UNDO_TOO_LATE');
  });
});

test('a rejection stays once the student has taken another photo', async () => {
  const student = aCall();
  const submission = await withPhoto(await storedBatch(), '1', 'confirmed', {}, student);
  const call = aCall();
  await decide(call, submission, REJECT);
  await takenAgain(student, submission, fakeEngineThatDevelops());
  expect(await refusalOf(undo(call, submission._id))).toBe('SUBMISSION_STATE');
});

describe('an acceptance, while a package is made', () => {
  test('stays where the photo is in it: it would be in the next package of new photos again', async () => {
    const batch = await storedBatch();
    const submission = await waiting(batch, '1', HOUR);
    const call = aCall();
    await decide(call, submission, ACCEPT);
    await startPackage(batch);
    expect(await refusalOf(undo(later(call, 10), submission._id))).toBe('UNDO_TOO_LATE');
    expect((await storedSubmission(submission._id)).state).toBe('accepted');
  });

  test('is undone where it is not', async () => {
    const batch = await storedBatch();
    const submission = await waiting(batch, '1', HOUR);
    await withPhoto(batch, '2');
    await startPackage(batch);
    const call = aCall();
    await decide(call, submission, ACCEPT);
    expect(await undo(later(call, 10), submission._id)).toBe('confirmed');
  });
});

describe.each(ACCEPTED_STATES)('an %s photo', (state) => {
  const returned = async (call: Call, submission: SubmissionDocument) => {
    const request = {
      batchId: submission.batchId,
      studentNumber: '1',
      reasons: ['light' as const],
      remark: '',
    };
    return returnPhoto({ call, member: { label: '另一位' } }, submission, request);
  };

  test('can be asked for again: one deed, and the review is said to have ended so', async () => {
    const { submission } = await passed(state);
    expect(await returned(aCall(), submission)).toBe('rejected');
    const { timeline, ...stored } = await storedSubmission(submission._id);
    expect(stored).toMatchObject({ confirmedPhotoId: null, rejection: { reasons: ['light'] } });
    expect(timeline.map((entry) => entry.state)).toEqual([
      ...submission.timeline.map((entry) => entry.state),
      'rejected',
    ]);
    const deeds = await collection<AuditDocument>('audit').find({ subjectId: submission._id }, { limit: 9 });
    expect(deeds.map(({ action }) => action)).toEqual(['submission.return']);
    expect(await reviewOf(submission)).toMatchObject({ decision: 'returned', reviewerLabel: '另一位' });
  });

  test('is within a minute what it was before, and waits for nobody’s review', async () => {
    const { student, submission } = await passed(state);
    const review = await reviewOf(submission);
    const call = aCall();
    await returned(call, submission);
    const { undoable } = await readReviewQueue(later(call, 30), submission.batchId);
    expect(undoable).toMatchObject([{ submissionId: submission._id, decision: 'returned' }]);
    expect(await undo(later(call, 59), submission._id)).toBe(state);
    expect(await storedSubmission(submission._id)).toEqual({ ...submission, returnedFrom: null });
    expect(await reviewOf(submission)).toEqual(review);
    expect(await readReviewQueue(call, submission.batchId)).toMatchObject({
      waiting: 0,
      lent: 0,
      undoable: [],
    });
    expect(await takeReview(later(call, 59), submission.batchId)).toBeNull();
    const { _id: submissionId } = submission;
    expect(await refusalOf(withdrawSubmission(student, { submissionId }))).toBe('SUBMISSION_STATE');
  });

  test('stays sent back after a minute, and for others', async () => {
    const { submission } = await passed(state);
    const call = aCall();
    await returned(call, submission);
    expect(await refusalOf(undo(later(call, 60), submission._id))).toBe('UNDO_TOO_LATE');
    expect(await refusalOf(undo(aCall(), submission._id))).toBe('UNDO_TOO_LATE');
  });

  test.each([
    ['a good', fakeEngineThatDevelops()],
    ['a blocked', fakeEngineThatBlocks('eyes-open')],
  ])('stays sent back once the student has taken %s photo', async (_, engine) => {
    const { student, submission } = await passed(state);
    const call = aCall();
    await returned(call, submission);
    await takenAgain(student, submission, engine);
    expect(await refusalOf(undo(call, submission._id))).toBe('SUBMISSION_STATE');
  });
});

async function takenAgain(
  student: Call,
  { _id: submissionId }: SubmissionDocument,
  engine: ReturnType<typeof fakeEngineThatDevelops>,
): Promise<void> {
  const upload = await anUpload(student);
  await submitPhoto(student, { submissionId, ...upload, ticks: [] }, engine);
}

/** A photo with the history that leads to this state, and the review that let it pass. */
async function passed(state: AcceptedState) {
  const batch = await storedBatch();
  const student = later(aCall(), -HOUR);
  const states = [
    'bound',
    'confirmed',
    ...ACCEPTED_STATES.slice(0, ACCEPTED_STATES.indexOf(state) + 1),
  ] as const;
  const timeline = states.map((each, index) => ({ state: each, at: later(student, index).now }));
  const changes = { timeline, updatedAt: timeline.at(-1)!.at };
  const submission = await withPhoto(batch, '1', state, changes, student);
  await collection<ReviewDocument>('reviews').insert({
    ...newReview(submission._id, batch.id),
    decision: 'accepted',
    decidedPhotoId: submission.confirmedPhotoId,
    decidedAt: timeline[2]!.at,
    reviewer: 'a reviewer',
    reviewerLabel: '审核员',
  });
  return { student: { ...student, now: aCall().now }, submission };
}

const reviewOf = ({ _id }: SubmissionDocument) => collection<ReviewDocument>('reviews').get(_id);
