/** Station mode's camera page: a photo that was not sent is never out of reach, and one student leaves once. */
import {
  DEFAULT_PHOTO_SETTINGS,
  KNOWN_BACKGROUNDS,
} from '../../miniprogram/shared/photo-standard/photo-standard';
import { type SubmissionState } from '../../miniprogram/shared/submission/submission-machine';
import { PERSON_TICKS } from '../../miniprogram/shared/verdict/check-ids';
import { failing, measuring, succeeding } from '../support/fake-wx';
import { aSeat, aStationResolution } from '../support/staff-view-builder';
import { NOON, SUBMISSION_ID, aPhotoView, aPublicBatch, aSubmissionView } from '../support/view-builder';
import { type PageInTest, Refusal, later, openPage } from './support/open-page';

const LINK = { url: 'https://x/picture', expiresAt: NOON };
const ANSWER = {
  photo: aPhotoView(),
  submission: aSubmissionView({ state: 'developed' }),
  originalLink: LINK,
  standardLink: LINK,
};
const JOB = {
  submissionId: SUBMISSION_ID,
  path: 'wxfile://usr/station-1.jpg',
  extension: 'jpg',
  ticks: ['live-photo'],
  takenAt: NOON,
  submitKey: 'submit-key-1',
  ticketKey: 'ticket-key-1',
  losses: 0,
  stage: { name: 'uploaded', uploadId: 'upload-1', fileId: 'cloud://e.b/p.jpg' },
};
const UNSENT = { [`upload.${SUBMISSION_ID}`]: JOB };

let page: PageInTest;
let removed: string[];
let questions: { readonly title: string; readonly confirmText: string }[];
let agrees: boolean;

async function open(
  answers: Record<string, unknown>,
  stored: Record<string, unknown> = {},
  wx: Record<string, unknown> = {},
  seat = aSeat(),
) {
  removed = [];
  questions = [];
  agrees = true;
  page = await openPage('station-shoot', {
    folder: 'operator',
    answers: { 'operator.stationLeave': {}, ...answers },
    stored,
    beforehand: async () => {
      const { takeSeat } = await import('../../miniprogram/operator/services/seat-store');
      takeSeat({ seat, student: aStationResolution().student, payloadBase64: 'AAEC' });
    },
    wx: {
      getFileSystemManager: () => ({
        copyFile: succeeding(),
        unlink: ({ filePath, success }: { filePath: string; success: () => void }) => {
          removed.push(filePath);
          success();
        },
      }),
      showModal: (options: {
        title: string;
        confirmText: string;
        success: (answer: { confirm: boolean }) => void;
      }) => {
        questions.push(options);
        options.success({ confirm: agrees });
      },
      requirePrivacyAuthorize: succeeding(),
      getSetting: succeeding({ authSetting: { 'scope.camera': true } }),
      createCameraContext: () => ({
        takePhoto: succeeding({ tempImagePath: 'tmp/photo.jpg' }),
        onCameraFrame: () => ({ start: () => undefined, stop: () => undefined }),
      }),
      createSelectorQuery: measuring((answer) => {
        answer({ width: 360, height: 520 });
      }),
      getImageInfo: succeeding({ width: 1500, height: 2000, type: 'jpeg', orientation: 'up' }),
      ...wx,
    },
  });
}

afterEach(() => {
  page.close();
});

describe('a student whose photo was not sent the last time', () => {
  it('sits down again, and that photo is sent before another one is taken', async () => {
    await open({ 'photo.submit': ANSWER }, UNSENT);
    expect(page.calls).toMatchObject([{ action: 'photo.submit', requestKey: 'submit-key-1' }]);
    expect(page.data).toMatchObject({ phase: 'result', headline: { title: '照片合格' } });
  });

  it('begins with the ticks when nothing waits', async () => {
    await open({});
    expect(page.data).toMatchObject({ phase: 'ticks', failure: null });
  });

  it('warns of clothes in the colour of the batch’s background', async () => {
    const photoSettings = { ...DEFAULT_PHOTO_SETTINGS, background: KNOWN_BACKGROUNDS.white };
    const submission = aSubmissionView({ batch: aPublicBatch({ photoSettings }) });
    await open({}, {}, {}, aSeat({ submission }));
    const ticks = page.data['ticks'] as readonly { readonly remark: string }[];
    expect(ticks[PERSON_TICKS.indexOf('no-hood')]?.remark).toContain('不穿条纹、白色、浅灰');
  });
});

describe('the camera of the station', () => {
  it('says that it is being opened, and opens also where asking for its permission never answers', async () => {
    await open({}, {}, { getSetting: () => undefined });
    jest.useFakeTimers();
    const opening = page.fire('openCamera');
    expect(page.data).toMatchObject({ phase: 'camera', cameraOn: false, opening: true });
    await jest.advanceTimersByTimeAsync(1_500);
    await opening;
    jest.useRealTimers();
    expect(page.data).toMatchObject({ cameraOn: true, opening: true, failure: null });
    await page.fire('onCameraReady');
    expect(page.data).toMatchObject({ opening: false, canShoot: true });
  });
});

describe('the student’s yes', () => {
  it('is not tried again with a tail that was corrected: a wrong one costs a try', async () => {
    const confirmed: unknown[] = [new Refusal('TEMPORARILY_UNAVAILABLE'), {}];
    await open({ 'photo.submit': ANSWER, 'operator.stationConfirm': () => confirmed.shift() }, UNSENT);
    await page.fire('onTail', { detail: { value: '1234' } });
    await page.fire('onConfirm');
    await page.fire('onTail', { detail: { value: '002x' } });
    expect(page.data).toMatchObject({ idTail: '002X', failure: null });
    await page.fire('onRetry');
    await page.fire('onConfirm');
    const sent = page.calls.filter(({ action }) => action === 'operator.stationConfirm');
    expect(sent).toMatchObject([{ payload: { idTail: '1234' } }, { payload: { idTail: '002X' } }]);
  });
});

describe('the last attempt', () => {
  const NONE = '拍照次数已经用完。还需要再拍，请联系学校或采集单位。';
  const shot = (state: SubmissionState, attemptsLeft: number | null, standardLink: typeof LINK | null) =>
    open(
      {
        'photo.submit': { ...ANSWER, standardLink, submission: aSubmissionView({ state, attemptsLeft }) },
      },
      UNSENT,
    );

  it.each([
    ['developed', LINK, `请学生看看成品，满意就确认。${NONE}`],
    ['shot', null, NONE],
  ] as const)('%s: no other photo is offered, and it is said whom to ask', async (state, link, next) => {
    await shot(state, 0, link);
    expect(page.data).toMatchObject({ phase: 'result', canRetake: false, headline: { next } });
  });

  it.each([1, null])('with %j left another photo is offered', async (left) => {
    await shot('developed', left, LINK);
    expect(page.data).toMatchObject({
      canRetake: true,
      headline: { next: expect.stringContaining('重拍') as string },
    });
  });

  it('that is spent before the student sits down: the camera is not offered', async () => {
    await open({}, {}, {}, aSeat({ submission: aSubmissionView({ state: 'shot', attemptsLeft: 0 }) }));
    expect(page.data).toMatchObject({
      ended: { title: '拍照次数已经用完', next: '还需要再拍，请联系学校或采集单位。' },
    });
  });
});

describe('a photo that arrives too late', () => {
  it.each(['SUBMISSION_STATE', 'ALREADY_CONFIRMED'] as const)(
    'is said not to be used, and no other one is asked for: %s',
    async (code) => {
      await open({ 'photo.submit': new Refusal(code) }, UNSENT);
      expect(page.data).toMatchObject({
        phase: 'over',
        failure: null,
        ended: { title: '刚拍的这张没有使用', next: expect.stringContaining('重新扫') as string },
      });
      await page.fire('onNext');
      expect(page.wx.opened).toMatchObject([{ how: 'navigateBack' }]);
    },
  );

  it('is taken again where only its picture was refused', async () => {
    await open({ 'photo.submit': new Refusal('IMAGE_DAMAGED') }, UNSENT);
    expect(page.data).toMatchObject({ phase: 'ticks', ended: null, failure: expect.any(Object) as object });
  });
});

describe('a photo that cannot be sent now', () => {
  const shelved = () => page.wx.stored.get(`upload.${SUBMISSION_ID}`) as { path: string } | undefined;

  beforeEach(async () => {
    jest.useFakeTimers();
    await open({ 'operator.stationUpload': new Refusal('TEMPORARILY_UNAVAILABLE') });
    await page.fire('openCamera');
    await page.fire('onCameraReady');
    void page.fire('onShutter');
    await jest.advanceTimersByTimeAsync(0);
    expect(page.data).toMatchObject({ phase: 'sending', waiting: true });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is kept when the teacher would rather wait', async () => {
    agrees = false;
    await page.fire('onNext');
    expect(questions).toMatchObject([{ title: '照片还没有传上去' }]);
    expect(questions[0]!.confirmText.length).toBeLessThanOrEqual(4);
    expect(removed).toEqual([]);
    expect(shelved()).toBeDefined();
    expect(page.wx.opened).toEqual([]);
  });

  it('leaves the phone with the student after a yes', async () => {
    const path = shelved()?.path;
    await page.fire('onNext');
    expect(removed).toEqual([path]);
    expect(shelved()).toBeUndefined();
    expect(page.wx.opened).toMatchObject([{ how: 'navigateBack' }]);
  });
});

describe('the next student', () => {
  it('is asked for once, however often the button is tapped', async () => {
    const left = later();
    await open({ 'operator.stationLeave': () => left.answer });
    const taps = [page.fire('onNext'), page.fire('onNext')];
    left.comes({});
    await Promise.all(taps);
    expect(questions).toEqual([]);
    expect(page.wx.opened).toMatchObject([{ how: 'navigateBack' }]);
  });

  it('is not brought by an answer that comes after the back arrow', async () => {
    const left = later();
    await open({ 'operator.stationLeave': () => left.answer });
    const tap = page.fire('onNext');
    await page.fire('onUnload');
    left.comes({});
    await tap;
    expect(page.wx.opened).toEqual([]);
  });

  it('waits for a photo that is still being prepared: none may stay behind on the phone', async () => {
    const prepared = later();
    const getImageInfo = (options: { success: (info: unknown) => void }) =>
      void prepared.answer.then(options.success);
    jest.useFakeTimers();
    await open({ 'operator.stationUpload': new Refusal('TEMPORARILY_UNAVAILABLE') }, {}, { getImageInfo });
    await page.fire('openCamera');
    await page.fire('onCameraReady');
    const shot = page.fire('onShutter');
    await page.fire('onNext');
    expect(page.wx.opened).toEqual([]);
    prepared.comes({ width: 1500, height: 2000, type: 'jpeg', orientation: 'up' });
    await jest.advanceTimersByTimeAsync(0);
    await page.fire('onNext');
    await shot;
    jest.useRealTimers();
    expect(questions).toMatchObject([{ title: '照片还没有传上去' }]);
    expect(removed).toHaveLength(1);
    expect(page.wx.opened).toMatchObject([{ how: 'navigateBack' }]);
  });
});

describe('the station’s camera', () => {
  it('takes no photo behind the reason why the last one failed, and puts a new camera in', async () => {
    await open({}, {}, { getImageInfo: failing('getImageInfo:fail decode error') });
    await page.fire('openCamera');
    await page.fire('onCameraReady');
    await page.fire('onShutter');
    expect(page.data).toMatchObject({
      phase: 'camera',
      canShoot: false,
      openText: '再试一次',
      failure: { title: '刚才那张没有存好' },
    });
    await page.fire('openCamera');
    await page.fire('onCameraReady');
    expect(page.data).toMatchObject({ canShoot: true, failure: null });
  });

  it('is not ready when it was taken away while it started', async () => {
    await open({});
    await page.fire('openCamera');
    const ready = page.fire('onCameraReady');
    await page.fire('onHide');
    await page.fire('onShow');
    await ready;
    expect(page.data).toMatchObject({ cameraOn: true, canShoot: false });
  });
});
