/** Built-in components of the browser phone that the students' pages hardly use, and gestures. */
import { resolve } from 'node:path';
import { type Browser } from 'playwright-core';
import { type RunningPhone, startPhone } from '../../local/phone/start-phone';
import { launchChromium } from './support/chromium';
import { eventually } from './support/eventually';
import { PhonePage } from './support/phone-page';

let browser: Browser;
let phone: RunningPhone;
let opened: PhonePage;

beforeAll(async () => {
  browser = await launchChromium();
  phone = await startPhone({ miniprogramDir: resolve(__dirname, '../fixtures/mini-program'), watch: false });
});

afterAll(async () => {
  await browser.close();
  await phone.close();
});

beforeEach(async () => {
  opened = await PhonePage.open(browser, phone, { launch: 'pages/gallery/gallery', height: 1400 });
});

afterEach(async () => {
  await opened.close();
  expect(opened.errors).toEqual([]);
});

test('a swiper follows its data and tells where it is', async () => {
  await opened.text('第 0 张').waitFor();
  await opened.button('下一张').click();
  await opened.text('第 1 张').waitFor();
  await eventually(() => opened.page.locator('wx-swiper').evaluate((element) => element.scrollLeft), 375);
});

test('a scroll-view scrolls to an element and tells when its end is reached', async () => {
  await opened.button('到最后一行').click();
  await opened.text('到底了').waitFor();
});

test('progress is told to screen readers', async () => {
  const progress = opened.page.getByRole('progressbar', { name: '上传' });
  await expect(progress.getAttribute('aria-valuenow')).resolves.toBe('40');
});

test('rich text keeps its marks and loses its scripts', async () => {
  const rich = opened.page.locator('wx-rich-text');
  await expect(rich.locator('b').innerText()).resolves.toBe('粗体');
  await expect(rich.locator('script').count()).resolves.toBe(0);
  await expect(rich.locator('[onerror]').count()).resolves.toBe(0);
});

test('a date is picked in a dialog, by keyboard too', async () => {
  await opened.page.getByRole('button', { name: '截止' }).focus();
  await opened.page.keyboard.press('Enter');
  await opened.page.getByLabel('截止日期', { exact: true }).last().fill('2026-07-15');
  await opened.button('确定').click();
  await opened.text('截止 2026-07-15').waitFor();
});

test('a long press is no tap, a tap is no long press', async () => {
  const target = opened.text('按住');
  await target.click();
  await opened.text('点按').waitFor();
  await target.click({ delay: 500 });
  await opened.text('长按 1').waitFor();
});

test('catch stops a tap on its way up', async () => {
  await opened.page.locator('.inside').click();
  await opened.text('里面').nth(1).waitFor();
});

test('pulling the page down refreshes it', async () => {
  const { mouse } = opened.page;
  await mouse.move(180, 400);
  await mouse.down();
  await mouse.move(180, 520, { steps: 4 });
  await mouse.up();
  await opened.text('100%').waitFor();
});

test('rare characters and the middle dot are drawn', async () => {
  await opened.text('生僻字 㐱𠮷·龘').waitFor();
});
