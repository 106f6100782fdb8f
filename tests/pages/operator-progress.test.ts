/** Progress and reminders: what is left, who is missing, what to forward. */
import { reminderText } from '../../miniprogram/copy/operator-reminder-words';
import { chartRow } from '../../miniprogram/operator/components/progress-chart/chart-row';
import { anOperatorBatch, aProgress, BATCH_ID, counts, STATIONS } from '../support/staff-view-builder';
import { at, NOON } from '../support/view-builder';
import { NO_NETWORK, later } from './support/open-page';
import { closeStaffPage, openStaffPage, type StaffPage } from './support/open-staff-page';

let page: StaffPage;
const open = async (...given: Parameters<typeof openStaffPage>) => {
  page = await openStaffPage(...given);
};

afterEach(closeStaffPage);

describe('progress', () => {
  it('says in one line what is left, and shows the most missing first', async () => {
    await open('progress', { 'operator.progress': aProgress() });
    expect(page.data).toMatchObject({
      headline: '还有 120 人没完成',
      headlineText: '300 人里，180 人已确认照片',
    });
    expect(
      (page.data['rows'] as { name: string; left: string }[]).map(({ name, left }) => `${name} ${left}`),
    ).toEqual(['阜阳函授站 还缺 90 人', '亳州教学点 还缺 30 人', '蚌埠函授站 全部完成']);
  });

  it('a bar’s parts add up to the whole group', () => {
    const { parts } = chartRow('1', '站', counts(30, { bound: 3, confirmed: 6, accepted: 9 }));
    expect(parts.map(({ kind, percent }) => [kind, percent])).toEqual([
      ['accepted', 30],
      ['confirmed', 20],
      ['working', 10],
      ['waiting', 40],
    ]);
  });

  it('opens a station’s classes and asks for exactly those who are missing there', async () => {
    const classes = aProgress({
      groups: [
        { stationId: null, className: '会计 1 班', name: '会计 1 班', counts: counts(10, { confirmed: 4 }) },
      ],
    });
    const missing = (payload: unknown) => ({
      students: [{ studentNumber: '1', name: null, stationName: null, className: null, state: 'not-bound' }],
      next: (payload as { cursor?: string }).cursor === undefined ? 'cursor-1' : null,
    });
    await open('progress', {
      'operator.progress': (payload: unknown) =>
        (payload as { stationId?: string }).stationId === undefined ? aProgress() : classes,
      'operator.missing': missing,
    });
    await page.fire('onRow', { detail: { id: '0' } });
    expect(page.data).toMatchObject({ inStation: true, chartTitle: '各班级' });
    await page.fire('onRow', { detail: { id: '0' } });
    await page.fire('readMissing');
    const group = { batchId: BATCH_ID, stationId: STATIONS[0]!.id, className: '会计 1 班' };
    expect(page.called('operator.missing')).toEqual([group, { ...group, cursor: 'cursor-1' }]);
    expect(page.data).toMatchObject({ hasMore: false, headline: '还有 6 人没完成' });
  });

  it('looks for the missing behind thousands who are done, and says “nobody” only at the end', async () => {
    const student = { studentNumber: '9', name: null, stationName: null, className: null, state: 'bound' };
    const answers = [
      { students: [], next: '10000' },
      { students: [], next: '20000' },
      { students: [student], next: '30000' },
      { students: [], next: null },
    ];
    await open('progress', { 'operator.progress': aProgress(), 'operator.missing': () => answers.shift() });
    await page.fire('onWho');
    expect(page.data).toMatchObject({
      nobody: '',
      students: [{ studentNumber: '9', state: '未拍照' }],
      hasMore: true,
    });
    await page.fire('readMissing');
    expect(page.called('operator.missing').map((asked) => (asked as { cursor?: string }).cursor)).toEqual([
      undefined,
      '10000',
      '20000',
      '30000',
    ]);
    expect(page.data).toMatchObject({ nobody: '', students: [{ studentNumber: '9' }], hasMore: false });
  });

  describe('an answer that comes when something else is shown', () => {
    const CLASSES = ['A', 'B'].map((name) => ({
      stationId: STATIONS[0]!.id,
      className: name,
      name,
      counts: counts(10, { confirmed: 4 }),
    }));
    const row = (id: string) => page.fire('onRow', { detail: { id } });
    const who = (studentNumber: string) => ({
      students: [{ studentNumber, name: null, stationName: null, className: null, state: 'not-bound' }],
      next: null,
    });
    const progressOf = (station: unknown) => (payload: unknown) =>
      (payload as { stationId?: string }).stationId === undefined ? aProgress() : station;
    const isOfA = (payload: unknown) => (payload as { className?: string }).className === 'A';

    it.each([
      ['its numbers', aProgress({ groups: [], counts: counts(10, { confirmed: 4 }) })],
      ['its failure', NO_NETWORK],
    ])('a station that was left: %s stand nowhere', async (_, answer) => {
      const late = later();
      await open('progress', { 'operator.progress': progressOf(late.answer) });
      const going = row('0');
      await page.fire('onBack');
      late.comes(answer);
      await going;
      expect(page.data).toMatchObject({ inStation: false, headline: '还有 120 人没完成', failure: null });
    });

    it.each([
      ['names', who('of A')],
      ['failure', NO_NETWORK],
    ])('another class: its %s do not stand under this one', async (_, answer) => {
      const late = later();
      await open('progress', {
        'operator.progress': progressOf(aProgress({ groups: CLASSES })),
        'operator.missing': (payload: unknown) => (isOfA(payload) ? late.answer : who('of B')),
      });
      await row('0');
      const going = row('0');
      await row('1');
      late.comes(answer);
      await going;
      expect(page.data).toMatchObject({ students: [{ studentNumber: 'of B' }], failure: null });
    });

    it('another class: how many messages went out is not said of this one', async () => {
      const late = later();
      await open('progress', {
        'operator.progress': progressOf(aProgress({ groups: CLASSES })),
        'operator.missing': who('1'),
        'operator.sendReminders': () => late.answer,
      });
      await row('0');
      await row('0');
      const going = page.fire('onMessages');
      await row('1');
      late.comes({ sent: 2, notAllowed: 0, failed: 0, next: null });
      await going;
      expect(page.data).toMatchObject({ sentText: '', messageBusy: false });
    });
  });

  it('copies a reminder with numbers, steps and telephone, and no name', async () => {
    await open('progress', { 'operator.progress': aProgress() });
    await page.fire('onCopyReminder');
    expect(page.copied[0]).toMatch(
      /还有 120 人没有完成[\s\S]*（北京时间 2027年2月28日 24:00）。[\s\S]*0550-1234567/,
    );
    expect(page.copied[0]).toMatch(/做法：[\s\S]*采集码在：/);
  });

  it.each([null, 30])(
    'before it opens says when, and what to have ready (on the list: %j)',
    async (listed) => {
      const opensAt = at('2027-01-15T00:00:00.000Z');
      await open('progress', {
        'operator.batch': anOperatorBatch({ opensAt, closesAt: at('2027-02-28T16:00:00.000Z') }),
        'operator.progress': aProgress({ counts: counts(listed, {}) }),
      });
      await page.fire('onCopyReminder');
      expect(page.copied[0]).toContain(
        '毕业照图像采集从北京时间 2027年1月15日 8:00 开始，到 2027年2月28日 24:00 截止，请先准备好图像采集码。\n采集码在：',
      );
      expect(page.copied[0]).not.toMatch(/还剩|还有|没有完成|做法/);
    },
  );

  it('after the deadline reminds only of what can still be done', () => {
    const over = {
      title: '批次',
      opensAt: at('2026-12-01T00:00:00.000Z'),
      closesAt: at('2027-01-01T00:00:00.000Z'),
      group: '阜阳函授站',
      counts: counts(3, {}),
      now: NOON,
    };
    const text = reminderText({ ...over, telephone: '0550-1234567' });
    expect(text).toContain('阜阳函授站的同学');
    expect(text).toContain('采集已经截止，请马上打电话，问能不能补拍。');
    expect(text).toContain('有问题打电话：0550-1234567');
    expect(text).not.toMatch(/做法|采集码/);
    expect(reminderText({ ...over, telephone: '' })).not.toContain('打电话：');
  });

  describe('without a list, where nobody knows who has not come', () => {
    const openWith = (states: Parameters<typeof counts>[1]) => {
      const its = counts(null, states);
      const station = { stationId: null, className: null, name: '阜阳函授站', counts: its };
      return open('progress', {
        'operator.batch': anOperatorBatch({ roster: null }),
        'operator.progress': aProgress({ counts: its, unlisted: null, groups: [station] }),
        'operator.missing': { students: [], next: null },
      });
    };

    it('never says that everybody is done', async () => {
      await openWith({ confirmed: 3 });
      await page.fire('onWho');
      expect(page.data).toMatchObject({
        done: false,
        headline: '绑定的都完成了',
        headlineText: '绑定的 3 人里，3 人已确认照片。没有名单，不知道还有谁没来。',
        nobody: '绑定的都完成了。没有名单，不知道还有谁没来。',
        rows: [{ done: false, left: '绑定的都完成了' }],
      });
      expect((page.data['tiles'] as unknown[])[0]).toEqual({ label: '没完成', value: 0 });
    });

    it.each([{}, { confirmed: 3 }, { bound: 4, confirmed: 3 }])(
      'reminds without a number of missing: %o',
      async (states) => {
        await openWith(states);
        await page.fire('onCopyReminder');
        expect(page.copied[0]).toMatch(
          /还没有完成毕业照图像采集的同学，请尽快完成，还剩 \d+ 天[\s\S]*做法：/,
        );
        expect(page.copied[0]).not.toMatch(/\d 人/);
      },
    );
  });

  it('after the deadline neither asks to be quick nor counts, where there is no list', () => {
    const over = {
      title: '批次',
      opensAt: at('2026-12-01T00:00:00.000Z'),
      closesAt: at('2027-01-01T00:00:00.000Z'),
      group: '',
      telephone: '',
      now: NOON,
    };
    const text = reminderText({ ...over, counts: counts(null, { bound: 4 }) });
    expect(text).toContain('还没有完成毕业照图像采集的同学请注意，采集已经截止，请马上打电话');
    expect(text).not.toContain('尽快完成');
  });

  it('with a list of which all are done says so, and has nobody to remind', async () => {
    await open('progress', { 'operator.progress': aProgress({ counts: counts(3, { confirmed: 3 }) }) });
    expect(page.data).toMatchObject({ done: true, headline: '全部完成了', reminder: '' });
  });

  it.each([
    ['whose list names none of the own stations', 0, '名单里没有你负责的站点的学生'],
    ['without a list, to which nobody is bound', null, '还没有学生绑定'],
  ])('of a batch %s is nobody’s, and nothing is called done', async (_, listed, headline) => {
    await open('progress', {
      'operator.progress': aProgress({ counts: counts(listed, {}), groups: [] }),
      'operator.missing': { students: [], next: null },
    });
    await page.fire('onWho');
    expect(page.data).toMatchObject({ done: false, headline, headlineText: '' });
    expect(page.data['nobody']).not.toContain('全部完成');
  });

  it('sends messages page by page and adds up what happened', async () => {
    const answers = [
      { sent: 2, notAllowed: 50, failed: 0, next: 'more' },
      { sent: 1, notAllowed: 3, failed: 1, next: null },
    ];
    await open('progress', {
      'operator.progress': aProgress(),
      'operator.sendReminders': () => answers.shift(),
    });
    await page.fire('onMessages');
    expect(page.called('operator.sendReminders')).toEqual([
      { batchId: BATCH_ID },
      { batchId: BATCH_ID, cursor: 'more' },
    ]);
    expect(page.data['sentText']).toBe('已发出 3 条；53 人没有同意接收，请用催办文字；1 条没有送到。');
  });
});
