/**
 * WeChat's reminder from the student's yes to the message, through the bundled functions and the real SDK. WeChat
 * itself is played: what it is asked for is written down, what it answers is up to the test.
 */
import { type BatchDocument } from '../../cloudfunctions/batch/batch-document';
import { withdrawConsent } from '../../cloudfunctions/consent/give-consent';
import { collection } from '../../cloudfunctions/platform/database';
import { allowReminder } from '../../cloudfunctions/progress/allow-reminder';
import { isReminderAllowed } from '../../cloudfunctions/progress/reminder-permission';
import { sendReminders } from '../../cloudfunctions/progress/send-reminders';
import { type Call } from '../../cloudfunctions/requests/call';
import { readOverview } from '../../cloudfunctions/submission/read-submissions';
import { type SubmissionDocument } from '../../cloudfunctions/submission/submission-document';
import { operatorCommand } from '../../local/cli/operator';
import { runCommand } from '../../local/cli/support/command';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { type Instant } from '../../miniprogram/shared/identity/ids';
import { type Scope } from '../../miniprogram/shared/roles/scope';
import {
  SUBMISSION_STATES,
  type SubmissionState,
} from '../../miniprogram/shared/submission/submission-machine';
import { daysFromNow } from '../support/batch-builder';
import { aCall, withKey } from '../support/call-builder';
import { newRequestKey, type Person } from '../support/person';
import { refusalOf } from '../support/refusal';
import { csvOf, importList, storedBatchDocument } from '../support/roster-builder';
import { staffOn, type StaffPerson, storedMember } from '../support/staff-builder';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { boundSubmission, storedBatch } from '../support/submission-builder';

const TEMPLATE = 'template-of-the-school';
/** What WeChat was asked for, and how it answers. */
const wechat = {
  asked: [] as { api: string; data: unknown }[],
  answer: { errcode: 0 },
  meanwhile: (): Promise<unknown> => Promise.resolve(),
};

let testCloud: TestCloud;
let operator: StaffPerson;
beforeAll(async () => {
  testCloud = await startTestCloud({
    variables: { REMINDER_TEMPLATE_ID: TEMPLATE, REMINDER_TEMPLATE_FIELDS: 'thing3,date5' },
    wechat: async (api, data) => {
      wechat.asked.push({ api, data });
      await wechat.meanwhile();
      return wechat.answer;
    },
  });
  await storedMember({ role: 'operator' }, 'the-operator');
  operator = staffOn(testCloud.cloud, 'the-operator');
});
beforeEach(() => {
  Object.assign(wechat, { asked: [], answer: { errcode: 0 }, meanwhile: () => Promise.resolve() });
});
afterAll(() => testCloud.close());

interface Student extends Person {
  readonly submission: SubmissionDocument;
}

/** A student who agreed to the processing and has begun. */
async function aStudent(batch: Batch, changes: Partial<SubmissionDocument> = {}): Promise<Student> {
  const person = testCloud.person();
  const submission = await boundSubmission(aCall({ openid: person.openid }), batch, {
    schoolCode: batch.schoolCode,
    ...changes,
  });
  return { ...person, submission };
}

const offerTo = async (student: Student) => (await student.student('overview', {})).reminder;
const allow = (student: Student, key?: string) =>
  student.student('allowReminder', { submissionId: student.submission._id }, key);
const remind = (batch: Batch) => operator.operator('sendReminders', { batchId: batch.id });
const audited = (batch: Batch) =>
  collection('audit').count({ subjectId: batch.id, action: 'reminders.send' });
const EVERYWHERE: Scope = { schools: 'all', stations: 'all' };

/** Of this process; the deployed functions have settings of their own. */
function forgetSettings(): void {
  delete process.env.REMINDER_TEMPLATE_ID;
  delete process.env.REMINDER_TEMPLATE_FIELDS;
}

test('one yes is one message: the student allows it, the staff reminds, a second reminder finds nobody', async () => {
  const batch = await storedBatch({
    title: '2027届毕业生图像采集（继续教育学院冬季）',
    closesAt: '2099-02-28T16:00:00.000Z' as Instant,
  });
  const student = await aStudent(batch, { state: 'developed' });
  const { _id: submissionId } = student.submission;
  expect(await offerTo(student)).toEqual({ templateId: TEMPLATE, submissionId, allowed: false });
  expect(await remind(batch)).toMatchObject({ sent: 0, notAllowed: 1, failed: 0 });
  expect(await allow(student)).toEqual({ templateId: TEMPLATE, submissionId, allowed: true });
  expect((await offerTo(student))?.allowed).toBe(true);
  expect(wechat.asked).toEqual([]);

  expect(await remind(batch)).toEqual({ sent: 1, notAllowed: 0, failed: 0, next: null });
  expect(wechat.asked).toEqual([
    {
      api: 'subscribeMessage.send',
      data: {
        touser: student.openid,
        template_id: TEMPLATE,
        page: 'pages/home/home',
        data: {
          // No more than twenty characters.
          thing3: { value: '2027届毕业生图像采集（继续教育学院冬' },
          // The 28th, 24:00 in Shanghai, as the last minute before.
          date5: { value: '2099年2月28日 23:59' },
        },
      },
    },
  ]);
  expect(await remind(batch)).toMatchObject({ sent: 0, notAllowed: 1, failed: 0 });
  expect(wechat.asked).toHaveLength(1);
  expect((await offerTo(student))?.allowed).toBe(false);
});

test.each([
  ['2099-03-05T01:05:00.000Z', '2099年3月5日 09:05'],
  ['2099-12-31T10:00:00.000Z', '2099年12月31日 18:00'],
  ['2098-12-31T16:00:00.000Z', '2098年12月31日 23:59'],
])('the deadline %s goes out in the form of WeChat’s own table: %s', async (closesAt, written) => {
  const batch = await storedBatch({ closesAt: closesAt as Instant });
  await allow(await aStudent(batch));
  await remind(batch);
  expect(wechat.asked).toMatchObject([{ data: { data: { date5: { value: written } } } }]);
});

test('a title is cut between characters, and an emoji counts as two', async () => {
  const batch = await storedBatch({ title: '毕业生图像采集🎓🎓🎓🎓🎓🎓🎓' });
  await allow(await aStudent(batch));
  await remind(batch);
  expect(wechat.asked).toMatchObject([
    { data: { data: { thing3: { value: '毕业生图像采集🎓🎓🎓🎓🎓🎓' } } } },
  ]);
});

test('the command line sends the same message', async () => {
  const batch = await storedBatch({ title: '命令行批次' });
  await allow(await aStudent(batch));
  await aStudent(batch);
  const said: string[] = [];
  const all = ['remind', '命令行批次', '--as', 'the-operator', '--url', testCloud.cloud.url];
  const print = (text: string) => said.push(text);
  expect(await runCommand(operatorCommand(all), all, { out: print, error: print })).toBe(0);
  expect(said.join('\n')).toContain('已发出 1 条；1 人没有同意接收');
  expect(wechat.asked).toHaveLength(1);
});

test('two who remind at the same moment send one message', async () => {
  const batch = await storedBatch();
  await allow(await aStudent(batch));
  const outcomes = await Promise.all([remind(batch), remind(batch)]);
  expect(outcomes.map(({ sent }) => sent).sort()).toEqual([0, 1]);
  expect(wechat.asked).toHaveLength(1);
});

describe('a reminder whose answer was lost', () => {
  const remindAs = async (call: Call, batch: Batch) =>
    sendReminders(call, EVERYWHERE, await storedBatchDocument(batch.id), { batchId: batch.id });
  let sender: Call;
  beforeEach(() => {
    sender = withKey(aCall());
    process.env.REMINDER_TEMPLATE_ID = TEMPLATE;
    process.env.REMINDER_TEMPLATE_FIELDS = 'thing3,date5';
  });
  afterEach(forgetSettings);

  test('is answered again as it was, and sends nothing twice', async () => {
    const batch = await storedBatch();
    await allow(await aStudent(batch));
    await aStudent(batch);
    const first = await remindAs(sender, batch);
    expect(first).toMatchObject({ sent: 1, notAllowed: 1, failed: 0 });
    expect(await remindAs(sender, batch)).toEqual(first);
    expect(wechat.asked).toHaveLength(1);
    expect(await audited(batch)).toBe(1);
  });

  test('counts in both copies what either of them sent, while both are at work', async () => {
    const batch = await storedBatch();
    for (const student of [await aStudent(batch), await aStudent(batch), await aStudent(batch)])
      await allow(student);
    const outcomes = await Promise.all([remindAs(sender, batch), remindAs(sender, batch)]);
    expect(outcomes.map(({ sent, notAllowed }) => ({ sent, notAllowed }))).toEqual([
      { sent: 3, notAllowed: 0 },
      { sent: 3, notAllowed: 0 },
    ]);
    expect(wechat.asked).toHaveLength(3);
  });

  test('goes on where the other copy came to a stop', async () => {
    const batch = await storedBatch();
    for (const student of [await aStudent(batch), await aStudent(batch), await aStudent(batch)])
      await allow(student);
    let wake: () => void = () => undefined;
    wechat.meanwhile = () =>
      wechat.asked.length === 2 ? new Promise<void>((resolve) => (wake = resolve)) : Promise.resolve();
    const stopped = remindAs(sender, batch);
    while (wechat.asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await remindAs(sender, batch)).toMatchObject({ sent: 3, notAllowed: 0 });
    wake();
    expect(await stopped).toMatchObject({ sent: 3, notAllowed: 0 });
    expect(wechat.asked).toHaveLength(3);
  });

  test('says again what WeChat did not take, and a new request tries once more', async () => {
    const batch = await storedBatch();
    await allow(await aStudent(batch));
    wechat.answer = { errcode: 47003 };
    expect(await remindAs(sender, batch)).toMatchObject({ sent: 0, failed: 1 });
    wechat.answer = { errcode: 0 };
    expect(await remindAs(sender, batch)).toMatchObject({ sent: 0, failed: 1 });
    expect(await remindAs(withKey(sender), batch)).toMatchObject({ sent: 1, failed: 0 });
  });

  test('sends no second message to somebody who allowed another one meanwhile', async () => {
    const batch = await storedBatch();
    const student = await aStudent(batch);
    await allow(student);
    await remindAs(sender, batch);
    await allow(student);
    expect(await remindAs(sender, batch)).toMatchObject({ sent: 1 });
    expect(wechat.asked).toHaveLength(1);
    expect((await offerTo(student))?.allowed).toBe(true);
  });

  test('leaves no student number behind', async () => {
    const batch = await storedBatch();
    const { submission, ...student } = await aStudent(batch, { studentNumber: '20210000042' });
    await allow({ ...student, submission });
    await remindAs(sender, batch);
    const kept = await collection('requests').find({ openid: sender.openid }, { limit: 10 });
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`20210000042|${student.openid}`));
  });
});

test('a message that did not go out leaves the permission; one that WeChat knows no yes for takes it', async () => {
  const batch = await storedBatch();
  const student = await aStudent(batch);
  await allow(student);
  wechat.answer = { errcode: 47003 };
  expect(await remind(batch)).toMatchObject({ sent: 0, notAllowed: 0, failed: 1 });
  expect((await offerTo(student))?.allowed).toBe(true);
  wechat.answer = { errcode: 43101 };
  expect(await remind(batch)).toMatchObject({ sent: 0, notAllowed: 1, failed: 0 });
  expect((await offerTo(student))?.allowed).toBe(false);
  expect(await audited(batch)).toBe(2);
});

test('a permission that is on its way does not come back to somebody who takes the consent back meanwhile', async () => {
  const batch = await storedBatch();
  const student = await aStudent(batch);
  await allow(student);
  wechat.answer = { errcode: 47003 };
  wechat.meanwhile = () => withdrawConsent(aCall({ openid: student.openid }));
  expect(await remind(batch)).toMatchObject({ sent: 0, failed: 1 });
  expect(await isReminderAllowed(student.openid)).toBe(false);
});

describe('a reminder is offered to', () => {
  const REMINDABLE: readonly SubmissionState[] = ['bound', 'shot', 'developed', 'rejected'];

  test.each(SUBMISSION_STATES)('%s: only who has begun and not confirmed', async (state) => {
    const student = await aStudent(await storedBatch(), { state });
    const expected = REMINDABLE.includes(state);
    expect((await offerTo(student)) !== undefined).toBe(expected);
    expect(await refusalOf(allow(student))).toBe(expected ? 'none' : 'SUBMISSION_STATE');
  });

  test('nobody before the batch opens or after it closed', async () => {
    const early = await aStudent(await storedBatch({ opensAt: daysFromNow(3), closesAt: daysFromNow(9) }));
    const late = await aStudent(await storedBatch({ closesAt: daysFromNow(-3) }));
    expect([await offerTo(early), await offerTo(late)]).toEqual([undefined, undefined]);
    expect(await refusalOf(allow(early))).toBe('BATCH_NOT_OPEN');
    expect(await refusalOf(allow(late))).toBe('BATCH_CLOSED');
  });

  test('nobody whom the list leaves out: the staff’s reminder would not find them', async () => {
    const batch = await storedBatch();
    await importList(batch.id, csvOf([['1', '张三', '2021', '', '']]));
    const stranger = await aStudent(batch, { listed: false });
    expect(await offerTo(stranger)).toBeUndefined();
    expect(await refusalOf(allow(stranger))).toBe('NOT_ON_ROSTER');
    const listed = await aStudent(batch, { listed: true, studentNumber: '1' });
    await allow(listed);
    expect(await remind(batch)).toMatchObject({ sent: 1, notAllowed: 0 });
  });

  test('somebody with two 学籍 about the one that closes first', async () => {
    const later = await aStudent(await storedBatch({ closesAt: daysFromNow(9) }));
    const sooner = await storedBatch({ closesAt: daysFromNow(2) });
    const { _id } = await boundSubmission(aCall({ openid: later.openid }), sooner);
    expect(await offerTo(later)).toMatchObject({ submissionId: _id });
  });
});

describe('a yes', () => {
  test('that is sent again counts once', async () => {
    const student = await aStudent(await storedBatch());
    const key = newRequestKey();
    await Promise.all([allow(student, key), allow(student, key)]);
    await allow(student, key);
    expect(await collection('requests').count({ openid: student.openid })).toBe(1);
  });

  test('is given ten times an hour, not more', async () => {
    const student = await aStudent(await storedBatch());
    for (let time = 0; time < 10; time += 1) await allow(student);
    expect(await refusalOf(allow(student))).toBe('TOO_MANY_REQUESTS');
  });

  test('is given for nobody else', async () => {
    const owner = await aStudent(await storedBatch());
    const stranger = await aStudent(await storedBatch());
    const { _id: submissionId } = owner.submission;
    expect(await refusalOf(stranger.student('allowReminder', { submissionId }))).toBe('NOT_FOUND');
    expect(await isReminderAllowed(owner.openid)).toBe(false);
  });

  test('ends with the consent, and is not given without one', async () => {
    const student = await aStudent(await storedBatch());
    await allow(student);
    await withdrawConsent(aCall({ openid: student.openid }));
    expect(await isReminderAllowed(student.openid)).toBe(false);
    expect(await offerTo(student)).toBeUndefined();
    expect(await refusalOf(allow(student))).toBe('CONSENT_REQUIRED');
  });

  test('ends with what it was about', async () => {
    const student = await aStudent(await storedBatch());
    await allow(student);
    await student.student('deleteSubmission', { submissionId: student.submission._id });
    expect(await isReminderAllowed(student.openid)).toBe(false);
  });

  test('is kept for a month after the deadline, in case that is moved', async () => {
    const student = await aStudent(await storedBatch({ closesAt: '2099-03-01T00:00:00.000Z' as Instant }));
    await allow(student);
    const [kept] = await collection<{ _id: string; openid: string; expiresAt: Instant }>(
      'reminder_permissions',
    ).find({ openid: student.openid }, { limit: 2 });
    expect(kept?.expiresAt).toBe('2099-03-31T00:00:00.000Z');
  });
});

describe('settings', () => {
  afterEach(forgetSettings);
  const sendHere = (batch: BatchDocument) =>
    sendReminders(aCall(), EVERYWHERE, batch, { batchId: batch._id });

  test('without a template the staff is refused and the student offered nothing', async () => {
    delete process.env.REMINDER_TEMPLATE_ID;
    const batch = await storedBatch();
    expect(await refusalOf(sendHere(await storedBatchDocument(batch.id)))).toBe('REMINDERS_NOT_CONFIGURED');
    const call = aCall();
    const submission = await boundSubmission(call, batch);
    expect(await readOverview(call)).not.toHaveProperty('reminder');
    expect(await refusalOf(allowReminder(call, { submissionId: submission._id }))).toBe('NOT_FOUND');
  });

  test.each(['thing1', 'thing1,thing2', 'time2,thing1', 'thing1, time2', 'phrase1,time2'])(
    'places that a reminder cannot fill (%j) stop it with their name',
    async (places) => {
      process.env.REMINDER_TEMPLATE_ID = TEMPLATE;
      process.env.REMINDER_TEMPLATE_FIELDS = places;
      const batch = await storedBatchDocument((await storedBatch()).id);
      await expect(sendHere(batch)).rejects.toThrow('REMINDER_TEMPLATE_FIELDS');
    },
  );
});
