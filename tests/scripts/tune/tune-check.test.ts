/** Setting a range on labelled photos: what is asked for is kept, and nothing is set on too little. */
import fc from 'fast-check';
import { widestRange } from '../../../miniprogram/shared/verdict/check-overrides';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { isWithin } from '../../../miniprogram/shared/verdict/judge-measure';
import { areaUnderCurve, shareAbove, thresholdAt } from '../../../scripts/quality/statistics';
import { tuneMeasure } from '../../../scripts/tune/tune-check';

const sharp = CHECK_RULES.sharp.measures.detail!;
const widest = widestRange('sharp', 'detail');
const good = Array.from({ length: 100 }, (_, i) => 0.2 + i / 1000);

test('the threshold leaves no more than the stated share of good photos outside', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, min: -1000, max: 1000 }), { minLength: 1 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (values, share) => {
        expect(shareAbove(values, thresholdAt(values, share))).toBeLessThanOrEqual(share);
      },
    ),
  );
});

test.each([
  [[1, 2], [3, 4], 1],
  [[3, 4], [1, 2], 0],
  [[1, 1], [1, 1], 0.5],
])('area under the curve of %j and %j', (fine, wrong, area) => {
  expect(areaUnderCurve(fine, wrong)).toBe(area);
});

test('two photos in a hundred may be remarked on, none is blocked, and the bad ones are counted', () => {
  const { override, curve } = tuneMeasure(sharp, { good, bad: [0.05, 0.1, 0.25] }, widest, 0.02);
  const outside = good.filter((value) => !isWithin(value, override!.allowed!));
  expect(outside).toHaveLength(2);
  expect(good.every((value) => isWithin(value, override!.tolerated!))).toBe(true);
  expect(override!.evidence).toContain('66.7 % of 3 bad ones');
  expect(curve.map(({ falseAlarm }) => falseAlarm)).toEqual([0, 0.01, 0.02, 0.05, 0.1]);
});

test('what the standard leaves open is not exceeded, whatever the photos say', () => {
  const roll = CHECK_RULES['head-roll'].measures.roll!;
  const leaning = Array.from({ length: 60 }, (_, i) => i - 30);
  const range = widestRange('head-roll', 'roll');
  const { override } = tuneMeasure(roll, { good: leaning, bad: [] }, range, 0.02);
  expect(override!.allowed).toEqual(range);
  expect(override!.tolerated).toEqual(range);
});

test('the evidence counts what its own range does, also where the standard stopped it', () => {
  const cheeks = CHECK_RULES['even-light'].measures.cheeks!;
  const uneven = Array.from({ length: 100 }, (_, photo) => (photo < 60 ? 0.2 : 1.2));
  const labelled = { good: uneven, bad: [1.1, 1.1, 0.5] };
  const { override } = tuneMeasure(cheeks, labelled, widestRange('even-light', 'cheeks'), 0.02);
  expect(override).toMatchObject({
    allowed: { max: 1 },
    evidence:
      'tuned: 40.0 % of 100 good photos remarked on, 66.7 % of 3 bad ones caught; the standard allows no wider range',
  });
});

test.each([
  ['too few photos', 'too-few-photos', good.slice(0, 20), widest],
  ['a rule of the standard itself', 'fixed-by-the-standard', good, undefined],
])('kept as it is: %s', (_what, reason, values, range) => {
  const tuned = tuneMeasure(sharp, { good: values, bad: [] }, range, 0.02);
  expect(tuned).toMatchObject({ kept: reason });
  expect(tuned.override).toBeUndefined();
});
