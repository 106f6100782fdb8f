/** The operator's commands as a person types them, against the deployed functions. */
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import readWorkbook from 'read-excel-file/node';
import { withdrawConsent } from '../../../cloudfunctions/consent/give-consent';
import { collection } from '../../../cloudfunctions/platform/database';
import { type ExportDocument } from '../../../cloudfunctions/export/export-document';
import { type SubmissionDocument } from '../../../cloudfunctions/submission/submission-document';
import { DEMONSTRATION_ID_TAIL, demonstrationCode } from '../../../local/demo/demonstration';
import { OPERATOR_COMMANDS, operatorCommand } from '../../../local/cli/operator';
import { runCommand } from '../../../local/cli/support/command';
import { type OperatorBatch } from '../../../miniprogram/shared/contract/operator/batches';
import { type ReviewItem } from '../../../miniprogram/shared/contract/operator/review';
import { withPhoto } from '../../support/accepted-builder';
import { aCall } from '../../support/call-builder';
import { csvOf, someRows } from '../../support/roster-builder';
import { storedMember } from '../../support/staff-builder';
import { startTestCloud, type TestCloud } from '../../support/start-test-cloud';

let testCloud: TestCloud;
let folder: string;
beforeAll(async () => {
  testCloud = await startTestCloud();
  folder = mkdtempSync(join(tmpdir(), 'operator-'));
  await storedMember({ role: 'operator' }, 'the-operator');
});
afterAll(async () => {
  await testCloud.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Said {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function type(...args: readonly string[]): Promise<Said> {
  return typeAs('the-operator', ...args);
}

async function typeAs(openid: string, ...args: readonly string[]): Promise<Said> {
  return typeWith([], openid, ...args);
}

/** @param lines what the person types while the command runs */
async function typeWith(lines: readonly string[], openid: string, ...args: readonly string[]): Promise<Said> {
  const said: { out: string[]; error: string[] } = { out: [], error: [] };
  const all = [...args, '--as', openid, '--url', testCloud.cloud.url];
  const input = Readable.from(lines.map((line) => `${line}\n`));
  const code = await runCommand(operatorCommand(all, input), all, {
    out: (text) => said.out.push(text),
    error: (text) => said.error.push(text),
  });
  return { code, out: said.out.join('\n'), error: said.error.join('\n') };
}

async function json<Data>(...args: readonly string[]): Promise<Data> {
  const { out, error } = await type(...args, '--json');
  expect(error).toBe('');
  return JSON.parse(out) as Data;
}

const file = (name: string) => join(folder, name);
const BATCH = ['--school', '99999', '--title', '2027届毕业生图像采集', '--graduation', '2027-01-10'];
const WINDOW = ['--opens', '2026-01-01', '--closes', '2099-02-28', '--telephone', '0550-1234567'];

async function aBatch(title: string): Promise<OperatorBatch> {
  await type('school', '99999', '示范大学');
  return json<OperatorBatch>('batch', 'create', ...BATCH, ...WINDOW, '--cohort', '2021', '--title', title);
}

test('a batch is made, changed, copied for next year and extended', async () => {
  await type('school', '99999', '示范大学');
  const made = await type(
    'batch',
    'create',
    ...BATCH,
    ...WINDOW,
    '--cohort',
    '2021',
    '--cohort',
    '2018 高起本',
    '--background',
    'white',
    '--attempts',
    '10',
  );
  expect(made).toMatchObject({ code: 0, error: '' });
  expect(made.out).toContain('2021级、2018级 高起本');
  expect(made.out).toContain('2099年2月28日 24:00');
  expect((await type('batch', 'deadline', '2027届', '2099-03-10', '--reason', '补拍')).out).toContain('补拍');
  const copied = await json<OperatorBatch>('batch', 'copy', '2027届');
  expect(copied).toMatchObject({
    title: '2028届毕业生图像采集',
    graduationDate: '2028-01-10',
    attemptLimit: 10,
  });
  const changed = await json<OperatorBatch>(
    'batch',
    'change',
    '2028届',
    '--keep-originals',
    'never',
    '--confirm-on-the-spot',
    'yes',
  );
  expect(changed).toMatchObject({
    confirmOnTheSpot: true,
    retention: { originalsDays: null, everythingDays: 365 },
  });
  expect((await type('batches')).out).toMatch(/2028届.*\n.*2027届|2027届.*\n.*2028届/);
});

test('what is typed wrong is said in Chinese, with the next step, and exit code 1', async () => {
  expect((await type('batch', 'fly')).error).toContain('没有“batch fly”这个命令');
  expect((await type('batch')).error).toContain('batch create');
  expect((await type('btaches')).error).toContain('是不是：batches');
  expect((await type('school', '99999', '示范', '大学')).error).toContain('多出来“大学”');
  expect((await type('batches', '--what')).error).toContain('没有 --what 这个选项');
  expect((await type('batches', '--school')).error).toContain('--school 后面要写一个值');
  expect((await typeAs('张三', 'me')).error).toContain('--as 只能用字母');
  expect((await typeAs('stranger', 'batches')).error).toContain('“stranger”的身份不能做这件事');
  expect((await type('export', 'cancel', 'x')).error).toContain('照抄 export list 显示的编号');
  expect((await type('progress')).error).toContain('少了“批次”');
  expect((await type('progress', '没有这个批次')).error).toContain('没有找到批次');
  expect((await type('batch', 'create', ...BATCH, ...WINDOW, '--opens', 'soon')).error).toContain('不是日期');
  const refused = await type('join', 'AAAA-BBBB');
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.error).toContain('这个邀请码现在不能用（INVITATION_INVALID）');
  expect((await type('join', 'AAAA-BBBB', '--json')).out).toContain('"refused": "INVITATION_INVALID"');
});

test.each(OPERATOR_COMMANDS.map((command) => [command.name, command] as const))(
  '--help of %s explains every option',
  async (name, command) => {
    const { out, code } = await type(...name.split(' '), '--help');
    expect(code).toBe(0);
    expect(out).toContain(command.summary);
    for (const option of Object.keys(command.options)) expect(out).toContain(`--${option}`);
  },
);

test('without a command all commands are listed', async () => {
  const { out } = await type();
  for (const { name } of OPERATOR_COMMANDS) expect(out).toContain(name);
});

test('invited, joined, listed, removed', async () => {
  await type('school', '99999', '示范大学');
  await type('stations', '99999', '--save', 'FY=阜阳站');
  const { out } = await type(
    'invite',
    '--role',
    'station',
    '--school',
    '99999',
    '--station',
    '阜阳站',
    '--label',
    '王老师',
  );
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}/.exec(out)![0];
  expect((await typeAs('teacher', 'join', code)).out).toContain('函授站（99999，1 个站点）');
  expect((await typeAs('teacher', 'members')).error).toContain('FORBIDDEN');
  const { members } = await json<{ members: { id: string; label: string }[] }>('members');
  const teacher = members.find(({ label }) => label === '王老师');
  expect((await type('members', '--remove', teacher!.id)).out).not.toContain('王老师');
  expect((await type('audit')).out).toContain('移除成员');
});

test('a list from the template to the progress', async () => {
  await aBatch('名单批次');
  await type('roster', 'template', file('样表.xlsx'));
  expect((await type('roster', 'template', file('样表.xlsx'))).error).toContain('没有覆盖');
  expect((await type('roster', 'template', file('样表.doc'))).error).toContain('.xlsx 或 .csv');
  const checked = await type('roster', 'check', '名单批次', file('样表.xlsx'));
  expect(checked.out).toContain('读到 1 行，都可以导入');
  await type('roster', 'template', file('样表.csv'));
  const same = await json<{ plan: object }>('roster', 'check', '名单批次', file('样表.csv'));
  expect(same.plan).toMatchObject({ state: 'ready', file: { encoding: 'utf-8' }, rows: { good: 1 } });
  writeFileSync(file('list.csv'), csvOf([...someRows(3), ['?', '坏', '2021', '阜阳站', '1 班']]));
  const stopped = await type('roster', 'import', '名单批次', file('list.csv'), '--yes');
  expect(stopped.code).toBe(1);
  expect(stopped.out).toMatch(/5\s+要改\s+学号里有别的符号/);
  expect((await type('roster', 'import', '名单批次', file('list.csv'), '--skip-bad')).out).toContain(
    '还没有导入',
  );
  const done = await type('roster', 'import', '名单批次', file('list.csv'), '--skip-bad', '--yes');
  expect(done).toMatchObject({ code: 0 });
  expect(done.out).toContain('导入完成');
  const progress = await type('progress', '名单批次');
  expect(progress.out).toMatch(/全部学生\s+3\s+0\s+0\s+0\s+0\s+0\s+3/);
  const missing = await type('missing', '名单批次', '--station', '阜阳站');
  expect(missing.out.split('\n')).toHaveLength(4);
  expect((await type('reminder', '名单批次', '--station', '阜阳站')).out).toContain('还有 2 人没有完成');
});

test('a photo is reviewed: rejected, undone, accepted', async () => {
  const batch = await aBatch('审核批次');
  await withPhoto({ ...batch }, '1', 'confirmed');
  const { item } = await json<{ item: ReviewItem }>('review', 'take', '审核批次', '--out', file('review'));
  expect(readFileSync(file(join('review', `${item.submissionId}-standard.jpg`))).length).toBeGreaterThan(0);
  const about = [item.submissionId, item.photo.id];
  expect(
    (await type('review', 'reject', ...about, '--reason', 'light', '--remark', '面向窗户')).out,
  ).toContain('光线不合适');
  expect((await type('review', 'undo', item.submissionId)).out).toContain('审核中');
  expect((await type('review', 'accept', ...about)).out).toContain('已通过');
  expect((await type('review', '审核批次')).out).toMatch(/等审核\s+0/);
});

test('a batch is found by its id, its whole title or a piece of it that only one has', async () => {
  await aBatch('甲批次');
  await aBatch('甲批次二');
  expect((await type('batch', 'show', '甲批次')).code).toBe(0);
  const several = await type('batch', 'show', '甲批');
  expect(several.error).toMatch(/对应多个批次[\s\S]*甲批次二/);
});

test('a file that is not there, or is a folder, is said to be so', async () => {
  await aBatch('文件批次');
  expect((await type('roster', 'check', '文件批次', file('没有.csv'))).error).toContain('没有找到');
  expect((await type('roster', 'check', '文件批次', folder)).error).toContain('是文件夹');
  const wrongRange = await type('batch', 'change', '文件批次', '--check-file', file('没有.json'));
  expect(wrongRange.error).toContain('没有找到');
});

test('check settings come from the file that the tuning writes, within the standard', async () => {
  await aBatch('参数批次');
  const write = (gap: number) => {
    const overrides = {
      'eyes-open': { measures: { gap: { allowed: { min: gap }, evidence: '40 photos' } } },
    };
    writeFileSync(file('检查.json'), JSON.stringify({ format: 'check-settings/1', overrides }));
  };
  write(0.01);
  const refused = await type('batch', 'change', '参数批次', '--check-file', file('检查.json'));
  expect(refused.error).toContain('超出了照片标准');
  write(0.05);
  const changed = await type('batch', 'change', '参数批次', '--check-file', file('检查.json'));
  expect(changed).toMatchObject({ code: 0, error: '' });
  expect((await json<OperatorBatch>('batch', 'show', '参数批次')).checkSettings.overrides).toHaveProperty(
    'eyes-open',
  );
});

test.each(OPERATOR_COMMANDS.filter(({ example }) => example !== undefined))(
  'the example of $name is that command',
  ({ name, example }) => {
    expect(example!.startsWith(name)).toBe(true);
    const options = example!.match(/--[\w-]+/g) ?? [];
    const command = OPERATOR_COMMANDS.find((each) => each.name === name)!;
    for (const option of options) expect(command.options).toHaveProperty(option.slice(2));
  },
);

describe('reviewing at the keyboard', () => {
  test('one letter for each photo; what is wrong is said and the session goes on', async () => {
    const batch = await aBatch('键盘批次');
    const students = [];
    for (const number of ['1', '2', '3']) students.push(await withPhoto({ ...batch }, number, 'confirmed'));
    const lines = ['x', 'r', 'r 99', 'r 12', 'r 3 4 请面向窗户 再拍', 'u', 'a', 's', 'a', 'q'];
    const out = file('keyboard');
    const said = await typeWith(lines, 'the-operator', 'review', 'session', '键盘批次', '--out', out);
    expect(said).toMatchObject({ code: 0, error: '' });
    expect(said.out).toContain('通过 2 张，驳回 0 张，先不审 1 张，撤销 1 次。');
    expect(said.out).toContain('选了 other 时必须写');
    expect(readFileSync(join(out, '成品.jpg')).toString()).toMatch(/^finished picture of [123]$/);
    const states = await Promise.all(
      students.map(async ({ _id }) => (await collection<SubmissionDocument>('submissions').get(_id))?.state),
    );
    expect(states.sort()).toEqual(['accepted', 'accepted', 'confirmed']);
    // The one that was on the screen at the end is anybody's again.
    expect((await json<{ lent: number }>('review', '键盘批次')).lent).toBe(0);
  });

  test('the count is of photos: what was undone counts once, as it stands in the end', async () => {
    const batch = await aBatch('撤销批次');
    for (const number of ['1', '2']) await withPhoto({ ...batch }, number, 'confirmed');
    const lines = ['a', 'u', 'a', 'a', 'u', 'u', 'r 3', 'q'];
    const said = await typeWith(lines, 'the-operator', 'review', 'session', '撤销批次', '--out', file('u'));
    expect(said.out).toContain('通过 1 张，驳回 1 张，先不审 0 张，撤销 2 次。');
  });

  test('ends with the input, and says when nothing is left', async () => {
    await aBatch('空键盘批次');
    const said = await typeWith([], 'the-operator', 'review', 'session', '空键盘批次', '--out', file('e'));
    expect(said.out).toContain('没有等审核的照片');
  });
});

test('a student is photographed at the station: code, ID tail, consent, photo', async () => {
  await aBatch('站点批次');
  const portrait = resolve(__dirname, '../../fixtures/portraits/f1_front.jpg');
  writeFileSync(file('code.png'), (await demonstrationCode()).png);
  const sit = ['station', 'sit', file('code.png'), portrait, '--id-tail', DEMONSTRATION_ID_TAIL];
  expect((await type(...sit)).error).toContain('学生还没有同意');
  const sat = await type(...sit, '--consent', '--confirm');
  expect(sat).toMatchObject({ code: 0, error: '' });
  expect(sat.out).toMatch(/状态\s+待你确认/);
  expect(sat.out).toContain('这个批次不允许当场确认');
  const { seats } = await json<{ seats: { open: boolean }[] }>('station', 'seats');
  expect(seats.map(({ open }) => open)).toEqual([false]);
}, 60_000);

describe('a package', () => {
  async function exported(title: string) {
    const batch = await aBatch(title);
    for (const number of ['1', '2', '3']) await withPhoto({ ...batch }, number);
    const out = file(title);
    const said = await type('export', title, '--out', out);
    expect(said).toMatchObject({ code: 0, error: '' });
    return { batch, out };
  }

  test('is fetched, verified, marked as delivered', async () => {
    const { out } = await exported('打包批次');
    expect((await type('verify', out)).out).toBe('清单 3 张，核对无误 3 张。完整。');
    const { jobs } = await json<{ jobs: { id: string }[] }>('export', 'list', '打包批次');
    expect((await type('export', 'delivered', jobs[0]!.id)).out).toContain('完成');
    expect((await json<{ students: unknown[] }>('missing', '打包批次')).students).toEqual([]);
  });

  test('that was stopped half-way is taken up: the same package, only what is missing is fetched', async () => {
    const { out, batch } = await exported('中断批次');
    const volume = join(out, 'photos-1-of-1.zip');
    const whole = readFileSync(volume);
    truncateSync(volume, 100);
    rmSync(join(out, 'manifest.csv'));
    await type('export', '中断批次', '--out', out);
    expect(readFileSync(volume).equals(whole)).toBe(true);
    // What a killed download leaves: half a file under another name, longer than the new one would be.
    rmSync(volume);
    writeFileSync(`${volume}.part`, Buffer.alloc(2 * whole.length, 1));
    await type('export', '中断批次', '--out', out);
    expect(readFileSync(volume).equals(whole)).toBe(true);
    expect(existsSync(`${volume}.part`)).toBe(false);
    expect((await type('verify', out)).code).toBe(0);
    expect(await collection<ExportDocument>('exports').count({ batchId: batch.id })).toBe(1);
    expect((await type('export', '中断批次', '--out', out)).out).toContain('之后通过的照片不在里面');
    expect((await type('export', '中断批次', '--new', '--out', out)).error).toContain('请换一个文件夹');
  });

  test('that is damaged is said to be so, photo by photo', async () => {
    const { out } = await exported('损坏批次');
    const volume = join(out, 'photos-1-of-1.zip');
    const bytes = readFileSync(volume);
    const inPicture = bytes.indexOf('finished picture of 2') + 3;
    bytes.writeUInt8(bytes.readUInt8(inPicture) ^ 0xff, inPicture);
    writeFileSync(volume, bytes);
    const damaged = await type('verify', out);
    expect(damaged.code).toBe(1);
    expect(damaged.out).toMatch(/压缩包有损坏\s+photos-1-of-1\.zip/);
    expect(damaged.out).toMatch(/照片有损坏\s+2\.jpg\s+2/);
    rmSync(volume);
    expect((await type('verify', out)).out.match(/缺照片/g)).toHaveLength(3);
    expect((await type('verify', folder)).error).toContain('没有 manifest.json');
  });

  test('says who is not in it because the consent was taken back', async () => {
    const batch = await aBatch('收回批次');
    await withPhoto({ ...batch }, '1');
    const { openid } = await withPhoto({ ...batch }, '2');
    await withdrawConsent(aCall({ openid }));
    const checked = await type('export', 'check', '收回批次');
    expect(checked).toMatchObject({ code: 0, error: '' });
    expect(checked.out).toContain('1 张不会放进这一包');
    const out = file('收回批次');
    const { out: said } = await type('export', '收回批次', '--out', out);
    expect(said).toContain('1 张没有放进这一包');
    expect(said).toContain('学生收回了同意 1 张：2');
    expect((await type('verify', out)).out).toBe('清单 1 张，核对无误 1 张。完整。');
  });

  test('with names that cannot be is refused before anything is written', async () => {
    const batch = await aBatch('重名批次');
    for (const number of ['1', '2']) await withPhoto({ ...batch }, number);
    const checked = await type('export', 'check', '重名批次', '--file-name', '{年级}');
    expect(checked.code).toBe(1);
    expect(checked.out).toContain('1 张照片的文件名不能用');
    const refused = await type('export', '重名批次', '--file-name', '{年级}', '--out', file('x'));
    expect(refused.error).toContain('EXPORT_NAMES_REFUSED');
  });
});

test('the spreadsheet arrives', async () => {
  const batch = await aBatch('表格批次');
  await withPhoto({ ...batch }, '1');
  await type('spreadsheet', '表格批次', '--out', file('学生.xlsx'));
  const [sheet] = await readWorkbook(file('学生.xlsx'));
  expect(sheet!.data.map((row) => [row[0], row[9]])).toEqual([
    ['学号', '状态'],
    ['1', '审核通过'],
  ]);
});

test('the retention says what it would do, and does it only when told', async () => {
  const dry = await type('retention');
  expect(dry.out).toContain('保存着多少人的照片');
  expect((await json<{ dryRun: boolean }>('retention', '--yes')).dryRun).toBe(false);
});

test('the first operator can only be made where the cloud runs', async () => {
  expect((await type('first')).error).toContain('npm start');
});
