import { COMMON_WORDS } from '../../miniprogram/copy/app-words';
import { type ReviewState, toView } from '../../miniprogram/pages/review/to-view';
import { type SubmissionView } from '../../miniprogram/shared/contract/submission-view';
import { type PhotoId } from '../../miniprogram/shared/identity/ids';
import { succeeding } from '../support/fake-wx';
import {
  NOON,
  PHOTO_ID,
  SUBMISSION_ID,
  aFullVerdict,
  aPhotoView,
  aPublicBatch,
  aSubmissionView,
  at,
} from '../support/view-builder';
import { type PageInTest, Refusal, later, openPage } from './support/open-page';

/** Longer than any batch is open. */
const YEAR_MS = 365 * 86_400_000;
const GOOD = aPhotoView();
const BAD = aPhotoView({
  id: 'photo-2' as PhotoId,
  verdict: aFullVerdict({ 'mouth-closed': 'blocked', wall: 'warned' }),
});

function developed(changes: Partial<SubmissionView> = {}): SubmissionView {
  return aSubmissionView({
    state: 'developed',
    latestPhoto: GOOD,
    developedPhoto: GOOD,
    ...changes,
  });
}

const aState = (changes: Partial<ReviewState> = {}): ReviewState => ({
  submissionId: SUBMISSION_ID,
  submission: developed(),
  running: null,
  sending: null,
  showing: 'latest',
  links: null,
  unused: false,
  confirming: false,
  unconfirmed: null,
  now: NOON,
  telephone: '',
  failure: null,
  ...changes,
});

describe('what the review page shows', () => {
  it('a good photo: finished beside original, confirm first, retake possible', () => {
    const links = { photoId: PHOTO_ID, original: 'https://x/original', standard: 'https://x/standard' };
    const view = toView(aState({ links }));
    expect(view.pictures.map(({ url }) => url)).toEqual(['https://x/original', 'https://x/standard']);
    expect(view).toMatchObject({
      tone: 'good',
      confirm: '满意，确认这张',
      canRetake: true,
      retakeFirst: false,
    });
  });

  it('a photo with remarks: both ways are open', () => {
    const warned = aPhotoView({ verdict: aFullVerdict({ wall: 'warned' }) });
    const view = toView(aState({ submission: developed({ latestPhoto: warned, developedPhoto: warned }) }));
    expect(view).toMatchObject({ tone: 'warn', confirm: '就用这张，去确认', canRetake: true });
    expect(view.lines[0]).toMatchObject({ id: 'wall', tone: 'warn' });
  });

  it('a blocked photo: value, range and remedy first, only a retake', () => {
    const submission = aSubmissionView({ state: 'shot', latestPhoto: BAD });
    const view = toView(aState({ submission }));
    expect(view).toMatchObject({ tone: 'bad', confirm: '', canRetake: true, retakeFirst: true });
    expect(view.lines[0]).toMatchObject({ id: 'mouth-closed', mark: '要调整' });
    expect(view.lines[0]!.measured).not.toBe('');
    expect(view.lines[0]!.allowed).not.toBe('');
  });

  it('a blocked retake: the earlier good photo can still be confirmed', () => {
    const submission = developed({ latestPhoto: BAD });
    const latest = toView(aState({ submission }));
    expect(latest).toMatchObject({ confirm: '', finished: false });
    expect(latest.earlier?.title).toContain('还在');
    const earlier = toView(aState({ submission, showing: 'developed' }));
    expect(earlier).toMatchObject({ confirm: '满意，确认这张', showingEarlier: true, earlier: null });
  });

  it('what the reviewer asked for stands beside every new photo, good or bad, until one is confirmed', () => {
    const rejection = { reasons: ['clothes' as const], remark: '领子翻好' };
    const blocked = aSubmissionView({ state: 'shot', latestPhoto: BAD, rejection });
    for (const submission of [blocked, developed({ rejection })]) {
      const view = toView(aState({ submission }));
      expect(view.reasons.map(({ title }) => title)).toEqual(['衣服不合适']);
      expect(view.remark).toBe('老师留言：领子翻好');
    }
    expect(toView(aState()).reasons).toEqual([]);
  });

  it('never shows one photo with the pictures of another', () => {
    const links = { photoId: 'photo-9' as PhotoId, original: 'https://x/other', standard: '' };
    expect(toView(aState({ links })).pictures.every(({ url }) => url === '')).toBe(true);
  });

  it('the attempts left, and no retake without any', () => {
    expect(toView(aState({ submission: developed({ attemptsLeft: 2 }) })).attempts).toBe('还可以拍 2 次');
    const none = toView(aState({ submission: developed({ attemptsLeft: 0 }), telephone: '021' }));
    expect(none).toMatchObject({ attempts: '拍照次数已用完', canRetake: false, confirm: '满意，确认这张' });
    expect(none.headline?.next).not.toContain('可以重拍');
    expect(none.canCall).toBe(true);
  });

  it('no attempt left and nothing to confirm: the words ask for no retake, a person can be called', () => {
    const submission = aSubmissionView({
      state: 'shot',
      latestPhoto: BAD,
      attemptsLeft: 0,
    });
    const view = toView(aState({ submission, telephone: '021' }));
    expect(view).toMatchObject({ exhausted: true, canCall: true, canRetake: false, confirm: '' });
    expect(view.headline?.next).not.toContain('再拍一张');
    // The earlier finished photo can still be confirmed.
    const withEarlier = toView(aState({ submission: developed({ latestPhoto: BAD, attemptsLeft: 0 }) }));
    expect(withEarlier.earlier?.next).not.toContain('再拍');
  });

  describe('blocked again and again', () => {
    const FIXED = aPhotoView({ verdict: aFullVerdict({ framing: 'blocked' }) });
    const blocked = aSubmissionView({ state: 'shot', latestPhoto: BAD });
    const stuck = { ...blocked, isStuck: true };
    const late = at('2100-01-01T00:00:00.000Z');

    it('by what the staff may let pass: says kindly whom to call, beside another try', () => {
      const view = toView(aState({ submission: stuck, telephone: '021' }));
      expect(view).toMatchObject({ canCall: true, canRetake: true, retakeFirst: true });
      expect(view.waiver?.next).toMatch(/身体原因.*打电话/);
    });

    it.each<[string, SubmissionView, Partial<ReviewState>]>([
      ['the first times', { ...blocked, isStuck: false }, {}],
      ['over functions that do not say', blocked, {}],
      ['by what no picture can do without alone', { ...stuck, latestPhoto: FIXED }, {}],
      ['with no number to call', stuck, { telephone: '' }],
      ['after the deadline', stuck, { now: late }],
    ])('promises nothing %s', (_, submission, state) => {
      expect(toView(aState({ submission, telephone: '021', ...state })).waiver).toBeNull();
    });
  });

  it('nothing to decide after the deadline', () => {
    const late = toView(aState({ now: at('2100-01-01T00:00:00.000Z') }));
    expect(late).toMatchObject({ closed: true, confirm: '', canRetake: false });
    expect(late.headline?.next).not.toContain('确认');
  });

  it('a photo that the cloud no longer takes: whom to call, and nothing that gives it up', () => {
    const refused = { kind: 'refused', code: 'BATCH_CLOSED', details: {}, requestId: 'r' } as const;
    const waiting = { path: 'wxfile://usr/p.jpg', progress: { phase: 'waiting', failure: refused } } as const;
    const view = toView(aState({ sending: waiting, telephone: '021-5' }));
    expect(view.sending).toMatchObject({
      title: '采集已经截止',
      canDiscard: false,
      callText: COMMON_WORDS.callNumber('021-5'),
    });
    // Offline over the deadline: the phone's own look at the time is enough.
    const offline = { phase: 'waiting', failure: { kind: 'problem', problem: 'offline' } } as const;
    const late = { now: at('2100-01-01T00:00:00.000Z'), telephone: '021-5' };
    const over = toView(aState({ sending: { path: waiting.path, progress: offline }, ...late }));
    expect(over).toMatchObject({ sending: { canDiscard: false }, closed: true, canCall: true });
  });

  it('a photo that waits on the phone: the earlier finished one can be looked at beside it', () => {
    const progress = { phase: 'waiting', failure: { kind: 'problem', problem: 'offline' } } as const;
    const sending = { path: 'wxfile://usr/p.jpg', progress };
    const late = at('2100-01-01T00:00:00.000Z');
    expect(toView(aState({ sending })).earlier?.next).not.toContain('确认');
    expect(toView(aState({ sending, now: late })).earlier).not.toBeNull();
    const earlier = toView(aState({ sending, now: late, showing: 'developed' }));
    expect(earlier).toMatchObject({ finished: true, showingEarlier: true, headline: null, confirm: '' });
    expect(earlier.pictures).toHaveLength(2);
    // Nothing finished yet: nothing to look at.
    const submission = aSubmissionView({ state: 'shot', latestPhoto: BAD });
    expect(toView(aState({ sending, submission })).earlier).toBeNull();
  });

  it('a photo on its way: how far it is, and that nothing is lost', () => {
    const sending = (progress: NonNullable<ReviewState['sending']>['progress']) =>
      toView(aState({ sending: { path: 'wxfile://usr/p.jpg', progress } }));
    expect(sending({ phase: 'uploading', percent: 40 }).sending).toMatchObject({
      percent: 40,
      percentText: '已上传 40%',
    });
    expect(sending({ phase: 'judging' }).sending?.percent).toBe(-1);
    const waiting = sending({ phase: 'waiting', failure: { kind: 'problem', problem: 'offline' } });
    expect(waiting.sending).toMatchObject({ waiting: true, title: '网络断开了，照片在手机里很安全' });
    expect(waiting).toMatchObject({ confirm: '', canRetake: false, headline: null });
  });
});

describe('the review page', () => {
  let page: PageInTest;
  const LINK = { url: 'https://x/picture', expiresAt: NOON };
  const JOB = {
    submissionId: SUBMISSION_ID,
    path: 'wxfile://usr/p.jpg',
    extension: 'jpg',
    ticks: ['live-photo'],
    takenAt: NOON,
    submitKey: 'submit-key-1',
    ticketKey: 'ticket-key-1',
    losses: 0,
    stage: { name: 'uploaded', uploadId: 'upload-1', fileId: 'cloud://e.b/p.jpg' },
  };
  const open = (answers: Record<string, unknown>, more: Partial<Parameters<typeof openPage>[1]> = {}) =>
    openPage('review', {
      query: { submission: SUBMISSION_ID },
      answers: { 'student.downloadLink': LINK, ...answers },
      ...more,
    });
  afterEach(() => {
    page.close();
  });

  it('shows what the cloud knows when nothing is on its way', async () => {
    page = await open({ 'student.submission': developed() });
    expect(page.data).toMatchObject({
      headline: { title: '照片合格' },
      pictures: [LINK, LINK].map(({ url }) => ({ url })),
    });
  });

  it('resumes a photo after a kill with the same key, and shows the answer without another call', async () => {
    const answer = { photo: GOOD, submission: developed(), originalLink: LINK, standardLink: LINK };
    page = await open(
      { 'photo.submit': answer },
      {
        stored: { [`upload.${SUBMISSION_ID}`]: JOB },
        wx: { getFileSystemManager: () => ({ unlink: succeeding() }) },
      },
    );
    expect(page.calls).toMatchObject([{ action: 'photo.submit', requestKey: 'submit-key-1' }]);
    expect(page.data).toMatchObject({ sending: null, headline: { title: '照片合格' } });
    expect(page.wx.stored.has(`upload.${SUBMISSION_ID}`)).toBe(false);
  });

  describe('with a photo that the cloud is judging', () => {
    const ANSWER = { photo: GOOD, submission: developed(), originalLink: LINK, standardLink: LINK };
    const NEWER = { ...JOB, path: 'wxfile://usr/newer.jpg', submitKey: 'submit-key-2' };
    let verdict: ReturnType<typeof later>;
    let submits: unknown[];
    let removed: string[];
    /** What the cloud says when it is asked. */
    let known: SubmissionView;

    beforeEach(async () => {
      jest.useFakeTimers();
      known = aSubmissionView();
      verdict = later();
      submits = [verdict.answer];
      removed = [];
      page = await open(
        {
          'student.submission': () => known,
          'photo.submit': () => submits.shift(),
        },
        {
          wx: {
            getFileSystemManager: () => ({
              unlink: ({ filePath, success }: { filePath: string; success: () => void }) => {
                removed.push(filePath);
                success();
              },
            }),
          },
        },
      );
      page.wx.stored.set(`upload.${SUBMISSION_ID}`, JOB);
    });
    afterEach(() => {
      jest.useRealTimers();
    });
    const settle = () => jest.advanceTimersByTimeAsync(0);

    it('left and opened again, it reaches the verdict', async () => {
      submits.push(new Refusal('CONFLICT', { retryAfterSeconds: 3 }), ANSWER);
      void page.fire('onShow');
      await settle();
      const again = page.again();
      await settle();
      verdict.comes(ANSWER);
      await jest.advanceTimersByTimeAsync(3_100);
      expect(again.data).toMatchObject({ sending: null, headline: { title: '照片合格' } });
      expect(removed).toEqual([JOB.path]);
    });

    it('given up for a newer photo, its late verdict takes nothing of that one', async () => {
      submits = [new Refusal('TEMPORARILY_UNAVAILABLE'), verdict.answer];
      void page.fire('onShow');
      await settle();
      // A try that nobody asked for: the screen still says that it waits.
      await jest.advanceTimersByTimeAsync(3_100);
      expect(page.data).toMatchObject({ sending: { waiting: true } });
      page.wx.add({ showModal: succeeding({ confirm: true }) });
      await page.fire('onDiscard');
      await page.fire('onUnload');
      page.wx.stored.set(`upload.${SUBMISSION_ID}`, NEWER);
      verdict.comes(ANSWER);
      await settle();
      expect(removed).toEqual([JOB.path]);
      expect(page.wx.stored.get(`upload.${SUBMISSION_ID}`)).toEqual(NEWER);
    });

    it('is given up only after a question, and not when it has arrived meanwhile', async () => {
      submits = [new Refusal('TEMPORARILY_UNAVAILABLE'), ANSWER];
      const questions: ((result: unknown) => void)[] = [];
      page.wx.add({
        showModal: ({ success }: { success: (result: unknown) => void }) => questions.push(success),
      });
      const sending = page.fire('onShow');
      await settle();
      const discarding = page.fire('onDiscard');
      await page.fire('onResend');
      await sending;
      questions[0]!({ confirm: true });
      await discarding;
      expect(questions).toHaveLength(1);
      expect(page.data).toMatchObject({ sending: null, headline: { title: '照片合格' } });
      expect(page.wx.opened).toEqual([]);
    });

    it('is not given up by a page that was left while it asked', async () => {
      submits = [new Refusal('TEMPORARILY_UNAVAILABLE')];
      let answer: (result: unknown) => void = () => undefined;
      page.wx.add({
        showModal: ({ success }: { success: (result: unknown) => void }) => {
          answer = success;
        },
      });
      void page.fire('onShow');
      await settle();
      const discarding = page.fire('onDiscard');
      await page.fire('onUnload');
      answer({ confirm: true });
      await discarding;
      expect(page.wx.stored.get(`upload.${SUBMISSION_ID}`)).toEqual(JOB);
      expect(removed).toEqual([]);
    });

    it('is not given up once the deadline has passed, also while the page stood open', async () => {
      submits = [new Refusal('TEMPORARILY_UNAVAILABLE'), verdict.answer];
      void page.fire('onShow');
      await settle();
      expect(page.data).toMatchObject({ sending: { canDiscard: true } });
      jest.setSystemTime(Date.now() + YEAR_MS);
      await page.fire('onDiscard');
      expect(page.data).toMatchObject({ sending: { canDiscard: false }, closed: true });
      expect(page.wx.stored.get(`upload.${SUBMISSION_ID}`)).toEqual(JOB);
      expect(removed).toEqual([]);
    });

    it('refused, its button calls the number that it shows: the refusal’s own', async () => {
      submits = [new Refusal('BATCH_CLOSED', { telephone: '0551-2222222' })];
      const called: string[] = [];
      page.wx.add({
        makePhoneCall: ({ phoneNumber }: { phoneNumber: string }) => {
          called.push(phoneNumber);
        },
      });
      void page.fire('onShow');
      await settle();
      await page.fire('onCall');
      expect(page.data).toMatchObject({ sending: { callText: COMMON_WORDS.callNumber('0551-2222222') } });
      expect(called).toEqual(['05512222222']);
    });

    it('refused because another one was confirmed before it arrived, it leads on and says so', async () => {
      submits = [new Refusal('SUBMISSION_STATE')];
      known = developed({ state: 'confirmed' });
      await page.fire('onShow');
      expect(page.wx.opened).toEqual([
        { how: 'redirectTo', url: `/pages/done/done?submission=${SUBMISSION_ID}&unused=1` },
      ]);
    });

    it('discarded somewhere else, it shows what the cloud knows', async () => {
      submits = [new Refusal('TEMPORARILY_UNAVAILABLE')];
      const sending = page.fire('onShow');
      await settle();
      page.wx.stored.delete(`upload.${SUBMISSION_ID}`);
      await page.fire('onResend');
      await sending;
      expect(page.data).toMatchObject({ sending: null, empty: true, canRetake: true });
    });
  });

  it('asks once more before the final yes', async () => {
    const questions: { title: string; confirmText: string }[] = [];
    page = await open(
      { 'student.submission': developed(), 'student.confirm': developed({ state: 'confirmed' }) },
      {
        wx: {
          showModal: (options: {
            title: string;
            confirmText: string;
            success: (result: unknown) => void;
          }) => {
            questions.push(options);
            options.success({ confirm: questions.length > 1 });
          },
        },
      },
    );
    await page.fire('onConfirm');
    expect(page.calls.map(({ action }) => action)).not.toContain('student.confirm');
    await page.fire('onConfirm');
    expect(page.calls.at(-1)).toMatchObject({ payload: { submissionId: SUBMISSION_ID, photoId: PHOTO_ID } });
    expect(page.wx.opened).toEqual([
      { how: 'redirectTo', url: `/pages/done/done?submission=${SUBMISSION_ID}` },
    ]);
    // WeChat refuses longer button texts.
    expect(questions[0]!.confirmText.length).toBeLessThanOrEqual(4);
  });

  it.each([
    ['NOTHING_TO_CONFIRM', '还没有可以确认的照片'],
    ['BATCH_CLOSED', '采集已经截止'],
  ] as const)('a confirmation refused by %s is explained and changes nothing', async (code, title) => {
    page = await open(
      { 'student.submission': developed(), 'student.confirm': new Refusal(code) },
      { wx: { showModal: succeeding({ confirm: true }) } },
    );
    await page.fire('onConfirm');
    expect(page.data).toMatchObject({ confirming: false, failure: { title } });
    expect(page.wx.opened).toEqual([]);
  });

  it('another try after a broken yes confirms the photo, under the same key', async () => {
    const confirms: unknown[] = [new Refusal('TEMPORARILY_UNAVAILABLE'), developed({ state: 'confirmed' })];
    page = await open(
      { 'student.submission': developed(), 'student.confirm': () => confirms.shift() },
      { wx: { showModal: succeeding({ confirm: true }) } },
    );
    await page.fire('onConfirm');
    expect(page.data).toMatchObject({
      failure: { title: '确认还没有完成', next: expect.stringContaining('服务暂时繁忙') as string },
    });
    await page.fire('onRetry');
    const sent = page.calls.filter(({ action }) => action === 'student.confirm');
    expect(sent[1]).toEqual(sent[0]);
    expect(page.wx.opened).toEqual([
      { how: 'redirectTo', url: `/pages/done/done?submission=${SUBMISSION_ID}` },
    ]);
  });

  it('refused because the batch was closed early, it stops offering what is over', async () => {
    const over = { opensAt: at('2019-01-01T00:00:00.000Z'), closesAt: at('2020-01-01T00:00:00.000Z') };
    const known = [developed(), developed({ batch: aPublicBatch(over), closesAt: over.closesAt })];
    page = await open(
      { 'student.submission': () => known.shift(), 'student.confirm': new Refusal('BATCH_CLOSED') },
      { wx: { showModal: succeeding({ confirm: true }) } },
    );
    await page.fire('onConfirm');
    expect(page.data).toMatchObject({
      confirm: '',
      canRetake: false,
      closed: true,
      failure: { title: '采集已经截止' },
    });
  });

  it.each([
    ['to the guide where this phone has not asked for the ticks yet', {}, 'guide'],
    ['to the camera where it has', { [`ticks.${SUBMISSION_ID}`]: ['live-photo'] }, 'shoot'],
  ])('leads to another photo %s', async (_way, stored, name) => {
    page = await open({ 'student.submission': developed() }, { stored });
    await page.fire('onRetake');
    expect(page.wx.opened).toEqual([
      { how: 'redirectTo', url: `/pages/${name}/${name}?submission=${SUBMISSION_ID}` },
    ]);
  });

  it('leads to no camera once the deadline has passed, also while the page stood open', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'] });
    page = await open({ 'student.submission': developed() });
    expect(page.data).toMatchObject({ canRetake: true });
    jest.setSystemTime(Date.now() + YEAR_MS);
    await page.fire('onRetake');
    jest.useRealTimers();
    expect(page.wx.opened).toEqual([]);
    expect(page.data).toMatchObject({ canRetake: false, closed: true });
  });

  it('shows the newer photo that took the place of the one to confirm, and says so', async () => {
    const newer = aPhotoView({ id: 'photo-3' as PhotoId });
    const known = [developed(), developed({ latestPhoto: newer, developedPhoto: newer })];
    page = await open(
      {
        'student.submission': () => known.shift(),
        'student.confirm': new Refusal('PHOTO_SUPERSEDED'),
        'student.downloadLink': (payload: unknown) => ({
          url: `https://x/${(payload as { photoId: string }).photoId}`,
          expiresAt: NOON,
        }),
      },
      { wx: { showModal: succeeding({ confirm: true }) } },
    );
    await page.fire('onConfirm');
    expect(page.data).toMatchObject({
      confirming: false,
      pictures: [{ url: 'https://x/photo-3' }, { url: 'https://x/photo-3' }],
      confirm: '满意，确认这张',
      failure: { title: '后来又拍了新的照片', next: '已经换成最新的那张，请看一看再确认。' },
    });
    expect(page.wx.opened).toEqual([]);
  });

  it('a photo that was confirmed meanwhile leads on instead of asking again', async () => {
    let state: SubmissionView['state'] = 'developed';
    page = await open(
      {
        'student.submission': () => developed({ state }),
        'student.confirm': () => {
          state = 'confirmed';
          return new Refusal('ALREADY_CONFIRMED');
        },
      },
      { wx: { showModal: succeeding({ confirm: true }) } },
    );
    await page.fire('onConfirm');
    expect(page.wx.opened).toEqual([
      { how: 'redirectTo', url: `/pages/done/done?submission=${SUBMISSION_ID}` },
    ]);
  });

  it.each(['confirmed', 'accepted', 'exported', 'delivered', 'withdrawn'] as const)(
    'opened for a submission that is %s, it leads to where that stands',
    async (state) => {
      page = await open({ 'student.submission': developed({ state }) });
      expect(page.wx.opened).toEqual([
        { how: 'redirectTo', url: `/pages/done/done?submission=${SUBMISSION_ID}` },
      ]);
    },
  );

  it('opens one question however often the button is tapped', async () => {
    const answers: ((result: unknown) => void)[] = [];
    page = await open(
      { 'student.submission': developed(), 'student.confirm': developed({ state: 'confirmed' }) },
      {
        wx: {
          showModal: ({ success }: { success: (result: unknown) => void }) => answers.push(success),
        },
      },
    );
    const taps = [page.fire('onConfirm'), page.fire('onConfirm')];
    expect(answers).toHaveLength(1);
    answers[0]!({ confirm: false });
    await Promise.all(taps);
  });

  it('shows a refused upload with its reason and the way to another photo', async () => {
    page = await open(
      {
        'photo.submit': new Refusal('IMAGE_DAMAGED'),
        'student.submission': aSubmissionView(),
      },
      {
        stored: { [`upload.${SUBMISSION_ID}`]: JOB },
        wx: { getFileSystemManager: () => ({ unlink: succeeding() }) },
      },
    );
    expect(page.data).toMatchObject({ sending: null, canRetake: true, failure: { title: '图片没有传完整' } });
  });
});
