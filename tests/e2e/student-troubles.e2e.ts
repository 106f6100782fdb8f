/**
 * What goes wrong on real phones, and the way on from each of it: a refused photo, refused permissions, no network,
 * a killed app, a passed deadline, a second phone.
 */
import { type Browser } from 'playwright-core';
import { launchChromium } from './support/chromium';
import { type PhonePage } from './support/phone-page';
import { StudentWalk } from './support/student-walk';
import { StudentWorld, renderedPortrait } from './support/student-world';

const GOOD = renderedPortrait('f1_front');
const MOUTH_OPEN = renderedPortrait('m1_mouthopen');
/** Slow enough that an upload can be interrupted by hand. */
const SLOW_BYTES_PER_SECOND = 25_000;

let browser: Browser;
let world: StudentWorld;
const open: PhonePage[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  world = await StudentWorld.start();
});

afterAll(async () => {
  await browser.close();
  await world.close();
});

afterEach(async () => {
  await world.setDeadline(60);
  // A network that is switched off is a console error of the browser, not of the mini program.
  const errors = open
    .flatMap((phone) => phone.errors)
    .filter((error) => !/ERR_|Failed to load resource/.test(error));
  for (const phone of open.splice(0)) await phone.close();
  expect(errors).toEqual([]);
});

async function walkOn(identity: string, portrait = GOOD): Promise<StudentWalk> {
  const phone = await world.open(browser, { identity, portrait });
  open.push(phone);
  return new StudentWalk(phone, await world.newStudent());
}

test('a refused photo says what to change, and the next one is taken', async () => {
  const walk = await walkOn('retake', MOUTH_OPEN);
  await walk.untilCamera();
  await walk.shoot();
  await walk.see('这张需要重拍');
  await walk.see('嘴唇');
  await walk.see(/测得：/);
  await walk.see(/要求：/);
  await expect(walk.phone.button(/确认/).count()).resolves.toBe(0);
  await walk.phone.change({ cameraPicture: world.phone.addPicture(GOOD) });
  await walk.tap('重新拍一张');
  await walk.shoot();
  await walk.see('照片合格');
  await walk.confirm();
});

test('a blocked retake leaves the earlier good photo to be confirmed', async () => {
  const walk = await walkOn('earlier');
  await walk.untilCamera();
  await walk.shoot();
  await walk.see('照片合格');
  await walk.phone.change({ cameraPicture: world.phone.addPicture(MOUTH_OPEN) });
  await walk.tap('重新拍一张');
  await walk.shoot();
  await walk.see('之前那张合格的照片还在');
  await walk.tap('看之前那张');
  await walk.see('照片合格');
  await walk.confirm();
});

test('an iPhone, whose camera gives PNG and whose WeChat compresses JPEG only: the photo is sent as JPEG', async () => {
  const walk = await walkOn('iphone');
  await walk.phone.change({ platform: 'ios' });
  await walk.untilCamera();
  await walk.shoot();
  await walk.see('照片合格');
  expect(await world.originalFormats('iphone')).toEqual(['jpeg']);
});

test('the camera refused, then granted in the settings: it comes back without leaving the page', async () => {
  const walk = await walkOn('camera-refused');
  await walk.untilBound();
  await walk.readGuide();
  await walk.tap('同意');
  await walk.answer('拒绝');
  await walk.see('相机还没有打开权限');
  await walk.tap('打开设置');
  await walk.phone.page.getByRole('switch', { name: /摄像头/ }).click();
  await walk.answer('返回小程序');
  await walk.shoot();
  await walk.see('照片合格');
});

test('the privacy guideline refused, then agreed to at the next tap', async () => {
  const walk = await walkOn('privacy-refused');
  await walk.start();
  await walk.consent();
  await walk.chooseCode();
  await walk.tap('暂不同意');
  await walk.see('需要你同意隐私保护指引');
  // WeChat keeps quiet for ten seconds after a refusal.
  await walk.phone.page.waitForTimeout(10_500);
  await walk.chooseCode();
  await walk.tap('同意');
  await walk.see('已经选好图片');
  await walk.typeTail();
  await walk.bind();
  await walk.readGuide();
  // Agreed once, it is not asked again for the camera.
  await walk.allowCamera(false);
  await walk.cameraReady();
});

test('the network breaks off during the upload: nothing is lost, and it goes on by itself', async () => {
  const walk = await walkOn('offline');
  await walk.untilCamera();
  await walk.phone.change({ bandwidth: SLOW_BYTES_PER_SECOND });
  await walk.shoot();
  await walk.see(/已上传 [1-9]/);
  await walk.phone.change({ network: 'none' });
  await walk.see('网络断开了，照片在手机里很安全');
  await walk.phone.change({ network: 'wifi', bandwidth: 0 });
  await walk.see('照片合格');
});

test('killed during the upload: the first page leads back to it, and the photo is judged once', async () => {
  const walk = await walkOn('killed');
  await walk.untilCamera();
  await walk.phone.change({ bandwidth: SLOW_BYTES_PER_SECOND });
  await walk.shoot();
  await walk.see(/已上传 [1-9]/);
  await walk.phone.change({ bandwidth: 0 });
  await walk.phone.relaunch();
  await walk.see('照片还没有传完');
  await walk.tap(/继续上传/);
  await walk.see('照片合格');
  await walk.phone.relaunch();
  await walk.see('待你确认');
});

test('hidden during the upload: it goes on when the app is shown again', async () => {
  const walk = await walkOn('hidden');
  await walk.untilCamera();
  await walk.phone.change({ bandwidth: SLOW_BYTES_PER_SECOND });
  await walk.shoot();
  await walk.see(/已上传 [1-9]/);
  await walk.phone.hide();
  await walk.phone.change({ bandwidth: 0 });
  await walk.phone.show();
  await walk.see('照片合格');
});

test('the deadline passes before the yes: the page says so and whom to call', async () => {
  const walk = await walkOn('too-late');
  await walk.untilCamera();
  await walk.shoot();
  await walk.see('照片合格');
  await world.setDeadline(-1);
  await walk.tap(/满意，确认这张/);
  await walk.tap('确认提交');
  await walk.see('采集已经截止');
  await walk.phone.relaunch();
  await walk.see('已截止');
  await walk.tap(/看看拍过的照片/);
  await walk.see('采集已经截止，不能再拍照或确认了');
  await walk.tap('打电话问');
  await walk.answer('呼叫');
  await walk.phone.page.waitForFunction(() =>
    globalThis.__phone?.log.some(({ name }) => name === 'makePhoneCall'),
  );
});

test('before anything is bound, a passed deadline leaves only the telephone', async () => {
  await world.setDeadline(-1);
  const walk = await walkOn('closed');
  await walk.see('已截止');
  await walk.see(/^打电话：/);
  await expect(walk.phone.button('开始采集').count()).resolves.toBe(0);
});

test('photographed at a station: after the deadline the code leads the own phone to the photo', async () => {
  const station = await walkOn('station');
  await station.untilCamera();
  await station.shoot();
  await station.see('照片合格');
  await station.confirm();
  await world.holdAtStation('station');
  await world.setDeadline(-1);
  const own = new StudentWalk(
    await world.open(browser, { identity: 'own-phone', width: 320 }),
    station.student,
  );
  open.push(own.phone);
  await own.tap('在站点拍过？扫码看照片');
  await own.consent();
  await own.scanCode();
  await own.typeTail();
  await own.see('这是你吗？');
  await own.tap('是我，绑定');
  await own.see('审核中');
  await own.phone.page.getByLabel('你的标准毕业照').waitFor();
  await own.tap('保存到相册');
  await own.tap('同意');
  await own.answer('允许');
  await own.see('已经保存到手机相册');
});

test('a second phone: the same WeChat account goes on, another one cannot take the code', async () => {
  const first = await walkOn('account-one');
  await first.untilBound();
  const other = new StudentWalk(await world.open(browser, { identity: 'account-two' }), first.student);
  open.push(other.phone);
  await other.start();
  await other.consent();
  await other.scanCode();
  await other.typeTail();
  await other.see('这个采集码已经在另一个微信号里绑定');

  // The same account on a new phone: nothing is stored there, everything is in the cloud.
  const again = new StudentWalk(
    await world.open(browser, { identity: 'account-one', portrait: GOOD }),
    first.student,
  );
  open.push(again.phone);
  await again.see('待拍照');
  await again.tap(/去拍照/);
  await again.see('请你自己确认');
});

test('confirmed on one phone, confirmed again on the other: both see it confirmed, once', async () => {
  const first = await walkOn('twice');
  await first.untilCamera();
  await first.shoot();
  await first.see('照片合格');
  const second = new StudentWalk(await world.open(browser, { identity: 'twice' }), first.student);
  open.push(second.phone);
  await second.tap(/看照片，去确认/);
  await second.see('照片合格');
  await first.confirm();
  await second.tap(/满意，确认这张/);
  await second.tap('确认提交');
  await second.see('审核中');
  await first.phone.relaunch();
  await first.see('审核中');
});

test('rejected by the reviewer: the reason, then another photo', async () => {
  const walk = await walkOn('rejected');
  await walk.untilCamera();
  await walk.shoot();
  await walk.see('照片合格');
  await walk.confirm();
  await world.reject('rejected', ['clothes'], '请换深色上衣');
  await walk.phone.relaunch();
  await walk.see('老师留言：请换深色上衣');
  await walk.tap(/看原因，重新拍/);
  await walk.tap('看要求，重新拍');
  await walk.see('上次的照片，老师请你调整');
  await walk.readRulesAgain();
  await walk.shoot();
  await walk.see('照片合格');
  await walk.confirm();
});

test('taken back while under review, and begun anew', async () => {
  const walk = await walkOn('withdrawn');
  await walk.untilCamera();
  await walk.shoot();
  await walk.see('照片合格');
  await walk.confirm();
  await walk.tap('撤回这张照片');
  await walk.tap('撤回');
  await walk.see('已撤回');
  await walk.tap('重新开始');
  // Nothing is lost: the picture waits for its yes again.
  await walk.see('照片合格');
  await walk.confirm();
});

test('what is stored can be seen and deleted, and the agreement taken back', async () => {
  const walk = await walkOn('my-data');
  await walk.untilBound();
  await walk.phone.relaunch();
  await walk.tap('我的数据');
  await walk.see('示范大学继续教育学院');
  await walk.tap(/^删除这份学籍和照片：/);
  await walk.tap('删除');
  await walk.see('没有保存任何学籍和照片');
  await walk.tap('收回同意');
  await walk.tap('收回');
  await walk.see('目前没有同意');
});
