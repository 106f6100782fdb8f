import { createPublicKey } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createCaptureCodeResolver,
  readCaptureCodeSettings,
} from '../../cloudfunctions/capture-code/capture-code-settings';
import { readFirstCodes } from '../../cloudfunctions/capture-code/read-code-picture';
import { decodeSignedCode, signingKeyId } from '../../cloudfunctions/capture-code/signed-format';
import { issueCodeCommand } from '../../local/cli/issue-code';
import { runCommand } from '../../local/cli/support/command';
import { readSchoolKey, serverSettingOf } from '../../local/cli/support/school-key';
import { recordedOutput } from '../support/recorded-output';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'issue-code-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const place = (name: string) => join(folder, name);

async function issue(...args: readonly string[]) {
  const output = recordedOutput();
  return { code: await runCommand(issueCodeCommand, args, output), output };
}

async function payloadIn(file: string): Promise<Uint8Array> {
  const [code] = await readFirstCodes(readFileSync(file));
  return code!.payload;
}

function resolverOf(schoolKeys: string) {
  const environment = {
    CAPTURE_CODE_DIGEST_KEY: Buffer.alloc(32, 1).toString('base64'),
    CAPTURE_CODE_SCHOOL_KEYS: schoolKeys,
    // The demonstration's key is trusted nowhere else.
    SCF_NAMESPACE: 'local',
  };
  return createCaptureCodeResolver(readCaptureCodeSettings(environment));
}

const STUDENT = ['--student-number', '2021001', '--name', '李小四', '--level', '专升本', '--year', '2021'];

test('a school makes a key, issues a code, and the server with the printed setting resolves it', async () => {
  const made = await issue('--new-key', place('key.json'), '--school-code', '10377');
  expect(made.code).toBe(0);
  const setting = made.output.lines.at(-1)!;
  const drawn = await issue(
    ...['--key', place('key.json'), '--out', place('code.png'), ...STUDENT],
    ...['--id-number', '440524188001010014', '--study-form', '业余', '--expires', '2099-06-30'],
  );
  expect(drawn.code).toBe(0);
  expect(drawn.output.errors).toEqual([]);
  const payload = await payloadIn(place('code.png'));
  await expect(resolverOf(setting).resolve(payload, '0014')).resolves.toMatchObject({
    schoolCode: '10377',
    studentNumber: '2021001',
    maskedName: '李*四',
    studyForm: '业余',
  });
  // The whole last day counts, in China's time.
  expect(drawn.output.lines).toEqual([`${place('code.png')}: valid until 2099年6月30日 24:00`]);
  expect(decodeSignedCode(payload)!.claims.expiresAt.toISOString()).toBe('2099-06-30T16:00:00.000Z');
});

test('without anything: the demonstration’s code, and a warning about its key', async () => {
  const { code, output } = await issue('--out', place('deep/er/code.png'), '--page', 'phone');
  expect(code).toBe(0);
  expect(output.errors.join()).toContain('DEMONSTRATION');
  const student = await resolverOf(serverSettingOf()).resolve(
    await payloadIn(place('deep/er/code.png')),
    '002X',
  );
  expect(student.schoolCode).toBe('99999');
});

test('a key file is for its owner only and is never overwritten', async () => {
  await issue('--new-key', place('key.json'), '--school-code', '10377');
  expect(statSync(place('key.json')).mode & 0o077).toBe(0);
  const before = signingKeyId(createPublicKey(readSchoolKey(place('key.json')).privateKey));
  expect((await issue('--new-key', place('key.json'), '--school-code', '10377')).code).toBe(1);
  expect(signingKeyId(createPublicKey(readSchoolKey(place('key.json')).privateKey))).toBe(before);
});

describe('a list', () => {
  const HEADING = '学号,姓名,证件号码,层次,年级,学习形式';
  const list = (...lines: readonly string[]) => {
    writeFileSync(place('list.csv'), `${[HEADING, ...lines].join('\r\n')}\r\n`);
    return issue('--list', place('list.csv'), '--out', place('codes'));
  };

  test('gives a code per row, named by student number', async () => {
    const { code, output } = await list(
      '2021001,李小四,440524188001010014,专升本,2021,业余',
      '2021002,阿依古丽•买买提,11010519491231002X,高起本,2018,',
    );
    expect(code).toBe(0);
    expect(readdirSync(place('codes')).sort()).toEqual(['2021001.png', '2021002.png']);
    expect(output.lines.at(-1)).toMatch(/2 of 2 codes drawn to .*, valid until \d{4}年\d+月\d+日 \d+:\d\d$/);
    const payload = await payloadIn(place('codes/2021002.png'));
    const student = await resolverOf(serverSettingOf()).resolve(payload, '002X');
    expect(student).toMatchObject({ maskedName: '阿***·**提', year: '2018' });
    expect(student.studyForm).toBeUndefined();
  });

  test('as Excel saves it in China', async () => {
    // 学号,姓名,证件号码,层次,年级 and one row, in GB 18030.
    const heading = 'd1a7bac52cd0d5c3fb2cd6a4bcfebac5c2eb2cb2e3b4ce2cc4eabcb6';
    const row = Buffer.concat([
      Buffer.from('2021001,', 'ascii'),
      Buffer.from('d5c5c8fd', 'hex'), // 张三
      Buffer.from(',11010519491231002X,', 'ascii'),
      Buffer.from('b1bebfc6', 'hex'), // 本科
      Buffer.from(',2021', 'ascii'),
    ]);
    writeFileSync(place('list.csv'), Buffer.concat([Buffer.from(heading, 'hex'), Buffer.from('\r\n'), row]));
    expect((await issue('--list', place('list.csv'), '--out', place('codes'))).code).toBe(0);
    const payload = await payloadIn(place('codes/2021001.png'));
    expect(decodeSignedCode(payload)!.claims).toMatchObject({ maskedName: '张*', level: '本科' });
  });

  test('a bad row spoils no other; the message names the line and nobody', async () => {
    const { code, output } = await list(
      '2021001,李小四,440524188001010014,专升本,2021,业余',
      '2021001,王小五,11010519491231002X,专升本,2021,业余',
      '../../etc,王小五,11010519491231002X,专升本,2021,业余',
      '2021003,王小五,,专升本,2021,业余',
      '2021004,王小五,11010519491231002X,专升本,二〇二一,业余',
      '2021005,王小五,11010519491231002X,专升本,2021,业余',
    );
    expect(code).toBe(1);
    expect(readdirSync(place('codes')).sort()).toEqual(['2021001.png', '2021005.png']);
    expect(output.errors.filter((line) => line.startsWith('line')).map((line) => line.split(':')[0])).toEqual(
      ['line 3', 'line 4', 'line 5', 'line 6'],
    );
    const said = [...output.errors, ...output.lines].join('\n');
    for (const personal of ['王小五', '11010519491231002X']) expect(said).not.toContain(personal);
  });

  test.each([
    ['of which a spreadsheet kept 15 digits', '110101199003070000', /^line 2: .*format the column as text/],
    ['that a spreadsheet shows as a quantity', '1.10101E+17', /^line 2: .*format the column as text/],
    ['the same, cut so short that no birthday is left', '4E+17', /^line 2: .*format the column as text/],
    ['with decimals', '110101199003070000.00', /^line 2: .*format the column as text/],
    ['with a digit missing', '4405241880010100', /^line 2: .*has 18 characters, this one has 16/],
    [
      'with a digit missing before the X',
      '1101051949123102X',
      /^line 2: .*has 18 characters, this one has 17/,
    ],
    ['with a digit too many', '4405241880010100144', /^line 2: .*has 18 characters, this one has 19/],
    ['with a typing error', '440524188001010024', /^line 2: .*last character .* does not fit/],
  ])('an ID number %s gives no code, but what to do, and is not repeated', async (_, idNumber, message) => {
    const { code, output } = await list(`2021001,李小四,${idNumber},专升本,2021,业余`);
    expect(code).toBe(1);
    expect(readdirSync(place('codes'))).toEqual([]);
    expect(output.errors.at(-1)).toMatch(message);
    expect(output.errors.join('\n')).not.toContain(idNumber);
  });

  test.each([
    ['a resident’s that ends in 000 by itself', '440524188001019000'],
    ['a residence permit of Macao', '820000199001010010'],
    ['a foreigner’s card', '911840198003120013'],
    ['an older foreigner’s card', 'USA110010101019'],
    ['a number of the first generation', '110105491231002'],
    ['a Hong Kong identity card', 'A123456(7)'],
    ['a Macao identity card', '1234567(8)'],
    ['a permit of Hong Kong and Macao residents', 'H1234567800'],
    ['a Taiwan resident’s permit', '12345678'],
    ['a passport', 'E12345678'],
  ])('%s gives its code', async (_, idNumber) => {
    const { code } = await list(`2021001,李小四,${idNumber},专升本,2021,业余`);
    expect(code).toBe(0);
  });

  test.each([
    ['a list without ID numbers', '学号,姓名,层次,年级\n1,张三,本科,2021\n'],
    ['rows of different length', `${HEADING}\n2021001,李小四\n`],
    ['an open quotation mark', `${HEADING}\n"2021001,李小四\n`],
    ['nothing', ''],
  ])('%s is refused as a whole', async (_, content) => {
    writeFileSync(place('list.csv'), content);
    expect((await issue('--list', place('list.csv'), '--out', place('codes'))).code).toBe(1);
    expect(existsSync(place('codes'))).toBe(false);
  });
});

test.each<[string, readonly string[]]>([
  ['no place to write', []],
  ['half a student', ['--out', 'x.png', '--name', '张三']],
  ['a student that does not fit the format', ['--out', 'x.png', ...STUDENT, '--id-number', '12']],
  [
    'a student whose ID number a spreadsheet damaged',
    ['--out', 'x.png', ...STUDENT, '--id-number', '110101199003070000'],
  ],
  ['a key that does not exist', ['--out', 'x.png', '--key', '/nowhere/key.json']],
  ['a module of no size', ['--out', 'x.png', '--module-size', '0']],
  ['an unknown page', ['--out', 'x.png', '--page', 'poster']],
  ['an unknown error correction', ['--out', 'x.png', '--error-correction', 'X']],
  ['a day that is none', ['--out', 'x.png', '--expires', '2026-13-01']],
  ['a day that its month does not have', ['--out', 'x.png', '--expires', '2099-02-31']],
  ['a day that is over', ['--out', 'x.png', '--expires', '2020-01-01']],
  ['a code wider than its page', ['--out', 'x.png', '--module-size', '20', '--page', 'phone']],
  ['a key for no school', ['--new-key', 'x.json']],
])('%s: the usage and exit code 1', async (_, args) => {
  const { code, output } = await issue(...args);
  expect(code).toBe(1);
  expect(output.errors.join('\n')).toContain('npm run issue-code');
});

test.each<[string, (there: Readonly<Record<'folder' | 'list', string>>) => readonly string[], RegExp]>([
  [
    'a list that is not there',
    ({ folder }) => ['--list', 'nope.csv', '--out', folder],
    /^nope\.csv does not/,
  ],
  ['a folder as list', ({ folder }) => ['--list', folder, '--out', folder], /^\S+ is a folder/],
  ['a list as key', ({ list }) => ['--key', list, '--out', 'x.png'], /^\S+list\.csv is no key file/],
  ['a folder to write to', ({ folder }) => ['--out', folder], /^\S+ is a folder/],
  ['a file for many codes', ({ list }) => ['--list', list, '--out', list], /list\.csv is a file/],
])('%s: named, without a stack trace', async (_, args, message) => {
  const list = place('list.csv');
  writeFileSync(list, '学号,姓名,证件号码,层次,年级\n2021001,李小四,440524188001010014,专升本,2021\n');
  const { code, output } = await issue(...args({ folder, list }));
  expect(code).toBe(1);
  expect(output.errors.at(-1)).toMatch(message);
});

// A device of Linux on which every disk is full.
const onFullDisk = existsSync('/dev/full') ? test : test.skip;
onFullDisk('a full disk: the picture is named', async () => {
  const { code, output } = await issue('--out', '/dev/full');
  expect(code).toBe(1);
  expect(output.errors.at(-1)).toMatch(/^\/dev\/full could not be written: the disk is full/);
});
