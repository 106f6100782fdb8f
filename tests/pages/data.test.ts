import { CONSENT_WORDS } from '../../miniprogram/copy/consent-words';
import { DATA_WORDS } from '../../miniprogram/copy/data-words';
import { joined } from '../../miniprogram/copy/pieces';
import { toView } from '../../miniprogram/pages/data/to-view';
import { type Overview } from '../../miniprogram/shared/contract/student';
import { allows, CONFIRMED_STATES } from '../../miniprogram/shared/submission/submission-machine';
import {
  CONSENT_GIVEN,
  NO_CONSENT,
  SUBMISSION_ID,
  aSubmissionView,
  anOverview,
} from '../support/view-builder';
import { type PageInTest, Refusal, openPage } from './support/open-page';

const OVERVIEW = anOverview({ submissions: [aSubmissionView()] });
const STORED = { consents: 2, submissions: [{ id: SUBMISSION_ID, photos: 3, deletable: true }] };

describe('what the data page shows', () => {
  it('everything by kind, with names that one recognises', () => {
    const view = toView({ stored: STORED, overview: OVERVIEW, busy: null, telephone: '', failure: null });
    expect(view.consents.map(({ value }) => value)).toEqual([
      '2 条，收回也算',
      '2027年1月10日 12:00 同意',
      '已单独同意使用人脸照片',
    ]);
    expect(view.submissions).toEqual([
      {
        id: SUBMISSION_ID,
        name: joined('示例学院', '高起本', '2022****01'),
        photos: '3 张照片（含原图和成品）',
        deletable: true,
      },
    ]);
  });

  it('for a confirmed photo the way to a deletion: back before the review, by a call after it', () => {
    expect(DATA_WORDS.keep).toMatch(/还没有审核的.*撤回，再来删除；已经审核通过的，请打电话。$/);
    const inState = CONFIRMED_STATES.map((state) => [state, allows(state, 'withdraw')]);
    expect(inState.filter(([, offered]) => offered)).toEqual([['confirmed', true]]);
  });

  it('nothing, where nothing is stored', () => {
    const stored = { consents: 0, submissions: [] };
    const overview = anOverview({ consent: NO_CONSENT });
    const view = toView({ stored, overview, busy: null, telephone: '', failure: null });
    expect(view).toMatchObject({ nothing: true, canWithdraw: false, read: DATA_WORDS.read });
  });

  it('where the agreement was taken back, the way to give it again by its name', () => {
    const consent = { ...CONSENT_GIVEN, givenAt: null, facePhotoGivenAt: null };
    const read = (overview: Overview) =>
      toView({ stored: STORED, overview, busy: null, telephone: '', failure: null }).read;
    expect(read(anOverview({ consent }))).toBe(CONSENT_WORDS.again);
    expect(read(OVERVIEW)).toBe(DATA_WORDS.read);
  });
});

describe('the data page', () => {
  let page: PageInTest;
  let confirm: boolean;
  let asked: string;
  const open = (answers: Record<string, unknown> = {}) => {
    confirm = true;
    return openPage('data', {
      answers: { 'student.storedData': STORED, 'student.overview': OVERVIEW, ...answers },
      stored: { [`ticks.${SUBMISSION_ID}`]: ['live-photo'] },
      wx: {
        showToast: () => undefined,
        showModal: (options: { content: string; success: (result: unknown) => void }) => {
          asked = options.content;
          options.success({ confirm });
        },
      },
    });
  };
  afterEach(() => {
    page.close();
  });

  it('deletes after one question, on the phone too', async () => {
    page = await open({ 'student.deleteSubmission': { consents: 2, submissions: [] } });
    await page.fire('onDelete', { dataset: { id: SUBMISSION_ID } });
    expect(page.calls.map(({ action }) => action)).toContain('student.deleteSubmission');
    expect(page.data).toMatchObject({ nothing: true, busy: null });
    expect(page.wx.stored.has(`ticks.${SUBMISSION_ID}`)).toBe(false);
  });

  it('forgets the deleted name on the phone even if the next answer never comes', async () => {
    let calls = 0;
    page = await open({
      'student.deleteSubmission': { consents: 2, submissions: [] },
      'student.overview': () => (calls++ === 0 ? OVERVIEW : new Refusal('INTERNAL')),
    });
    expect(JSON.stringify(page.wx.stored.get('overview.1'))).toContain('张*');
    await page.fire('onDelete', { dataset: { id: SUBMISSION_ID } });
    expect(page.wx.stored.get('overview.1')).toMatchObject({ submissions: [] });
  });

  it.each([
    ['onDelete', 'student.deleteSubmission', { consents: 2, submissions: [] }],
    ['onWithdrawConsent', 'student.withdrawConsent', CONSENT_GIVEN],
  ] as const)(
    'does again what was stopped: %s, under the same key, without asking',
    async (tap, action, done) => {
      const answers: unknown[] = [new Refusal('TEMPORARILY_UNAVAILABLE'), done];
      page = await open({ [action]: () => answers.shift() });
      await page.fire(tap, { dataset: { id: SUBMISSION_ID } });
      asked = '';
      await page.fire('onRetry');
      const sent = page.calls.filter((call) => call.action === action);
      expect(sent[1]).toEqual(sent[0]);
      expect([asked, page.data['failure']]).toEqual(['', null]);
    },
  );

  it.each([
    ['done after all', { consents: 2, submissions: [] }],
    ['not found, because it was done', new Refusal('NOT_FOUND')],
  ])('deletes on the phone too where the answer was lost and the second tap is %s', async (_, second) => {
    const answers: unknown[] = [new Refusal('TEMPORARILY_UNAVAILABLE'), second];
    page = await open({ 'student.deleteSubmission': () => answers.shift() });
    await page.fire('onDelete', { dataset: { id: SUBMISSION_ID } });
    expect(page.wx.stored.has(`ticks.${SUBMISSION_ID}`)).toBe(true);
    await page.fire('onDelete', { dataset: { id: SUBMISSION_ID } });
    const [lost, again] = page.keysOf('student.deleteSubmission');
    expect(again).toBe(lost);
    expect(page.wx.stored.has(`ticks.${SUBMISSION_ID}`)).toBe(false);
    expect(page.data).toMatchObject({ busy: null, failure: null });
  });

  it.each([
    ['no limit', { attemptsLeft: null }, /重新绑定、重新拍。$/],
    ['some attempts left', { attemptsLeft: 2 }, /重新绑定.*不会退回，还可以拍 2 次。$/],
    ['none left', { attemptsLeft: 0 }, /次数已用完，删除后就不能再拍/],
    [
      // The one that is left answers the rejection, which goes too.
      'one left that a reviewer asked for',
      { attemptsLeft: 1, state: 'rejected', rejection: { reasons: ['light'], remark: '' } },
      /不会退回，次数用完的，删除后就不能再拍。$/,
    ],
  ] as const)(
    'says before a deletion whose, and what can be done afterwards: %s',
    async (_, changes, words) => {
      page = await open({ 'student.overview': anOverview({ submissions: [aSubmissionView(changes)] }) });
      confirm = false;
      await page.fire('onDelete', { dataset: { id: SUBMISSION_ID } });
      expect(asked).toContain(joined('示例学院', '高起本', '2022****01'));
      expect(asked).toMatch(words);
    },
  );

  it('deletes nothing after a no', async () => {
    page = await open();
    confirm = false;
    await page.fire('onDelete', { dataset: { id: SUBMISSION_ID } });
    await page.fire('onWithdrawConsent');
    expect(page.calls.map(({ action }) => action).sort()).toEqual(['student.overview', 'student.storedData']);
  });

  it('says before the agreement is taken back what becomes of a confirmed photo', async () => {
    page = await open();
    confirm = false;
    await page.fire('onWithdrawConsent');
    expect(asked).toMatch(/已确认、还没有打包.*不会上交.*可能赶不上.*再次同意.*打好的包不会改变.*打电话/);
  });

  it('takes back the agreement', async () => {
    page = await open({
      'student.withdrawConsent': { ...CONSENT_GIVEN, givenAt: null, facePhotoGivenAt: null },
    });
    await page.fire('onWithdrawConsent');
    expect(page.data).toMatchObject({ canWithdraw: false });
    // Without an agreement the phone keeps neither name nor number.
    expect(page.wx.stored.get('overview.1')).toMatchObject({ consent: { givenAt: null }, submissions: [] });
  });
});
