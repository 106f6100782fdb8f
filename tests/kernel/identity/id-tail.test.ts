import fc from 'fast-check';
import { idTailOf, normaliseIdTail } from '../../../miniprogram/shared/identity/id-tail';

test.each([
  ['0123', '0123'],
  ['012x', '012X'],
  ['０１２Ｘ', '012X'], // full-width, as Chinese keyboards type it
  [' 01 23 ', '0123'],
  ['456(7)', '4567'], // Hong Kong: without the bracket
  ['456（A）', '456A'],
  ['AB12', 'AB12'], // a foreign passport
])('%s is taken as %s', (typed, tail) => {
  expect(normaliseIdTail(typed)).toBe(tail);
});

test.each(['', '123', '12345', '11010519491231002X', '12*4', '一二三四', '012Ⅹ', '12.4'])(
  '%s is no tail',
  (typed) => {
    expect(normaliseIdTail(typed)).toBeUndefined();
  },
);

test.each([
  ['11010519491231002X', '002X'],
  ['11010519491231002x', '002X'],
  ['A123456(7)', '4567'],
  ['1234567(8)', '5678'], // Macao
  ['H12345678', '5678'],
])('the tail of %s is %s', (number, tail) => {
  expect(idTailOf(number)).toBe(tail);
});

test('a number shorter than a tail has none', () => {
  expect(idTailOf('12X')).toBeUndefined();
});

test('whatever is typed, a tail is four capital letters and digits, and stays what it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const tail = normaliseIdTail(typed);
      if (tail === undefined) return;
      expect(tail).toMatch(/^[0-9A-Z]{4}$/);
      expect(normaliseIdTail(tail)).toBe(tail);
    }),
  );
});
