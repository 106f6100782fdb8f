import fc from 'fast-check';
import { eightBitRows } from '../../../../local/build/models/eight-bit-rows';

const weight = fc.float({ noNaN: true, min: -8, max: 8 });

describe('weights in eight bits', () => {
  it('are whole numbers of a step that each row has for itself', () => {
    const { levels, steps } = eightBitRows(Float32Array.of(1.27, -0.5, 0.004, 254, 0, -254), 2);
    expect([...levels]).toEqual([127, -50, 0, 127, 0, -127]);
    expect([...steps]).toEqual([Math.fround(0.01), 2]);
  });

  it('lie within half a step of the number that they stand for', () => {
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 40 }), (row) => {
        const values = Float32Array.from(row);
        const { levels, steps } = eightBitRows(values, 1);
        const half = steps[0] === 1 ? 1e-35 : 0.50001 * steps[0]!;
        return values.every((value, i) => Math.abs(levels[i]! * steps[0]! - value) <= half);
      }),
    );
  });

  it('are zeros where a row is, and where it is too small for a step of its own', () => {
    const { levels, steps } = eightBitRows(Float32Array.of(0, 0, 1e-45, -1e-45, 3e-43, -3e-43), 3);
    expect([...levels].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...steps]).toEqual([1, 1, 1]);
  });

  it.each([Infinity, -Infinity, Number.NaN])('refuse %d', (value) => {
    expect(() => eightBitRows(Float32Array.of(1, value, 2), 1)).toThrow(RangeError);
  });

  it('refuse rows of unequal length', () => {
    expect(() => eightBitRows(new Float32Array(7), 2)).toThrow(/7 values are not 2 equal rows/);
  });
});
