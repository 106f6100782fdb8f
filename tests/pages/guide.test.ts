import { COMMON_WORDS } from '../../miniprogram/copy/app-words';
import { type GuideState, toView, toggled } from '../../miniprogram/pages/guide/to-view';
import {
  DEFAULT_PHOTO_SETTINGS,
  KNOWN_BACKGROUNDS,
} from '../../miniprogram/shared/photo-standard/photo-standard';
import { PERSON_TICKS } from '../../miniprogram/shared/verdict/check-ids';
import { succeeding } from '../support/fake-wx';
import { NOON, SUBMISSION_ID, aPublicBatch, aSubmissionView, at } from '../support/view-builder';
import { NO_NETWORK, type PageInTest, openPage } from './support/open-page';

const aState = (changes: Partial<GuideState> = {}): GuideState => ({
  submissionId: SUBMISSION_ID,
  submission: aSubmissionView(),
  ticks: [],
  now: NOON,
  telephone: '',
  failure: null,
  ...changes,
});

describe('what the guide shows', () => {
  it('draws every rule right and wrong', () => {
    for (const card of toView(aState()).cards) {
      expect(card.pictures.map(({ kind }) => kind)).toEqual(['right', 'wrong']);
      for (const { label } of card.pictures) expect(label).toMatch(/^插图：/);
    }
  });

  it('follows the batch’s rule about glasses', () => {
    const titles = (glasses: 'allowed' | 'forbidden') => {
      const batch = aPublicBatch({ photoSettings: { ...DEFAULT_PHOTO_SETTINGS, glasses } });
      return toView(aState({ submission: aSubmissionView({ batch }) })).cards.map(({ title }) => title);
    };
    expect(titles('allowed')).toContain('眼镜不反光');
    expect(titles('forbidden')).toContain('摘下眼镜');
  });

  it.each([
    ['the reference blue', KNOWN_BACKGROUNDS.referenceBlue, '不穿浅蓝：和底色太近', '浅蓝'],
    ['the deeper blue', KNOWN_BACKGROUNDS.operatorBlue, '不穿天蓝、牛仔蓝：和底色太近', '天蓝、牛仔蓝'],
    ['white', KNOWN_BACKGROUNDS.white, '不穿白色、浅灰：和底色太近', '白色、浅灰'],
    ['light grey', KNOWN_BACKGROUNDS.lightGrey, '不穿白色、浅灰：和底色太近', '白色、浅灰'],
    ['another colour', { red: 200, green: 30, blue: 30 }, '不穿和底色相近的颜色', '和底色相近的颜色'],
  ])('warns of clothes in the colour of the background: %s', (_, background, line, colours) => {
    const batch = aPublicBatch({ photoSettings: { ...DEFAULT_PHOTO_SETTINGS, background } });
    const { cards, ticks } = toView(aState({ submission: aSubmissionView({ batch }) }));
    expect(cards.find(({ id }) => id === 'clothes')?.lines[0]).toBe(line);
    expect(ticks.find(({ id }) => id === 'no-hood')?.remark).toBe(`深色有领上衣最好，不穿条纹、${colours}`);
  });

  it('asks for every tick that only a person can give, none in advance', () => {
    const view = toView(aState());
    expect(view.ticks.map(({ id }) => id)).toEqual([...PERSON_TICKS]);
    expect(view.ticks.some(({ checked }) => checked)).toBe(false);
    expect(toView(aState({ ticks: PERSON_TICKS })).allTicked).toBe(true);
  });

  it('lets nobody shoot after the deadline or the last attempt', () => {
    expect(toView(aState()).canShoot).toBe(true);
    expect(toView(aState({ now: at('2027-03-05T00:00:00.000Z') }))).toMatchObject({
      canShoot: false,
      closed: true,
    });
    const none = toView(aState({ submission: aSubmissionView({ attemptsLeft: 0 }) }));
    expect(none).toMatchObject({ canShoot: false, attempts: '拍照次数已用完，请打电话' });
  });

  it('offers the telephone where only a person helps', () => {
    const telephone = '021-000';
    const call = COMMON_WORDS.callNumber(telephone);
    const none = aSubmissionView({ attemptsLeft: 0 });
    expect(toView(aState({ telephone })).callText).toBe('');
    expect(toView(aState({ telephone, submission: none })).callText).toBe(call);
    expect(toView(aState({ telephone, now: at('2027-03-05T00:00:00.000Z') })).callText).toBe(call);
    expect(toView(aState({ submission: none })).callText).toBe('');
  });

  it.each(['rejected', 'shot', 'developed'] as const)(
    '%s: what the reviewer asked for can be read until another photo is confirmed',
    (state) => {
      const rejection = { reasons: ['clothes' as const], remark: '领子翻好' };
      const view = toView(aState({ submission: aSubmissionView({ state, rejection }) }));
      expect(view.reasons.map(({ title }) => title)).toEqual(['衣服不合适']);
      expect(view.remark).toBe('老师留言：领子翻好');
    },
  );

  it('toggles a tick and keeps the kernel’s order', () => {
    expect(toggled(['live-photo'], 'no-headwear')).toEqual(['no-headwear', 'live-photo']);
    expect(toggled(['no-headwear', 'live-photo'], 'no-headwear')).toEqual(['live-photo']);
  });
});

describe('the guide', () => {
  let page: PageInTest;
  const open = (wx: Record<string, unknown> = {}, stored: Record<string, unknown> = {}) =>
    openPage('guide', {
      query: { submission: SUBMISSION_ID },
      answers: {
        'student.submission': aSubmissionView({ closesAt: at('2099-01-01T00:00:00.000Z') }),
        'photo.warm': { ready: true },
      },
      wx,
      stored,
    });
  afterEach(() => {
    page.close();
  });

  it('wakes the photo function while the person reads', async () => {
    page = await open();
    expect(page.calls.map(({ action }) => action)).toContain('photo.warm');
  });

  it('remembers the ticks for the photo and opens the camera', async () => {
    page = await open();
    await page.fire('onAll');
    await page.fire('onShoot');
    expect(page.wx.stored.get(`ticks.${SUBMISSION_ID}`)).toEqual([...PERSON_TICKS]);
    expect(page.wx.opened).toEqual([
      { how: 'redirectTo', url: `/pages/shoot/shoot?submission=${SUBMISSION_ID}` },
    ]);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('asks once when something is unticked; going on: %s', async (confirm, pages) => {
    page = await open({ showModal: succeeding({ confirm }) });
    await page.fire('onTick', { dataset: { tick: 'live-photo' } });
    await page.fire('onShoot');
    expect(page.wx.opened).toHaveLength(pages);
  });

  it('knows the ticks of the last time', async () => {
    page = await open({}, { [`ticks.${SUBMISSION_ID}`]: ['no-hood', 'live-photo'] });
    const ticks = page.data['ticks'] as { id: string; checked: boolean }[];
    expect(ticks.filter(({ checked }) => checked).map(({ id }) => id)).toEqual(['no-hood', 'live-photo']);
  });

  it('tries again without network', async () => {
    jest.useFakeTimers();
    let answer: unknown = NO_NETWORK;
    const opening = openPage('guide', {
      query: { submission: SUBMISSION_ID },
      answers: { 'student.submission': () => answer, 'photo.warm': { ready: true } },
    });
    await jest.advanceTimersByTimeAsync(5_000);
    page = await opening;
    jest.useRealTimers();
    expect(page.data).toMatchObject({ canShoot: false, failure: { canRetry: true } });
    answer = aSubmissionView({ closesAt: at('2099-01-01T00:00:00.000Z') });
    await page.fire('load');
    expect(page.data).toMatchObject({ canShoot: true, failure: null });
  });

  it.each(['confirmed', 'accepted', 'exported', 'delivered', 'withdrawn'] as const)(
    'leads on when the submission is %s meanwhile: no photo is taken for nothing',
    async (state) => {
      const submission = aSubmissionView({ state, closesAt: at('2099-01-01T00:00:00.000Z') });
      page = await openPage('guide', {
        query: { submission: SUBMISSION_ID },
        answers: { 'student.submission': submission, 'photo.warm': { ready: true } },
      });
      expect(page.wx.opened).toEqual([
        { how: 'redirectTo', url: `/pages/done/done?submission=${SUBMISSION_ID}` },
      ]);
    },
  );

  it('goes to the first page when it was opened without a submission', async () => {
    page = await openPage('guide', { answers: { 'photo.warm': { ready: true } } });
    expect(page.wx.opened).toEqual([{ how: 'reLaunch', url: '/pages/home/home' }]);
  });
});
