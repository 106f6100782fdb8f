/** A plane at twice its size, bilinear: half-size answers as a start for the full size. */
import { createPlane, type Plane } from '../image/resample';

/** @param width of the result, twice the source's or one less; so the height */
export function doubleSize(source: Plane, width: number, height: number): Plane {
  const wide = new Float32Array(width * source.height);
  for (let y = 0; y < source.height; y++) {
    const from = y * source.width;
    for (let x = 0; x < width; x++) {
      const near = x >> 1;
      const other = Math.min(Math.max(near + (x % 2 === 0 ? -1 : 1), 0), source.width - 1);
      wide[y * width + x] = 0.75 * source.data[from + near]! + 0.25 * source.data[from + other]!;
    }
  }
  const result = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const near = (y >> 1) * width;
    const other = Math.min(Math.max((y >> 1) + (y % 2 === 0 ? -1 : 1), 0), source.height - 1) * width;
    for (let x = 0; x < width; x++) {
      result.data[y * width + x] = 0.75 * wide[near + x]! + 0.25 * wide[other + x]!;
    }
  }
  return result;
}
