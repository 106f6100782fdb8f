import { type ConsentState, toView } from '../../miniprogram/pages/consent/to-view';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { CONSENT_GIVEN, NO_CONSENT, aSubmissionView, anOverview } from '../support/view-builder';
import { NO_NETWORK, type PageInTest, Refusal, openPage } from './support/open-page';

const STATE: ConsentState = {
  general: false,
  facePhoto: false,
  asked: true,
  refused: false,
  busy: false,
  renewed: false,
  given: false,
  telephone: '',
  failure: null,
};

describe('what the consent page asks for', () => {
  it('asks for each agreement by its own name', () => {
    expect(toView(STATE).missing).toContain('第一项');
    expect(toView({ ...STATE, general: true }).missing).toContain('第二项');
    expect(toView({ ...STATE, general: true, facePhoto: true }).missing).toBe('');
    expect(toView({ ...STATE, asked: false }).missing).toBe('');
  });

  it('says what a refusal means and what else can be done', () => {
    const { refused } = toView({ ...STATE, refused: true });
    // Also true for whoever agreed to an earlier wording: what was stored then is still there.
    expect(refused?.next).toMatch(/^没有你的同意，不会再保存新的内容。/);
    expect(refused?.next).toMatch(/现场拍照.*从首页再进来/);
  });
});

describe('the consent page', () => {
  let page: PageInTest;
  const tick = (handler: string, checked = true) => page.fire(handler, { detail: { checked } });
  afterEach(() => {
    page.close();
  });

  it('ticks nothing in advance and sends nothing without both ticks', async () => {
    page = await openPage('consent');
    expect(page.data).toMatchObject({ general: false, facePhoto: false });
    await tick('onGeneral');
    await page.fire('onAgree');
    expect(page.calls).toEqual([]);
    expect(page.data['missing']).toContain('第二项');
  });

  it('sends both agreements with the version that was read, and goes on to the code', async () => {
    page = await openPage('consent', { answers: { 'student.consent': CONSENT_GIVEN } });
    await tick('onGeneral');
    await tick('onFacePhoto');
    await page.fire('onAgree');
    expect(page.calls).toMatchObject([
      { action: 'student.consent', payload: { version: CONSENT_VERSION, facePhoto: true } },
    ]);
    expect(page.wx.opened).toEqual([{ how: 'redirectTo', url: '/pages/bind/bind' }]);
  });

  it('says that the wording has changed to whoever agreed to an older one', async () => {
    const consent = { ...CONSENT_GIVEN, version: '2020-01' };
    page = await openPage('consent', { stored: { 'overview.1': anOverview({ consent }) } });
    expect(page.data).toMatchObject({ renewed: true, given: false });
  });

  it('tells a phone whose wording is another than the cloud’s, older or newer, to enter anew in a while', async () => {
    const answer = new Refusal('INVALID_REQUEST', { path: 'payload.version' });
    page = await openPage('consent', { answers: { 'student.consent': answer } });
    await tick('onGeneral');
    await tick('onFacePhoto');
    await page.fire('onAgree');
    expect(page.wx.opened).toEqual([]);
    expect((page.data['failure'] as { next: string }).next).toMatch(/请过几分钟，.*重新进入小程序/);
  });

  it('goes back to whoever has bound a code already', async () => {
    const overview = anOverview({ consent: NO_CONSENT, submissions: [aSubmissionView()] });
    page = await openPage('consent', {
      answers: { 'student.consent': CONSENT_GIVEN },
      stored: { 'overview.1': overview },
    });
    await tick('onGeneral');
    await tick('onFacePhoto');
    await page.fire('onAgree');
    expect(page.wx.opened[0]!.how).toBe('navigateBack');
    expect(page.wx.stored.get('overview.1')).toMatchObject({ consent: CONSENT_GIVEN });
  });

  it('can be refused, and takes nothing with it', async () => {
    page = await openPage('consent');
    await page.fire('onRefuse');
    expect(page.calls).toEqual([]);
    expect(page.data['refused']).toMatchObject({ title: '没关系，随时可以再来' });
  });

  it('says that the wording was renewed', async () => {
    const overview = anOverview({ consent: { ...CONSENT_GIVEN, version: '2020-01' } });
    page = await openPage('consent', { stored: { 'overview.1': overview } });
    expect(page.data).toMatchObject({ renewed: true, given: false });
  });

  it('is only read again by whoever has agreed', async () => {
    page = await openPage('consent', { stored: { 'overview.1': anOverview() } });
    expect(page.data).toMatchObject({ given: true, renewed: false });
  });

  it.each([
    ['took a tick away', (): Promise<unknown> => tick('onFacePhoto', false)],
    ['refused', () => page.fire('onRefuse')],
  ])('records no agreement of whoever %s after a broken one', async (_, change) => {
    page = await openPage('consent', {
      answers: { 'student.consent': new Refusal('TEMPORARILY_UNAVAILABLE') },
    });
    await tick('onGeneral');
    await tick('onFacePhoto');
    await page.fire('onAgree');
    await change();
    expect(page.data['failure']).toBeNull();
    await page.fire('onRetry');
    expect(page.keysOf('student.consent')).toHaveLength(1);
  });

  it.each([
    [NO_NETWORK, '网络断开了'],
    [new Refusal('TEMPORARILY_UNAVAILABLE'), '服务暂时繁忙'],
  ])('keeps the ticks when the cloud cannot be reached', async (answer, title) => {
    jest.useFakeTimers();
    page = await openPage('consent', { answers: { 'student.consent': answer } });
    await tick('onGeneral');
    await tick('onFacePhoto');
    const agreeing = page.fire('onAgree');
    await jest.advanceTimersByTimeAsync(5_000);
    await agreeing;
    jest.useRealTimers();
    expect(page.data).toMatchObject({
      general: true,
      facePhoto: true,
      busy: false,
      failure: { title, canRetry: true },
    });
  });
});
