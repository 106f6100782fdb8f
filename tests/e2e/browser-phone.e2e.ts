/**
 * The browser phone itself, walked with a small mini program of its own in real Chromium: framework, built-in
 * components, permissions, storage, life cycle; its camera has a file of its own. What students do is in the other
 * files of this folder.
 */
import { resolve } from 'node:path';
import { type Browser } from 'playwright-core';
import { type RunningPhone, startPhone } from '../../local/phone/start-phone';
import { seriousFindings } from './support/accessibility';
import { launchChromium } from './support/chromium';
import { PhonePage } from './support/phone-page';

const FIXTURE = resolve(__dirname, '../fixtures/mini-program');

let browser: Browser;
let phone: RunningPhone;

beforeAll(async () => {
  browser = await launchChromium();
  phone = await startPhone({ miniprogramDir: FIXTURE, watch: false });
});

afterAll(async () => {
  await browser.close();
  await phone.close();
});

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
      document: '',
      note: '',
      agree: true,
      size: 30,
      school: '0',
      level: '2',
      ticks: ['a'],
    });
  });

  test('the keyboard for ID numbers has digits and X only', async () => {
    const { page } = await open({ launch: 'pages/form/form' });
    const field = page.getByLabel('证件号', { exact: true });
    await field.pressSequentially('1A2(3)x');
    await expect(field.inputValue()).resolves.toBe('123x');
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
