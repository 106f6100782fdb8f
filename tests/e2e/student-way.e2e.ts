/**
 * The whole way of a student, from the first page to the saved photo, on the real functions, in real Chromium with a
 * fake camera that is fed from a real portrait where there is one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { writeY4m } from './support/fake-camera';
import { type PhonePage } from './support/phone-page';
import { StudentWalk } from './support/student-walk';
import { StudentWorld, realPortrait } from './support/student-world';

let folder: string;
let browser: Browser;
let world: StudentWorld;
let phone: PhonePage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'student-way-'));
  browser = await launchChromium({
    fakeCamera: await writeY4m(realPortrait(), join(folder, 'portrait.y4m')),
  });
  world = await StudentWorld.start();
});

afterAll(async () => {
  await browser.close();
  await world.close();
  rmSync(folder, { recursive: true });
});

afterEach(async () => {
  const { errors } = phone;
  await phone.close();
  expect(errors).toEqual([]);
});

test('from the first page to the saved photo, in as few taps as the rules allow', async () => {
  phone = await world.open(browser, { identity: 'whole-way' });
  const walk = new StudentWalk(phone, await world.newStudent());
  await walk.untilCamera();
  await walk.shoot();
  await walk.see(/照片合格|照片可以用/);
  await phone.page.getByLabel('按标准做好的成品，点开放大').waitFor();
  // Drawn, although the storage does not say that it is a picture.
  await phone.page.waitForFunction(() =>
    [...document.images].some(({ naturalWidth, naturalHeight, src }) => {
      return naturalWidth === 480 && naturalHeight === 640 && src.includes('/standards/');
    }),
  );
  await walk.confirm();
  await walk.tap('保存到相册');
  await walk.answer('允许');
  await walk.see('已经保存到手机相册');

  const album = await phone.album();
  expect(album).toHaveLength(1);
  expect(album[0]!.bytes).toBeGreaterThanOrEqual(30_720);
  expect(album[0]!.bytes).toBeLessThanOrEqual(40_000);
  console.log(
    `taps: ${walk.taps} in the mini program, ${walk.systemTaps} in WeChat's windows, ${walk.keystrokes} keys`,
  );
  expect(walk.taps).toBeLessThanOrEqual(13);
});

test('the first page stands after one round trip, and at once when it was seen before', async () => {
  const calls: string[] = [];
  phone = await world.open(browser, { identity: 'first-page' });
  await phone.button('开始采集').waitFor();
  phone.page.on('request', (request) => {
    if (request.url().endsWith('/client/call')) calls.push(request.url());
  });
  const open = async (): Promise<number> => {
    const started = Date.now();
    await phone.page.reload();
    await phone.button('开始采集').waitFor();
    return Date.now() - started;
  };
  const again = await open();
  await phone.page.waitForLoadState('networkidle').catch(() => undefined);
  await phone.page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.includes('overview')) localStorage.removeItem(key);
  });
  const first = await open();
  console.log(
    `first page: ${first} ms the first time, ${again} ms when it was seen before (reload to button)`,
  );
  expect(calls).toHaveLength(2);
});

test('by keyboard alone to the question "is this you?"', async () => {
  phone = await world.open(browser, { identity: 'keyboard' });
  const student = await world.newStudent();
  const walk = new StudentWalk(phone, student);
  await phone.change({ scanPicture: student.codePicture });
  const press = async (name: RegExp, key: 'Enter' | 'Space' = 'Enter') => {
    await phone.page
      .getByRole('button', { name })
      .or(phone.page.getByRole('checkbox', { name }))
      .first()
      .focus();
    await phone.page.keyboard.press(key);
  };
  await phone.button('开始采集').waitFor();
  await press(/^开始采集$/);
  await walk.see('为什么要用');
  await press(/我已看懂/, 'Space');
  await press(/我单独同意/, 'Space');
  await press(/^同意并继续$/);
  await walk.see('1. 采集码');
  await press(/^扫描采集码$/);
  await walk.see('已经读到二维码');
  await phone.page.getByLabel('证件号码的最后四位').focus();
  await phone.page.keyboard.type(student.idTail);
  await walk.see('这是你吗？');
  await press(/^是我，绑定$/);
  await walk.see('面向窗户');
});
