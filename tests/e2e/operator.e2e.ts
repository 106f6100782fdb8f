/**
 * The other side of the counter, with real functions in real Chromium: an operator creates a batch and imports a list
 * with ten kinds of mistakes, a student goes through, a teacher reads the progress, a reviewer rejects and then
 * accepts, and the package is made and checked byte by byte.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser } from 'playwright-core';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { walk } from '../../local/cli/capture/walk';
import { verifyPackage } from '../../local/cli/operator/verify-package';
import { issueCode } from '../../local/cli/support/issue-code';
import { readSchoolKey } from '../../local/cli/support/school-key';
import { studentPhone } from '../../local/cli/support/student-phone';
import { type RunningCloud, startCloud } from '../../local/cloud/start-cloud';
import {
  DEMONSTRATION_ID_TAIL,
  DEMONSTRATION_STUDENT,
  demonstrationCode,
  demonstrationEnvironment,
} from '../../local/demo/demonstration';
import { type RunningPhone, startPhone } from '../../local/phone/start-phone';
import { buildFunctions } from '../../local/build/functions/build-functions';
import { seriousFindings } from './support/accessibility';
import { launchChromium } from './support/chromium';
import { eventually } from './support/eventually';
import { PhonePage } from './support/phone-page';
import { writeScreenshot } from './support/screenshots';

const ROOT = resolve(__dirname, '../..');
const PORTRAIT = readFileSync(join(ROOT, 'tests/fixtures/portraits/f1_front.jpg'));
const SETUP_SECRET = 'SETUP-SECRET-OF-THIS-TEST-ONLY';
const TITLE = '2027届毕业生图像采集';
/** Open whenever this runs. */
const CLOSES_ON = `${new Date().getFullYear() + 1}-02-28`;

/** Line 2 is the student who goes through; each line from 5 on is wrong in its own way. */
const LIST = [
  '学号,姓名,层次,年级,学习形式,函授站,班级,预计毕业日期',
  `${DEMONSTRATION_STUDENT.studentNumber},张三,专升本,2021,非脱产,阜阳函授站,会计1班,2027-01-10`,
  '202199990002,李四,专升本,2021,非脱产,阜阳函授站,会计1班,2027-01-10',
  '202199990003,王五,专升本,2021,非脱产,亳州教学点,会计2班,2027-01-10',
  ',赵六,专升本,2021,非脱产,阜阳函授站,会计1班,2027-01-10',
  '2021#9999,钱七,专升本,2021,非脱产,阜阳函授站,会计1班,2027-01-10',
  '2.02199E+11,孙八,专升本,2021,非脱产,阜阳函授站,会计1班,2027-01-10',
  '202199990003,周九,专升本,2021,非脱产,阜阳函授站,会计1班,2027-01-10',
  '202199990007,吴十,专升本,去年,非脱产,阜阳函授站,会计1班,2027-01-10',
  '202199990008,郑一,专升本,2021,非脱产,阜阳函授站,会计1班,明年夏天',
  `202199990009,冯二,专升本,2021,非脱产,阜阳函授站,${'班'.repeat(60)},2027-01-10`,
  '202199990010,=1+1,专升本,2021,非脱产,阜阳函授站,会计1班,2027-01-10',
  '202199990011,卫四,专升本,2021,非脱产,阜阳函授站,11010519491231002X,2027-01-10',
  '202199990012,蒋五,专升本,2021,非脱产,阜阳函授站,会计1班,2027-01-10,多,多',
].join('\n');
const MISTAKES = [
  '没有学号',
  '学号里有别的符号',
  '学号被表格软件改成了科学计数',
  '学号和另一行相同',
  '年级不是四位数字',
  '日期看不懂',
  '这一格太长',
  '这一格是公式',
  '这一格是证件号码',
  '这一行的格数比标题多',
];

let folder: string;
let cloud: RunningCloud;
let browser: Browser;
let phone: RunningPhone;
let operator: PhonePage;
let teacher: PhonePage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'operator-'));
  await buildFunctions();
  cloud = await startCloud({
    dataDir: join(folder, 'cloud'),
    functionsDir: join(ROOT, 'dist/cloudfunctions'),
    environment: () => ({ ...demonstrationEnvironment(), OPERATOR_SETUP_SECRET: SETUP_SECRET }),
  });
  browser = await launchChromium();
  phone = await startPhone({ miniprogramDir: join(ROOT, 'miniprogram'), cloudUrl: cloud.url, watch: false });
  operator = await open('operator');
}, 120_000);

afterAll(async () => {
  await browser.close();
  await phone.close();
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(identity: string): Promise<PhonePage> {
  const settings = { privacy: 'agreed' as const };
  return PhonePage.open(browser, phone, {
    identity,
    launch: 'operator/enter/enter',
    settings,
    timeout: 6000,
  });
}

/** A field by its label, whatever is said to be wrong with it. */
const field = (who: PhonePage, label: string) =>
  who.page.getByRole('textbox', { name: new RegExp(`^${label}`) });

/** Accessible, without errors, and kept as a picture. */
async function look(who: PhonePage, name: string): Promise<void> {
  await who.page.waitForTimeout(300);
  expect(await seriousFindings(who.page)).toEqual([]);
  expect(who.errors).toEqual([]);
  await writeScreenshot(who.page, name);
}

/** Taps a button that copies a link; what a browser on a PC saves from it, and under which name. */
async function copiedFile(name: string | RegExp): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const copiesSoFar = async () =>
    (await operator.log()).filter((entry) => JSON.stringify(entry).includes('http'));
  const before = (await copiesSoFar()).length;
  await operator.button(name).click();
  let copies = await copiesSoFar();
  while (copies.length === before) {
    await operator.page.waitForTimeout(100);
    copies = await copiesSoFar();
  }
  const address = /https?:\/\/[^"\\]+/.exec(JSON.stringify(copies.at(-1)))![0];
  return {
    name: decodeURIComponent(new URL(address).pathname.split('/').at(-1)!),
    bytes: Buffer.from(await (await fetch(address)).arrayBuffer()),
  };
}

/** The student's own way; the student's pages have their own tests. */
async function student(confirm = true) {
  const { png } = await demonstrationCode();
  const input = {
    codePicture: png,
    idTail: DEMONSTRATION_ID_TAIL,
    portrait: PORTRAIT,
    confirm,
    startOver: false,
  };
  return walk(studentPhone(cloud.client('student')), input, () => undefined);
}

async function toEndOfPage(): Promise<void> {
  await operator.page.mouse.wheel(0, 20_000);
}

/** In the part of the page that is on the screen. */
async function seen(text: string): Promise<boolean> {
  const box = await operator.text(text).filter({ visible: true }).first().boundingBox();
  return box !== null && box.y > 0 && box.y + box.height < operator.page.viewportSize()!.height;
}

/** Through the staff's pages to one page of the batch. */
async function toBatch(entry: string): Promise<void> {
  await operator.relaunch('operator/batches/batches');
  await operator.button(new RegExp(TITLE)).click();
  await operator.button(entry).click();
}

/** On the page that is open. */
async function shows(text: string): Promise<boolean> {
  return (await operator.text(text).filter({ visible: true }).count()) > 0;
}

/** The page about one student of the batch. */
async function lookUp(studentNumber: string): Promise<void> {
  await toBatch('查一位学生');
  await field(operator, '学号').fill(studentNumber);
  await operator.button('查这位学生').click();
}

test('an operator joins with the secret of the deployment', async () => {
  await field(operator, '邀请码').waitFor();
  await look(operator, 'operator-enter');
  await field(operator, '邀请码').fill(SETUP_SECRET.toLowerCase());
  await operator.button('使用邀请码').click();
  await operator.text('批次与进度').waitFor();
  await look(operator, 'operator-home');
});

test('creates a batch, told at the field what is wrong', async () => {
  const { page } = operator;
  await operator.button('批次与进度').click();
  await operator.button('新建批次').click();
  await field(operator, '院校代码').fill('99999');
  await field(operator, '学校名称').fill('示范大学继续教育学院');
  await field(operator, '批次名称').fill(TITLE);
  await field(operator, '毕业日期（届）').fill('2027-01-10');
  await field(operator, '开始日期').fill('2026-01-01');
  await field(operator, '截止日期').fill('2025-01-01');
  await field(operator, '咨询电话').fill('0550-1234567');
  await field(operator, '年级').fill('2021');
  await operator.button('保存批次').click();
  await operator.text('要在开始之后').waitFor();
  await look(operator, 'operator-batch-edit');
  await field(operator, '截止日期').fill(CLOSES_ON);
  await page.getByRole('checkbox', { name: /当场确认/ }).click();
  await operator.button('保存批次').click();
  await operator.text('没有名单，凭采集码参加').waitFor();
  await look(operator, 'operator-batch');
});

test('imports a list: ten kinds of mistakes are shown row by row, the good rows go in at once', async () => {
  const file = join(folder, 'list.csv');
  writeFileSync(file, `\uFEFF${LIST}`);
  await operator.change({ chooserPictures: [phone.addPicture(file)] });
  await operator.button('导入名单').click();
  await operator.button('从聊天里选文件').click();
  await operator.text('已选').waitFor();
  await operator.button('先检查，不改动任何数据').click();
  await operator.text('还有要改的行').waitFor();
  for (const mistake of MISTAKES) await operator.text(mistake).first().waitFor();
  await look(operator, 'operator-roster');
  await operator.page.getByRole('radio', { name: '跳过这些行，导入其余的' }).click();
  await operator.button('先检查，不改动任何数据').click();
  await operator.button(/^导入 \d+ 人$/).click();
  await operator.text('导入完成').waitFor();
  await operator.button('返回批次').click();
  await operator.relaunch('operator/batches/batches');
  await operator.text(/还缺 2 人/).waitFor();
  await look(operator, 'operator-batches');
});

test('an empty list can be downloaded, and is a list that the import reads', async () => {
  await toBatch('导入名单');
  await operator.text('还没有名单？').waitFor();
  await look(operator, 'operator-roster-empty');
  const { name, bytes } = await copiedFile('下载空白名单（Excel）');
  const file = join(folder, name);
  writeFileSync(file, bytes);
  await operator.change({ chooserPictures: [phone.addPicture(file)] });
  await operator.button('从聊天里选文件').click();
  await operator.text('已选').waitFor();
  await operator.button('先检查，不改动任何数据').click();
  await operator.text('读到 1 行，都可以导入').waitFor();
});

test('the pages for the deadline and for stuck students can be read', async () => {
  await toBatch('延期、重开或提前截止');
  await operator.text('现在的截止时间').first().waitFor();
  await look(operator, 'operator-deadline');
  await toBatch('反复不合格的学生');
  await operator.text('没有反复不合格的学生').waitFor();
  await look(operator, 'operator-stuck');
});

test('invites a teacher, who reads on an own phone who is missing and copies the reminder', async () => {
  await operator.relaunch('operator/members/members');
  await operator.page.getByRole('checkbox', { name: '阜阳函授站' }).click();
  await field(operator, '备注名').fill('阜阳站 王老师');
  await operator.button('生成邀请码').click();
  const code = await operator.page.locator('.code').innerText();
  await look(operator, 'operator-members');
  expect((await student()).end).toBe('confirmed');

  teacher = await open('teacher');
  await field(teacher, '邀请码').fill(code.replaceAll('-', ' '));
  await teacher.button('使用邀请码').click();
  await teacher.button('批次与进度').click();
  await teacher.button(new RegExp(TITLE)).click();
  // Neither review nor packages are a teacher's.
  expect(await teacher.button('审核照片').count()).toBe(0);
  await teacher.button('进度与催办').click();
  await teacher.text('还有 1 人没完成').waitFor();
  await look(teacher, 'operator-progress');
  await teacher.button('看看是谁').click();
  await teacher.text('202199990002').waitFor();
  expect(await teacher.text('202199990003').count()).toBe(0);
  await look(teacher, 'operator-progress-missing');
  await teacher.button('复制催办文字').click();
  const log = JSON.stringify(await teacher.log());
  expect(log).toContain('还有 1 人没有完成');
});

test('a student on the telephone is looked up by number, and the photo that waits is reached from there', async () => {
  await lookUp(DEMONSTRATION_STUDENT.studentNumber);
  await operator.text('审核中').waitFor();
  await operator.text('绑定采集码').waitFor();
  await look(operator, 'operator-student');
  await operator.button('审核这张照片').click();
  await operator.text('还有 1 张等待审核').waitFor();
  await operator.button('驳回…').waitFor();
  expect(await shows(DEMONSTRATION_STUDENT.studentNumber)).toBe(true);
});

test('a reviewer rejects with a reason, the student takes another photo, the reviewer accepts', async () => {
  await toBatch('审核照片');
  await operator.text('还有 1 张等待审核').waitFor();
  await look(operator, 'operator-review');
  await toEndOfPage();
  await operator.button('驳回…').click();
  await eventually(() => seen('为什么驳回？'), true);
  await operator.page.getByRole('checkbox', { name: /光线不合适/ }).click();
  await look(operator, 'operator-review-reject');
  await operator.button('驳回，请学生重拍').click();
  await operator.text('都审完了').waitFor();
  await operator.text('刚才驳回了一张').waitFor();

  const [mine] = (await studentPhone(cloud.client('student')).student('overview', {})).submissions;
  expect(mine).toMatchObject({ state: 'rejected', rejection: { reasons: ['light'] } });
  expect((await student()).end).toBe('confirmed');

  await operator.button('再看看有没有').click();
  await operator.button('通过').click();
  await operator.text('刚才通过了一张').waitFor();
  await operator.button(/^撤销/).click();
  await operator.button('通过').click();
  await operator.text('都审完了').waitFor();
});

test('the package is made, and every picture in it is the one that the manifest names', async () => {
  await toBatch('打包导出');
  await operator.button('先检查，看看有多少张').click();
  await operator.text('共 1 张').waitFor();
  await operator.button('开始打包').click();
  await operator.button('取下载链接').click();
  await operator.text('manifest.json').first().waitFor();
  await look(operator, 'operator-export');

  const manifest = await copiedFile(/复制下载链接 .*manifest\.json/);
  const volume = await copiedFile(/复制下载链接 .*\.zip/);
  const table = await copiedFile(/复制下载链接 .*manifest\.csv/);
  const [photo] = await filesIn(volume.bytes);
  expect(photo!.name).toBe(`${DEMONSTRATION_STUDENT.studentNumber}.jpg`);
  expect(manifest.bytes.toString('utf8')).toContain(photo!.sha256);
  const onThePc = mkdtempSync(join(folder, 'package-'));
  for (const { name, bytes } of [manifest, volume, table]) writeFileSync(join(onThePc, name), bytes);
  expect(await verifyPackage(onThePc)).toMatchObject({ photos: 1, volumes: 1, found: 1, problems: [] });
});

test('a photo that the school sends back is taken again; the package is stopped after a question', async () => {
  await toBatch('退回已通过的照片');
  await field(operator, '学号').fill(DEMONSTRATION_STUDENT.studentNumber);
  await operator.page.getByRole('checkbox', { name: /照片不够清楚/ }).click();
  await look(operator, 'operator-return');
  await toEndOfPage();
  await operator.button('退回，请学生重拍').click();
  await operator.button('退回').click();
  await operator.text('已退回').first().waitFor();
  await eventually(() => seen('已退回'), true);
  const [mine] = (await studentPhone(cloud.client('student')).student('overview', {})).submissions;
  expect(mine).toMatchObject({ state: 'rejected', rejection: { reasons: ['blurred'] } });

  await toBatch('打包导出');
  await operator.button('停止并删除文件').click();
  await operator.button('删除文件').click();
  await operator.text('已停止').first().waitFor();
});

test('a binding is released after a question, and the account that had it has nothing left', async () => {
  await toBatch('解除绑定');
  await field(operator, '学号').fill(DEMONSTRATION_STUDENT.studentNumber);
  await look(operator, 'operator-release');
  await operator.button('解除绑定').click();
  await operator.button('解除').click();
  await operator.text('已解除绑定').first().waitFor();
  expect((await studentPhone(cloud.client('student')).student('overview', {})).submissions).toEqual([]);

  await lookUp(DEMONSTRATION_STUDENT.studentNumber);
  await operator.text('未绑定').waitFor();
  expect(await shows('解除绑定')).toBe(true);
});

test('the upkeep page tells what will be kept and who did what', async () => {
  await operator.relaunch('operator/upkeep/upkeep');
  await operator.button('看操作记录').click();
  await operator.text('审核通过').first().waitFor();
  await look(operator, 'operator-upkeep');
});

test('station mode asks for the code first', async () => {
  await teacher.relaunch('operator/station/station');
  await teacher.button('核对学生').click();
  await teacher.text('请先扫描采集码').waitFor();
  await look(teacher, 'operator-station');
});

test('station mode: scan, who, the student’s consent, photo, the student’s yes on the spot; the card ends in a letter', async () => {
  const expiresAt = new Date('2099-12-31T16:00:00Z');
  const salt = new Uint8Array(12).fill(9);
  const whose = { name: '李四', studentNumber: '202199990002', idNumber: 'G123456(A)' };
  const other = { ...DEMONSTRATION_STUDENT, ...whose, expiresAt, salt };
  const codePicture = join(folder, 'code.png');
  writeFileSync(codePicture, (await issueCode(other, readSchoolKey())).png);
  const scanPicture = phone.addPicture(codePicture);
  const cameraPicture = phone.addPicture(join(ROOT, 'tests/fixtures/portraits/f2_front.jpg'));
  await teacher.setPermission('scope.camera', 'granted');
  await teacher.change({ scanPicture, cameraPicture });
  await teacher.button('扫描采集码').click();
  await teacher.text('已经读到二维码').waitFor();
  await teacher.button('后四位里有其他字母？').click();
  await field(teacher, '学生证件号码的最后四位').pressSequentially('456A');
  await teacher.text('是这位学生吗？').waitFor();
  for (const tick of await teacher.page.getByRole('checkbox').all()) await tick.click();
  await look(teacher, 'operator-station-consent');
  await teacher.button('是这位学生，去拍照').click();
  await teacher.button('都符合，打开相机').waitFor();
  await look(teacher, 'operator-station-ticks');
  await teacher.button('都符合，打开相机').click();
  await teacher.page.locator('[aria-disabled="false"].shutter').click({ timeout: 15_000 });
  await teacher.text('学生满意吗？').waitFor({ timeout: 30_000 });
  await look(teacher, 'operator-station-result');
  await teacher.button('后四位里有其他字母？').click();
  await field(teacher, '学生输入证件号后四位').pressSequentially('456A');
  await teacher.button('学生确认这张照片').click();
  await teacher.text('已确认，提交审核').waitFor();
  await teacher.button('换下一位学生').click();
  await teacher.text('审核中').first().waitFor();
});

test.each([
  ['dark', { theme: 'dark' as const }, 375],
  ['largest-font', { theme: 'light' as const, fontScale: 1.4 }, 320],
])('%s: progress and one student can be read', async (name, settings, width) => {
  await operator.page.setViewportSize({ width, height: 812 });
  await operator.change(settings);
  await toBatch('进度与催办');
  await operator.text('没完成').first().waitFor();
  expect(await operator.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await look(operator, `operator-progress-${name}`);
  await lookUp('202199990002');
  await operator.button('审核这张照片').waitFor();
  expect(await operator.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await look(operator, `operator-student-${name}`);
});

test('beside the next student’s data no picture of the one before is seen', async () => {
  expect((await student()).end).toBe('confirmed');
  await toBatch('审核照片');
  await operator.text('还有 2 张等待审核').waitFor();
  const pictures = operator.page.locator('.compare-picture img');
  const shown = () =>
    pictures.evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length);
  await eventually(shown, 2);
  // Chromium paints the old picture for as long as the new one of the same element is on its way, and tells no script.
  const painted = async () => {
    const [original, standard] = await operator.page.locator('.compare-frame').all();
    return [await original!.screenshot(), await standard!.screenshot()];
  };
  const before = await painted();
  const [first, second] = [DEMONSTRATION_STUDENT.studentNumber, '202199990002'];
  const next = (await operator.text(first).count()) > 0 ? second : first;

  let arrive: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await operator.page.route('**/storage/**', async (route) => {
    await arrived;
    await route.continue();
  });
  await operator.button('先看下一张').click();
  await operator.text(next).waitFor();
  const meanwhile = await painted();
  expect(meanwhile.map((picture, half) => picture.equals(before[half]!))).toEqual([false, false]);
  arrive();
  await eventually(shown, 2);
  await operator.page.unroute('**/storage/**');
});

test('a picture that did not come tells a screen reader so, and that a tap tries it again', async () => {
  await operator.page.route('**/storage/**', (route) => route.abort());
  await toBatch('审核照片');
  const missing = operator.button('图片没有显示出来，点这里再试，成品');
  await missing.waitFor();
  expect(await seriousFindings(operator.page)).toEqual([]);
  await operator.page.unroute('**/storage/**');
  await missing.click();
  await operator.button('成品，点开放大').waitFor();
});

async function filesIn(archive: Buffer): Promise<{ name: string; sha256: string }[]> {
  const zip = await new Promise<ZipFile>((done, failed) => {
    fromBuffer(archive, { lazyEntries: true }, (error, opened) => {
      if (error) failed(error);
      else done(opened);
    });
  });
  const found: { name: string; sha256: string }[] = [];
  return new Promise((done, failed) => {
    zip.on('error', failed);
    zip.on('end', () => {
      done(found);
    });
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) {
          failed(error);
          return;
        }
        const hash = createHash('sha256');
        stream.on('data', (chunk: Buffer) => hash.update(chunk));
        stream.on('end', () => {
          found.push({ name: entry.fileName, sha256: hash.digest('hex') });
          zip.readEntry();
        });
      });
    });
    zip.readEntry();
  });
}
