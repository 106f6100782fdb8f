import { COMMON_WORDS } from '../../miniprogram/copy/app-words';
import { CONSENT_WORDS } from '../../miniprogram/copy/consent-words';
import { type DoneState, toView, withdrawQuestion } from '../../miniprogram/pages/done/to-view';
import { type SubmissionView } from '../../miniprogram/shared/contract/submission-view';
import { SUBMISSION_STATES } from '../../miniprogram/shared/submission/submission-machine';
import { failing, succeeding } from '../support/fake-wx';
import {
  CONSENT_GIVEN,
  NOON,
  SUBMISSION_ID,
  aPhotoView,
  aSubmissionView,
  anOverview,
  at,
} from '../support/view-builder';
import { type PageInTest, Refusal, openPage } from './support/open-page';

const CONSENT_TAKEN_BACK = { ...CONSENT_GIVEN, givenAt: null, facePhotoGivenAt: null };
const LATER = at('2027-01-11T04:00:00.000Z');
const confirmed = (changes: Partial<SubmissionView> = {}): SubmissionView =>
  aSubmissionView({
    state: 'confirmed',
    latestPhoto: aPhotoView(),
    developedPhoto: aPhotoView(),
    timeline: [
      { state: 'bound', at: NOON },
      { state: 'developed', at: NOON },
      { state: 'confirmed', at: LATER },
    ],
    ...changes,
  });
const aState = (submission: SubmissionView | null): DoneState => ({
  submissionId: SUBMISSION_ID,
  submission,
  consent: CONSENT_GIVEN,
  picture: null,
  pictureFailed: false,
  saving: false,
  saved: false,
  working: false,
  unused: false,
  now: NOON,
  telephone: '',
  failure: null,
});

describe('what the last page shows', () => {
  it.each(SUBMISSION_STATES)('%s: where the photo stands, in words', (state) => {
    const view = toView(aState(confirmed({ state })));
    expect(view.state?.title.length).toBeGreaterThan(1);
    // There is always a way on: something to do here, or the way back.
    expect([view.canSave, view.canRetake, view.canRestart, view.toReview]).toContain(true);
  });

  it('the past with times, the present marked, the future without', () => {
    const { entries } = toView(aState(confirmed()));
    expect(entries.map(({ place }) => place)).toEqual(['past', 'past', 'now', 'later', 'later', 'later']);
    expect(entries[2]).toMatchObject({ title: '你确认了照片，已提交审核', time: '2027年1月11日 12:00' });
    expect(entries[5]!.time).toBe('');
  });

  it('promises the review only while it is still to come', () => {
    const nextIn = (state: SubmissionView['state']) => toView(aState(confirmed({ state }))).next.join('');
    expect(nextIn('confirmed')).toMatch(/^老师审核后/);
    for (const state of ['accepted', 'exported', 'delivered'] as const) {
      expect(nextIn(state)).not.toContain('老师审核后');
      expect(nextIn(state)).toContain('图像校对');
    }
  });

  it('with the agreement taken back it stays back: no promise, and the way to agree again', () => {
    const consent = CONSENT_TAKEN_BACK;
    for (const state of ['confirmed', 'accepted'] as const) {
      const view = toView({ ...aState(confirmed({ state })), consent });
      expect(view).toMatchObject({ heldBack: true, state: { next: CONSENT_WORDS.heldBackNext }, next: [] });
    }
    expect(toView({ ...aState(confirmed({ state: 'exported' })), consent }).heldBack).toBe(false);
  });

  it('can be taken back only while it is under review', () => {
    expect(toView(aState(confirmed())).canWithdraw).toBe(true);
    for (const state of ['accepted', 'exported', 'delivered', 'withdrawn'] as const) {
      expect(toView(aState(confirmed({ state }))).canWithdraw).toBe(false);
    }
  });

  it('says why another photo is wanted and leads there', () => {
    const rejection = { reasons: ['blurred' as const], remark: '有点糊' };
    const view = toView(aState(confirmed({ state: 'rejected', rejection })));
    expect(view).toMatchObject({ canRetake: true, canSave: false, remark: '老师留言：有点糊' });
    expect(view.reasons[0]!.next).toContain('拿稳');
  });

  it('a photo that was taken back can be taken again until the deadline, then only a person helps', () => {
    const state = { ...aState(confirmed({ state: 'withdrawn' })), telephone: '021-000' };
    expect(toView(state)).toMatchObject({ canRestart: true, callText: '' });
    const late = toView({ ...state, now: at('2027-03-05T00:00:00.000Z') });
    expect(late).toMatchObject({ canRestart: false, callText: COMMON_WORDS.callNumber('021-000') });
    expect(late.state?.next).toContain('采集已经截止');
    expect(late.state?.next).not.toContain('重新开始');
  });

  it('after the deadline a rejected photo leads to the telephone', () => {
    const state = { ...aState(confirmed({ state: 'rejected' })), telephone: '021-000' };
    expect(toView(state).callText).toBe('');
    const late = toView({ ...state, now: at('2027-03-05T00:00:00.000Z') });
    expect(late).toMatchObject({ canRetake: false, callText: COMMON_WORDS.callNumber('021-000') });
  });

  it.each(['bound', 'shot', 'developed', 'rejected', 'withdrawn'] as const)(
    '%s after the deadline: says that it has passed, and asks for nothing that is no longer possible',
    (state) => {
      const rejection = state === 'rejected' ? { reasons: ['light' as const], remark: '' } : null;
      const late = { ...aState(confirmed({ state, rejection })), now: at('2027-03-05T00:00:00.000Z') };
      const view = toView(late);
      expect(view.state?.next).toContain('请尽快打电话');
      expect(view.state?.next).not.toMatch(/再拍一张|去确认|就可以拍照/);
      // The reasons still stand below.
      expect(view.reasons.length > 0).toBe(state === 'rejected');
    },
  );
});

describe('the last page', () => {
  let page: PageInTest;
  const LINK = { url: 'https://x/standard.jpg', expiresAt: '2099-01-01T00:00:00.000Z' };
  let albumFails: string | null;
  const open = (answers: Record<string, unknown> = {}, wx: Record<string, unknown> = {}) => {
    albumFails = null;
    return openPage('done', {
      query: { submission: SUBMISSION_ID },
      answers: { 'student.submission': confirmed(), 'student.downloadLink': LINK, ...answers },
      wx: {
        downloadFile: succeeding({ statusCode: 200 }),
        getFileSystemManager: () => ({ unlink: succeeding() }),
        saveImageToPhotosAlbum: (options: Parameters<ReturnType<typeof succeeding>>[0]) =>
          (albumFails === null ? succeeding() : failing(albumFails))(options),
        showToast: () => undefined,
        showModal: succeeding({ confirm: true }),
        ...wx,
      },
    });
  };
  afterEach(() => {
    page.close();
  });

  it.each([
    ['confirmed', '下面是已经确认的那一张'],
    ['withdrawn', '照片的状态已经变了'],
  ] as const)('says why a photo that was just taken is not the one it shows: %s', async (state, next) => {
    page = await openPage('done', {
      query: { submission: SUBMISSION_ID, unused: '1' },
      answers: { 'student.submission': confirmed({ state }), 'student.downloadLink': LINK },
    });
    expect(page.data['unused']).toMatchObject({
      title: '刚拍的这张没有使用',
      next: expect.stringContaining(next) as string,
    });
  });

  it('says nothing of the kind to whoever confirmed', async () => {
    page = await open();
    expect(page.data['unused']).toBeNull();
  });

  it('knows when the agreement was given again on the page above', async () => {
    page = await openPage('done', {
      query: { submission: SUBMISSION_ID },
      answers: { 'student.submission': confirmed(), 'student.downloadLink': LINK },
      stored: { 'overview.1': anOverview({ consent: CONSENT_TAKEN_BACK }) },
    });
    expect(page.data).toMatchObject({ heldBack: true });
    const { rememberConsent } = await import('../../miniprogram/services/overview-store');
    rememberConsent(CONSENT_GIVEN);
    await page.fire('onShow');
    expect(page.data).toMatchObject({ heldBack: false });
  });

  it.each([
    ['onWithdraw', 'student.withdraw', 'withdrawn', 0],
    ['onRestart', 'student.restart', 'bound', 1],
  ] as const)('does again what was stopped: %s, under the same key', async (tap, action, state, opened) => {
    const changes: unknown[] = [new Refusal('TEMPORARILY_UNAVAILABLE'), confirmed({ state })];
    page = await open({ [action]: () => changes.shift() });
    await page.fire(tap);
    expect(page.data).toMatchObject({ working: false, failure: { canRetry: true } });
    await page.fire('onRetry');
    const sent = page.calls.filter((call) => call.action === action);
    expect(sent[1]).toEqual(sent[0]);
    expect(page.data['failure']).toBeNull();
    expect(page.wx.opened).toHaveLength(opened);
  });

  const linksAsked = () => page.calls.filter(({ action }) => action === 'student.downloadLink').length;

  it('shows the picture again after a long pause, and asks once for one that does not appear', async () => {
    let until = '2000-01-01T00:00:00.000Z';
    page = await open({ 'student.downloadLink': () => ({ url: `https://x/${until}`, expiresAt: until }) });
    // Opened and shown: the address that had run out was renewed.
    expect(linksAsked()).toBe(2);
    until = '2099-01-01T00:00:00.000Z';
    await page.fire('onPictureError');
    expect(linksAsked()).toBe(3);
    expect(page.data).toMatchObject({ picture: `https://x/${until}`, pictureMissing: '' });
    // Fresh, and still nothing appears: only a tap asks again.
    await page.fire('onPictureError');
    expect(linksAsked()).toBe(3);
    expect(page.data).toMatchObject({ picture: '' });
    expect(page.data['pictureMissing']).toContain('再试');
    await page.fire('onPictureAgain');
    expect(page.data).toMatchObject({ picture: `https://x/${until}`, pictureMissing: '' });
    await page.fire('onShow');
    expect(linksAsked()).toBe(4);
  });

  it.each(['onShow', 'onPictureError'])('renewed by itself, it takes no panel away: %s', async (renewing) => {
    const states: unknown[] = [new Refusal('TEMPORARILY_UNAVAILABLE'), confirmed({ state: 'withdrawn' })];
    page = await open({
      'student.downloadLink': { ...LINK, expiresAt: '2000-01-01T00:00:00.000Z' },
      'student.withdraw': () => states.shift(),
    });
    await page.fire('onWithdraw');
    const before = linksAsked();
    await page.fire(renewing);
    expect(linksAsked()).toBe(before + 1);
    expect(page.data['failure']).toMatchObject({ canRetry: true });
    await page.fire('onRetry');
    expect(page.keysOf('student.withdraw')).toHaveLength(2);
  });

  it('renewed by itself and in vain, it is asked for by a tap', async () => {
    let answer: unknown = { ...LINK, expiresAt: '2000-01-01T00:00:00.000Z' };
    page = await open({ 'student.downloadLink': () => answer });
    answer = new Refusal('TEMPORARILY_UNAVAILABLE');
    await page.fire('onShow');
    expect(page.data['pictureMissing']).toContain('再试');
  });

  it('saves the finished picture under a fresh address', async () => {
    page = await open();
    await page.fire('onSave');
    expect(page.data).toMatchObject({ saved: true, saving: false, failure: null });
    expect(linksAsked()).toBe(2);
  });

  it('leads back after a refused album permission', async () => {
    page = await open(
      {},
      {
        openSetting: succeeding({ authSetting: { 'scope.writePhotosAlbum': true } }),
      },
    );
    albumFails = 'saveImageToPhotosAlbum:fail auth deny';
    await page.fire('onSave');
    expect(page.data).toMatchObject({ saved: false, failure: { needsSettings: true } });
    albumFails = null;
    await page.fire('onSettings');
    expect(page.data).toMatchObject({ saved: true, failure: null });
  });

  it('does not call an expired address a saved picture', async () => {
    page = await open({}, { downloadFile: succeeding({ statusCode: 403 }) });
    await page.fire('onSave');
    expect(page.data).toMatchObject({ saved: false, failure: { canRetry: true } });
  });

  it('withdraws after one question', async () => {
    const untilLater = { closesAt: at('2099-01-01T00:00:00.000Z') };
    page = await open({
      'student.submission': confirmed(untilLater),
      'student.withdraw': confirmed({ state: 'withdrawn', ...untilLater }),
    });
    await page.fire('onWithdraw');
    expect(page.data).toMatchObject({ canRestart: true, canSave: false });
  });

  it.each([
    ['2099-01-01T00:00:00.000Z', '截止前可以再确认它，也可以另拍一张'],
    // It closed while the page was open: the time of the tap counts.
    ['2027-02-28T16:00:00.000Z', '撤回后不能再拍'],
  ])('says before the withdrawal what it costs when the batch closes at %s', async (closesAt, cost) => {
    const asked: string[] = [];
    jest.useFakeTimers({ now: Date.parse('2027-01-10T04:00:00.000Z') });
    page = await open(
      { 'student.submission': confirmed({ closesAt: at(closesAt) }) },
      {
        showModal: (options: { content: string; success: (answer: unknown) => void }) => {
          asked.push(options.content);
          options.success({ confirm: false });
        },
      },
    );
    jest.setSystemTime(Date.parse('2027-03-05T00:00:00.000Z'));
    await page.fire('onWithdraw');
    jest.useRealTimers();
    expect(asked).toEqual([expect.stringContaining(cost)]);
    expect(page.calls.map(({ action }) => action)).not.toContain('student.withdraw');
  });

  it('never promises another photo to whom no attempt is left', () => {
    const until = { closesAt: at('2099-01-01T00:00:00.000Z') };
    const { text } = withdrawQuestion(confirmed({ ...until, attemptsLeft: 0 }), NOON);
    expect(text).toContain('拍照次数已用完，不能另拍');
    expect(withdrawQuestion(confirmed({ ...until, attemptsLeft: 1 }), NOON).text).toContain('另拍一张');
  });

  it('explains a withdrawal that came too late', async () => {
    page = await open({ 'student.withdraw': new Refusal('SUBMISSION_STATE') });
    await page.fire('onWithdraw');
    expect(page.data).toMatchObject({
      working: false,
      canSave: true,
      failure: { title: '现在不需要做这一步' },
    });
  });

  it.each([
    ['bound', 'guide'],
    // The picture that was taken back waits for its yes again.
    ['developed', 'review'],
  ] as const)('begun again after a withdrawal and %s, it leads to the %s', async (state, next) => {
    page = await open({
      'student.submission': confirmed({ state: 'withdrawn', closesAt: at('2099-01-01T00:00:00.000Z') }),
      'student.restart': aSubmissionView({ state }),
    });
    await page.fire('onRestart');
    expect(page.wx.opened.at(-1)?.url).toBe(`/pages/${next}/${next}?submission=${SUBMISSION_ID}`);
  });
});
