/** The median by selection is the median by sorting, whatever the order and however many are equal. */
import fc from 'fast-check';
import { median } from '../../../cloudfunctions/photo-engine/measure/median';

const bySorting = (values: readonly number[]) => new Float64Array(values).sort()[values.length >> 1];

describe('median', () => {
  it('is what sorting finds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 200 }), (values) => {
        // Of 0 and −0, which sorting tells apart, either will do.
        expect(median(values) + 0).toBe(bySorting(values)! + 0);
      }),
    );
  });

  it('is what sorting finds among many equal numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 200 }), (values) => {
        expect(median(values)).toBe(bySorting(values));
      }),
    );
  });

  it.each([
    ['rising', (i: number) => i],
    ['falling', (i: number) => -i],
    ['all equal', () => 7],
    ['up and down', (i: number) => Math.abs(500 - i)],
  ])('takes %s numbers', (_, valueAt) => {
    const values = Array.from({ length: 1001 }, (_unused, i) => valueAt(i));
    expect(median(values)).toBe(bySorting(values));
  });

  it('leaves its input in order and knows no median of nothing', () => {
    const values = [3, 1, 2];
    expect(median(values)).toBe(2);
    expect(values).toEqual([3, 1, 2]);
    expect(median([])).toBeNaN();
  });
});
