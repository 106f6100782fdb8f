/** Which pixels are marked by their value, and where they lie. */
import {
  copyAt,
  countOf,
  flagBelow,
  flagsAbove,
  flagsBelow,
  flagsEqual,
  flagsWithin,
  placesOf,
} from '../../../cloudfunctions/photo-engine/image/flags';

const VALUES = Float32Array.from([-2, -1, 0, 1, 2]);

describe('flags', () => {
  it.each([
    ['greater than 0', flagsAbove(VALUES, 0), [0, 0, 0, 1, 1]],
    ['less than 0', flagsBelow(VALUES, 0), [1, 1, 0, 0, 0]],
    ['equal to −1', flagsEqual(VALUES, -1), [0, 1, 0, 0, 0]],
    ['at least −1 and less than 1', flagsWithin(VALUES, -1, 1), [0, 1, 1, 0, 0]],
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
    expect(countOf(Uint8Array.from(flags))).toBe(places.length);
  });

  it('adds a flag where the value is less, and takes none away', () => {
    const flags = Uint8Array.of(0, 0, 0, 0, 1);
    flagBelow(flags, VALUES, -1);
    expect(flags).toEqual(Uint8Array.of(1, 0, 0, 0, 1));
  });

  it('copies values to the same places and leaves the others', () => {
    const into = Float32Array.of(9, 9, 9, 9, 9);
    copyAt(Int32Array.of(0, 3), VALUES, into);
    expect(into).toEqual(Float32Array.of(-2, 9, 9, 1, 9));
  });
});
