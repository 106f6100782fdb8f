/** Packages on the command line: fetched, taken up again, verified, refused; and the spreadsheet. */
let terminal: OperatorTerminal;
beforeAll(async () => {
  terminal = await openOperatorTerminal();
});
afterAll(() => terminal.close());
import { copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import readWorkbook from 'read-excel-file/node';
import { withdrawConsent } from '../../../cloudfunctions/consent/give-consent';
import { type ExportDocument } from '../../../cloudfunctions/export/export-document';
import { type Manifest } from '../../../cloudfunctions/export/manifest';
import { stationIdOf } from '../../../cloudfunctions/operator-access/station-document';
import { collection } from '../../../cloudfunctions/platform/database';
import { withPhoto } from '../../support/accepted-builder';
import { aCall } from '../../support/call-builder';
import { openOperatorTerminal, type OperatorTerminal } from '../../support/operator-terminal';

type Changes = { readonly [Key in keyof Manifest]?: Manifest[Key] | undefined };

function changeManifest(folder: string, change: (manifest: Manifest) => Changes): void {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  writeFileSync(path, JSON.stringify({ ...manifest, ...change(manifest) }));
}

describe('a package', () => {
  async function exported(title: string) {
    const batch = await terminal.aBatch(title);
    for (const number of ['1', '2', '3']) await withPhoto({ ...batch }, number);
    const out = terminal.file(title);
    const said = await terminal.type('export', title, '--out', out);
    expect(said).toMatchObject({ code: 0, error: '' });
    return { batch, out, said };
  }

  test('is named with the command that verifies it, also where a blank is in its folder’s name', async () => {
    const { said, out } = await exported('带 空格');
    expect(said.out).toContain(`核对：npm run operator -- verify "${out}"`);
  });

  test.each(['file-name', 'folder'])(
    'whose --%s has single quotes, as cmd hands them on, is not made',
    async (option) => {
      await terminal.aBatch(`引号 ${option}`);
      const said = await terminal.type('export', 'check', `引号 ${option}`, `--${option}`, "'{函授站}'");
      expect(said.error).toContain(`--${option} 两头有单引号`);
    },
  );

  test('is fetched, verified, marked as delivered', async () => {
    const { out } = await exported('打包批次');
    expect((await terminal.type('verify', out)).out).toBe(
      '清单 3 张，核对无误 3 张。完整。\n里面是：整个批次，全部已通过的照片。',
    );
    const { jobs } = await terminal.json<{ jobs: { id: string }[] }>('export', 'list', '打包批次');
    expect((await terminal.type('export', 'delivered', jobs[0]!.id)).out).toContain('打好了');
    expect((await terminal.json<{ students: unknown[] }>('missing', '打包批次')).students).toEqual([]);
  });

  test('that was stopped half-way is taken up: the same package, only what is missing is fetched', async () => {
    const { out, batch } = await exported('中断批次');
    const volume = join(out, 'photos-1-of-1.zip');
    const whole = readFileSync(volume);
    truncateSync(volume, 100);
    rmSync(join(out, 'manifest.csv'));
    await terminal.type('export', '中断批次', '--out', out);
    expect(readFileSync(volume).equals(whole)).toBe(true);
    // What a killed download leaves: half a file under another name, longer than the new one would be.
    rmSync(volume);
    writeFileSync(`${volume}.part`, Buffer.alloc(2 * whole.length, 1));
    await terminal.type('export', '中断批次', '--out', out);
    expect(readFileSync(volume).equals(whole)).toBe(true);
    expect(existsSync(`${volume}.part`)).toBe(false);
    expect((await terminal.type('verify', out)).code).toBe(0);
    expect(await collection<ExportDocument>('exports').count({ batchId: batch.id })).toBe(1);
    expect((await terminal.type('export', '中断批次', '--out', out)).out).toContain('之后通过的照片不在里面');
    expect((await terminal.type('export', '中断批次', '--new', '--out', out)).error).toContain(
      '请换一个文件夹',
    );
  });

  test('that is damaged is said to be so, photo by photo', async () => {
    const { out } = await exported('损坏批次');
    const volume = join(out, 'photos-1-of-1.zip');
    const bytes = readFileSync(volume);
    const inPicture = bytes.indexOf('finished picture of 2') + 3;
    bytes.writeUInt8(bytes.readUInt8(inPicture) ^ 0xff, inPicture);
    writeFileSync(volume, bytes);
    const damaged = await terminal.type('verify', out);
    expect(damaged.code).toBe(1);
    expect(damaged.out).toMatch(/压缩包有损坏\s+photos-1-of-1\.zip/);
    expect(damaged.out).toMatch(/照片有损坏\s+2\.jpg\s+2/);
    rmSync(volume);
    expect((await terminal.type('verify', out)).out.match(/缺照片/g)).toHaveLength(3);
    expect((await terminal.type('verify', terminal.folder)).error).toContain('没有 manifest.json');
  });

  test('with a ZIP file beside it is not complete', async () => {
    const { out } = await exported('多余批次');
    copyFileSync(join(out, 'photos-1-of-1.zip'), join(out, 'photos-2-of-2.zip'));
    const verified = await terminal.type('verify', out);
    expect(verified.code).toBe(1);
    expect(verified.out).toMatch(/清单里没有的文件\s+photos-2-of-2\.zip/);
    expect(verified.out).not.toContain('完整');
  });

  test('whose table Excel saved anew, or that has none, is not complete, but its photos are', async () => {
    const { out } = await exported('表格改动');
    const table = join(out, 'manifest.csv');
    const text = readFileSync(table, 'utf8');
    writeFileSync(table, text.replaceAll('2026-', '2026/'));
    const changed = await terminal.type('verify', out);
    expect(changed.code).toBe(1);
    expect(changed.out).toContain('清单 3 张，核对无误 3 张。\n');
    expect(changed.out).toMatch(/表格改动过\s+manifest\.csv/);
    expect(changed.out).toContain('不影响照片');
    rmSync(table);
    const missing = await terminal.type('verify', out);
    expect(missing.code).toBe(1);
    expect(missing.out).toMatch(/缺表格\s+manifest\.csv/);
    await terminal.type('export', '表格改动', '--out', out);
    expect(readFileSync(table, 'utf8')).toBe(text);
    expect((await terminal.type('verify', out)).code).toBe(0);
  });

  test('of version 0.1.0, which does not say what was packed nor how its table was, is complete', async () => {
    const { out } = await exported('旧包');
    changeManifest(out, () => ({ selection: undefined, scope: undefined, table: undefined }));
    writeFileSync(join(out, 'manifest.csv'), 'with other times');
    expect((await terminal.type('verify', out)).out).toBe('清单 3 张，核对无误 3 张。完整。');
  });

  test('says what it holds: new photos of one station', async () => {
    const batch = await terminal.aBatch('站点新照片');
    await terminal.type('stations', '99999', '--save', '阜阳函授站=阜阳站');
    const stationId = stationIdOf('99999', '阜阳函授站');
    await withPhoto({ ...batch }, '1', 'accepted', { stationId });
    const out = terminal.file('站点新照片');
    await terminal.type('export', '站点新照片', '--new', '--station', '阜阳站', '--out', out);
    expect((await terminal.type('verify', out)).out).toContain('里面是：阜阳站，只有以前没打包过的照片。');
  });

  test('with one original under two numbers is complete; whose they are is remarked', async () => {
    const { out } = await exported('同一原图');
    const original = 'a'.repeat(64);
    changeManifest(out, ({ entries }) => ({
      entries: entries.map((entry, index) => (index < 2 ? { ...entry, originalSha256: original } : entry)),
    }));
    const verified = await terminal.type('verify', out);
    expect(verified.code).toBe(0);
    expect(verified.out).toMatch(/完整。[^]*同一张原图[^]*：\n1、2$/);
  });

  test('whose manifest lists no volume is not complete: every photo is missing', async () => {
    const { out } = await exported('无卷批次');
    changeManifest(out, () => ({ volumes: [] }));
    const verified = await terminal.type('verify', out);
    expect(verified.code).toBe(1);
    expect(verified.out).toContain('核对无误 0 张');
    expect(verified.out.match(/缺照片/g)).toHaveLength(3);
  });

  test.each<[string, (manifest: Manifest) => Partial<Manifest>]>([
    ['a volume', ({ volumes }) => ({ volumes: [...volumes, ...volumes] })],
    ['a photo', ({ entries }) => ({ entries: [entries[0]!, entries[0]!, entries[1]!] })],
  ])(
    'whose manifest has %s twice has no manifest: what is there once would count twice',
    async (name, change) => {
      const { out } = await exported(`${name} twice`);
      changeManifest(out, change);
      expect((await terminal.type('verify', out)).error).toContain('不是清单');
    },
  );

  test('is not mixed with the one before: a folder with files of a package that was stopped is refused', async () => {
    const { batch, out } = await exported('停止批次');
    const { jobs } = await terminal.json<{ jobs: { id: string }[] }>('export', 'list', '停止批次');
    await terminal.type('export', 'cancel', jobs[0]!.id);
    const refused = await terminal.type('export', '停止批次', '--out', out);
    expect(refused.code).toBe(1);
    expect(refused.error).toContain('请换一个文件夹');
    expect(await collection<ExportDocument>('exports').count({ batchId: batch.id })).toBe(1);
    for (const file of ['photos-1-of-1.zip', 'manifest.json', 'manifest.csv']) rmSync(join(out, file));
    expect(await terminal.type('export', '停止批次', '--out', out)).toMatchObject({ code: 0, error: '' });
    expect((await terminal.type('verify', out)).code).toBe(0);
  });

  test('that is stopped is new again, and cannot be marked as delivered', async () => {
    await exported('重打批次');
    const { jobs } = await terminal.json<{ jobs: { id: string }[] }>('export', 'list', '重打批次');
    expect((await terminal.type('export', 'check', '重打批次', '--new')).out).toBe(
      '没有可以打包的照片。请先审核照片；要连打包过的照片一起，请去掉 --new。',
    );
    await terminal.type('export', 'cancel', jobs[0]!.id);
    expect((await terminal.type('export', 'check', '重打批次', '--new')).out).toContain('共 3 张');
    expect((await terminal.type('export', 'delivered', jobs[0]!.id)).error).toContain('这一包已经停止了');
  });

  test('says who is not in it because the consent was taken back', async () => {
    const batch = await terminal.aBatch('收回批次');
    await withPhoto({ ...batch }, '1');
    const { openid } = await withPhoto({ ...batch }, '2');
    await withdrawConsent(aCall({ openid }));
    const checked = await terminal.type('export', 'check', '收回批次');
    expect(checked).toMatchObject({ code: 0, error: '' });
    expect(checked.out).toContain('1 张不会放进这一包');
    const out = terminal.file('收回批次');
    const { out: said } = await terminal.type('export', '收回批次', '--out', out);
    expect(said).toContain('1 张没有放进这一包');
    expect(said).toContain('学生收回了同意，1 张：2。请联系学生');
    expect((await terminal.type('verify', out)).out).toContain('清单 1 张，核对无误 1 张。完整。');
  });

  test('of new photos whose names lack the number is refused, with what to do', async () => {
    await terminal.aBatch('无学号');
    const refused = await terminal.type('export', 'check', '无学号', '--new', '--file-name', '{序号}');
    expect(refused.error).toContain('文件名里要有 {学号}');
    expect((await terminal.type('export', 'check', '无学号', '--file-name', '{序号}')).error).toBe('');
  });

  test('with names that cannot be is refused before anything is written', async () => {
    const batch = await terminal.aBatch('重名批次');
    for (const number of ['1', '2']) await withPhoto({ ...batch }, number);
    const checked = await terminal.type('export', 'check', '重名批次', '--file-name', '{年级}');
    expect(checked.code).toBe(1);
    expect(checked.out).toContain('1 张照片的文件名不能用');
    const refused = await terminal.type(
      'export',
      '重名批次',
      '--file-name',
      '{年级}',
      '--out',
      terminal.file('x'),
    );
    expect(refused.error).toContain('EXPORT_NAMES_REFUSED');
  });
});

test('the spreadsheet arrives', async () => {
  const batch = await terminal.aBatch('表格批次');
  await withPhoto({ ...batch }, '1');
  await terminal.type('spreadsheet', '表格批次', '--out', terminal.file('学生.xlsx'));
  const [sheet] = await readWorkbook(terminal.file('学生.xlsx'));
  expect(sheet!.data.map((row) => [row[0], row[9]])).toEqual([
    ['学号', '状态'],
    ['1', '已通过'],
  ]);
});
