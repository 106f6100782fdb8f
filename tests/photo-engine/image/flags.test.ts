/** Which pixels are marked by their value, and where they lie. */
import {
  flagsAbove,
  flagsBelow,
  flagsEqual,
  placesOf,
} from '../../../cloudfunctions/photo-engine/image/flags';

const VALUES = Float32Array.from([-2, -1, 0, 1, 2]);

describe('flags', () => {
  it.each([
    ['greater than 0', flagsAbove(VALUES, 0), [0, 0, 0, 1, 1]],
    ['less than 0', flagsBelow(VALUES, 0), [1, 1, 0, 0, 0]],
    ['equal to −1', flagsEqual(VALUES, -1), [0, 1, 0, 0, 0]],
    ['equal in bytes', flagsEqual(Uint8Array.from([2, 0, 2]), 2), [1, 0, 1]],
  ])('marks what is %s', (_, flags, marked) => {
    expect(Array.from(flags)).toEqual(marked);
  });

  it('marks nothing that is no number', () => {
    const nothing = Float32Array.of(NaN);
    expect([flagsAbove(nothing, 0), flagsBelow(nothing, 0), flagsEqual(nothing, 0)]).toEqual([
      Uint8Array.of(0),
      Uint8Array.of(0),
      Uint8Array.of(0),
    ]);
  });

  it.each([
    ['some', [0, 1, 1, 0, 1], [1, 2, 4]],
    ['the first and the last', [1, 0, 1], [0, 2]],
    ['none', [0, 0], []],
  ])('lists where %s are marked, in order', (_, flags, places) => {
    expect(Array.from(placesOf(Uint8Array.from(flags)))).toEqual(places);
  });
});
