import fc from 'fast-check';
import {
  floatsToHalfBytes,
  halfBytesToFloats,
  halfToNumber,
  numberToHalf,
} from '../../../scripts/models/half-float';

describe('half precision', () => {
  it.each([
    [0x0000, 0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x8400, -(2 ** -14)],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
  ])('pattern %i means %d', (bits, value) => {
    expect(halfToNumber(bits)).toBe(value);
  });

  it('grows with the pattern, among positive numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7bfe }), (bits) => halfToNumber(bits) < halfToNumber(bits + 1)),
    );
  });

  it('is exact in single precision', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (bits) => {
        const value = halfToNumber(bits);
        return Object.is(Math.fround(value), value);
      }),
    );
  });

  it('reads little-endian bytes and refuses half a number', () => {
    expect([...halfBytesToFloats(Uint8Array.of(0x00, 0x3c, 0x00, 0xc0))]).toEqual([1, -2]);
    expect(() => halfBytesToFloats(Uint8Array.of(1, 2, 3))).toThrow(RangeError);
  });

  it('goes back to the same pattern with all bits of the mantissa', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 0x7bff }),
        fc.constantFrom(0, 0x8000),
        (size, sign) => numberToHalf(halfToNumber(sign | size), 10) === (sign | size),
      ),
    );
  });

  it.each([
    [1 + 3 / 128, 7, 1 + 3 / 128],
    [1 + 3 / 128, 6, 1 + 2 / 64],
    [1 + 1 / 128, 6, 1], // ties go to the even one
    [-(2 - 1 / 1024), 6, -2], // carried into the exponent
    [2 ** -14 * (1 + 1 / 4), 1, 2 ** -14],
    [2 ** -16, 1, 0],
    [2 ** -15, 1, 2 ** -15],
  ])('%d is %i bits of mantissa long as %d', (value, bits, rounded) => {
    expect(halfToNumber(numberToHalf(value, bits))).toBe(rounded);
  });

  it('is never further away than half a step', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -65000, max: 65000, noNaN: true }),
        fc.integer({ min: 1, max: 10 }),
        (value, bits) => {
          fc.pre(Math.abs(value) < 32768);
          const step = Math.max(Math.abs(value), 2 ** -14) * 2 ** -bits;
          return Math.abs(halfToNumber(numberToHalf(value, bits)) - value) <= step / 2;
        },
      ),
    );
  });

  it('writes little-endian bytes and refuses what is too large or no number', () => {
    expect([...floatsToHalfBytes(Float32Array.of(1, -2), 10)]).toEqual([0x00, 0x3c, 0x00, 0xc0]);
    expect(() => numberToHalf(65520, 10)).toThrow(RangeError);
    expect(() => numberToHalf(65504, 6)).toThrow(RangeError);
    expect(() => numberToHalf(Number.NaN, 10)).toThrow(RangeError);
  });
});
