import fc from 'fast-check';
import {
  checkCharacterOf,
  type IdNumberKind,
  isDamagedIdNumber,
  recogniseIdNumber,
} from '../../../miniprogram/shared/identity/id-number';

const withCheck = (seventeen: string) => seventeen + checkCharacterOf(seventeen);

test.each<[string, IdNumberKind]>([
  ['11010519491231002X', 'resident'], // the worked example of GB 11643-1999
  ['440524188001010014', 'resident'], // its second one
  ['11010519491231002x', 'resident'],
  [' 110105 19491231 002X ', 'resident'],
  [withCheck('81000019900101001'), 'residence-permit'],
  [withCheck('82000019900101001'), 'residence-permit'],
  [withCheck('83000019900101001'), 'residence-permit'],
  [withCheck('91184019800312001'), 'foreign-permanent-resident'],
  ['1101************2X', 'masked'],
  ['110105********002X', 'masked'],
])('%s is recognised as %s', (text, kind) => {
  expect(recogniseIdNumber(text)).toBe(kind);
});

test.each([
  ['a wrong check character', '110105194912310021'],
  ['a date that does not exist', withCheck('11010519490231002')],
  ['a region that does not exist', withCheck('00010519491231002')],
  ['a student number', '202105130123'],
  ['a telephone number', '13800000000'],
  ['fifteen digits', '110105491231002'],
  ['stars only in part of another number', '2021****0123'],
  ['nothing', ''],
])('%s is not', (_, text) => {
  expect(recogniseIdNumber(text)).toBeUndefined();
});

test.each([
  ['15 of 18 digits are left', '440524188001010000', true],
  ['the same as a quantity', '4.4052418800101e+17', true],
  ['as a quantity of a foreigner’s card', '9.1184019800312E+17', true],
  ['too short to tell a birthday', '4.40524E+17', false],
  ['no birthday in it', '440524188013010000', false],
  ['a region that does not exist', '200524188001010000', false],
  ['a quantity of another length', '4.4052418800101e+16', false],
  ['a student number', '202105130123', false],
])('a damaged number, %s: %s → %s', (_, text, is) => {
  expect(isDamagedIdNumber(text)).toBe(is);
});

test('one wrong digit or two neighbours exchanged never pass (ISO/IEC 7064, MOD 11-2)', () => {
  const digits = fc.stringMatching(/^[1-6][1-9]\d{4}19[5-9]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}$/);
  fc.assert(
    fc.property(digits, fc.nat(16), fc.nat(9), (seventeen, at, digit) => {
      const number = withCheck(seventeen);
      expect(recogniseIdNumber(number)).toBe('resident');
      const wrong = number.slice(0, at) + String(digit) + number.slice(at + 1);
      if (wrong !== number) expect(recogniseIdNumber(wrong)).toBeUndefined();
      const swapped = number.slice(0, at) + number[at + 1]! + number[at]! + number.slice(at + 2);
      if (swapped !== number) expect(recogniseIdNumber(swapped)).toBeUndefined();
    }),
  );
});
