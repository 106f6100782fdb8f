import { idNumberColumns } from '../../../miniprogram/shared/roster/id-number-columns';
import { recogniseColumns } from '../../../miniprogram/shared/roster/recognise-headings';
import { ID_NUMBER } from '../../support/signed-code-builder';

const fieldsOf = (headings: readonly string[], mapping = {}) =>
  recogniseColumns(headings, mapping).map(({ field }) => field);

test('the headings of the official roster', () => {
  const official = [
    '考生号',
    '学号',
    '姓名',
    '层次',
    '学制',
    '学习形式',
    '专业',
    '系所函',
    '班号',
    '预计毕业日期',
  ];
  expect(fieldsOf(official)).toEqual([
    null,
    'studentNumber',
    'name',
    'level',
    'duration',
    'studyForm',
    'major',
    'station',
    'className',
    'graduationDate',
  ]);
});

test.each([
  ['*学号', 'studentNumber'],
  ['学 号', 'studentNumber'],
  ['学号（必填）', 'studentNumber'],
  ['学号:', 'studentNumber'],
  ['函授站(点)', 'station'],
  ['教学点', 'station'],
  ['班级', 'className'],
  ['Student No.', 'studentNumber'],
  ['手机号', null],
])('%s → %s', (heading, field) => {
  expect(fieldsOf([heading])).toEqual([field]);
});

test('a mapping wins over the name, and frees the name for nobody else', () => {
  expect(fieldsOf(['学号', '编号'], { 编号: 'studentNumber' })).toEqual([null, 'studentNumber']);
  expect(fieldsOf(['学号', '专业'], { 专业: null })).toEqual(['studentNumber', null]);
});

describe('columns of ID numbers', () => {
  const others = Array.from({ length: 30 }, (_, index) => [`2021${index}`, '张三']);

  test('by their name, whatever stands in them', () => {
    expect(idNumberColumns(['学号', '身份证号'], [['1', 'x']])).toEqual([2]);
    expect(idNumberColumns(['证件号码'], [['123']])).toEqual([1]);
    // The words that are printed on the card itself.
    expect(idNumberColumns(['公民身份号码'], [['123']])).toEqual([1]);
    expect(idNumberColumns(['身份号码'], [['123']])).toEqual([1]);
  });
  test.each([
    ['written as a formula', `="${ID_NUMBER}"`],
    ['behind an apostrophe', `'${ID_NUMBER}`],
    ['after spaces of Chinese width', `\u3000${ID_NUMBER}`],
    ['among other words', `身份证：${ID_NUMBER}`],
    ['as a quantity that lost its end', '4.4052418800101e+17'],
    ['the same as CSV writes it', '440524188001010000'],
    ['as a quantity that shows little', '4.40524E+17'],
  ])('in the shapes that spreadsheets give them: %s', (_, value) => {
    expect(idNumberColumns(['学号', '备注'], [['1', value]])).toEqual([2]);
  });
  test('beyond the headings', () => {
    expect(idNumberColumns(['学号'], [['1'], ['2', '', ID_NUMBER]])).toEqual([3]);
  });
  test('cells that only say that there is nothing are none', () => {
    expect(
      idNumberColumns(
        ['学号', '身份证号'],
        [
          ['1', '无'],
          ['2', '/'],
        ],
      ),
    ).toEqual([]);
  });
  test('damaged student numbers are no ID numbers', () => {
    const damaged = ['3.41234E+17', '2.02399990001E+11', '202399990001000000'];
    expect(
      idNumberColumns(
        ['学号'],
        damaged.map((number) => [number]),
      ),
    ).toEqual([]);
  });
  test('by their values, under any name', () => {
    expect(idNumberColumns(['学号', '备注'], [['1', ID_NUMBER]])).toEqual([2]);
    expect(
      idNumberColumns(['学号', '姓名'], [...others, ...others.map(([, name]) => [ID_NUMBER, name!])]),
    ).toEqual([1]);
  });
  test('two in a column that is imported are the column’s, however short the list is', () => {
    const rows = [
      ['1', ID_NUMBER],
      ['2', ID_NUMBER],
      ['3', '1 班'],
    ];
    expect(idNumberColumns(['学号', '班级'], rows)).toEqual([2]);
  });
  test.each([`99${ID_NUMBER}`, `${ID_NUMBER}99`, `订单号：99${ID_NUMBER}`])(
    'a longer number that holds the digits of one is none: %s',
    (value) => {
      expect(idNumberColumns(['学号', '备注'], [['1', value]])).toEqual([]);
    },
  );
  test('an empty column by that name is no harm', () => {
    expect(idNumberColumns(['学号', '身份证号'], [['1', '']])).toEqual([]);
  });
  test('one number in a column that is imported is that row’s error, not the column’s', () => {
    expect(idNumberColumns(['学号', '姓名'], [...others, [ID_NUMBER, '李四']])).toEqual([]);
  });
});
