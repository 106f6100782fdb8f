/** How light a part of a picture is, as the eye sees it, and how the light spreads there. Refuses to judge. */
import { type RgbaImage } from '../image/rgba-image';
import { luminanceAt } from './luminance';
import { pixelsOf, type Point, type Run, runsInside } from './polygon';

/** CIE lightness L* (0..100) of every pixel inside a polygon, from dark to light; empty where none lies inside. */
export function lightnessInside(image: RgbaImage, polygon: readonly Point[]): Float64Array {
  const runs = runsInside(polygon, image.width, image.height);
  const values = new Float64Array(pixelsOf(runs));
  let count = 0;
  for (const run of runs) count = addRun(image, run, values, count);
  // Sorted as light, because that is the same order and needs no roots.
  return values.sort().map(lightnessOf);
}

/** @returns how many values there are with those of this run */
function addRun({ width, data }: RgbaImage, { y, from, to }: Run, into: Float64Array, count: number): number {
  for (let x = from; x < to; x++) into[count++] = luminanceAt(data, (y * width + x) * 4);
  return count;
}

/** CIE 15: lightness of a luminance relative to white. */
function lightnessOf(luminance: number): number {
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : (24389 / 27) * luminance;
}

/** The value below which this share of sorted values lies; NaN for none. */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** NaN for none. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
