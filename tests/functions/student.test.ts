import { type Demonstration, seedDemonstration } from '../../local/demo/seed-demonstration';
import { newId } from '../../cloudfunctions/identity/unguessable-id';
import { collection } from '../../cloudfunctions/platform/database';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { type SubmissionId } from '../../miniprogram/shared/identity/ids';
import { newRequestKey } from '../support/person';
import { refusalOf } from '../support/refusal';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';

// The bundled function on the real SDK, each call in a process of the embedded cloud.
let testCloud: TestCloud;
let demonstration: Demonstration;
beforeAll(async () => {
  testCloud = await startTestCloud();
  demonstration = await seedDemonstration(testCloud.cloud);
});
afterAll(() => testCloud.close());

const demonstrationPayload = () => ({
  kind: 'payload' as const,
  payloadBase64: Buffer.from(demonstration.code.payload).toString('base64'),
});

test('a graduate gets from the picture of the code to a bound submission, and can take everything back', async () => {
  const person = testCloud.person();
  const start = await person.student('overview', {});
  expect(start.submissions).toEqual([]);
  expect(start.consent.givenAt).toBeNull();
  expect(start.batches.map(({ id }) => id)).toContain('demonstration-open');

  await person.agree();
  const picture = await person.upload(demonstration.code.png, 'code-picture');
  const resolution = await person.student('resolveCode', {
    code: { kind: 'picture', ...picture },
    idTail: demonstration.idTail,
  });
  expect(resolution.student).toMatchObject({ maskedName: '张*', maskedStudentNumber: '2021****0001' });

  const submission = await person.student('bind', { resolutionId: resolution.id });
  expect(submission.state).toBe('bound');
  expect((await person.student('overview', {})).submissions).toEqual([submission]);
  const submissionId = submission.id;
  expect(await person.student('submission', { submissionId })).toEqual(submission);

  expect((await person.student('withdraw', { submissionId })).state).toBe('withdrawn');
  expect((await person.student('restart', { submissionId })).state).toBe('bound');
  expect((await person.student('storedData', {})).submissions).toHaveLength(1);
  expect((await person.student('deleteSubmission', { submissionId })).submissions).toEqual([]);
  expect((await person.student('withdrawConsent', {})).givenAt).toBeNull();
});

test('two phones in two processes bind one code: one has it, the other one hears so', async () => {
  const people = [testCloud.person(), testCloud.person()];
  const resolutions = await Promise.all(
    people.map(async (person) => {
      await person.agree();
      return person.student('resolveCode', { code: demonstrationPayload(), idTail: '002x' });
    }),
  );
  const outcomes = await Promise.all(
    people.map((person, index) =>
      refusalOf(person.student('bind', { resolutionId: resolutions[index]!.id })),
    ),
  );
  expect(outcomes.sort()).toEqual(['CODE_ALREADY_BOUND', 'none']);
});

describe('the wire', () => {
  test.each<[string, object, object]>([
    ['an action that does not exist', { action: 'makeMeOperator', payload: {} }, { path: 'action' }],
    ['an action of every object', { action: 'constructor', payload: {} }, { path: 'action' }],
    ['no action', { payload: {} }, { path: 'action' }],
    [
      'a request key that is none',
      { action: 'overview', requestKey: '../../x', payload: {} },
      { path: 'requestKey' },
    ],
    ['a field too many', { action: 'overview', payload: { openid: 'somebody' } }, { path: 'payload.openid' }],
    [
      'a field too long',
      { action: 'consent', payload: { version: 'x'.repeat(9000), facePhoto: true } },
      { path: 'payload.version' },
    ],
  ])('%s is refused with the path of the field', async (_, event, details) => {
    const answer = await testCloud.person().send('student', event);
    expect(answer).toMatchObject({ ok: false, code: 'INVALID_REQUEST', details });
  });

  test('an identity in the event is not believed', async () => {
    const owner = testCloud.person();
    await owner.agree();
    const liar = testCloud.person();
    const answer = await liar.send('student', {
      action: 'overview',
      payload: {},
      openid: owner.openid,
      OPENID: owner.openid,
      userInfo: { openId: owner.openid },
    });
    expect(answer).toMatchObject({ ok: true, data: { consent: { givenAt: null } } });
  });

  test('unknown ids are refused alike', async () => {
    const person = testCloud.person();
    await person.agree();
    const submissionId = newId() as SubmissionId;
    expect(await refusalOf(person.student('submission', { submissionId }))).toBe('NOT_FOUND');
    expect(await refusalOf(person.student('withdraw', { submissionId }))).toBe('NOT_FOUND');
    expect(await refusalOf(person.student('deleteSubmission', { submissionId }))).toBe('NOT_FOUND');
  });

  test('a retry with its key takes effect once', async () => {
    const person = testCloud.person();
    await person.agree();
    const key = newRequestKey();
    const ticket = { purpose: 'portrait', extension: 'jpg' } as const;
    const tickets = await Promise.all([1, 2, 3].map(() => person.student('prepareUpload', ticket, key)));
    expect(new Set(tickets.map(({ uploadId }) => uploadId)).size).toBe(1);
    expect(await collection('uploads').count({ openid: person.openid })).toBe(1);
  });
});

test('each call leaves one line in the log, with nothing personal in it', async () => {
  const person = testCloud.person('a-very-special-openid');
  await person.student('consent', { version: CONSENT_VERSION, facePhoto: true });
  await refusalOf(person.student('resolveCode', { code: demonstrationPayload(), idTail: '9Z9Z' }));
  const lines = testCloud.cloud.logs().map(({ text }) => text);
  const last = JSON.parse(lines.at(-1)!) as object;
  expect(Object.keys(last).sort()).toEqual(['action', 'code', 'function', 'milliseconds', 'requestId']);
  expect(lines.join('\n')).not.toMatch(/a-very-special-openid|202199990001|9Z9Z|张/);
});

test('a program that reads without pause is told to wait, and nobody else is', async () => {
  const [program, somebody] = [testCloud.person(), testCloud.person()];
  // With several instances each counts for itself, so it may take a few times as many.
  const codes = new Set<string>();
  for (let time = 0; time < 400 && !codes.has('TOO_MANY_REQUESTS'); time += 1)
    codes.add(await refusalOf(program.student('overview', {})));
  expect([...codes]).toEqual(['none', 'TOO_MANY_REQUESTS']);
  expect(await refusalOf(somebody.student('overview', {}))).toBe('none');
});
