/**
 * The browser phone itself, walked with a small mini program of its own in real Chromium: framework, built-in
 * components, permissions, camera, storage, life cycle. What students do is in the other files of this folder.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser } from 'playwright-core';
import { type RunningPhone, startPhone } from '../../local/phone/start-phone';
import { seriousFindings } from './support/accessibility';
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

describe('framework', () => {
  test('runs the life cycle in WeChat’s order', async () => {
    const { page } = await open({ launch: 'pages/index/index?a=1&b=%E7%94%B2' });
    await page.getByRole('button', { name: '设备与系统' }).click();
    await page.getByRole('button', { name: '返回' }).click();
    const events = await page.locator('wx-view.log').innerText();
    expect(events.split('；')).toEqual([
      'launch pages/index/index',
      'app show',
      'name 同学',
      'greeting attached',
      'index load {"a":"1","b":"%E7%94%B2"}',
      'greeting page show',
      'index show',
      'greeting ready',
      'index ready',
      'index hide',
      'greeting page show',
      'index show',
    ]);
  });

  test('draws templates, loops, slots, WXS and events', async () => {
    const { page } = await open();
    await expect(page.locator('wx-view.row').allInnerTexts()).resolves.toEqual(['0 · 绑定', '1 · 拍摄']);
    await expect(page.locator('x-greeting').innerText()).resolves.toMatch(/^同学！\s+便笺\s+正文\s+问好 0$/);
    await page.getByRole('button', { name: '问好 0' }).click();
    await page.getByText('2 · 问好 1').waitFor();
  });

  test('keeps styles apart: isolated component, shared component, other page', async () => {
    const { page } = await open();
    const style = (selector: string, property: string): Promise<string> =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    // the badge's own class, and :host
    expect(await style('x-badge wx-view', 'background-color')).toBe('rgb(0, 170, 102)');
    expect(await style('x-badge', 'display')).toBe('inline-block');
    // app.wxss reaches into an apply-shared component, the component's own rule does not get out
    expect(await style('x-greeting wx-view', 'border-top-width')).toBe('1px');
    expect(await style('wx-page > wx-view', 'border-top-width')).toBe('0px');
    // an id selector, and rpx: 40 rpx on 375 px are 20 px
    expect(await style('wx-view.title', 'letter-spacing')).toBe('1px');
    expect(await style('wx-view.title', 'font-size')).toBe('20px');
    expect(await style('wx-page > wx-view', 'width')).toBe('351px');
    await page.getByRole('button', { name: '设备与系统' }).click();
    expect(await style('main:not([hidden]) wx-view.card', 'outline-style')).toBe('none');
  });

  test('shows TDesign components', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: '打开表单' }).click();
    await expect(page.locator('.phone-bar__title').innerText()).resolves.toBe('表单');
  });

  test('reports an unknown wx function by its name', async () => {
    const { page } = await open({ launch: 'pages/device/device' });
    await page.getByRole('button', { name: '缺失' }).click();
    await page.getByText('wx.startBeaconDiscovery is not part of the browser phone').waitFor();
  });

  test('opens sub-packages and hands query values over as written', async () => {
    const { page } = await open();
    await page.getByRole('link', { name: '分包列表' }).click();
    await page.getByText('名单！').waitFor();
  });
});

describe('reaching everything', () => {
  test('by keyboard alone', async () => {
    const { page } = await open({ launch: 'pages/form/form' });
    await page.getByLabel('姓名').focus();
    await page.keyboard.type('王·小明');
    await page.keyboard.press('Enter');
    await page.getByText('已确认').first().waitFor();
    await page.getByRole('checkbox', { name: '没有首饰' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('radio', { name: '本科' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('switch', { name: '同意' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: '提交' }).focus();
    await page.keyboard.press('Enter');
    const submitted = await page.getByText('您好 王·小明').innerText();
    expect(JSON.parse(submitted.slice(submitted.indexOf('{')))).toEqual({
      name: '王·小明',
      note: '',
      agree: true,
      size: 30,
      school: '0',
      level: '2',
      ticks: ['a'],
    });
  });

  test('a disabled button does nothing', async () => {
    const { page } = await open({ launch: 'pages/form/form' });
    await page.getByText('不可用').click({ force: true });
    await expect(page.getByRole('button', { name: '不可用' }).isDisabled()).resolves.toBe(true);
  });

  test('a label operates its control', async () => {
    const { page } = await open({ launch: 'pages/form/form' });
    await page.getByText('没有眼镜').click();
    await expect(page.getByRole('checkbox', { name: '没有眼镜' }).isChecked()).resolves.toBe(true);
  });

  test.each([
    ['light', 'pages/index/index'],
    ['dark', 'pages/index/index'],
    ['light', 'pages/form/form'],
    ['dark', 'pages/device/device'],
  ] as const)('axe finds nothing serious in the phone’s own surface (%s, %s)', async (theme, launch) => {
    const { page } = await open({ launch, settings: { theme, privacy: 'agreed' } });
    const own = (await seriousFindings(page)).filter((finding) => finding.includes('.phone-'));
    expect(own).toEqual([]);
  });
});

describe('dialogs', () => {
  test('a message box takes the focus, keeps it and gives it back', async () => {
    const { page } = await open({ launch: 'pages/device/device' });
    await page.getByRole('button', { name: '弹窗' }).click();
    const dialog = page.getByRole('dialog', { name: '标题' });
    await dialog.waitFor();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Tab');
    await expect(dialog.locator(':focus').count()).resolves.toBe(1);
    await expect(
      page.locator('.phone-pages').evaluate((element) => (element as HTMLElement).inert),
    ).resolves.toBe(true);
    await page.keyboard.press('Escape');
    await page.getByText('"cancel":true').waitFor();
    await expect(page.locator(':focus').innerText()).resolves.toBe('弹窗');
  });

  test('a choice list answers with the index, or fails when it is cancelled', async () => {
    const { page } = await open({ launch: 'pages/device/device' });
    await page.getByRole('button', { name: '菜单' }).click();
    await page.getByRole('button', { name: '乙', exact: true }).click();
    await page.getByText('"tapIndex":1').waitFor();
    await page.getByRole('button', { name: '菜单' }).click();
    await page.getByRole('button', { name: '取消' }).click();
    await page.getByText('showActionSheet:fail cancel').waitFor();
  });
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

describe('phone', () => {
  const launch = 'pages/device/device';

  test('keeps storage and saved files when the app is killed, and nothing for another identity', async () => {
    const first = await open({ launch });
    await first.button('存储').click();
    await first.text('{"seen":1}').waitFor();
    await first.button('文件').click();
    await first.text('"before":"无"').waitFor();
    await first.relaunch(launch);
    await first.button('存储').click();
    await first.text('{"seen":2}').waitFor();
    await first.button('文件').click();
    await first.text('"before":"有"').waitFor();
    const second = await PhonePage.open(browser, phone, {
      launch,
      identity: 'student-2',
      context: first.page.context(),
    });
    await second.button('存储').click();
    await second.text('{"seen":1}').waitFor();
    await second.button('文件').click();
    await second.text('"before":"无"').waitFor();
  });

  test('tells the page about the network', async () => {
    const opened = await open({ launch });
    await opened.change({ network: 'none' });
    await opened.text('网络变为 none').waitFor();
    await opened.button('云函数').click();
    await opened.text('network is not connected').waitFor();
  });

  test('privacy: a page’s own gate must be tapped before it may agree', async () => {
    const opened = await open({ launch });
    await opened.button('同意隐私指引').click();
    await opened.text('已同意').waitFor();
    await opened.button('隐私').click();
    await opened.text('requirePrivacyAuthorize:ok').waitFor();
  });

  test('calls, vibrates and shares are on record', async () => {
    const opened = await open();
    await opened.button('设备与系统').click();
    await opened.button('电话').click();
    await opened.button('呼叫').click();
    await opened.text('makePhoneCall:ok').waitFor();
    await opened.button('返回').click();
    await opened.button('更多').click();
    await opened.button('发送给朋友').click();
    await opened.button('完成').click();
    const entries = (await opened.log()).map(({ name, detail }) => `${name} ${detail}`);
    expect(entries).toEqual(['makePhoneCall 0550-1234567', 'share 样例 → /pages/index/index?from=share']);
  });

  test.each([320, 375, 430])(
    'nothing is wider than a %d px screen, fixed bars stand at its bottom',
    async (width) => {
      const { page } = await open({ launch, width, height: 640, settings: { safeBottom: 34 } });
      const scroller = page.locator('main:not([hidden]) .phone-page__scroller');
      await expect(scroller.evaluate((element) => element.scrollWidth)).resolves.toBe(width);
      const bar = await page.getByText('固定底栏').boundingBox();
      expect(bar && Math.round(bar.y + bar.height)).toBe(640);
    },
  );

  test('the largest font and the dark theme reach the page', async () => {
    const { page } = await open({ settings: { theme: 'dark', fontScale: 1.45 } });
    await expect(page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).resolves.toBe(
      '23.2px',
    );
    const ground = page.locator('wx-page');
    await expect(ground.evaluate((element) => getComputedStyle(element).backgroundColor)).resolves.toBe(
      'rgb(17, 17, 17)',
    );
  });
});

function meanDifference(one: Uint8Array = new Uint8Array(), other: Uint8Array = new Uint8Array()): number {
  expect(one.length).toBe(other.length);
  let sum = 0;
  for (let index = 0; index < one.length; index += 1)
    sum += Math.abs((one[index] ?? 0) - (other[index] ?? 0));
  return sum / one.length;
}
