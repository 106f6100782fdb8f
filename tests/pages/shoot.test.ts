import { type ShootState, TIMER_SECONDS, nextTimer, toView } from '../../miniprogram/pages/shoot/to-view';
import { LIVE_HINTS } from '../../miniprogram/shared/framing/live-hint';
import { failing, measuring, succeeding } from '../support/fake-wx';
import { SUBMISSION_ID } from '../support/view-builder';
import { type PageInTest, openPage } from './support/open-page';

const STATE: ShootState = {
  cameraOn: true,
  submissionId: null,
  ready: true,
  side: 'back',
  timer: 0,
  running: null,
  countdown: null,
  taking: false,
  hint: null,
  view: { width: 360, height: 480 },
  settings: null,
  telephone: '',
  failure: null,
};

describe('what the camera page shows', () => {
  it.each(LIVE_HINTS)('one line for the hint %s', (hint) => {
    const view = toView({ ...STATE, hint });
    expect(view.hint.length).toBeGreaterThan(3);
    expect(view.hintReady).toBe(hint === 'ready');
  });

  it('no hint while it counts down or takes the photo', () => {
    expect(toView({ ...STATE, hint: 'ready', countdown: 2 }).hint).toBe('');
    expect(toView({ ...STATE, hint: 'ready', taking: true })).toMatchObject({ hint: '', canShoot: false });
  });

  it('explains why the camera is needed when it was refused', () => {
    const refused = toView({
      ...STATE,
      cameraOn: false,
      failure: { kind: 'problem', problem: 'camera-refused' },
    });
    expect(refused).toMatchObject({ explaining: true, failure: { needsSettings: true } });
    expect(refused.failure?.next).toContain('打开设置');
  });

  it.each([
    ['privacy-refused', '同意并打开相机'],
    ['camera-unavailable', '再试一次'],
    // The panel's own button leads on.
    ['camera-refused', ''],
    ['offline', ''],
  ] as const)('offers one way on after %s: %s', (problem, openText) => {
    const view = toView({ ...STATE, cameraOn: false, failure: { kind: 'problem', problem } });
    expect(view.openText).toBe(openText);
    if (problem === 'camera-unavailable') expect(view.failure?.next).toContain(openText);
  });

  it.each([
    ['picture-unreadable', '刚才那张没有存好'],
    ['camera-unavailable', '相机暂时打不开'],
  ] as const)('after a photo that failed by %s there is a button, and no blind shutter', (problem, title) => {
    const view = toView({ ...STATE, failure: { kind: 'problem', problem } });
    expect(view).toMatchObject({ openText: '再试一次', canShoot: false, failure: { title } });
    expect(view.failure?.next).toContain('再试一次');
    expect(view.failure?.next).not.toContain('换一张');
  });

  it('says that the camera is being opened until it has a picture to show', () => {
    const opening = (changes: Partial<ShootState>) => toView({ ...STATE, ...changes }).opening;
    expect(opening({ cameraOn: false, ready: false })).toBe(true);
    expect(opening({ ready: false })).toBe(true);
    expect(opening({})).toBe(false);
    const failure = { kind: 'problem', problem: 'camera-unavailable' } as const;
    expect(opening({ cameraOn: false, ready: false, failure })).toBe(false);
  });

  it('goes round the timer', () => {
    expect(TIMER_SECONDS.map(nextTimer)).toEqual([3, 5, 10, 0]);
  });
});

/** Lets everything run that waits for nothing outside. */
const eventually = () => new Promise((resolve) => setImmediate(resolve));

interface TakePhotoOptions {
  readonly selfieMirror: boolean;
  readonly quality: string;
  readonly success: (result: unknown) => void;
}

describe('the camera page', () => {
  let page: PageInTest;
  let photos: TakePhotoOptions[];
  let settings: Record<string, boolean>;
  let listening: number;

  async function open(wx: Record<string, unknown> = {}) {
    photos = [];
    settings = {};
    listening = 0;
    page = await openPage('shoot', {
      query: { submission: SUBMISSION_ID },
      stored: { [`ticks.${SUBMISSION_ID}`]: ['live-photo'] },
      wx: {
        requirePrivacyAuthorize: succeeding(),
        getSetting: (options: { success: (result: unknown) => void }) => {
          options.success({ authSetting: settings });
        },
        createCameraContext: () => ({
          takePhoto: (options: TakePhotoOptions) => {
            photos.push(options);
            options.success({ tempImagePath: 'tmp/photo.jpg' });
          },
          onCameraFrame: () => ({ start: () => (listening += 1), stop: () => (listening -= 1) }),
        }),
        createSelectorQuery: measuring((answer) => {
          answer({ width: 360, height: 520 });
        }),
        getImageInfo: succeeding({ width: 1500, height: 2000, type: 'jpeg', orientation: 'up' }),
        getFileSystemManager: () => ({ copyFile: succeeding() }),
        ...wx,
      },
    });
  }
  afterEach(() => {
    page.close();
  });

  it('takes a photo that is never mirrored, keeps it with its ticks and goes to the result', async () => {
    await open();
    await page.fire('onCameraReady');
    await page.fire('onShutter');
    expect(photos).toMatchObject([{ selfieMirror: false, quality: 'high' }]);
    expect(page.wx.stored.get(`upload.${SUBMISSION_ID}`)).toMatchObject({
      ticks: ['live-photo'],
      extension: 'jpg',
      stage: { name: 'kept' },
    });
    expect(page.wx.opened).toEqual([
      { how: 'redirectTo', url: `/pages/review/review?submission=${SUBMISSION_ID}` },
    ]);
  });

  it('stays and says so when the phone has no room to note the photo down', async () => {
    await open({
      setStorageSync: () => {
        throw new Error('setStorageSync:fail exceed storage max size');
      },
      getFileSystemManager: () => ({ copyFile: succeeding(), unlink: succeeding() }),
    });
    await page.fire('onCameraReady');
    await page.fire('onShutter');
    expect(page.wx.opened).toEqual([]);
    expect(page.data).toMatchObject({ taking: false, failure: { title: '手机存储空间不够了' } });
  });

  it('takes one photo however often the button is tapped', async () => {
    await open();
    await page.fire('onCameraReady');
    await Promise.all([page.fire('onShutter'), page.fire('onShutter')]);
    expect(photos).toHaveLength(1);
  });

  it('does nothing before the camera is ready', async () => {
    await open();
    await page.fire('onShutter');
    expect(photos).toHaveLength(0);
  });

  it('counts down, and a second tap stops it', async () => {
    jest.useFakeTimers();
    await open();
    await page.fire('onCameraReady');
    await page.fire('onTimer');
    const first = page.fire('onShutter');
    await jest.advanceTimersByTimeAsync(1_100);
    expect(page.data['countdown']).toBe('2');
    await page.fire('onShutter');
    await jest.advanceTimersByTimeAsync(5_000);
    await first;
    expect(photos).toHaveLength(0);
    const second = page.fire('onShutter');
    await jest.advanceTimersByTimeAsync(3_100);
    await second;
    jest.useRealTimers();
    expect(photos).toHaveLength(1);
  });

  it('shows the way to the settings after a refusal and brings the camera back without leaving', async () => {
    await open({
      openSetting: (options: { success: (result: unknown) => void }) => {
        settings = { 'scope.camera': true };
        options.success({ authSetting: settings });
      },
    });
    settings = { 'scope.camera': false };
    await page.fire('onCameraError');
    expect(page.data).toMatchObject({ cameraOn: false, explaining: true, failure: { needsSettings: true } });
    await page.fire('onSettings');
    expect(page.data).toMatchObject({ cameraOn: true, failure: null });
    expect(page.wx.opened).toEqual([]);
  });

  it('does not put the camera in while the settings still say no', async () => {
    await open({
      openSetting: (options: { success: (result: unknown) => void }) => {
        options.success({ authSetting: { 'scope.camera': false } });
      },
    });
    settings = { 'scope.camera': false };
    await page.fire('onCameraError');
    await page.fire('onSettings');
    expect(page.data['cameraOn']).toBe(false);
  });

  it('waits for the privacy guideline before it shows the camera', async () => {
    await open({ requirePrivacyAuthorize: failing('requirePrivacyAuthorize:fail', 103) });
    expect(page.data).toMatchObject({ cameraOn: false, explaining: true });
    page.wx.add({ requirePrivacyAuthorize: succeeding() });
    await page.fire('openCamera');
    expect(page.data).toMatchObject({ cameraOn: true, failure: null });
  });

  const SILENT: readonly (readonly [string, unknown])[] = [
    ['never answers', () => undefined],
    ['finds no server', failing('getSetting:fail connect fail')],
    ['hears nothing', failing('getSetting:fail data no response')],
  ];

  it.each(SILENT)(
    'opens a camera, which needs no network, where asking for its permission %s',
    async (_how, getSetting) => {
      jest.useFakeTimers();
      const opened = open({ getSetting });
      await jest.advanceTimersByTimeAsync(1_500);
      await opened;
      jest.useRealTimers();
      expect(page.data).toMatchObject({ cameraOn: true, failure: null });
      await page.fire('onCameraReady');
      await page.fire('onShutter');
      expect(photos).toHaveLength(1);
    },
  );

  it.each(SILENT)(
    'says why a camera broke also where asking for its permission %s',
    async (_how, getSetting) => {
      await open();
      page.wx.add({ getSetting });
      jest.useFakeTimers();
      const told = page.fire('onCameraError');
      await jest.advanceTimersByTimeAsync(1_500);
      await told;
      jest.useRealTimers();
      expect(page.data).toMatchObject({ cameraOn: false, failure: { title: '相机暂时打不开' } });
    },
  );

  it('takes no answer for a yes: a permission that is told late changes nothing', async () => {
    let answer: (result: unknown) => void = () => undefined;
    jest.useFakeTimers();
    const opened = open({
      getSetting: ({ success }: { success: (result: unknown) => void }) => (answer = success),
    });
    await jest.advanceTimersByTimeAsync(1_500);
    await opened;
    jest.useRealTimers();
    await page.fire('onCameraReady');
    answer({ authSetting: { 'scope.camera': false } });
    await eventually();
    expect(page.data).toMatchObject({ canShoot: true, failure: null });
  });

  it('gives up a photo that the camera never brings, and a late one is not sent', async () => {
    let bring: (result: unknown) => void = () => undefined;
    await open({
      createCameraContext: () => ({
        takePhoto: ({ success }: TakePhotoOptions) => (bring = success),
        onCameraFrame: () => ({ start: () => undefined, stop: () => undefined }),
      }),
    });
    await page.fire('onCameraReady');
    jest.useFakeTimers();
    const shutter = page.fire('onShutter');
    await jest.advanceTimersByTimeAsync(14_000);
    expect(page.data).toMatchObject({ taking: true, failure: null });
    await jest.advanceTimersByTimeAsync(1_000);
    await shutter;
    jest.useRealTimers();
    expect(page.data).toMatchObject({
      taking: false,
      failure: { title: '相机暂时打不开' },
      openText: '再试一次',
    });
    bring({ tempImagePath: 'tmp/late.jpg' });
    await eventually();
    expect(page.wx.opened).toEqual([]);
    expect(page.wx.stored.has(`upload.${SUBMISSION_ID}`)).toBe(false);
  });

  it('tells a broken camera from a refused one', async () => {
    await open();
    settings = { 'scope.camera': true };
    await page.fire('onCameraError');
    expect(page.data).toMatchObject({ explaining: false, failure: { title: '相机暂时打不开' } });
  });

  it('takes no photo behind the reason why the last one failed, and puts a new camera in', async () => {
    await open({ getImageInfo: failing('getImageInfo:fail decode error') });
    await page.fire('onCameraReady');
    await page.fire('onShutter');
    expect(page.data).toMatchObject({ failure: { title: '刚才那张没有存好' }, openText: '再试一次' });
    await page.fire('onShutter');
    expect(photos).toHaveLength(1);
    const opening = page.fire('openCamera');
    expect(page.data).toMatchObject({ cameraOn: false, failure: null });
    await opening;
    await page.fire('onCameraReady');
    expect(page.data).toMatchObject({ cameraOn: true, canShoot: true, failure: null });
  });

  it('goes nowhere when the photo is stored after the page was left', async () => {
    let stored: (result?: unknown) => void = () => undefined;
    await open({
      getFileSystemManager: () => ({
        copyFile: ({ success }: { success: (result: unknown) => void }) => (stored = success),
      }),
    });
    await page.fire('onCameraReady');
    const shutter = page.fire('onShutter');
    await eventually();
    await page.fire('onUnload');
    stored();
    await shutter;
    expect(page.wx.stored.has(`upload.${SUBMISSION_ID}`)).toBe(true);
    expect(page.wx.opened).toEqual([]);
  });

  it('says nothing about a camera that stopped because the page was hidden', async () => {
    const answers: ((result: unknown) => void)[] = [];
    const answerAll = async () => {
      await eventually();
      for (const answer of answers.splice(0)) answer({ authSetting: { 'scope.camera': true } });
    };
    await open();
    page.wx.add({
      getSetting: ({ success }: { success: (result: unknown) => void }) => answers.push(success),
    });
    await page.fire('onCameraReady');
    // WeChat reports the stop before or after it hides the page, and answers when the page is shown again.
    const before = page.fire('onCameraError');
    await page.fire('onHide');
    const after = page.fire('onCameraError');
    const shown = page.fire('onShow');
    await answerAll();
    await Promise.all([before, after, shown]);
    await page.fire('onCameraReady');
    expect(page.data).toMatchObject({ cameraOn: true, canShoot: true, failure: null });
  });

  it('does not listen to a camera that was taken away while it started', async () => {
    const boxes: ((box: unknown) => void)[] = [];
    await open({
      createSelectorQuery: measuring((answer) => {
        boxes.push(answer);
      }),
    });
    const ready = page.fire('onCameraReady');
    await page.fire('onHide');
    await page.fire('onShow');
    boxes[0]!({ width: 360, height: 520 });
    await ready;
    expect(listening).toBe(0);
    expect(page.data).toMatchObject({ cameraOn: true, canShoot: false });
  });

  it('gives the camera back when the page is hidden and takes a new one when it is shown', async () => {
    await open();
    await page.fire('onCameraReady');
    expect(listening).toBe(1);
    await page.fire('onHide');
    expect(listening).toBe(0);
    expect(page.data['cameraOn']).toBe(false);
    await page.fire('onShow');
    expect(page.data['cameraOn']).toBe(true);
  });
});
