/**
 * How much more often a colour is the person's than the wall's around the edge, by counting: a busy wall has many
 * colours that no single Gaussian holds. Refuses to have an opinion on colours that neither side has shown.
 */
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';

/** Sixteen levels a channel. */
const SHIFT = 4;
const SIDE = 256 >> SHIFT;
const BINS = SIDE * SIDE * SIDE;
/** Pixels that every colour is given on both sides, so that one stray pixel proves nothing. */
const FLOOR = 0.5;

export interface ColourHistogram {
  /** Per bin: natural logarithm of the person's share over the wall's. */
  readonly logRatios: Float32Array;
}

/**
 * @param sides above 0 the person's pixels, below 0 the wall's, 0 those of neither
 * @returns undefined when one of the sides has none
 */
export function colourHistogram(image: RgbaImage, sides: Plane): ColourHistogram | undefined {
  const person = new Float32Array(BINS);
  const wall = new Float32Array(BINS);
  countColours(image.data, sides.data, person, wall);
  const [people, walls] = [sumOf(person), sumOf(wall)];
  if (people === 0 || walls === 0) return undefined;
  const p = smooth(person);
  const w = smooth(wall);
  return { logRatios: logRatiosOf(p, w, walls / people) };
}

function countColours(
  data: Uint8ClampedArray,
  sides: Float32Array,
  person: Float32Array,
  wall: Float32Array,
): void {
  for (let at = 0; at < sides.length; at++) {
    const side = sides[at]!;
    if (side > 0) person[binOf(data, at)]! += 1;
    else if (side < 0) wall[binOf(data, at)]! += 1;
  }
}

function sumOf(counts: Float32Array): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

/** @param balance pixels of the wall for each of the person */
function logRatiosOf(person: Float32Array, wall: Float32Array, balance: number): Float32Array {
  const ratios = new Float32Array(BINS);
  for (let bin = 0; bin < BINS; bin++)
    ratios[bin] = Math.log((person[bin]! * balance + FLOOR) / (wall[bin]! + FLOOR));
  return ratios;
}

/** Above 0 where the pixel's colour is rather the person's. */
export function logRatioAt({ logRatios }: ColourHistogram, image: RgbaImage, at: number): number {
  return logRatios[binOf(image.data, at)]!;
}

function binOf(data: Uint8ClampedArray, at: number): number {
  return (
    ((data[at * 4]! >> SHIFT) * SIDE + (data[at * 4 + 1]! >> SHIFT)) * SIDE + (data[at * 4 + 2]! >> SHIFT)
  );
}

/** Mean with the neighbouring bins along each axis (1 2 1). */
function smooth(counts: Float32Array): Float32Array {
  let from = counts;
  for (const step of [1, SIDE, SIDE * SIDE]) {
    const to = new Float32Array(BINS);
    for (let bin = 0; bin < BINS; bin++) {
      const place = Math.floor(bin / step) % SIDE;
      const below = place > 0 ? from[bin - step]! : from[bin]!;
      const above = place < SIDE - 1 ? from[bin + step]! : from[bin]!;
      to[bin] = (below + 2 * from[bin]! + above) / 4;
    }
    from = to;
  }
  return from;
}
