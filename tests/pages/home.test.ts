import { COMMON_WORDS, SHARE_WORDS, UPDATE_WORDS } from '../../miniprogram/copy/app-words';
import { CONSENT_WORDS } from '../../miniprogram/copy/consent-words';
import { NOT_REMINDED_WORDS, REMINDER_WORDS } from '../../miniprogram/copy/reminder-words';
import { joined } from '../../miniprogram/copy/pieces';
import { type HomeState, NOTHING_ASKED, toView } from '../../miniprogram/pages/home/to-view';
import { SUBMISSION_STATES } from '../../miniprogram/shared/submission/submission-machine';
import { type Overview } from '../../miniprogram/shared/contract/student';
import { type BatchId, type SubmissionId } from '../../miniprogram/shared/identity/ids';
import {
  CONSENT_GIVEN,
  NOON,
  NO_CONSENT,
  SUBMISSION_ID,
  aPhotoView,
  aPublicBatch,
  aStudentView,
  aSubmissionView,
  anOverview,
  at,
} from '../support/view-builder';
import { succeeding } from '../support/fake-wx';
import { NO_NETWORK, type PageInTest, Refusal, later, openPage } from './support/open-page';

const LATE = at('2027-03-05T00:00:00.000Z');
const EARLY = at('2026-12-20T00:00:00.000Z');

function aState(changes: Partial<HomeState> = {}): HomeState {
  return {
    overview: anOverview(),
    now: NOON,
    sending: [],
    ...NOTHING_ASKED,
    visible: true,
    telephone: '0550-1234567',
    ...changes,
  };
}

const cardOf = (changes: Parameters<typeof aSubmissionView>[0], now = NOON) =>
  toView(aState({ now, overview: anOverview({ submissions: [aSubmissionView(changes)] }) })).cards[0]!;

describe('what the first page shows', () => {
  it('to a newcomer: for whom, until when, how many days are left, and the way in', () => {
    const view = toView(aState());
    expect(view.canStart).toBe(true);
    expect(view.batches[0]).toMatchObject({ window: 'open', time: '还剩 49 天', school: '示例学院' });
    expect(view.batches[0]!.facts.map(({ value }) => value)).toEqual([
      '2022级高起本、2025级全部学生',
      '截止 2027年2月28日 24:00',
    ]);
    expect(view.steps.every(({ state }) => state === 'later')).toBe(true);
    expect(view.callText).toBe(COMMON_WORDS.callNumber('0550-1234567'));
  });

  const OVER = aPublicBatch({
    title: '上一批',
    opensAt: at('2026-11-01T00:00:00.000Z'),
    closesAt: at('2026-12-10T00:00:00.000Z'),
  });

  it.each([
    {
      when: 'before it opens',
      batches: [aPublicBatch()],
      now: EARLY,
      times: ['还没有开始'],
      title: '采集还没有开始',
      next: '到时再来',
      lookUp: false,
    },
    {
      when: 'after it closed',
      batches: [aPublicBatch()],
      now: LATE,
      times: ['已截止'],
      title: '采集已经截止',
      next: '打电话',
      lookUp: true,
    },
    {
      when: 'between one and the next',
      batches: [OVER, aPublicBatch()],
      now: EARLY,
      times: ['还没有开始', '已截止'],
      title: '采集还没有开始',
      next: '到时再来',
      lookUp: true,
    },
    {
      when: 'with no batch',
      batches: [],
      now: NOON,
      times: [],
      title: '现在没有开放的采集批次',
      next: '等学校通知',
      lookUp: true,
    },
  ])('$when: nothing to start, and what to do instead', ({ batches, now, times, title, next, lookUp }) => {
    const view = toView(aState({ now, overview: anOverview({ batches }) }));
    expect(view.batches.map(({ time }) => time)).toEqual(times);
    expect(view).toMatchObject({ canStart: false, nothingOpen: { title }, canLookUp: lookUp });
    expect(view.nothingOpen?.next).toContain(next);
  });

  it('puts what can be done now first', () => {
    const closed = aPublicBatch({ title: '上一批', closesAt: at('2027-01-05T00:00:00.000Z') });
    const view = toView(aState({ overview: anOverview({ batches: [closed, aPublicBatch()] }) }));
    expect(view.batches.map(({ window }) => window)).toEqual(['open', 'closed']);
  });

  it.each(SUBMISSION_STATES)('%s: one card with state, next step and one button', (state) => {
    const [card] = toView(
      aState({ overview: anOverview({ submissions: [aSubmissionView({ state })] }) }),
    ).cards;
    expect(card!.state.length).toBeGreaterThan(1);
    expect(card!.next).toMatch(/。$/);
    expect(card!.button.length).toBeGreaterThan(1);
    expect(card!.label).toContain('示例学院');
    // A finished picture waits to be looked at; the camera stands for photos still to be taken.
    expect(card!.icon === 'picture').toBe(state === 'developed');
  });

  it('gives every 学籍 a card of its own and stands at the one that is least far', () => {
    const college = aSubmissionView({
      id: 'other' as SubmissionId,
      student: aStudentView({ level: '专科' }),
    });
    const view = toView(
      aState({ overview: anOverview({ submissions: [aSubmissionView({ state: 'accepted' }), college] }) }),
    );
    expect(view.cards.map(({ enrolment }) => enrolment)).toEqual([
      joined('高起本', '2022级'),
      joined('专科', '2022级'),
    ]);
    expect(view.steps.map(({ state }) => state)).toEqual(['done', 'done', 'now', 'later', 'later']);
    expect(view).toMatchObject({ canStart: false, canAddAnother: true, batches: [] });
  });

  describe('with the agreement taken back', () => {
    const consent = { ...CONSENT_GIVEN, givenAt: null, facePhotoGivenAt: null };
    const shown = (changes: Partial<Overview>) =>
      toView(aState({ overview: anOverview({ consent, ...changes }) }));

    it.each(['confirmed', 'accepted'] as const)(
      '%s: the photo stays back, and the way to agree again',
      (state) => {
        const view = shown({ submissions: [aSubmissionView({ state })] });
        expect(view.heldBack).toBe(true);
        expect(view.cards[0]).toMatchObject({ tone: 'attention', next: CONSENT_WORDS.heldBackNext });
      },
    );

    it('says nothing of a photo that is with the school already, or not confirmed', () => {
      for (const state of SUBMISSION_STATES.filter((one) => !['confirmed', 'accepted'].includes(one))) {
        const view = shown({ submissions: [aSubmissionView({ state })] });
        expect({ state, heldBack: view.heldBack }).toEqual({ state, heldBack: false });
        expect(view.cards[0]!.next).not.toBe(CONSENT_WORDS.heldBackNext);
      }
    });

    it('an older wording that was agreed to is not taken back', () => {
      const older = { ...CONSENT_GIVEN, version: '2026-01' };
      expect(shown({ consent: older, submissions: [aSubmissionView({ state: 'accepted' })] }).heldBack).toBe(
        false,
      );
    });
  });

  it.each(['rejected', 'shot', 'developed'] as const)(
    '%s: says what the reviewer wants, until another photo is confirmed',
    (state) => {
      const rejection = { reasons: ['light' as const, 'clothes' as const], remark: '请换深色上衣' };
      const card = cardOf({ state, rejection });
      expect(card.reasons.map(({ title }) => title)).toEqual(['光线不合适', '衣服不合适']);
      expect(card.remark).toBe('老师留言：请换深色上衣');
    },
  );

  it('a rejection after the deadline: leads to the reasons and to the telephone, not to the camera', () => {
    const rejected = { state: 'rejected', rejection: { reasons: ['light'], remark: '' } } as const;
    const card = cardOf(rejected, LATE);
    expect(card).toMatchObject({ state: '已截止', button: '看老师写的原因' });
    expect(card.next).toContain('打电话');
    expect(card.reasons).toHaveLength(1);
  });

  it.each([
    ['bound', null, '打电话问'],
    ['shot', aPhotoView(), '看原因，打电话问'],
  ] as const)('%s with no attempt left: asks for no photo, but to call', (state, latestPhoto, button) => {
    const card = cardOf({ state, latestPhoto, attemptsLeft: 0 });
    expect(card).toMatchObject({ state: '次数已用完', tone: 'attention', button });
    expect(card.next).toContain('打电话');
    expect(`${card.next}${card.button}`).not.toMatch(/去拍照|再拍一张就好|重新拍/);
  });

  it('a picture that waits for its yes needs no attempt, and no other one is promised without', () => {
    const card = cardOf({ state: 'developed', attemptsLeft: 0 });
    expect(card.state).toBe('待你确认');
    expect(card.next).toContain('满意就确认');
    expect(card.next).not.toContain('可以重拍');
  });

  it.each(['confirmed', 'accepted', 'exported', 'delivered'] as const)(
    '%s: nothing is left to do, so no deadline is told, neither before nor after it',
    (state) => {
      for (const now of [NOON, LATE]) expect(cardOf({ state }, now).time).toBe('');
    },
  );

  it('offers to go on with a photo that is not sent yet', () => {
    const overview = anOverview({ submissions: [aSubmissionView()] });
    const [card] = toView(aState({ overview, sending: [SUBMISSION_ID] })).cards;
    expect(card).toMatchObject({ button: '继续上传', next: '照片还没有传完。' });
  });

  it('turns to the telephone when the deadline has passed', () => {
    const overview = anOverview({ submissions: [aSubmissionView({ state: 'bound' })] });
    const [card] = toView(aState({ overview, now: LATE })).cards;
    expect(card).toMatchObject({ state: '已截止', button: '打电话问', buttonIcon: 'phone' });
  });

  it('marks the last two days', () => {
    const overview = anOverview({ submissions: [aSubmissionView()] });
    const urgent = (now: string) => toView(aState({ overview, now: at(now) })).cards[0]!.urgent;
    expect(urgent('2027-02-27T12:00:00.000Z')).toBe(true);
    expect(urgent('2027-02-20T12:00:00.000Z')).toBe(false);
  });
});

describe('the reminder', () => {
  const submissions = [aSubmissionView({ state: 'developed' })];
  const reminder = { templateId: 'template-1', submissionId: SUBMISSION_ID, allowed: false };
  const offered = anOverview({ submissions, reminder });
  const shown = (changes: Partial<HomeState> = {}) =>
    toView(aState({ overview: offered, ...changes })).reminder;

  it('is offered below the card of who has not confirmed, with what one yes brings', () => {
    expect(shown()).toEqual({
      allowed: false,
      button: REMINDER_WORDS.ask,
      text: REMINDER_WORDS.promise,
    });
  });

  it('says that it is agreed, once it is', () => {
    const overview = anOverview({ submissions, reminder: { ...reminder, allowed: true } });
    expect(shown({ overview, answer: 'accepted' })).toMatchObject({
      allowed: true,
      text: REMINDER_WORDS.allowed,
    });
  });

  it('takes a no kindly and says how to change one’s mind', () => {
    for (const answer of ['declined', 'switched-off', 'unavailable'] as const) {
      expect(shown({ answer })).toMatchObject({ allowed: false, text: NOT_REMINDED_WORDS[answer] });
    }
  });

  it.each<[string, Partial<HomeState>]>([
    ['where the school sends none', { overview: anOverview({ submissions }) }],
    ['for a newcomer', { overview: anOverview({ reminder }) }],
    ['after the deadline', { now: LATE }],
    [
      'after the yes to the photo, also before the cloud was asked again',
      { overview: anOverview({ submissions: [aSubmissionView({ state: 'confirmed' })], reminder }) },
    ],
  ])('is not there %s', (_, state) => {
    expect(shown(state)).toBeNull();
  });

  describe('after the tap', () => {
    const answers = {
      'student.overview': offered,
      'student.allowReminder': { ...reminder, allowed: true },
    };
    let page: PageInTest;
    afterEach(() => {
      page.close();
    });

    it('asks WeChat first, in the tap itself, and keeps a yes', async () => {
      const asked: unknown[] = [];
      page = await openPage('home', {
        answers,
        wx: {
          requestSubscribeMessage: ({
            tmplIds,
            success,
          }: {
            tmplIds: string[];
            success: (a: object) => void;
          }) => {
            asked.push(tmplIds);
            success({ 'template-1': 'accept' });
          },
        },
      });
      const tapped = page.fire('onRemind');
      expect([asked, page.data['asking']]).toEqual([[['template-1']], true]);
      await tapped;
      expect(page.calls.at(-1)).toMatchObject({
        action: 'student.allowReminder',
        payload: { submissionId: SUBMISSION_ID },
      });
      expect(page.data).toMatchObject({ asking: false, reminder: { allowed: true }, failure: null });
    });

    it('tells the cloud nothing of a no', async () => {
      page = await openPage('home', {
        answers,
        wx: { requestSubscribeMessage: succeeding({ 'template-1': 'reject' }) },
      });
      await page.fire('onRemind');
      expect(page.calls.map(({ action }) => action)).toEqual(['student.overview']);
      expect(page.data).toMatchObject({
        asking: false,
        reminder: { allowed: false, text: NOT_REMINDED_WORDS.declined },
        failure: null,
      });
    });

    it('offers it again, with the reason, when the cloud refused', async () => {
      page = await openPage('home', {
        answers: { ...answers, 'student.allowReminder': new Refusal('BATCH_CLOSED') },
        wx: { requestSubscribeMessage: succeeding({ 'template-1': 'accept' }) },
      });
      await page.fire('onRemind');
      expect(page.data).toMatchObject({ asking: false, reminder: { allowed: false } });
      expect(page.data['failure']).not.toBeNull();
    });
  });
});

describe('the first page', () => {
  let page: PageInTest;
  afterEach(() => {
    page.close();
  });

  it('asks the cloud once', async () => {
    page = await openPage('home', { answers: { 'student.overview': anOverview() } });
    expect(page.calls.map(({ action }) => action)).toEqual(['student.overview']);
    expect(page.data).toMatchObject({ loading: false, canStart: true });
  });

  it('shows the last known state at once and keeps it without network', async () => {
    const stored = { 'overview.1': anOverview({ submissions: [aSubmissionView({ state: 'confirmed' })] }) };
    jest.useFakeTimers();
    const opening = openPage('home', { stored, answers: { 'student.overview': NO_NETWORK } });
    await jest.advanceTimersByTimeAsync(5_000);
    page = await opening;
    jest.useRealTimers();
    expect(page.data).toMatchObject({ cards: [{ state: '审核中' }], failure: null });
    expect(page.data['stale']).toMatchObject({ title: '没有连上网络' });
  });

  const withdrawn = anOverview({ submissions: [aSubmissionView({ state: 'withdrawn' })] });

  it.each<[string, unknown]>([
    ['with fresh news', withdrawn],
    ['with what it saw the last time', NO_NETWORK],
  ])('%s, offers another try of what was asked for, not only to look for news', async (_, news) => {
    const restarts: unknown[] = [NO_NETWORK, NO_NETWORK, NO_NETWORK];
    jest.useFakeTimers();
    const opening = openPage('home', {
      stored: { 'overview.1': withdrawn },
      answers: {
        'student.overview': news,
        'student.restart': () => restarts.shift() ?? aSubmissionView({ state: 'bound' }),
      },
    });
    await jest.advanceTimersByTimeAsync(5_000);
    page = await opening;
    const tapped = page.fire('onCard', { detail: { id: SUBMISSION_ID } });
    await jest.advanceTimersByTimeAsync(5_000);
    await tapped;
    jest.useRealTimers();
    expect(page.data).toMatchObject({ stale: null, failure: { title: '网络断开了', canRetry: true } });
    await page.fire('onRetry');
    expect(new Set(page.keysOf('student.restart')).size).toBe(1);
    expect(page.wx.opened[0]!.url).toBe('/pages/guide/guide?submission=submission-1');
  });

  it('shows a bug of the cloud with its number and the telephone', async () => {
    page = await openPage('home', { answers: { 'student.overview': new Refusal('INTERNAL') } });
    expect(page.data['failure']).toMatchObject({ reference: '编号 REQUEST1', canRetry: true });
  });

  it('after the deadline leads whoever was photographed at a station to the code, by the consent', async () => {
    const now = LATE;
    page = await openPage('home', {
      answers: { 'student.overview': anOverview({ now, consent: NO_CONSENT }) },
    });
    expect(page.data).toMatchObject({ canStart: false, canLookUp: true });
    await page.fire('onStart');
    expect(page.wx.opened).toEqual([{ how: 'navigateTo', url: '/pages/consent/consent' }]);
  });

  it('leads a newcomer to consent, and whoever has agreed to the code', async () => {
    page = await openPage('home', { answers: { 'student.overview': anOverview({ consent: NO_CONSENT }) } });
    await page.fire('onStart');
    expect(page.wx.opened).toEqual([{ how: 'navigateTo', url: '/pages/consent/consent' }]);
    page.close();
    page = await openPage('home', { answers: { 'student.overview': anOverview() } });
    await page.fire('onStart');
    expect(page.wx.opened).toEqual([{ how: 'navigateTo', url: '/pages/bind/bind' }]);
  });

  it.each([
    ['bound', 'guide'],
    ['developed', 'review'],
  ] as const)('starts a withdrawn submission again: %s, it goes to the %s', async (state, next) => {
    const withdrawn = aSubmissionView({ state: 'withdrawn' });
    page = await openPage('home', {
      answers: {
        'student.overview': anOverview({ submissions: [withdrawn] }),
        'student.restart': aSubmissionView({ state }),
      },
    });
    await page.fire('onCard', { detail: { id: SUBMISSION_ID } });
    expect(page.calls.at(-1)).toMatchObject({
      action: 'student.restart',
      payload: { submissionId: SUBMISSION_ID },
    });
    expect(page.wx.opened[0]!.url).toBe(`/pages/${next}/${next}?submission=submission-1`);
  });

  it('started again with no attempt left and no picture, it shows that only a call helps', async () => {
    page = await openPage('home', {
      answers: {
        'student.overview': anOverview({ submissions: [aSubmissionView({ state: 'withdrawn' })] }),
        'student.restart': aSubmissionView({ state: 'bound', attemptsLeft: 0 }),
      },
    });
    await page.fire('onCard', { detail: { id: SUBMISSION_ID } });
    expect(page.wx.opened).toEqual([]);
    expect(page.data).toMatchObject({ cards: [{ state: '次数已用完', button: '打电话问' }] });
  });

  it('leaves the page alone that was opened while a submission was being started again', async () => {
    const restarted = later();
    page = await openPage('home', {
      answers: {
        'student.overview': anOverview({ submissions: [aSubmissionView({ state: 'withdrawn' })] }),
        'student.restart': () => restarted.answer,
      },
    });
    const card = page.fire('onCard', { detail: { id: SUBMISSION_ID } });
    await page.fire('onHelp');
    await page.fire('onHide');
    restarted.comes(aSubmissionView({ state: 'bound' }));
    await card;
    expect(page.wx.opened.map(({ url }) => url)).toEqual(['/pages/help/help']);
  });

  it('asks whether to use a newer mini program that became ready while another page was open', async () => {
    const questions: string[] = [];
    let fetched: () => void = () => undefined;
    page = await openPage('home', {
      answers: { 'student.overview': anOverview() },
      wx: {
        getUpdateManager: () => ({ onUpdateReady: (listener: () => void) => (fetched = listener) }),
        showModal: ({ title }: { title: string }) => questions.push(title),
      },
      beforehand: async () => {
        (await import('../../miniprogram/services/offer-update')).watchForUpdate();
        fetched();
        Object.assign(globalThis, { getCurrentPages: () => [{ route: 'pages/home/home' }] });
      },
    });
    expect(questions).toEqual([UPDATE_WORDS.title]);
  });

  it('calls the telephone from a card whose deadline has passed', async () => {
    const numbers: string[] = [];
    const makePhoneCall = ({ phoneNumber }: { phoneNumber: string }) => numbers.push(phoneNumber);
    const over = aSubmissionView({ closesAt: at('2020-01-01T00:00:00.000Z') });
    page = await openPage('home', {
      answers: { 'student.overview': anOverview({ submissions: [over] }) },
      wx: { makePhoneCall },
    });
    await page.fire('onCard', { detail: { id: SUBMISSION_ID } });
    expect(numbers).toEqual(['05501234567']);
  });

  describe('with batches of several schools', () => {
    const other = aPublicBatch({
      id: 'batch-2' as BatchId,
      schoolName: '另一所大学',
      telephone: '021-99999999',
    });
    const open = (batches: Overview['batches'], submissions: Overview['submissions'] = []) =>
      openPage('home', { answers: { 'student.overview': anOverview({ batches, submissions }) } });

    it('names no school and no number before a 学籍 is bound, but each batch its own', async () => {
      page = await open([other, aPublicBatch()]);
      expect(page.wx.titles).toEqual([]);
      expect(await page.fire('onShareAppMessage')).toMatchObject({ title: SHARE_WORDS.title });
      expect(page.data).toMatchObject({
        callText: '',
        batches: [
          { callText: COMMON_WORDS.callNumber('021-99999999') },
          { callText: COMMON_WORDS.callNumber('0550-1234567') },
        ],
      });
    });

    it('is about one’s own school from then on', async () => {
      page = await open([other, aPublicBatch()], [aSubmissionView()]);
      expect(page.wx.titles).toEqual(['示例学院毕业照图像采集']);
      expect(page.data['callText']).toBe(COMMON_WORDS.callNumber('0550-1234567'));
    });

    it('calls one number that they share', async () => {
      page = await open([{ ...other, telephone: '0550-1234567' }, aPublicBatch()]);
      expect(page.data['callText']).toBe(COMMON_WORDS.callNumber('0550-1234567'));
    });
  });

  it('does again what was stopped: a submission that could not be started again', async () => {
    const restarts: unknown[] = [new Refusal('TEMPORARILY_UNAVAILABLE'), aSubmissionView({ state: 'bound' })];
    page = await openPage('home', {
      answers: {
        'student.overview': anOverview({ submissions: [aSubmissionView({ state: 'withdrawn' })] }),
        'student.restart': () => restarts.shift(),
      },
    });
    await page.fire('onCard', { detail: { id: SUBMISSION_ID } });
    expect(page.wx.opened).toEqual([]);
    await page.fire('onRetry');
    expect(page.wx.opened[0]!.url).toBe('/pages/guide/guide?submission=submission-1');
  });

  it('calls the school of the card, not the first one', async () => {
    const numbers: string[] = [];
    const over = at('2020-01-01T00:00:00.000Z');
    const other = aSubmissionView({
      id: 'submission-2' as SubmissionId,
      batch: aPublicBatch({ telephone: '021-000' }),
      closesAt: over,
    });
    page = await openPage('home', {
      answers: {
        'student.overview': anOverview({ submissions: [aSubmissionView({ closesAt: over }), other] }),
      },
      wx: { makePhoneCall: ({ phoneNumber }: { phoneNumber: string }) => numbers.push(phoneNumber) },
    });
    await page.fire('onCard', { detail: { id: 'submission-2' } });
    expect(numbers).toEqual(['021000']);
  });

  it('is titled with the school’s name once that is known', async () => {
    page = await openPage('home', { answers: { 'student.overview': anOverview() } });
    expect(page.wx.titles).toEqual(['示例学院毕业照图像采集']);
  });

  it('is shared with the school’s name and nobody’s data', async () => {
    page = await openPage('home', { answers: { 'student.overview': anOverview() } });
    expect(await page.fire('onShareAppMessage')).toEqual({
      title: '示例学院毕业照图像采集，用手机就能拍',
      path: '/pages/home/home',
      imageUrl: '/images/share.png',
    });
  });
});
