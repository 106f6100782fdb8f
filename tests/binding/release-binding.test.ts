/** Staff let go of a code that is bound on a lost or a stranger's account, once they have seen who the student is. */
import { batchSubject } from '../../cloudfunctions/batch/batch-subject';
import { bindCode } from '../../cloudfunctions/capture-code/binding/bind-code';
import { type BindingDocument } from '../../cloudfunctions/capture-code/binding/binding-document';
import { releaseBinding } from '../../cloudfunctions/capture-code/binding/release-binding';
import { enrolmentKeyOf } from '../../cloudfunctions/capture-code/keyed-digest';
import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import { runRetention } from '../../cloudfunctions/retention/run-retention';
import { heldOwnerOf } from '../../cloudfunctions/station-mode/held-owner';
import { deleteSubmission, filesOf } from '../../cloudfunctions/submission/delete-submission';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { readOverview, readSubmission } from '../../cloudfunctions/submission/read-submissions';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type SubmissionView } from '../../miniprogram/shared/contract/submission-view';
import { type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { CONFIRMED_STATES } from '../../miniprogram/shared/submission/submission-machine';
import { daysFromNow } from '../support/batch-builder';
import { aCall, later, withKey } from '../support/call-builder';
import { aCode, captureCodesForTests, resolved, WRONG_TAIL } from '../support/code-builder';
import { fakeEngineDuringWhich } from '../support/fake-photo-engine';
import { exists, submitNew } from '../support/graduate-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { letStorageBe, refuseDeletions } from '../support/storage-moments';
import { agree, storedBatch, storedSubmission } from '../support/submission-builder';

const SCHOOL = '99999';
const { digestKey } = captureCodesForTests();

let testCloud: TestCloud;
let batch: Batch;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
beforeEach(async () => {
  await collection('batches').removeWhere({});
  batch = await storedBatch();
});
afterEach(letStorageBe);
afterAll(() => testCloud.close());

/** A phone whose owner has agreed to everything. */
async function anAccount(): Promise<Call> {
  const call = aCall();
  await agree(call);
  return call;
}

let students = 0;

/** One student's code, the account that has bound it, and the account of the student who stands at the counter. */
async function boundElsewhere() {
  const studentNumber = `RELEASE-${(students += 1)}`;
  const code = aCode({ studentNumber });
  const [lost, own] = [await anAccount(), await anAccount()];
  const bind = async (call: Call): Promise<SubmissionView> =>
    bindCode(call, { resolutionId: (await resolved(call, code)).id });
  const { id } = await bind(lost);
  const enrolmentKey = enrolmentKeyOf({ schoolCode: SCHOOL, studentNumber }, digestKey);
  const release = async (from: Batch = batch, call: Call = aCall()) => {
    const subject = await batchSubject(from.id);
    return releaseBinding(call, subject!.thing, { batchId: from.id, studentNumber }, digestKey);
  };
  return { code, lost, own, bind, id, enrolmentKey, release };
}

type Student = Awaited<ReturnType<typeof boundElsewhere>>;

const bindingOf = ({ enrolmentKey }: Student) => collection<BindingDocument>('bindings').get(enrolmentKey);
const change = (id: SubmissionId, changes: Partial<SubmissionDocument>) =>
  collection<SubmissionDocument>('submissions').update(id, changes);

/** The batch is over and another one is open. */
async function nextBatch(): Promise<Batch> {
  await collection('batches').update(batch.id, { closesAt: daysFromNow(-1) });
  return storedBatch();
}

const reopened = () => collection('batches').update(batch.id, { closesAt: daysFromNow(5) });

describe('a released code', () => {
  test('is bound by whoever proves it, and nothing of the other account’s photos is left', async () => {
    const student = await boundElsewhere();
    const { bind, id, lost, own, release } = student;
    await submitNew(lost, id);
    const [photo] = await collection<PhotoDocument>('photos').find({ submissionId: id }, { limit: 9 });
    expect(await refusalOf(bind(own))).toBe('CODE_ALREADY_BOUND');

    expect(await release()).toEqual({ submissionRemoved: true });
    expect(await bindingOf(student)).toBeNull();
    expect((await Promise.all(filesOf(photo!).map(exists))).filter(Boolean)).toEqual([]);
    expect(await bind(own)).toMatchObject({ state: 'bound', latestPhoto: null });
    expect((await submitNew(own, id)).submission.state).toBe('developed');
  });

  test('leaves the other account with nothing, which hears so wherever it asks', async () => {
    const { bind, id, lost, own, release } = await boundElsewhere();
    await release();
    await bind(own);
    expect((await readOverview(lost)).submissions).toEqual([]);
    expect(await refusalOf(readSubmission(lost, { submissionId: id }))).toBe('NOT_FOUND');
    expect(await refusalOf(submitNew(lost, id))).toBe('NOT_FOUND');
    expect(await refusalOf(bind(lost))).toBe('CODE_ALREADY_BOUND');
  });

  test.each([
    ['this', () => Promise.resolve(batch)],
    ['an earlier', nextBatch],
  ])(
    'bound in %s batch must be shown anew, with the tail, also by the account that had it',
    async (_, open) => {
      const { bind, code, lost, release } = await boundElsewhere();
      const current = await open();
      const { id: shownBefore } = await resolved(lost, code);
      await release(current);
      expect(await refusalOf(bindCode(lost, { resolutionId: shownBefore }))).toBe('NOT_FOUND');
      expect(await refusalOf(resolved(lost, code, WRONG_TAIL))).toBe('CODE_ID_TAIL_WRONG');
      expect(await bind(lost)).toMatchObject({ state: 'bound' });
    },
  );

  test('stays locked where it was locked by wrong tails', async () => {
    const { code, own, release } = await boundElsewhere();
    for (let time = 0; time < 5; time += 1) await refusalOf(resolved(own, code, WRONG_TAIL));
    await release();
    expect(await refusalOf(resolved(own, code))).toBe('CODE_LOCKED');
  });

  test('is in the audit by a name of its own, beside the deletion', async () => {
    const { id, release } = await boundElsewhere();
    await release();
    for (const action of ['binding.release', 'submission.delete'])
      expect(await collection('audit').count({ subjectId: id, action, schoolCode: SCHOOL })).toBe(1);
  });
});

describe('attempts begin anew', () => {
  test.each([
    ['that the other account spent', () => Promise.resolve()],
    [
      'that it spent before it deleted and bound again',
      async ({ lost, id, bind }: Student) => {
        await deleteSubmission(lost, { submissionId: id });
        await bind(lost);
      },
    ],
  ])('in spite of those %s', async (_, meanwhile) => {
    await collection<Batch & { _id: string }>('batches').update(batch.id, { attemptLimit: 3 });
    const student = await boundElsewhere();
    await change(student.id, { attempts: 3 });
    await meanwhile(student);
    await student.release();
    expect(await student.bind(student.own)).toMatchObject({ attemptsLeft: 3 });
  });
});

describe('a 学籍 that was bound in an earlier batch', () => {
  test.each([
    ['only there', false],
    ['and in this one', true],
  ])('%s is free, and the earlier submission stays with its account', async (_, alsoHere) => {
    const student = await boundElsewhere();
    const { bind, id: earlier, lost, own, release } = student;
    const next = await nextBatch();
    if (alsoHere) await bind(lost);
    expect(await release(next)).toEqual({ submissionRemoved: alsoHere });
    const { id } = await bind(own);
    expect(id).not.toBe(earlier);
    expect((await readOverview(lost)).submissions.map((its) => its.id)).toEqual([earlier]);
    expect((await readOverview(own)).submissions.map((its) => its.id)).toEqual([id]);
  });

  test('keeps its new binding when the earlier submission goes', async () => {
    const student = await boundElsewhere();
    const next = await nextBatch();
    await student.release(next);
    const { id } = await student.bind(student.own);
    await deleteSubmission(student.lost, { submissionId: student.id });
    expect(await bindingOf(student)).toMatchObject({ openid: student.own.openid, submissionIds: [id] });
  });

  test('keeps its new binding when the earlier submission is released as well', async () => {
    const student = await boundElsewhere();
    await student.release(await nextBatch());
    const { id } = await student.bind(student.own);
    expect(await student.release()).toEqual({ submissionRemoved: true });
    expect(await bindingOf(student)).toMatchObject({ openid: student.own.openid, submissionIds: [id] });
  });

  test('is bound by nobody else in the earlier batch, should that open again, until it is released there', async () => {
    const { bind, lost, own, id, release } = await boundElsewhere();
    await release(await nextBatch());
    await reopened();
    expect(await refusalOf(bind(own))).toBe('CODE_ALREADY_BOUND');
    expect(await storedSubmission(id)).toMatchObject({ openid: lost.openid });
    await release();
    expect(await bind(own)).toMatchObject({ id, state: 'bound' });
  });

  test('is bound again by the account that still has the earlier submission', async () => {
    const student = await boundElsewhere();
    await student.release(await nextBatch());
    await reopened();
    expect(await student.bind(student.lost)).toMatchObject({ id: student.id });
    expect(await bindingOf(student)).toMatchObject({ openid: student.lost.openid });
    expect(await refusalOf(student.bind(student.own))).toBe('CODE_ALREADY_BOUND');
  });
});

test('a photo that is being judged at that moment is not kept', async () => {
  const { id, lost, release } = await boundElsewhere();
  const engine = fakeEngineDuringWhich(() => release());
  expect(await refusalOf(submitNew(lost, id, engine))).toBe('NOT_FOUND');
  expect(await collection('photos').count({ submissionId: id })).toBe(0);
});

describe('refused, and nothing is changed, is', () => {
  test.each(CONFIRMED_STATES)('a photo that is %s: it is sent back first', async (state) => {
    const student = await boundElsewhere();
    await change(student.id, { state });
    await expect(student.release()).rejects.toMatchObject({
      code: 'SUBMISSION_STATE',
      details: { state, event: 'release' },
    });
    expect(await bindingOf(student)).toMatchObject({ openid: student.lost.openid });
    expect(await storedSubmission(student.id)).toMatchObject({ state, deletingAt: null });
  });

  test('a number that no account has bound', async () => {
    const { release } = await boundElsewhere();
    await release();
    await expect(release()).rejects.toMatchObject({ code: 'NOT_FOUND', details: { event: 'release' } });
  });

  test('another school’s student of the same number', async () => {
    const student = await boundElsewhere();
    const others = await storedBatch({ schoolCode: '88888' });
    expect(await refusalOf(student.release(others))).toBe('NOT_FOUND');
    expect(await bindingOf(student)).not.toBeNull();
  });

  test('what a station holds: the student takes it over without any release', async () => {
    const student = await boundElsewhere();
    const openid = heldOwnerOf(student.enrolmentKey);
    await collection<BindingDocument>('bindings').update(student.enrolmentKey, { openid });
    await change(student.id, { openid });
    expect(await refusalOf(student.release())).toBe('NOT_FOUND');
    expect(await student.bind(student.own)).toMatchObject({ id: student.id });
  });
});

describe('a release whose answer was lost', () => {
  test('is answered the same, and leaves what the student has bound since', async () => {
    const student = await boundElsewhere();
    const call = withKey(aCall());
    const answer = await student.release(batch, call);
    await student.bind(student.own);
    await submitNew(student.own, student.id);
    expect(await student.release(batch, call)).toEqual(answer);
    expect(await storedSubmission(student.id)).toMatchObject({
      openid: student.own.openid,
      state: 'developed',
    });
  });

  test.each([
    ['by the same request', (again: () => Promise<unknown>) => again()],
    ['by the night', () => runRetention(later(aCall(), 12 * 3600), { dryRun: false })],
  ])('because its deletion was cut short, is brought to its end %s', async (_, end) => {
    const { bind, id, lost, own, release } = await boundElsewhere();
    await submitNew(lost, id);
    const call = withKey(aCall());
    refuseDeletions();
    await expect(release(batch, call)).rejects.toThrow();
    letStorageBe();
    expect(await refusalOf(bind(own))).toBe('CONFLICT');
    await end(() => release(batch, call));
    expect(await bind(own)).toMatchObject({ state: 'bound', latestPhoto: null });
  });
});
