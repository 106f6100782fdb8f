/** Lists as workbooks: which sheet is read, and what a cell says that only shows what it says in Excel. */
import { buffer } from 'node:stream/consumers';
import { readRosterFile } from '../../cloudfunctions/roster/read-roster-file';
import { packWorkbook, rewriteSheets, unpackWorkbook } from '../../cloudfunctions/roster/workbook-parts';
import { type ColumnMapping } from '../../miniprogram/shared/contract/operator/roster';
import { type SheetRows, workbookOf } from '../support/roster-builder';
import { ID_NUMBER } from '../support/signed-code-builder';

const HEADINGS = ['学号', '姓名', '函授站'];
const FUYANG: SheetRows = [HEADINGS, ['202399990001', '张三', '阜阳站']];
const BOZHOU: SheetRows = [HEADINGS, ['202399990002', '李四', '亳州站']];
const NOTES: SheetRows = [['填写说明'], ['学号和姓名不能为空']];
const CHOICES: SheetRows = [
  ['层次', '学制'],
  ['专升本', '2.5'],
];

const read = (bytes: Uint8Array, mapping: ColumnMapping = {}) => readRosterFile(bytes, mapping);

describe('of several sheets', () => {
  test.each<[string, Record<string, SheetRows>, readonly string[]]>([
    ['notes before it', { 说明: NOTES, 名单: FUYANG }, ['说明']],
    ['a list of choices behind it', { 名单: FUYANG, 字典: CHOICES }, ['字典']],
    ['a list of choices before it', { 字典: CHOICES, 名单: FUYANG }, ['字典']],
    ['an empty sheet', { 名单: FUYANG, Sheet2: [] }, []],
    ['headings without anybody below', { 名单: FUYANG, 空表: [HEADINGS] }, ['空表']],
    ['students without headings', { 名单: FUYANG, 续: BOZHOU.slice(1) }, ['续']],
  ])('the list is read, and what is not read is named: %s', async (_, sheets, unreadSheets) => {
    const { file, rows } = await read(await workbookOf(sheets));
    expect(file).toMatchObject({ sheet: '名单', unreadSheets });
    expect(rows).toMatchObject([{ cells: { studentNumber: '202399990001' } }]);
  });

  test.each<[string, SheetRows, ColumnMapping]>([
    ['as it stands', BOZHOU, {}],
    ['with names only', BOZHOU.map((row) => row.slice(1)), {}],
    ['below a title', [['亳州站名单'], ...BOZHOU], {}],
    ['by a heading that was mapped', [['编号', '函授站'], ...BOZHOU.slice(1)], { 编号: 'studentNumber' }],
  ])(
    'two lists are refused by their names, nobody is left out: the second %s',
    async (_, second, mapping) => {
      await expect(read(await workbookOf({ 阜阳: FUYANG, 亳州: second }), mapping)).rejects.toMatchObject({
        code: 'ROSTER_SEVERAL_SHEETS',
        details: { sheets: ['阜阳', '亳州'] },
      });
    },
  );

  test.each<[string, SheetRows]>([
    [
      'under a heading',
      [
        ['姓名', '身份证号'],
        ['张三', ID_NUMBER],
      ],
    ],
    ['without any', [['张三', ID_NUMBER]]],
  ])('none may hold ID numbers, for the file is kept as a whole: %s', async (_, rows) => {
    await expect(read(await workbookOf({ 名单: FUYANG, 原表: rows }))).rejects.toMatchObject({
      code: 'ROSTER_HAS_ID_NUMBERS',
      details: { columns: ['2'], sheet: '原表' },
    });
  });
});

describe('a number is read as the sheet shows it', () => {
  const numberOf = async (value: number, format: string): Promise<string | undefined> => {
    const { rows } = await read(
      await workbookOf({
        名单: [
          ['学号', '姓名'],
          [{ value, format }, '张三'],
        ],
      }),
    );
    return rows[0]?.cells.studentNumber;
  };

  test.each([
    [9990100, '0000000000', '0009990100'],
    [9990100, '0000000000;[Red]-0000000000', '0009990100'],
    [9990100, '0000000000_ ', '0009990100'],
    [12, '"B"00000', 'B00012'],
    [20230012, '0000-0000', '2023-0012'],
    [120230012, '0000\\-0000', '12023-0012'],
    [7, '00"级"', '07级'],
  ])('%d in the format %s: %s', async (value, format, shown) => {
    expect(await numberOf(value, format)).toBe(shown);
  });

  test.each([
    [202399990001, '0', '202399990001'],
    [202399990001, '0_ ', '202399990001'],
    [202399990001, '#,##0', '202399990001'],
    [2.5, '0.0', '2.5'],
    [2.5, '00', '2.5'],
    [1234567890123456, '00000000000000000000', '1.234567890123456e+15'],
  ])('the format of %d is no part of it (%s)', async (value, format, bare) => {
    expect(await numberOf(value, format)).toBe(bare);
  });
});

describe('a day is read as far as the sheet shows it', () => {
  /** 10 January 2027 as a workbook counts days. */
  const DAY = 46_397;
  const listWith = (format: string, value = DAY) =>
    workbookOf({
      名单: [
        ['学号', '毕业日期'],
        ['202399990001', { value, format }],
      ],
    });
  const dateIn = async (bytes: Uint8Array): Promise<string | undefined> =>
    (await read(bytes)).rows[0]?.cells.graduationDate;
  const changed = async (bytes: Uint8Array, part: RegExp, change: (xml: string) => string) => {
    const parts = [...(await unpackWorkbook(bytes))].map(
      ([name, content]) =>
        [name, part.test(name) ? Buffer.from(change(content.toString())) : content] as const,
    );
    return buffer(packWorkbook(new Map(parts)));
  };

  test.each([
    ['yyyy"年"m"月"', '2027-01'],
    ['yyyy\\-mm', '2027-01'],
    ['yyyy/mm', '2027-01'],
    ['[$-804]yyyy"年"m"月";@', '2027-01'],
    ['mmm-yy', '2027-01'],
    ['yyyymm', '2027-01'],
    ['yyyymmdd', '2027-01-10'],
    ['yyyymmdd;@', '2027-01-10'],
    ['yyyy"年"m"月"d"日"', '2027-01-10'],
    ['yyyy-mm-dd', '2027-01-10'],
    ['yyyy-mm-dd hh:mm', '2027-01-10'],
    ['m"月"d"日"', '2027-01-10'],
  ])('in the format %s: %s', async (format, shown) => {
    expect(await dateIn(await listWith(format))).toBe(shown);
    expect(await dateIn(await listWith(format, DAY + 0.75))).toBe(shown);
  });

  test.each(['17', '27', '57'])('in the built-in format %s, a month', async (id) => {
    const bytes = await changed(await listWith('yyyy-mm-dd'), /styles\.xml$/, (xml) =>
      xml.replace(/<numFmts.*<\/numFmts>/s, '').replace(/numFmtId="(?!0")\d+"/g, `numFmtId="${id}"`),
    );
    expect(await dateIn(bytes)).toBe('2027-01');
  });

  test.each(['yyyymmdd', 'yyyy-mm-dd hh:mm'])('counted from 1904, in the format %s', async (format) => {
    const bytes = await changed(await listWith(format, DAY - 1462), /workbook\.xml$/, (xml) =>
      xml.replace(/<workbookPr[^>]*\/>/, '<workbookPr date1904="1"/>'),
    );
    expect(await dateIn(bytes)).toBe('2027-01-10');
  });

  test('a number that is no day of the calendar stays as it is', async () => {
    expect(await dateIn(await listWith('yyyymmdd', 20_270_110))).toBe('20270110');
  });
});

describe('a text that was written as a formula and never worked out', () => {
  /** As programs leave it that write workbooks without Excel. */
  const withFormula = async (formula: string) => {
    const parts = await unpackWorkbook(
      await workbookOf({
        名单: [
          ['学号', '备注'],
          ['1', 4711],
        ],
      }),
    );
    const written = rewriteSheets(parts, (xml) =>
      xml.replace(/<c r="B2"[^>]*>.*?<\/c>/, `<c r="B2"><f>${formula}</f><v></v></c>`),
    );
    return read(await buffer(packWorkbook(written)), { 备注: 'className' });
  };

  test.each([
    ['"0123"', '0123'],
    ['&quot;0123&quot;', '0123'],
    ['"1"&amp;"2"', ''],
    ['A2', ''],
  ])('%s: %s', async (formula, text) => {
    expect((await withFormula(formula)).rows).toMatchObject([{ cells: { className: text } }]);
  });

  test('is seen when it is an ID number', async () => {
    await expect(withFormula(`"${ID_NUMBER}"`)).rejects.toMatchObject({ code: 'ROSTER_HAS_ID_NUMBERS' });
  });
});
