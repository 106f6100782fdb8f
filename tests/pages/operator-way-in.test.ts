/** Joining by an invitation, what each role is shown, members, a batch’s form and its deadline. */
import { succeeding } from '../support/fake-wx';
import { aMe, aMember, anOperatorBatch, BATCH_ID, LATER, STATIONS } from '../support/staff-view-builder';
import { at, NOON } from '../support/view-builder';
import { type CloudAnswers, NO_NETWORK, type PageInTest, Refusal, openPage } from './support/open-page';

let page: PageInTest;
const open = async (
  name: string,
  answers: CloudAnswers,
  query: Record<string, string> = {},
  wx: Record<string, unknown> = {},
) => {
  page = await openPage(name, { folder: 'operator', answers, query, wx });
};
const lastCall = () => page.calls.at(-1)!;
const type = (field: string, value: string) =>
  page.fire('onField', { detail: { value }, dataset: { field } });

afterEach(() => {
  page.close();
});

describe('a page of one batch', () => {
  it.each([
    'batch',
    'deadline',
    'roster',
    'progress',
    'student',
    'review',
    'stuck',
    'return',
    'release',
    'export',
  ])(
    '%s gives way to the list of batches where the address names none, and asks the cloud for nothing',
    async (name) => {
      await open(name, {});
      expect(page.wx.opened).toEqual([{ how: 'redirectTo', url: '/operator/batches/batches' }]);
      expect(page.calls).toEqual([]);
      expect(page.data['failure'] ?? null).toBeNull();
    },
  );
});

describe('the way in', () => {
  it('asks a guest for the invitation code and accepts any spelling of it', async () => {
    await open('enter', { 'operator.me': aMe(null), 'operator.acceptInvitation': aMe('station') });
    expect(page.data).toMatchObject({ guest: true, entries: [] });
    await page.fire('onAccept');
    expect(page.data['missing']).toBe('请先输入邀请码');
    await page.fire('onCode', { detail: { value: ' 7k2m-9qxb-ol' } });
    await page.fire('onAccept');
    expect(lastCall()).toMatchObject({
      action: 'operator.acceptInvitation',
      payload: { code: '7K2M9QXB01' },
    });
    expect(page.data).toMatchObject({ guest: false, name: '阜阳站 王老师' });
  });

  it('says what to do with a code that is no longer good, and stays', async () => {
    await open('enter', {
      'operator.me': aMe(null),
      'operator.acceptInvitation': new Refusal('INVITATION_INVALID'),
    });
    await page.fire('onCode', { detail: { value: 'ABC' } });
    await page.fire('onAccept');
    expect(page.data).toMatchObject({ guest: true, code: 'ABC', busy: false });
    expect((page.data['failure'] as { next: string }).next).toContain('邀请人');
  });

  it.each([
    ['operator', ['batches', 'station', 'members', 'upkeep']],
    ['school', ['batches', 'station', 'members', 'upkeep']],
    ['station', ['batches', 'station']],
  ] as const)('%s: is shown only the ways that the role table opens', async (role, pages) => {
    await open('enter', { 'operator.me': aMe(role) });
    expect((page.data['entries'] as { page: string }[]).map((entry) => entry.page)).toEqual(pages);
  });

  it('warns an operator from 90,000 stored people on, and more at 100,000', async () => {
    const people = (count: number, warning: 'filing-soon' | 'filing-due') =>
      aMe('operator', { storedPeople: { count, countedAt: NOON, warning } });
    await open('enter', { 'operator.me': people(91_000, 'filing-soon') });
    expect(page.data).toMatchObject({
      urgent: false,
      warning: { title: expect.stringContaining('10 万') as string },
    });
    page.close();
    await open('enter', { 'operator.me': people(100_000, 'filing-due') });
    expect(page.data).toMatchObject({ urgent: true });
  });

  it('gives up a membership only after a yes', async () => {
    const answers = { 'operator.me': aMe('station'), 'operator.leave': aMe(null) };
    await open('enter', answers, {}, { showModal: succeeding({ confirm: false }) });
    await page.fire('onLeave');
    expect(page.calls.map(({ action }) => action)).toEqual(['operator.me']);
    page.close();
    await open('enter', answers, {}, { showModal: succeeding({ confirm: true }) });
    await page.fire('onLeave');
    expect(page.data['guest']).toBe(true);
  });
});

describe('a batch’s form', () => {
  const copy = { batch: BATCH_ID, copy: '1' };

  it('copies last year’s with every date and year moved on, and creates exactly that', async () => {
    await open(
      'batch-edit',
      {
        'operator.me': aMe('operator'),
        'operator.batch': anOperatorBatch(),
        'operator.createBatch': anOperatorBatch(),
      },
      copy,
    );
    expect(page.data['form']).toMatchObject({ title: '2028 届毕业生图像采集', closesAt: '2028-02-28' });
    await page.fire('onSave');
    expect(lastCall()).toMatchObject({
      action: 'operator.createBatch',
      payload: {
        schoolCode: '10000',
        graduationDate: '2028-06-30',
        cohorts: [{ level: '高起本', year: '2023' }, { year: '2026' }],
        closesAt: '2028-02-28T16:00:00.000Z',
        confirmOnTheSpot: true,
      },
    });
  });

  it.each([
    ['createBatch', copy],
    ['updateBatch', { batch: BATCH_ID }],
  ] as const)('saved again after a lost answer, is the same %s', async (action, query) => {
    const saved = [new Refusal('TEMPORARILY_UNAVAILABLE'), anOperatorBatch()];
    const answers = {
      'operator.me': aMe('operator'),
      'operator.batch': anOperatorBatch(),
      [`operator.${action}`]: () => saved.shift(),
    };
    await open('batch-edit', answers, query);
    await page.fire('onSave');
    await page.fire('onSave');
    const [lost, again] = page.keysOf(`operator.${action}`);
    expect(again).toBe(lost);
    expect(page.data['failure']).toBeNull();
  });

  describe('after a saving whose answer was lost', () => {
    const open_ = (answer: unknown, query: Record<string, string>) =>
      open(
        'batch-edit',
        {
          'operator.me': aMe('operator'),
          'operator.batch': anOperatorBatch(),
          'operator.createBatch': answer,
          'operator.updateBatch': answer,
        },
        query,
      );
    const lost = new Refusal('TEMPORARILY_UNAVAILABLE');

    it('says of a new batch, once it is edited, that it may be there already, and leads to the list', async () => {
      await open_(lost, copy);
      await page.fire('onSave');
      expect(page.data).toMatchObject({ maybeCreated: false, failure: { canRetry: true } });
      await type('title', '另一个名称');
      expect(page.data).toMatchObject({ maybeCreated: true, failure: null });
      await page.fire('onBatches');
      expect(page.wx.opened).toEqual([{ how: 'navigateTo', url: '/operator/batches/batches' }]);
    });

    it.each<[string, unknown, Record<string, string>]>([
      ['a refusal says that there is none', new Refusal('INVALID_REQUEST', { path: 'payload.title' }), copy],
      ['a changed batch stays the same one', lost, { batch: BATCH_ID }],
    ])('says nothing of the kind where %s', async (_, answer, query) => {
      await open_(answer, query);
      await page.fire('onSave');
      await type('title', '另一个名称');
      expect(page.data).toMatchObject({ maybeCreated: false, failure: null });
    });
  });

  it.each([['copy', copy] as const, ['change', { batch: BATCH_ID }] as const])(
    '%s: settings that the form does not show stay as they are',
    async (_, query) => {
      const photoSettings = {
        background: { red: 1, green: 2, blue: 3 },
        fileBytes: { min: 25_000, max: 45_000 },
        glasses: 'allowed',
      } as const;
      const overrides = { collar: { severity: 'warn' } } as const;
      const answers = {
        'operator.me': aMe('operator'),
        'operator.batch': anOperatorBatch({ photoSettings, checkSettings: { onlyWarn: [], overrides } }),
        'operator.createBatch': anOperatorBatch(),
        'operator.updateBatch': anOperatorBatch(),
      };
      await open('batch-edit', answers, query);
      await page.fire('onSave');
      const sent = lastCall().payload as { changes?: object };
      expect(sent.changes ?? sent).toMatchObject({ photoSettings, checkSettings: { overrides } });
    },
  );

  it.each([
    ['title', ' ', 'title'],
    ['graduationDate', '2027-02-30', 'graduationDate'],
    ['closesAt', '2020-01-01', 'closesAt'],
    ['telephone', '问老师', 'telephone'],
    ['attemptLimit', '0', 'attemptLimit'],
    ['everythingDays', 'viele', 'retention'],
  ])('%s "%s" is pointed at and nothing is sent', async (field, value, problem) => {
    await open('batch-edit', { 'operator.me': aMe('operator'), 'operator.batch': anOperatorBatch() }, copy);
    await type(field, value);
    const before = page.calls.length;
    await page.fire('onSave');
    expect(page.calls).toHaveLength(before);
    expect(Object.keys(page.data['problems'] as object)).toEqual([problem]);
  });

  it('shows a field that only the cloud refuses at the field', async () => {
    await open(
      'batch-edit',
      {
        'operator.me': aMe('operator'),
        'operator.batch': anOperatorBatch(),
        'operator.updateBatch': new Refusal('INVALID_REQUEST', { path: 'payload.changes.telephone' }),
      },
      { batch: BATCH_ID },
    );
    await page.fire('onSave');
    expect(page.data).toMatchObject({ problems: { telephone: expect.any(String) as string }, failure: null });
  });

  it('that could not be opened is opened by another try', async () => {
    const answers = [new Refusal('TEMPORARILY_UNAVAILABLE'), anOperatorBatch()];
    await open(
      'batch-edit',
      { 'operator.me': aMe('operator'), 'operator.batch': () => answers.shift() },
      copy,
    );
    expect(page.data).toMatchObject({ form: null, failure: { canRetry: true } });
    await page.fire('onRetry');
    expect(page.data).toMatchObject({ form: { title: '2028 届毕业生图像采集' }, failure: null });
  });

  it('changes neither school nor deadline, and keeps moments that were not touched', async () => {
    const opensAt = at('2027-01-01T01:30:00.000Z');
    await open(
      'batch-edit',
      {
        'operator.me': aMe('operator'),
        'operator.batch': anOperatorBatch({ opensAt }),
        'operator.updateBatch': anOperatorBatch(),
      },
      { batch: BATCH_ID },
    );
    await type('title', '新名称');
    await page.fire('onSave');
    const { changes, revision } = lastCall().payload as {
      changes: Record<string, unknown>;
      revision: number;
    };
    expect(changes).toMatchObject({ title: '新名称', opensAt });
    expect(Object.keys(changes)).not.toEqual(expect.arrayContaining(['schoolCode']));
    expect(Object.keys(changes)).not.toEqual(expect.arrayContaining(['closesAt']));
    expect(revision).toBe(3);
  });
});

describe('a deadline', () => {
  const deadline = async (date: string, reason = '延期开课', moved: unknown = anOperatorBatch()) => {
    await open(
      'deadline',
      { 'operator.batch': anOperatorBatch(), 'operator.changeDeadline': moved },
      { batch: BATCH_ID },
    );
    await page.fire('onDate', { detail: { value: date } });
    await page.fire('onReason', { detail: { value: reason } });
  };

  it('ends with the day that was typed, in Shanghai', async () => {
    await deadline('2099-03-31');
    expect(page.data).toMatchObject({ meaning: '这样改会延长采集时间。', harsh: false });
    await page.fire('onSave');
    expect(lastCall().payload).toMatchObject({ closesAt: '2099-03-31T16:00:00.000Z', revision: 3 });
  });

  it('says before saving that students will be cut off', async () => {
    await deadline('2020-01-01');
    expect(page.data).toMatchObject({ meaning: expect.stringContaining('立刻截止') as string, harsh: true });
  });

  it('saved again after a lost answer, is moved once', async () => {
    const moved = [new Refusal('TEMPORARILY_UNAVAILABLE'), anOperatorBatch()];
    await deadline('2099-03-31', '延期开课', () => moved.shift());
    await page.fire('onSave');
    await page.fire('onSave');
    const [lost, again] = page.keysOf('operator.changeDeadline');
    expect(again).toBe(lost);
  });

  it('is not moved without a reason or a date', async () => {
    await deadline('2099-13-31', ' ');
    await page.fire('onSave');
    expect(page.calls.map(({ action }) => action)).toEqual(['operator.batch']);
    expect(page.data).toMatchObject({ dateProblem: expect.stringMatching(/日期/) as string });
    expect(page.data['reasonProblem']).toMatch(/原因/);
  });
});

describe('members', () => {
  const answers = {
    'operator.me': aMe('school'),
    'operator.members': { members: [aMember('school', { isMe: true }), aMember('station')] },
    'operator.invitations': { invitations: [] },
    'operator.stations': { stations: STATIONS },
  };

  it('a school invites its own people, never an operator', async () => {
    await open('members', answers);
    expect((page.data['roles'] as { id: string }[]).map(({ id }) => id)).toEqual(['station', 'school']);
    expect((page.data['members'] as { canRemove: boolean }[]).map(({ canRemove }) => canRemove)).toEqual([
      false,
      true,
    ]);
  });

  it('shows what was taken back together with a removed member', async () => {
    let state = 'open';
    const membership = { role: 'school', schoolCode: '10000' };
    const invitations = () => ({
      invitations: [{ id: 'i', membership, label: 'x', createdAt: NOON, expiresAt: LATER, state }],
    });
    const removeMember = () => {
      state = 'revoked';
      return { members: [aMember('school', { isMe: true })] };
    };
    await open(
      'members',
      { ...answers, 'operator.invitations': invitations, 'operator.removeMember': removeMember },
      {},
      { showModal: succeeding({ confirm: true }) },
    );
    expect(page.data['invitations']).toMatchObject([{ canRemove: true }]);
    await page.fire('onRemove', { dataset: { id: 'member-2' } });
    expect(page.data['members']).toHaveLength(1);
    expect(page.data['invitations']).toMatchObject([{ canRemove: false, remark: '已收回' }]);
  });

  const invitation = {
    id: 'i',
    membership: { role: 'school' },
    label: 'x',
    createdAt: NOON,
    expiresAt: LATER,
    state: 'open',
  };
  const created = { 'operator.createInvitation': { invitation, code: '7K2M-9QXB' } };

  it('asks for what is missing, then shows the code once with a text to forward', async () => {
    await open('members', { ...answers, ...created });
    await page.fire('onInvite');
    expect(page.data['missing']).toBe('请至少选一个站点');
    await page.fire('onStation', { dataset: { id: STATIONS[1]!.id } });
    await page.fire('onInvite');
    expect(page.data['missing']).toBe('请写备注名');
    await type('label', '亳州 赵老师');
    await page.fire('onInvite');
    expect(page.calls.find(({ action }) => action === 'operator.createInvitation')?.payload).toEqual({
      membership: { role: 'station', schoolCode: '10000', stationIds: ['station-2'] },
      label: '亳州 赵老师',
      validHours: 72,
    });
    expect(page.data['code']).toBe('7K2M-9QXB');
    expect(page.data['message']).toContain('7K2M-9QXB');
  });

  it('invites once, also when the answer was lost and 邀请 is tapped again; then somebody else', async () => {
    const invited = created['operator.createInvitation'];
    const answered = [new Refusal('TEMPORARILY_UNAVAILABLE'), invited, invited];
    await open('members', { ...answers, 'operator.createInvitation': () => answered.shift() });
    await type('role', 'school');
    for (const label of ['王老师', '王老师', '王老师']) {
      await type('label', label);
      await page.fire('onInvite');
    }
    const [lost, again, another] = page.keysOf('operator.createInvitation');
    expect(again).toBe(lost);
    expect(another).not.toBe(lost);
  });

  it('removes a member once, also when the answer or the list behind it was lost', async () => {
    const removed = [new Refusal('TEMPORARILY_UNAVAILABLE'), { members: [] }, { members: [] }];
    let reads = 0;
    const lists = () => (reads++ === 1 ? new Refusal('TEMPORARILY_UNAVAILABLE') : { invitations: [] });
    await open(
      'members',
      { ...answers, 'operator.invitations': lists, 'operator.removeMember': () => removed.shift() },
      {},
      { showModal: succeeding({ confirm: true }) },
    );
    for (let tap = 1; tap <= 3; tap += 1) await page.fire('onRemove', { dataset: { id: 'member-2' } });
    expect(page.keysOf('operator.removeMember')).toHaveLength(3);
    expect(new Set(page.keysOf('operator.removeMember')).size).toBe(1);
  });

  it('shows the code, which nothing can bring back, also when the list cannot be read again', async () => {
    let reads = 0;
    const invitations = () => (reads++ === 0 ? { invitations: [] } : NO_NETWORK);
    await open('members', { ...answers, ...created, 'operator.invitations': invitations });
    await type('role', 'school');
    await type('label', '王老师');
    jest.useFakeTimers();
    const inviting = page.fire('onInvite');
    await jest.advanceTimersByTimeAsync(5_000);
    await inviting;
    jest.useRealTimers();
    expect(page.data).toMatchObject({
      code: '7K2M-9QXB',
      label: '',
      busy: false,
      failure: { title: '网络断开了', canRetry: true },
    });
    expect(page.calls.filter(({ action }) => action === 'operator.createInvitation')).toHaveLength(1);
  });
});
