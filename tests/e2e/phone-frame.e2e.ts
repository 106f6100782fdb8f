/** The phone in its frame: device, holder, theme, network, album; and the scanner on a webcam. */
import { resolve } from 'node:path';
import { type Browser, type FrameLocator, type Page } from 'playwright-core';
import { type RunningPhone, startPhone } from '../../local/phone/start-phone';
import { launchChromium } from './support/chromium';
import { PhonePage } from './support/phone-page';
import { eventually } from './support/eventually';
import { showInCamera } from './support/fake-camera';

const FIXTURES = resolve(__dirname, '../fixtures');

let browser: Browser;
let phone: RunningPhone;

beforeAll(async () => {
  browser = await launchChromium();
  phone = await startPhone({
    miniprogramDir: resolve(FIXTURES, 'mini-program'),
    watch: false,
    identities: [
      { openid: 'one', label: '甲' },
      { openid: 'two', label: '乙' },
    ],
    pictures: [{ label: '示例照片', path: resolve(FIXTURES, 'portraits/f1_front.jpg') }],
  });
});

afterAll(async () => {
  await browser.close();
  await phone.close();
});

describe('frame', () => {
  let page: Page;
  let screen: FrameLocator;

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1000, height: 1000 } });
    await page.goto(phone.url);
    screen = page.frameLocator('#phone');
    await screen.getByText('毕业照采集样例').waitFor();
  });

  afterEach(async () => {
    await page.close();
  });

  test('gives the phone another screen, theme and holder, and shows what the phone has', async () => {
    await page.getByLabel('屏幕').selectOption('320 × 568（小屏）');
    await expect(page.locator('#phone').boundingBox()).resolves.toMatchObject({ width: 320, height: 568 });
    await page.getByLabel('外观').selectOption('深色');
    await screen.locator('html[data-theme="dark"]').waitFor({ state: 'attached' });
    await page.getByLabel('持有人').selectOption('乙');
    // another phone: its own settings
    await screen.locator('html[data-theme="light"]').waitFor({ state: 'attached' });
    await eventually(() => page.getByLabel('外观').inputValue(), 'light');
    await page.getByLabel('持有人').selectOption('甲');
    await eventually(() => page.getByLabel('外观').inputValue(), 'dark');
  });

  test('cuts a long title before the capsule', async () => {
    await page.getByLabel('屏幕').selectOption('320 × 568（小屏）');
    const title = screen.locator('.phone-bar__title');
    await title.evaluate((element) => {
      element.textContent = '示范大学继续教育学院毕业照图像采集';
    });
    const [its, capsule] = await Promise.all([
      title.boundingBox(),
      screen.locator('.phone-capsule').boundingBox(),
    ]);
    expect(its!.x + its!.width).toBeLessThanOrEqual(capsule!.x);
  });

  test('the largest font starts the mini program again', async () => {
    await page.getByLabel('微信字号').selectOption('最大');
    await eventually(
      () => screen.locator('html').evaluate((element) => getComputedStyle(element).fontSize),
      '23.2px',
    );
  });

  test('the home button hides the mini program, and it comes back', async () => {
    await page.getByRole('button', { name: '切到后台' }).click();
    await expect(screen.getByText('毕业照采集样例').isVisible()).resolves.toBe(false);
    await page.getByRole('button', { name: '回到前台' }).click();
    await screen.getByText('毕业照采集样例').waitFor();
  });

  test('a saved picture appears in the album and can be downloaded', async () => {
    await page.getByLabel('相机看到').selectOption('示例照片');
    await page.getByLabel(/^摄像头/).selectOption('已允许');
    await page.getByLabel('保存到相册').selectOption('已允许');
    await page.getByLabel('隐私指引').selectOption('已同意');
    await screen.getByRole('button', { name: '打开相机' }).click();
    await screen.getByText('状态：就绪').waitFor();
    await screen.getByRole('button', { name: '拍照' }).click();
    await screen.getByText('照片：900×1200 jpeg').waitFor();
    await screen.getByRole('button', { name: '保存到相册' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('img', { name: /下载 IMG_/ }).click();
    expect((await download).suggestedFilename()).toMatch(/^IMG_\d+\.jpg$/);
  });
});

describe('scanner', () => {
  const launch = 'pages/device/device';
  const picture = resolve(FIXTURES, 'code-pictures', 'cs-utf8.png');

  test('reads a code that the webcam sees', async () => {
    const opened = await PhonePage.open(browser, phone, { launch, changeableCamera: true });
    await showInCamera(opened.page, picture);
    await opened.button('扫码').click();
    await opened.text('scanCode:ok').waitFor();
    await opened.close();
  });

  test('goes on looking until the person gives up', async () => {
    const opened = await PhonePage.open(browser, phone, { launch, changeableCamera: true });
    await showInCamera(opened.page, resolve(FIXTURES, 'portraits/f1_front.jpg'));
    await opened.button('扫码').click();
    await opened.page.getByRole('dialog', { name: '扫一扫' }).waitFor();
    await opened.button('取消').click();
    await opened.text('scanCode:fail cancel').waitFor();
    await opened.close();
  });

  test('reads a picture where there is no webcam', async () => {
    const opened = await PhonePage.open(browser, phone, { launch, changeableCamera: true });
    await opened.button('扫码').click();
    const chooser = opened.page.waitForEvent('filechooser');
    await opened.button('选择图片').click();
    await (await chooser).setFiles(picture);
    await opened.text('scanCode:ok').waitFor();
    await opened.close();
  });
});
