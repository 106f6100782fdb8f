/**
 * Every page of the student in light and dark, at WeChat's largest letters, on the narrowest and the widest phone:
 * axe-core finds nothing serious, nothing runs out of the screen, everything that is tapped is large enough.
 * Writes docs/screenshots; only rendered people appear in them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser } from 'playwright-core';
import { seriousFindings } from './support/accessibility';
import { launchChromium } from './support/chromium';
import { layoutFindings } from './support/layout';
import { StudentWalk } from './support/student-walk';
import { StudentWorld, renderedPortrait } from './support/student-world';

const FOLDER = resolve(__dirname, '../../docs/screenshots');
const GOOD = renderedPortrait('f1_front');
const BACKLIT = renderedPortrait('m1_back');

interface Look {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  readonly fontScale: number;
  /** Appended to the names of its screenshots. */
  readonly suffix: string;
  /** Which pages are worth a picture in this look. */
  readonly pictures: 'all' | readonly string[];
}

const TELLING = ['home', 'bind-question', 'guide', 'shoot', 'review', 'done'];

const LOOKS: readonly Look[] = [
  { name: 'light', width: 375, height: 760, theme: 'light', fontScale: 1, suffix: '', pictures: 'all' },
  { name: 'dark', width: 390, height: 800, theme: 'dark', fontScale: 1, suffix: '-dark', pictures: TELLING },
  {
    name: 'largest letters on 320 px',
    width: 320,
    height: 640,
    theme: 'light',
    fontScale: 1.45,
    suffix: '-large',
    pictures: TELLING,
  },
  {
    name: 'largest letters, dark, on 430 px',
    width: 430,
    height: 900,
    theme: 'dark',
    fontScale: 1.5,
    suffix: '-wide',
    pictures: [],
  },
];

let browser: Browser;
let world: StudentWorld;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  browser = await launchChromium();
  world = await StudentWorld.start();
});

afterAll(async () => {
  await browser.close();
  await world.close();
});

test('the finders find what they are for', async () => {
  const phone = await world.open(browser, { identity: 'finders' });
  await phone.button('开始采集').waitFor();
  expect([...(await seriousFindings(phone.page)), ...(await layoutFindings(phone.page))]).toEqual([]);
  await phone.page.addStyleTag({
    content:
      '.t-soft { color: #ccc !important } wx-button { min-height: 0 !important; height: 20px !important } .hero { width: 500px }',
  });
  const findings = [...(await seriousFindings(phone.page)), ...(await layoutFindings(phone.page))].join();
  for (const finding of ['color-contrast', 'only 20 px high', 'runs out of the screen'])
    expect(findings).toContain(finding);
  await phone.close();
});

test.each(LOOKS.map((look) => [look.name, look] as const))('%s', async (name, look) => {
  const findings: string[] = [];
  const phone = await world.open(browser, {
    identity: `look-${name}`.replace(/\W+/g, '-'),
    portrait: GOOD,
    width: look.width,
    height: look.height,
    settings: { theme: look.theme, fontScale: look.fontScale },
    context: await browser.newContext({ deviceScaleFactor: 1.5, colorScheme: look.theme }),
  });
  const walk = new StudentWalk(phone, await world.newStudent());
  const { page } = phone;

  async function show(what: string): Promise<void> {
    // Transitions of WeChat's pages last 300 ms.
    await page.waitForTimeout(400);
    findings.push(...(await seriousFindings(page)).map((finding) => `${what}: ${finding}`));
    findings.push(...(await layoutFindings(page)).map((finding) => `${what}: ${finding}`));
    if (look.pictures !== 'all' && !look.pictures.includes(what)) return;
    const bytes = await page.screenshot({ type: 'jpeg', quality: 78, animations: 'disabled', caret: 'hide' });
    writeFileSync(join(FOLDER, `${what}${look.suffix}.jpg`), bytes);
  }
  const scrollToEnd = () => page.mouse.wheel(0, 20_000);

  await phone.button('开始采集').waitFor();
  await show('home');
  await walk.tap('帮助与常见问题');
  await walk.tap(/采集码图片读不出来/);
  await show('help');
  await walk.tap('返回');
  await walk.start();
  await show('consent');
  await walk.tap('暂不同意');
  await scrollToEnd();
  await show('consent-refused');
  await walk.consent();
  await show('bind');
  await walk.chooseCode();
  await show('privacy');
  await walk.tap('同意');
  await walk.see('已经选好图片');
  await walk.typeTail('1234');
  await walk.see('证件号后四位和采集码对不上');
  await show('bind-refused');
  await walk.typeTail();
  await walk.see('这是你吗？');
  await show('bind-question');
  await walk.bind();
  await show('guide');
  await scrollToEnd();
  await show('guide-ticks');
  await walk.readGuide();
  await walk.answer('拒绝');
  await walk.see('相机还没有打开权限');
  await show('camera-refused');
  await phone.setPermission('scope.camera', 'granted');
  await phone.relaunch();
  await walk.tap(/去拍照/);
  await walk.tap('去拍照');
  await walk.cameraReady();
  await walk.see('可以拍了，看镜头');
  await show('shoot');
  await phone.change({ cameraPicture: world.phone.addPicture(BACKLIT) });
  await walk.see('背着光了，转身面向窗户');
  await show('shoot-hint');
  await walk.shoot();
  await walk.see('这张需要重拍');
  await page.getByLabel('你拍的原图，点开放大').waitFor();
  await show('review-blocked');
  await scrollToEnd();
  await show('review-checks');
  await phone.change({ cameraPicture: world.phone.addPicture(GOOD), bandwidth: 25_000 });
  await walk.tap('重新拍一张');
  await walk.shoot();
  await walk.see(/已上传 [1-9]/);
  await show('review-sending');
  await phone.change({ network: 'none' });
  await walk.see('网络断开了，照片在手机里很安全');
  await show('review-offline');
  await phone.change({ network: 'wifi', bandwidth: 0 });
  await walk.see('照片合格');
  await page.getByLabel('按标准做好的成品，点开放大').waitFor();
  await show('review');
  await walk.confirm();
  await page.getByLabel('你的标准毕业照').waitFor();
  await show('done');
  await scrollToEnd();
  await show('done-timeline');
  await walk.tap('返回首页');
  await walk.see('审核中');
  await show('home-again');
  await walk.tap('我的数据');
  await walk.see('同意记录');
  await show('data');

  const errors = phone.errors.filter((error) => !/ERR_|Failed to load resource/.test(error));
  await phone.close();
  expect(findings).toEqual([]);
  expect(errors).toEqual([]);
});
