import { spawnSync } from 'node:child_process';
import fs, {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { decodeCommand } from '../../local/cli/decode';
import { runCommand } from '../../local/cli/support/command';
import { codePagePng } from '../support/code-page-builder';
import { recordedOutput } from '../support/recorded-output';

const FIXTURES = join(__dirname, '../fixtures/code-pictures');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'decode-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

type Row = Readonly<Record<'file' | 'outcome' | 'texts' | 'payloads' | 'milliseconds', string>>;

async function decode(...names: readonly string[]) {
  const csv = join(folder, 'table.csv');
  const output = recordedOutput();
  const code = await runCommand(decodeCommand, [...names, '--as-deployed', '--csv', csv], output);
  const text = readFileSync(csv, 'utf8');
  const rows: Row[] = parse(text, { columns: true });
  return { code, output, heading: text.split('\n')[0], rows };
}

test('one row for each file, whatever it is', async () => {
  const pictures = join(folder, 'pictures');
  mkdirSync(join(pictures, 'below'), { recursive: true });
  for (const name of ['cs-gbk.png', 'f.heic', 'trunc-50.jpg', 'text.jpg'])
    cpSync(join(FIXTURES, name), join(pictures, name));
  writeFileSync(join(pictures, 'below', 'empty.jpg'), '');
  writeFileSync(join(pictures, 'below', 'page.png'), await codePagePng({}));
  const { code, heading, rows, output } = await decode(pictures, join(FIXTURES, 'cs-utf8.png'));
  expect(code).toBe(0);
  expect(heading).toBe('file,outcome,texts,payloads,milliseconds');
  expect(rows.map(({ file, outcome }) => [file.split('/').at(-1), outcome])).toEqual([
    ['empty.jpg', 'refused'],
    ['page.png', 'none'],
    ['cs-gbk.png', 'found'],
    ['f.heic', 'refused'],
    ['text.jpg', 'refused'],
    ['trunc-50.jpg', 'refused'],
    ['cs-utf8.png', 'found'],
  ]);
  expect(output.lines).toEqual([expect.stringContaining('7 files: found 2, none 1, refused 4')]);
  for (const { milliseconds } of rows) expect(milliseconds).toMatch(/^\d+$/);
});

test('a film among the pictures is a row too, whatever its size', async () => {
  const pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  cpSync(join(FIXTURES, 'cs-gbk.png'), join(pictures, 'z.png'));
  writeFileSync(join(pictures, 'film.mov'), '');
  truncateSync(join(pictures, 'film.mov'), 3 * 1024 ** 3);
  const { code, rows } = await decode(pictures);
  expect(code).toBe(0);
  expect(rows.map(({ outcome }) => outcome)).toEqual(['refused', 'found']);
});

test('texts and payloads', async () => {
  const several = join(folder, 'several.png');
  writeFileSync(
    several,
    await codePagePng({
      codes: [
        { payload: '"one", two', left: 20, top: 20 },
        { payload: Uint8Array.from([255, 254]), left: 250, top: 300 },
      ],
    }),
  );
  const { rows } = await decode(several, join(FIXTURES, 'cs-gbk.png'), join(FIXTURES, 'cs-nul.png'));
  expect(rows[0]!.texts.split(';').sort()).toEqual(['', '"one", two']);
  expect(rows[0]!.payloads.split(';').sort()).toEqual(['//4=', 'Im9uZSIsIHR3bw==']);
  expect(rows[1]).toMatchObject({
    texts: '学号20240101|张三|图像采集码',
    payloads: '0ae6xTIwMjQwMTAxfNXFyP18zbzP8bLJvK/C6w==',
  });
  expect(rows[2]).toMatchObject({ texts: 'abc␀def␀', payloads: 'YWJjAGRlZgA=' });
});

test.each<[string, readonly string[]]>([
  ['nothing to read', ['--csv', 'x.csv']],
  ['nowhere to write', ['x.png']],
  ['a name that does not exist', ['/nowhere/x.png', '--csv', 'x.csv']],
  ['a folder in the place of the table', [FIXTURES, '--csv', FIXTURES]],
  ['an unknown option', ['x.png', '--csv', 'x.csv', '--fast']],
])('%s: the usage and exit code 1', async (_, args) => {
  const output = recordedOutput();
  expect(await runCommand(decodeCommand, args, output)).toBe(1);
  expect(output.errors.join('\n')).toContain('npm run decode');
});

test('--help explains and does nothing', async () => {
  const output = recordedOutput();
  expect(await runCommand(decodeCommand, ['--help'], output)).toBe(0);
  expect(output.lines.join('\n')).toContain('outcome (found, none, refused)');
});

test('the command itself, in a pipe: quiet on standard error', () => {
  const csv = join(folder, 'table.csv');
  const root = resolve(__dirname, '../..');
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'local/cli/decode.ts', join(FIXTURES, 'cs-utf8.png'), '--csv', csv],
    { cwd: root, encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('1 files: found 1');
  expect(readFileSync(csv, 'utf8')).toContain('found');
});

test('the command itself, and nobody reads on: no word, exit code 0', () => {
  const decode = `"${process.execPath}" --import tsx local/cli/decode.ts "${join(FIXTURES, 'cs-utf8.png')}"`;
  const { stderr } = spawnSync(`{ ${decode} --csv /dev/stdout; echo "exit $?" >&2; } | true`, {
    cwd: resolve(__dirname, '../..'),
    shell: true,
    encoding: 'utf8',
  });
  expect(stderr).toBe('exit 0\n');
});

test('the command itself, started through a link to the project', () => {
  const link = join(folder, 'link');
  symlinkSync(resolve(__dirname, '../..'), link, 'junction');
  const { stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(link, 'local/cli/decode.ts'), '--help'],
    {
      cwd: resolve(__dirname, '../..'),
      encoding: 'utf8',
    },
  );
  expect(stdout).toContain('npm run decode');
});

test.each(['EBUSY', 'EPERM'])('a table that is open in Excel (%s): what to do is said', async (code) => {
  jest.spyOn(fs, 'openSync').mockImplementation(() => {
    throw Object.assign(new Error(), { code, syscall: 'open' });
  });
  const output = recordedOutput();
  const args = [join(FIXTURES, 'cs-utf8.png'), '--as-deployed', '--csv', 'table.csv'];
  expect(await runCommand(decodeCommand, args, output)).toBe(1);
  jest.restoreAllMocks();
  expect(output.errors.join('\n')).toMatch(
    /^table\.csv .*is open in another program \(Excel, .*close it there/,
  );
});

// A device of Linux on which every disk is full.
const onFullDisk = existsSync('/dev/full') ? test : test.skip;
onFullDisk('a full disk: the table is named', async () => {
  const output = recordedOutput();
  const args = [join(FIXTURES, 'cs-utf8.png'), '--as-deployed', '--csv', '/dev/full'];
  expect(await runCommand(decodeCommand, args, output)).toBe(1);
  expect(output.errors.join('\n')).toMatch(/^\/dev\/full could not be written: the disk is full/);
});
