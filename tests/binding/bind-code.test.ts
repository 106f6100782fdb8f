import { bindCode } from '../../cloudfunctions/capture-code/binding/bind-code';
import { withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { collection } from '../../cloudfunctions/platform/database';
import { type Call } from '../../cloudfunctions/requests/call';
import { deleteSubmission } from '../../cloudfunctions/submission/delete-submission';
import { readOverview } from '../../cloudfunctions/submission/read-submissions';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { type ResolutionId } from '../../miniprogram/shared/identity/ids';
import { daysFromNow } from '../support/batch-builder';
import { aCall, later, withKey } from '../support/call-builder';
import { aCode, resolved } from '../support/code-builder';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { agree, storedBatch } from '../support/submission-builder';

let testCloud: TestCloud;
beforeAll(async () => {
  testCloud = await startTestCloud();
  await storedBatch({ cohorts: [{ year: '2021' }] });
});
afterAll(() => testCloud.close());

async function aStudent() {
  const call = aCall();
  await agree(call);
  return call;
}
const submissionsOf = (studentNumber: string) =>
  collection<SubmissionDocument>('submissions').find({ studentNumber }, { limit: 10 });

test('saying "this is me" opens a submission that waits for a photo', async () => {
  const call = await aStudent();
  const view = await bindCode(call, { resolutionId: (await resolved(call, aCode())).id });
  expect(view).toMatchObject({
    state: 'bound',
    latestPhoto: null,
    student: { maskedName: '张*三' },
    timeline: [{ state: 'bound', at: call.now }],
  });
  expect((await readOverview(call)).submissions).toEqual([view]);
});

test('neither full name nor ID tail nor payload is stored', async () => {
  const call = await aStudent();
  const { id } = await bindCode(call, { resolutionId: (await resolved(call, aCode())).id });
  const submission = await collection<SubmissionDocument>('submissions').get(id);
  const binding = await collection('bindings').get(submission!.bindingId);
  expect(JSON.stringify([submission, binding])).not.toMatch(/GPC1:|002X/);
});

test.each(Array.from({ length: 20 }, (_, round) => [round + 1]))(
  'two people who bind the same 学籍 at once leave exactly one (round %i)',
  async (round) => {
    const studentNumber = `RACE-${round}`;
    const people = [await aStudent(), await aStudent()];
    // Two pictures of one 学籍, issued separately.
    const resolutions = await Promise.all(people.map((call) => resolved(call, aCode({ studentNumber }))));
    const outcomes = await Promise.all(
      people.map((call, index) => refusalOf(bindCode(call, { resolutionId: resolutions[index]!.id }))),
    );
    expect(outcomes.sort()).toEqual(['CODE_ALREADY_BOUND', 'none']);
    expect(await submissionsOf(studentNumber)).toHaveLength(1);
  },
);

test('binding again, on another phone or by a code that was issued anew, just opens it', async () => {
  const call = await aStudent();
  const studentNumber = 'AGAIN-1';
  const first = await bindCode(call, { resolutionId: (await resolved(call, aCode({ studentNumber }))).id });
  const again = await bindCode(call, { resolutionId: (await resolved(call, aCode({ studentNumber }))).id });
  expect(again).toEqual(first);
  expect(await submissionsOf(studentNumber)).toHaveLength(1);
});

test('ten copies of one request bind once', async () => {
  const call = withKey(await aStudent());
  const { id } = await resolved(call, aCode({ studentNumber: 'COPIES-1' }));
  const views = await Promise.all(Array.from({ length: 10 }, () => bindCode(call, { resolutionId: id })));
  expect(new Set(views.map((view) => view.id)).size).toBe(1);
  expect(await submissionsOf('COPIES-1')).toHaveLength(1);
});

test('binding the same over and over is stopped for a while; copies of one request are not', async () => {
  const call = await aStudent();
  const { id: resolutionId } = await resolved(call, aCode({ studentNumber: 'OVER-1' }));
  const bind = (from: Call) => refusalOf(bindCode(from, { resolutionId }));
  const copy = withKey(call);
  for (let time = 0; time < 30; time += 1) expect(await bind(copy)).toBe('none');
  for (let time = 1; time < 30; time += 1) expect(await bind(withKey(call))).toBe('none');
  expect(await bind(withKey(call))).toBe('TOO_MANY_REQUESTS');
  expect(await bind(withKey(later(call, 600)))).toBe('none');
});

test('one person holds several 学籍, each with a submission of its own', async () => {
  const call = await aStudent();
  await storedBatch({ cohorts: [{ year: '2015', level: '专科' }] });
  for (const claims of [{ year: '2021' }, { year: '2015', level: '专科' }]) {
    await bindCode(call, { resolutionId: (await resolved(call, aCode(claims))).id });
  }
  const { submissions } = await readOverview(call);
  expect(submissions.map(({ student }) => student.level).sort()).toEqual(['专科', '高起本']);
});

test('the same 学籍 in a later batch is a new submission of the same person', async () => {
  const call = await aStudent();
  const code = aCode({ year: '2014' });
  const first = await storedBatch({ cohorts: [{ year: '2014' }] });
  await bindCode(call, { resolutionId: (await resolved(call, code)).id });
  await collection('batches').update(first.id, { closesAt: daysFromNow(-1) });
  await storedBatch({ cohorts: [{ year: '2014' }] });
  const resolution = await resolved(call, code);
  expect(resolution.alreadyMine).toBe(false);
  await bindCode(call, { resolutionId: resolution.id });
  expect((await readOverview(call)).submissions).toHaveLength(2);
});

test('what was deleted is free for whoever it really belongs to', async () => {
  const wrong = await aStudent();
  const right = await aStudent();
  const code = aCode();
  const { id } = await bindCode(wrong, { resolutionId: (await resolved(wrong, code)).id });
  expect(await refusalOf(resolved(right, code))).toBe('CODE_ALREADY_BOUND');
  await deleteSubmission(wrong, { submissionId: id });
  const view = await bindCode(right, { resolutionId: (await resolved(right, code)).id });
  expect(view.state).toBe('bound');
  expect((await readOverview(wrong)).submissions).toEqual([]);
});

describe('refused is', () => {
  test('a resolution that is too old', async () => {
    const call = await aStudent();
    const { id } = await resolved(call, aCode());
    expect(await refusalOf(bindCode(later(call, 15 * 60), { resolutionId: id }))).toBe('NOT_FOUND');
  });

  test("a resolution that is somebody else's or never was", async () => {
    const { id } = await resolved(await aStudent(), aCode());
    const stranger = await aStudent();
    expect(await refusalOf(bindCode(stranger, { resolutionId: id }))).toBe('NOT_FOUND');
    const unknown = newId() as ResolutionId;
    expect(await refusalOf(bindCode(stranger, { resolutionId: unknown }))).toBe('NOT_FOUND');
  });

  test('binding after the consent was taken back', async () => {
    const call = await aStudent();
    const { id } = await resolved(call, aCode());
    await withdrawConsent(call);
    expect(await refusalOf(bindCode(call, { resolutionId: id }))).toBe('CONSENT_REQUIRED');
  });

  test('binding in a batch that closed meanwhile', async () => {
    const call = await aStudent();
    const batch = await storedBatch({ cohorts: [{ year: '2013' }] });
    const { id } = await resolved(call, aCode({ year: '2013' }));
    await collection('batches').update(batch.id, { closesAt: daysFromNow(-1) });
    expect(await refusalOf(bindCode(call, { resolutionId: id }))).toBe('BATCH_CLOSED');
  });
});

test('deleting and binding again gives no attempts back where a batch limits them', async () => {
  const schoolCode = '99999';
  await storedBatch({ schoolCode, cohorts: [{ year: '2019' }], attemptLimit: 3 });
  const call = await aStudent();
  const code = aCode({ studentNumber: 'LIMITED-1', year: '2019' });
  const { id } = await bindCode(call, { resolutionId: (await resolved(call, code)).id });
  await collection<SubmissionDocument>('submissions').update(id, { attempts: 2 });
  await deleteSubmission(call, { submissionId: id });
  const again = await bindCode(call, { resolutionId: (await resolved(call, code)).id });
  expect(again).toMatchObject({ id, attemptsLeft: 1 });
});
