/** One student by number: where the student stands, who did what, and only the steps that are possible for this member. */
import { type AuditEntry } from '../../miniprogram/shared/contract/operator/access';
import { type StudentStanding } from '../../miniprogram/shared/contract/operator/standing';
import { aMe, aMember, aStanding, BATCH_ID, LATER } from '../support/staff-view-builder';
import { at, NOON } from '../support/view-builder';
import { Refusal } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

const NUMBER = '202299990001';
const MEMBERS = { members: [aMember('school', { actor: 'actor-of-chen' })] };

const anEntry = (action: string, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  at: NOON,
  actor: 'a1b2c3d4e5f6',
  isMe: false,
  action,
  subjectId: 'submission-1',
  ...changes,
});

let page: StaffPage;
interface Given {
  readonly standing?: Partial<StudentStanding> | (() => unknown) | Refusal;
  readonly audit?: unknown;
  readonly role?: 'school' | 'station';
}
async function lookUp({ standing = {}, audit, role = 'school' }: Given = {}) {
  const answer =
    standing instanceof Refusal || typeof standing === 'function' ? standing : aStanding(standing);
  page = await openStaffPage('student', {
    'operator.me': aMe(role),
    'operator.members': MEMBERS,
    'operator.studentStanding': answer,
    'operator.studentAudit': audit ?? { entries: [], next: null },
  });
  await page.fire('onShow');
  await page.fire('onNumber', { detail: { value: ` ${NUMBER} ` } });
  await page.fire('onFind');
}
const stepsShown = () => (page.data['steps'] as { id: string }[]).map(({ id }) => id);
const lines = () =>
  Object.fromEntries(
    (page.data['facts'] as { label: string; value: string }[]).map(({ label, value }) => [label, value]),
  );

afterEach(closeStaffPage);

it('asks for the number first, and asks the cloud for nobody before', async () => {
  page = await openStaffPage('student', {});
  await page.fire('onShow');
  await page.fire('onFind');
  expect(page.data).toMatchObject({ missing: '请写学号', state: '', hasHistory: false });
  expect(page.called('operator.studentStanding')).toEqual([]);
});

it('says where the student stands, in the staff’s words, and no more of the person than the review', async () => {
  const rejection = { reasons: ['light', 'other'], remark: '请面向窗户' } as const;
  const overrides = [{ check: 'ears-visible', reason: '本人耳廓如此', at: NOON }] as const;
  await lookUp({
    standing: { state: 'rejected', since: LATER, attempts: 2, attemptsLeft: 1, rejection, overrides },
  });
  expect(page.called('operator.studentStanding')).toEqual([{ batchId: BATCH_ID, studentNumber: NUMBER }]);
  expect(page.data).toMatchObject({
    state: '被驳回待重拍',
    since: '2027年1月10日 13:00 起',
    failure: null,
    busy: false,
  });
  expect(lines()).toEqual({
    学号: NUMBER,
    姓名: '张*三',
    层次年级: '2022级 高起本',
    站点班级: '阜阳函授站 · 会计 1 班',
    名单: '在名单里',
    采集码: '绑定在一个微信号上',
    拍照次数: '已拍 2 次，还可以拍 1 次',
    驳回或退回原因: '光线不合适；其他原因；请面向窗户',
    已放宽的检查: '耳朵（本人耳廓如此）',
  });
});

it('says of a student who has not bound the code what the list says, and leaves out what nobody knows', async () => {
  const student = { ...aStanding().student, maskedName: null, level: null, className: null };
  const nothing = { state: 'not-bound', since: null, attempts: 0, boundBy: 'nobody' } as const;
  await lookUp({ standing: { ...nothing, student } });
  expect(page.data).toMatchObject({ state: '未绑定', since: '' });
  expect(lines()).toEqual({
    学号: NUMBER,
    层次年级: '2022级',
    站点班级: '阜阳函授站',
    名单: '在名单里',
    采集码: '没有绑定',
  });
});

it.each<[string, Partial<StudentStanding>, readonly string[]]>([
  ['waits for review', { state: 'confirmed' }, ['review']],
  ['was accepted', { state: 'accepted' }, ['return']],
  ['was delivered', { state: 'delivered' }, ['return']],
  ['was sent back', { state: 'rejected' }, ['release']],
  ['is blocked again and again', { state: 'shot', isStuck: true }, ['stuck', 'release']],
  ['is held by a station', { state: 'developed', boundBy: 'station' }, []],
  ['is not there, the code bound in another batch', { state: 'not-bound', boundBy: 'account' }, ['release']],
  ['is not there at all', { state: 'not-bound', boundBy: 'nobody' }, []],
])('a photo that %s: only the steps that are possible', async (_, standing, steps) => {
  await lookUp({ standing });
  expect(stepsShown()).toEqual(steps);
});

it.each([
  ['confirmed', '请先审核这张照片，驳回'],
  ['exported', '请先退回这张照片'],
] as const)('says of a %s photo what comes before a release', async (state, words) => {
  await lookUp({ standing: { state } });
  expect(page.data['later']).toContain(words);
});

it.each([
  ['review', 'confirmed'],
  ['return', 'accepted'],
  ['release', 'rejected'],
] as const)('%s opens with the number, and what it changed is seen on coming back', async (step, state) => {
  const answers = [aStanding({ state }), aStanding({ state: 'withdrawn' })];
  await lookUp({ standing: () => answers.shift() });
  await page.fire('onStep', { dataset: { id: step } });
  expect(page.wx.opened.at(-1)?.url).toBe(`/operator/${step}/${step}?batch=batch-1&student=${NUMBER}`);
  await page.fire('onShow');
  expect(page.data).toMatchObject({ state: '已撤回' });
});

it('a teacher of a station reads where the student stands, without history and steps', async () => {
  await lookUp({ standing: { state: 'confirmed' }, role: 'station' });
  expect(page.data).toMatchObject({ state: '审核中', steps: [], later: '', hasHistory: false });
  for (const action of ['operator.studentAudit', 'operator.members']) expect(page.called(action)).toEqual([]);
});

it('says who did what: members by name, the student as such, everybody else by a code', async () => {
  const entries = [
    anEntry('submission.delete', { actor: 'actor-of-chen' }),
    anEntry('binding.release', { actor: 'actor-of-chen' }),
    anEntry('submission.accept', { isMe: true }),
    anEntry('submission.undo-review', { actor: 'somebody-who-left' }),
    anEntry('submission.delete'),
    anEntry('submission.bind'),
  ];
  await lookUp({ standing: { state: 'not-bound', boundBy: 'nobody' }, audit: { entries, next: null } });
  expect(page.data).toMatchObject({
    entries: [
      { what: '删除数据', who: '2027年1月10日 12:00 · 学籍科 陈老师' },
      { what: '解除绑定', who: '2027年1月10日 12:00 · 学籍科 陈老师' },
      { what: '审核通过', who: '2027年1月10日 12:00 · 我' },
      { what: '撤销审核', who: '2027年1月10日 12:00 · 代号 somebo' },
      { what: '删除数据', who: '2027年1月10日 12:00 · 学生 a1b2c3' },
      { what: '绑定采集码', who: '2027年1月10日 12:00 · 学生 a1b2c3' },
    ],
    hasMore: false,
  });
});

it('reads on to the earlier deeds', async () => {
  const answers = [
    { entries: [anEntry('submission.accept')], next: at('2027-01-10T04:00:00.000Z') },
    { entries: [anEntry('submission.bind')], next: null },
  ];
  await lookUp({ audit: () => answers.shift() });
  expect(page.data['hasMore']).toBe(true);
  await page.fire('onMore');
  expect(page.called('operator.studentAudit').at(-1)).toMatchObject({ studentNumber: NUMBER, cursor: NOON });
  expect(page.data).toMatchObject({
    entries: [{ what: '审核通过' }, { what: '绑定采集码' }],
    hasMore: false,
    moreBusy: false,
  });
});

it('says of a number that the batch has never seen what to look at, keeps it, and shows nobody else', async () => {
  const answers = [aStanding(), new Refusal('NOT_FOUND', { event: 'look-up' })];
  await lookUp({ standing: () => answers.shift() });
  await page.fire('onFind');
  expect(page.data).toMatchObject({
    state: '',
    facts: [],
    steps: [],
    hasHistory: false,
    studentNumber: ` ${NUMBER} `,
    failure: { title: '这个批次里没有这个学号', next: expect.stringContaining('核对学号和批次') as string },
  });
});
