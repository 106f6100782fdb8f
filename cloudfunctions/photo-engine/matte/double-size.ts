/** A plane at twice its size, bilinear: half-size answers as a start for the full size. */
import { createPlane, type Plane } from '../image/resample';

/** @param width of the result, twice the source's or one less; so the height */
export function doubleSize(source: Plane, width: number, height: number): Plane {
  const wide = new Float32Array(width * source.height);
  for (let y = 0; y < source.height; y++) widenRow(source, y, width, wide);
  const result = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    mixRows(wide, (y >> 1) * width, otherOf(y, source.height) * width, result.data, y * width, width);
  }
  return result;
}

/** Of the two old places between which a new one lies, the one further away. */
function otherOf(place: number, length: number): number {
  return Math.min(Math.max((place >> 1) + (place % 2 === 0 ? -1 : 1), 0), length - 1);
}

function widenRow(source: Plane, y: number, width: number, wide: Float32Array): void {
  const from = y * source.width;
  for (let x = 0; x < width; x++) {
    const other = otherOf(x, source.width);
    wide[y * width + x] = 0.75 * source.data[from + (x >> 1)]! + 0.25 * source.data[from + other]!;
  }
}

function mixRows(
  wide: Float32Array,
  near: number,
  other: number,
  into: Float32Array,
  at: number,
  width: number,
): void {
  for (let x = 0; x < width; x++) into[at + x] = 0.75 * wide[near + x]! + 0.25 * wide[other + x]!;
}
