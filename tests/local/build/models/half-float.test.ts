import fc from 'fast-check';
import { halfBytesToFloats, halfToNumber } from '../../../../local/build/models/half-float';

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
});
