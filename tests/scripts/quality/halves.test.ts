/** A threshold is set on one half of the people and tried on the other: never on those who set it. */
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { type PersonValue, triedOnOtherHalf } from '../../../scripts/quality/halves';

const teeth = CHECK_RULES['mouth-closed'].measures.teeth!;
const people = (half: 0 | 1, ...values: number[]): PersonValue[] => values.map((value) => ({ half, value }));

test('each half’s range decides over the other half', () => {
  const good = [...people(0, 1, 2, 3), ...people(1, 1, 2, 5)];
  const bad = [...people(0, 4, 9), ...people(1, 4, 9)];
  expect(triedOnOtherHalf(teeth, good, bad, 0.05)).toEqual([
    { limits: { max: 3 }, caught: 1, falseAlarms: 1 / 3 },
    { limits: { max: 5 }, caught: 0.5, falseAlarms: 0 },
  ]);
});

test('a half without photos proves nothing and is left out', () => {
  expect(triedOnOtherHalf(teeth, people(0, 1, 2), people(0, 9), 0.05)).toEqual([]);
});
