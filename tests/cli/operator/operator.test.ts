/** The operator's commands as a person types them. */
let terminal: OperatorTerminal;
beforeAll(async () => {
  terminal = await openOperatorTerminal();
});
afterAll(() => terminal.close());
import { writeFileSync } from 'node:fs';
import { OPERATOR_COMMANDS, operatorCommand } from '../../../local/cli/operator';
import { refusalText } from '../../../local/cli/operator/refusals';
import { runCommand } from '../../../local/cli/support/command';
import { type BatchLine, type OperatorBatch } from '../../../miniprogram/shared/contract/operator/batches';
import { daysFromNow } from '../../support/batch-builder';
import { BATCH, openOperatorTerminal, type OperatorTerminal, WINDOW } from '../../support/operator-terminal';
import { recordedOutput } from '../../support/recorded-output';
import { storedBatch } from '../../support/submission-builder';

test('a batch is made, changed, copied for next year and extended', async () => {
  await terminal.type('school', '99999', '示范大学');
  const made = await terminal.type(
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
  expect(
    (await terminal.type('batch', 'deadline', '2027届', '2099-03-10', '--reason', '补拍')).out,
  ).toContain('补拍');
  const copied = await terminal.json<OperatorBatch>('batch', 'copy', '2027届');
  expect(copied).toMatchObject({
    title: '2028届毕业生图像采集',
    graduationDate: '2028-01-10',
    attemptLimit: 10,
  });
  const changed = await terminal.json<OperatorBatch>(
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
  expect((await terminal.type('batches')).out).toMatch(/2028届.*\n.*2027届|2027届.*\n.*2028届/);
});

test('a batch is found among hundreds, by its id and by its title', async () => {
  const early = await storedBatch({
    schoolCode: '99998',
    title: '最早截止的批次',
    closesAt: daysFromNow(-3000),
  });
  for (let index = 0; index < 100; index += 1) {
    await storedBatch({
      schoolCode: '99998',
      title: `同一所学校的批次 ${index}`,
      closesAt: daysFromNow(-2000),
    });
  }
  const { batches } = await terminal.json<{ batches: readonly BatchLine[] }>('batches', '--school', '99998');
  expect(batches).toHaveLength(101);
  for (const name of [early.id, early.id.slice(0, 8), '最早截止']) {
    expect(await terminal.json<OperatorBatch>('batch', 'show', name)).toMatchObject({ id: early.id });
  }
});

test('what is typed wrong is said in Chinese, with the next step, and exit code 1', async () => {
  expect((await terminal.type('batch', 'fly')).error).toContain('没有“batch fly”这个命令');
  expect((await terminal.type('batch')).error).toContain('batch create');
  expect((await terminal.type('btaches')).error).toContain('是不是：batches');
  expect((await terminal.type('school', '99999', '示范', '大学')).error).toContain('多出来“大学”');
  expect((await terminal.type('batches', '--what')).error).toContain('没有 --what 这个选项');
  expect((await terminal.type('batches', '--school')).error).toContain('--school 后面要写一个值');
  expect(await terminal.type('--what')).toMatchObject({
    code: 1,
    out: '',
    error: expect.stringContaining('没有 --what 这个选项') as string,
  });
  expect((await terminal.type('--json', 'batches')).error).toContain('“batches”要写在选项前面');
  expect((await terminal.typeAs('张三', 'me')).error).toContain('--as 只能用字母');
  expect((await terminal.typeAs('stranger', 'batches')).error).toContain('“stranger”的身份不能做这件事');
  expect((await terminal.type('export', 'cancel', 'x')).error).toContain('照抄 export list 显示的编号');
  expect((await terminal.type('progress')).error).toContain('少了“批次”');
  expect((await terminal.type('progress', '没有这个批次')).error).toContain('没有找到批次');
  expect((await terminal.type('batch', 'create', ...BATCH, ...WINDOW, '--opens', 'soon')).error).toContain(
    '不是日期',
  );
  const refused = await terminal.type('join', 'AAAA-BBBB');
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.error).toContain('这个邀请码现在不能用（INVITATION_INVALID）');
  expect((await terminal.type('join', 'AAAA-BBBB', '--json')).out).toContain(
    '"refused": "INVITATION_INVALID"',
  );
});

test.each([
  ['--station=X', ['remind', '2027届'], { npm_config_station: 'X' }, '--station'],
  ['--join', ['first'], { npm_config_join: 'true' }, '--join'],
  [
    '--skip-bad --yes',
    ['roster', 'import', 'x', 'x.csv'],
    { npm_config_skip_bad: 'true', npm_config_yes: 'true' },
    '--skip-bad、--yes',
  ],
  ['--school 9', ['batch', 'create', '9'], { npm_config_school: 'true' }, '--school'],
])(
  '%s that npm took for itself: nothing is done, and how to type it is said',
  async (_typed, args, environment, named) => {
    const output = recordedOutput();
    expect(await runCommand(operatorCommand(args, undefined, environment), args, output)).toBe(1);
    expect(output.errors.join('\n')).toContain(`npm 把 ${named} 当成了自己的选项，什么都没有做。`);
    expect(output.errors.join('\n')).toContain('npm.cmd run operator --');
  },
);

test('settings of npm’s own, and options that arrived as well, are nothing to say', async () => {
  const output = recordedOutput();
  const args = ['verify', terminal.file('没有的文件夹'), '--json'];
  const environment = {
    npm_config_cache: '/tmp',
    npm_config_yes: 'true',
    npm_config_json: 'true',
    npm_config_url: '',
  };
  await runCommand(operatorCommand(args, undefined, environment), args, output);
  expect(output.errors.join('\n')).toContain('没有 manifest.json');
});

test.each([
  ['EBUSY', /^“学生.xlsx”正被别的程序打开（Excel、看图窗口），请先关掉再试。$/],
  ['EPERM', /^没有权限读写“学生.xlsx”，或者它正被别的程序打开（Excel、看图窗口），请先关掉再试。$/],
])('a file that another program has open (%s) is said to be so, also to programs', (code, words) => {
  const refusal = refusalText(Object.assign(new Error(), { code, path: '学生.xlsx' }), '', '');
  expect(refusal?.text).toMatch(words);
  expect(refusal?.json).toEqual({ refused: 'FILE', details: { problem: refusal?.text } });
});

test.each(OPERATOR_COMMANDS.map((command) => [command.name, command] as const))(
  '--help of %s explains every option',
  async (name, command) => {
    const { out, code } = await terminal.type(...name.split(' '), '--help');
    expect(code).toBe(0);
    expect(out).toContain(command.summary);
    for (const option of Object.keys(command.options)) expect(out).toContain(`--${option}`);
  },
);

test('without a command all commands are listed', async () => {
  const { out } = await terminal.type();
  for (const { name } of OPERATOR_COMMANDS) expect(out).toContain(name);
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

test('invited, joined, listed, removed', async () => {
  await terminal.type('school', '99999', '示范大学');
  await terminal.type('stations', '99999', '--save', 'FY=阜阳站');
  const { out } = await terminal.type(
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
  expect((await terminal.typeAs('teacher', 'join', code)).out).toContain('函授站（99999，1 个站点）');
  expect((await terminal.typeAs('teacher', 'members')).error).toContain('FORBIDDEN');
  const { members } = await terminal.json<{ members: { id: string; label: string }[] }>('members');
  const teacher = members.find(({ label }) => label === '王老师');
  expect((await terminal.type('members', '--remove', teacher!.id)).out).not.toContain('王老师');
  expect((await terminal.type('audit')).out).toContain('移除成员');
});

test('a batch is found by its id, its whole title or a piece of it that only one has', async () => {
  await terminal.aBatch('甲批次');
  await terminal.aBatch('甲批次二');
  expect((await terminal.type('batch', 'show', '甲批次')).code).toBe(0);
  const several = await terminal.type('batch', 'show', '甲批');
  expect(several.error).toMatch(/对应多个批次[\s\S]*甲批次二/);
});

test('a file that is not there, or is a folder, is said to be so', async () => {
  await terminal.aBatch('文件批次');
  expect((await terminal.type('roster', 'check', '文件批次', terminal.file('没有.csv'))).error).toContain(
    '没有找到',
  );
  expect((await terminal.type('roster', 'check', '文件批次', terminal.folder)).error).toContain('是文件夹');
  const wrongRange = await terminal.type(
    'batch',
    'change',
    '文件批次',
    '--check-file',
    terminal.file('没有.json'),
  );
  expect(wrongRange.error).toContain('没有找到');
});

test('check settings come from the file that the tuning writes, within the standard', async () => {
  await terminal.aBatch('参数批次');
  const write = (gap: number) => {
    const overrides = {
      'eyes-open': { measures: { gap: { allowed: { min: gap }, evidence: '40 photos' } } },
    };
    writeFileSync(terminal.file('检查.json'), JSON.stringify({ format: 'check-settings/1', overrides }));
  };
  write(0.01);
  const refused = await terminal.type(
    'batch',
    'change',
    '参数批次',
    '--check-file',
    terminal.file('检查.json'),
  );
  expect(refused.error).toContain('超出了照片标准');
  write(0.05);
  const changed = await terminal.type(
    'batch',
    'change',
    '参数批次',
    '--check-file',
    terminal.file('检查.json'),
  );
  expect(changed).toMatchObject({ code: 0, error: '' });
  expect(
    (await terminal.json<OperatorBatch>('batch', 'show', '参数批次')).checkSettings.overrides,
  ).toHaveProperty('eyes-open');
});

test('the retention says what it would do, and does it only when told', async () => {
  const dry = await terminal.type('retention');
  expect(dry.out).toContain('保存着多少人的信息（含还没拍照的）');
  expect((await terminal.json<{ dryRun: boolean }>('retention', '--yes')).dryRun).toBe(false);
});

test('the first operator can only be made where the cloud runs', async () => {
  expect((await terminal.type('first')).error).toContain('npm start');
});
