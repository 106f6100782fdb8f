/** The figures of docs/quality.md that are more than counting. */
import { mean, rankCorrelation, standardError } from '../../../scripts/quality/statistics';

test.each([
  ['the same order', [1, 5, 9], [10, 11, 90], 1],
  ['the opposite order', [1, 5, 9], [3, 2, 1], -1],
  // Ranks 0.5 0.5 2 3 and 0 1 2 3: 4.5 over the root of 4.5 times 5.
  ['equal values share their ranks', [4, 4, 6, 8], [1, 2, 3, 4], 4.5 / Math.sqrt(4.5 * 5)],
])('rank correlation: %s', (_, one, other, expected) => {
  expect(rankCorrelation(one, other)).toBeCloseTo(expected, 12);
});

test('a list that does not vary has no rank correlation', () => {
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNaN();
});

test('the standard error of a mean falls with the root of the number of values', () => {
  expect(mean([0, 0, 0, 1])).toBe(0.25);
  // Variance of the sample 0.25, four values.
  expect(standardError([0, 0, 0, 1])).toBeCloseTo(0.25, 12);
});
