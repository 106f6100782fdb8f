import fc from 'fast-check';
import {
  isPossibleName,
  maskName,
  maskNumber,
  normaliseName,
} from '../../../miniprogram/shared/identity/masked-name';

describe('one spelling of a name', () => {
  test.each([
    ['阿依古丽•买买提', '阿依古丽·买买提'], // U+2022
    ['阿依古丽・买买提', '阿依古丽·买买提'], // U+30FB
    ['阿依古丽‧买买提', '阿依古丽·买买提'], // U+2027
    ['阿依古丽 · 买买提', '阿依古丽·买买提'],
    ['  张三\t', '张三'],
    ['John  Smith', 'John Smith'],
    ['㐂\u{20bb7}野', '㐂\u{20bb7}野'], // outside the basic plane: stays
    ['\uf92c', '\uf92c'], // a compatibility ideograph that GB 18030 keeps apart: stays
  ])('%s → %s', (typed, spelling) => {
    expect(normaliseName(typed)).toBe(spelling);
  });

  test('normalising twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(normaliseName(normaliseName(name))).toBe(normaliseName(name));
      }),
    );
  });
});

test.each([
  ['张三', true],
  ['阿'.repeat(50), true],
  ['\u{20bb7}'.repeat(100), true],
  ['阿'.repeat(101), false],
  ['', false],
  ['  ', false],
  ['张\n三', false],
])('%j as a name: %s', (name, possible) => {
  expect(isPossibleName(name)).toBe(possible);
});

describe('masks', () => {
  test.each([
    ['张小三', '张*三'],
    ['张三', '张*'],
    ['张', '*'],
    ['欧阳小三', '欧**三'],
    ['阿依古丽•买买提', '阿***·**提'],
    ['\u{20bb7}田三', '\u{20bb7}*三'],
    ['张*三', '张*三'],
    ['', ''],
  ])('%s is shown as %s', (name, shown) => {
    expect(maskName(name)).toBe(shown);
  });

  test('no more than the first and last character of a name is shown', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\u4e00-\u9fff]{3,50}$/), (name) => {
        expect(maskName(name)).toBe(`${name[0]!}${'*'.repeat(name.length - 2)}${name.at(-1)!}`);
      }),
    );
  });

  test.each([
    ['202105130123', '2021****0123'],
    ['2021051301', '202****301'],
    ['2021', '2****1'],
    ['12', '****'],
    ['', '****'],
  ])('%s is shown as %s', (number, shown) => {
    expect(maskNumber(number)).toBe(shown);
  });

  test('a number never shows more than two thirds of itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,32}$/), (number) => {
        const shown = maskNumber(number).replaceAll('*', '').length;
        expect(shown).toBeLessThanOrEqual((number.length * 2) / 3);
        expect(shown).toBeLessThanOrEqual(8);
      }),
    );
  });
});
