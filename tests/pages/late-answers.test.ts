/** An answer that comes late takes nobody away from the page to which they have gone meanwhile. */
import {
  SUBMISSION_ID,
  aPhotoView,
  aResolution,
  aSubmissionView,
  anOverview,
  at,
} from '../support/view-builder';
import { CONSENT_GIVEN, NO_CONSENT } from '../support/view-builder';
import { BATCH_ID, aMe, aSeat, aStationResolution, anOperatorBatch } from '../support/staff-view-builder';
import { succeeding } from '../support/fake-wx';
import { type PageInTest, later, openPage } from './support/open-page';

const OPEN_UNTIL = at('2099-01-01T00:00:00.000Z');
const GOOD = aPhotoView();
const DEVELOPED = aSubmissionView({
  state: 'developed',
  latestPhoto: GOOD,
  developedPhoto: GOOD,
  closesAt: OPEN_UNTIL,
});
const CONFIRMED = { ...DEVELOPED, state: 'confirmed' as const };
const QUERY = { submission: SUBMISSION_ID };
const type = (page: PageInTest, field: string, value: string) =>
  page.fire('onField', { dataset: { field }, detail: { value } });

interface Way {
  /** Brings the page to the step whose answer will be late. */
  readonly open: (answers: Record<string, unknown>) => Promise<PageInTest>;
  readonly handler: string;
  readonly action: string;
  /** Before the late one. */
  readonly first?: unknown;
  readonly answer: unknown;
}

const WAYS: Record<string, Way> = {
  'the guide, when the photo was confirmed elsewhere': {
    open: (answers) => openPage('guide', { query: QUERY, answers: { 'photo.warm': {}, ...answers } }),
    handler: 'load',
    action: 'student.submission',
    first: aSubmissionView({ closesAt: OPEN_UNTIL }),
    answer: CONFIRMED,
  },
  'the code, once it is bound': {
    open: async (answers) => {
      const page = await openPage('bind', {
        answers: { 'student.resolveCode': aResolution(), ...answers },
        wx: { scanCode: succeeding({ result: 'AB12' }) },
      });
      await page.fire('onScan');
      await page.fire('onTail', { detail: { value: '002X' } });
      return page;
    },
    handler: 'onYes',
    action: 'student.bind',
    answer: aSubmissionView(),
  },
  'the consent, once it is given': {
    open: async (answers) => {
      const page = await openPage('consent', {
        answers,
        stored: { 'overview.1': anOverview({ consent: NO_CONSENT }) },
      });
      await page.fire('onGeneral', { detail: { checked: true } });
      await page.fire('onFacePhoto', { detail: { checked: true } });
      return page;
    },
    handler: 'onAgree',
    action: 'student.consent',
    answer: CONSENT_GIVEN,
  },
  'the result, when the photo was confirmed elsewhere': {
    open: (answers) =>
      openPage('review', { query: QUERY, answers: { 'student.downloadLink': LINK, ...answers } }),
    handler: 'load',
    action: 'student.submission',
    first: DEVELOPED,
    answer: CONFIRMED,
  },
  'the result, once it is confirmed': {
    open: (answers) =>
      openPage('review', {
        query: QUERY,
        answers: { 'student.downloadLink': LINK, 'student.submission': DEVELOPED, ...answers },
        wx: { showModal: succeeding({ confirm: true }) },
      }),
    handler: 'onConfirm',
    action: 'student.confirm',
    answer: CONFIRMED,
  },
  'the withdrawn photo, once it is started again': {
    open: (answers) =>
      openPage('done', {
        query: QUERY,
        answers: {
          'student.downloadLink': LINK,
          'student.submission': { ...DEVELOPED, state: 'withdrawn' },
          ...answers,
        },
      }),
    handler: 'onRestart',
    action: 'student.restart',
    answer: aSubmissionView(),
  },
  'the deadline, once it is changed': {
    open: async (answers) => {
      const page = await openPage('deadline', {
        folder: 'operator',
        query: { batch: BATCH_ID },
        answers: { 'operator.batch': anOperatorBatch(), ...answers },
      });
      await page.fire('onDate', { detail: { value: '2027-03-31' } });
      await page.fire('onReason', { detail: { value: '有学生在外地' } });
      return page;
    },
    handler: 'onSave',
    action: 'operator.changeDeadline',
    answer: anOperatorBatch(),
  },
  'the batch, once it is changed': {
    open: async (answers) => {
      const page = await openPage('batch-edit', {
        folder: 'operator',
        query: { batch: BATCH_ID },
        answers: { 'operator.me': aMe('operator'), 'operator.batch': anOperatorBatch(), ...answers },
      });
      await type(page, 'notice', '请带身份证');
      return page;
    },
    handler: 'onSave',
    action: 'operator.updateBatch',
    answer: anOperatorBatch(),
  },
  'the station, once the student is seated': {
    open: async (answers) => {
      const page = await openPage('station', {
        folder: 'operator',
        answers: {
          'operator.stationSeats': { seats: [] },
          'operator.stationResolve': aStationResolution({ consentNeeded: false }),
          'photo.warm': {},
          ...answers,
        },
        wx: { scanCode: succeeding({ result: 'AB12' }) },
      });
      await page.fire('onScan');
      await page.fire('onTail', { detail: { value: '002X' } });
      return page;
    },
    handler: 'onYes',
    action: 'operator.stationSeat',
    answer: aSeat(),
  },
};
const LINK = { url: 'https://x/picture', expiresAt: OPEN_UNTIL };

describe.each(Object.entries(WAYS))('%s', (_name, { open, handler, action, first, answer }) => {
  let page: PageInTest;
  afterEach(() => {
    page.close();
  });

  async function answeredLate(leave: () => Promise<unknown>): Promise<void> {
    const late = later();
    let isLate = false;
    page = await open({ [action]: () => (isLate ? late.answer : first) });
    isLate = true;
    const step = page.fire(handler);
    await leave();
    late.comes(answer);
    await step;
  }

  it('leads on', async () => {
    await answeredLate(() => Promise.resolve());
    expect(page.wx.opened).toHaveLength(1);
  });

  it('leads nowhere once it is closed', async () => {
    await answeredLate(() => page.fire('onUnload'));
    expect(page.wx.opened).toEqual([]);
  });
});
