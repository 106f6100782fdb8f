import fc from 'fast-check';
import { roundMantissas } from '../../../scripts/models/round-mantissas';

describe('rounded mantissas', () => {
  it.each([
    [1 + 3 / 128, 7, 1 + 3 / 128],
    [1 + 3 / 128, 6, 1 + 2 / 64],
    [1 + 1 / 128, 6, 1], // ties go to the even one
    [1 + 3 / 128 + 2 ** -20, 6, 1 + 2 / 64],
    [-(2 - 1 / 1024), 6, -2], // carried into the exponent
    [0, 6, 0],
    [-0, 6, -0],
  ])('%d is %i bits of mantissa long as %d', (value, bits, rounded) => {
    expect([...roundMantissas(Float32Array.of(value), bits)]).toEqual([rounded]);
  });

  it('moves no number by more than half a step, and keeps its sign', () => {
    fc.assert(
      fc.property(
        fc.float({ noNaN: true, noDefaultInfinity: true, min: Math.fround(-1e30), max: Math.fround(1e30) }),
        fc.integer({ min: 1, max: 22 }),
        (value, bits) => {
          const [rounded] = roundMantissas(Float32Array.of(value), bits);
          const step = Math.max(Math.abs(value), 2 ** -126) * 2 ** -bits;
          return Math.abs(rounded! - value) <= step / 2 && Math.sign(rounded!) * Math.sign(value) >= 0;
        },
      ),
    );
  });

  it('leaves zeros where the bits were', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, min: -1, max: 1 }), (value) => {
        const rounded = roundMantissas(Float32Array.of(value), 6);
        return (new Uint32Array(rounded.buffer)[0]! & 0x1ffff) === 0;
      }),
    );
  });

  it('leaves the numbers that it is given as they are', () => {
    const values = Float32Array.of(Math.PI);
    roundMantissas(values, 3);
    expect(values[0]).toBe(Math.fround(Math.PI));
  });

  it.each([Infinity, Number.NaN, 3.4028234e38])('refuses %d', (value) => {
    expect(() => roundMantissas(Float32Array.of(value), 6)).toThrow(RangeError);
  });
});
