/**
 * The browser phone's camera in real Chromium, walked with the same small mini program as browser-phone.e2e.ts:
 * questions before it opens, the picture it sees, and a webcam that is slow or was left meanwhile.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser } from 'playwright-core';
import { type RunningPhone, startPhone } from '../../local/phone/start-phone';
import { launchChromium } from './support/chromium';
import { CAMERA_SIZE, readForCamera, writeY4m } from './support/fake-camera';
import { PhonePage } from './support/phone-page';

const FIXTURE = resolve(__dirname, '../fixtures/mini-program');
/** Rendered; nobody's face. */
const PORTRAIT = resolve(__dirname, '../fixtures/portraits/f1_front.jpg');

let folder: string;
let browser: Browser;
let phone: RunningPhone;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'phone-'));
  browser = await launchChromium({ fakeCamera: await writeY4m(PORTRAIT, join(folder, 'portrait.y4m')) });
  phone = await startPhone({ miniprogramDir: FIXTURE, watch: false });
});

afterAll(async () => {
  await browser.close();
  await phone.close();
  rmSync(folder, { recursive: true });
});

declare global {
  /** What `slowWebcam` counts in the page. */
  var __webcams: { asked: number; readonly opened: MediaStream[] } | undefined;
}

/** Runs in the page: every webcam takes half a second to open, the very first try fails as a held one does. */
function slowWebcam(): void {
  const webcams: { asked: number; readonly opened: MediaStream[] } = { asked: 0, opened: [] };
  globalThis.__webcams = webcams;
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    webcams.asked += 1;
    if (webcams.asked === 1) throw new DOMException('Could not start video source', 'NotReadableError');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const stream = await open(constraints);
    webcams.opened.push(stream);
    return stream;
  };
}

let opened: PhonePage | undefined;
async function open(options: Parameters<typeof PhonePage.open>[2] = {}): Promise<PhonePage> {
  opened = await PhonePage.open(browser, phone, options);
  return opened;
}

afterEach(async () => {
  const errors = opened?.errors ?? [];
  await opened?.close();
  opened = undefined;
  expect(errors).toEqual([]);
});

describe('camera', () => {
  const launch = 'pages/camera/camera';

  test('asks for privacy, then for permission; a refusal leads to the settings and back', async () => {
    const { page } = await open({ launch });
    await page.getByRole('button', { name: '同意', exact: true }).click();
    await page.getByRole('button', { name: '拒绝' }).click();
    await page.getByText('状态：错误 insertCamera:fail auth deny').waitFor();
    await page.getByRole('button', { name: '打开设置' }).click();
    await page.getByRole('switch', { name: '使用你的摄像头' }).click();
    await page.getByRole('button', { name: '返回小程序' }).click();
    await page.getByText('状态：就绪').waitFor();
  });

  test('refused privacy closes the camera and is not asked again at once', async () => {
    const { page } = await open({ launch });
    await page.getByRole('button', { name: '拒绝', exact: true }).click();
    await page.getByText('privacy permission is not authorized').waitFor();
    await page.getByRole('button', { name: '返回首页' }).click();
    await page.getByRole('button', { name: '打开相机' }).click();
    await page.getByText('privacy permission is not authorized').waitFor();
    await expect(page.getByRole('dialog').count()).resolves.toBe(0);
  });

  test('the webcam’s picture arrives whole and in its colours', async () => {
    const opened = await open({
      launch,
      settings: {
        privacy: 'agreed',
        permissions: { 'scope.camera': 'granted', 'scope.writePhotosAlbum': 'granted' },
      },
    });
    const { page } = opened;
    await page.getByText('状态：就绪').waitFor();
    await page.getByText(/画面：480×640/).waitFor();
    await page.getByRole('button', { name: '拍照' }).click();
    await page.getByText(`照片：${CAMERA_SIZE.width}×${CAMERA_SIZE.height} jpeg`).waitFor();
    await page.getByRole('button', { name: '保存到相册' }).click();
    await page.getByText('已保存').first().waitFor();
    const saved = await page.evaluate(async () => {
      const blob = globalThis.__phone?.album[0]?.blob;
      return [...new Uint8Array((await blob?.arrayBuffer()) ?? [])];
    });
    const [photo, original] = await Promise.all(
      [Buffer.from(saved), readFileSync(PORTRAIT)].map(readForCamera),
    );
    expect(meanDifference(photo, original)).toBeLessThan(4);
  });

  test('sees a given picture, also another one while it runs', async () => {
    const opened = await open({
      launch,
      settings: {
        privacy: 'agreed',
        permissions: { 'scope.camera': 'granted' },
        cameraPicture: phone.addPicture(PORTRAIT),
      },
    });
    await opened.text('状态：就绪').waitFor();
    await opened.button('拍照').click();
    await opened.text('照片：900×1200 jpeg').waitFor();
    await opened.change({ cameraPicture: '/package/images/mark.png' });
    await opened.button('拍照').click();
    await opened.text('照片：48×48 jpeg').waitFor();
  });

  test('stops in the background and comes back', async () => {
    const opened = await open({
      launch,
      settings: { privacy: 'agreed', permissions: { 'scope.camera': 'granted' } },
    });
    await opened.text('状态：就绪').waitFor();
    await opened.hide();
    await opened.show();
    await opened.text('状态：停止').waitFor();
    await opened.button('拍照').click();
    await opened.text('照片：1080×1440 jpeg').waitFor();
  });

  describe('a webcam that opens slowly, and is still held by the system at the first try', () => {
    async function openSlowly(): Promise<PhonePage> {
      const context = await browser.newContext();
      await context.addInitScript(slowWebcam);
      return open({
        launch,
        context,
        settings: { privacy: 'agreed', permissions: { 'scope.camera': 'granted' } },
      });
    }

    test('takes the photo that is asked for while it comes back', async () => {
      const slow = await openSlowly();
      await slow.text('状态：就绪').waitFor();
      await slow.hide();
      await slow.show();
      await slow.button('拍照').click();
      await slow.text('照片：1080×1440 jpeg').waitFor();
      // Not the last frame of the webcam that was let go.
      await expect(slow.page.evaluate(() => globalThis.__webcams?.opened.length)).resolves.toBe(2);
    });

    test('is let go when the app goes to the background meanwhile', async () => {
      const slow = await openSlowly();
      await slow.page.waitForFunction(() => globalThis.__webcams?.asked === 1);
      await slow.hide();
      await slow.page.waitForFunction(
        () =>
          globalThis.__webcams?.opened.length === 1 &&
          globalThis.__webcams.opened.every((one) => !one.active),
      );
      await slow.show();
      await slow.button('拍照').click();
      await slow.text('照片：1080×1440 jpeg').waitFor();
    });
  });
});

function meanDifference(one: Uint8Array = new Uint8Array(), other: Uint8Array = new Uint8Array()): number {
  expect(one.length).toBe(other.length);
  let sum = 0;
  for (let index = 0; index < one.length; index += 1)
    sum += Math.abs((one[index] ?? 0) - (other[index] ?? 0));
  return sum / one.length;
}
