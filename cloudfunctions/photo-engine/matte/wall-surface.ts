/**
 * A plain wall as one smooth surface: quadratic in x and y per channel, fitted to what is surely wall so that
 * whatever else is there (hair outside the mask, a socket, a door frame) does not bend it.
 * Refuses to call a wall plain when more than a part of it lies off the surface.
 */
import { type RgbaImage } from '../image/rgba-image';

export interface WallSurface {
  /** Share of the wall's pixels that lie on the surface, 0–1. */
  readonly share: number;
  /** For red, green and blue the factors of its terms; see `termsAt`. */
  readonly factors: Float64Array;
}

const TERMS = 6;
/** Of the normal equations: the terms, then the three channels' right-hand sides. */
const COLUMNS = TERMS + 3;
const ROUNDS = 4;
/** Levels within which a pixel lies on the surface; the first rounds are more generous. */
const TOLERANCE = 9;
/** A shadow takes away up to this share of the light without changing the hue. */
const DEEPEST_SHADOW = 0.18;
const SAMPLE_STEP = 3;

/** @param wallSet 1 where surely wall; @returns undefined when there is too little wall to say */
export function wallSurface(image: RgbaImage, wallSet: Uint8Array): WallSurface | undefined {
  const samples = samplesOf(image, wallSet);
  if (samples.length < 100) return undefined;
  // The first surface is the median colour, so that a minority cannot pull it.
  const factors = medianColour(image.data, samples);
  let share = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const normal = Array.from({ length: TERMS }, () => new Float64Array(COLUMNS));
    const inside = addEquations(image, samples, factors, TOLERANCE * (ROUNDS - round), normal);
    share = inside / samples.length;
    if (inside < 50) return { share: 0, factors };
    eliminate(normal);
    for (let c = 0; c < 3; c++) {
      for (let i = 0; i < TERMS; i++) factors[c * TERMS + i] = normal[i]![TERMS + c]! / normal[i]![i]!;
    }
  }
  return { share, factors };
}

/** Positions of the wall's pixels on a coarse grid. */
function samplesOf({ width, height }: RgbaImage, wallSet: Uint8Array): Int32Array {
  const samples = new Int32Array(Math.ceil(width / SAMPLE_STEP) * Math.ceil(height / SAMPLE_STEP));
  let count = 0;
  for (let y = 0; y < height; y += SAMPLE_STEP) {
    for (let at = y * width; at < (y + 1) * width; at += SAMPLE_STEP)
      if (wallSet[at] === 1) samples[count++] = at;
  }
  return samples.subarray(0, count);
}

/** Adds what the samples near the surface say to the normal equations. @returns how many those are */
function addEquations(
  image: RgbaImage,
  samples: Int32Array,
  factors: Float64Array,
  tolerance: number,
  normal: readonly Float64Array[],
): number {
  const terms = new Float64Array(TERMS);
  let inside = 0;
  for (const at of samples) {
    if (offSurface(image, at, factors, terms) > tolerance) continue;
    inside++;
    addEquation(terms, image.data, at * 4, normal);
  }
  return inside;
}

function addEquation(
  terms: Float64Array,
  data: Uint8ClampedArray,
  offset: number,
  normal: readonly Float64Array[],
): void {
  for (let i = 0; i < TERMS; i++) {
    const row = normal[i]!;
    const term = terms[i]!;
    for (let j = 0; j < TERMS; j++) row[j]! += term * terms[j]!;
    for (let c = 0; c < 3; c++) row[TERMS + c]! += term * data[offset + c]!;
  }
}

/** 1 where a pixel of the picture has the wall's colour, a shadow on it included, among those that are asked for. */
export function flagsOnSurface({ factors }: WallSurface, image: RgbaImage, asked: Uint8Array): Uint8Array {
  const flags = new Uint8Array(asked.length);
  const terms = new Float64Array(TERMS);
  for (let at = 0; at < asked.length; at++)
    if (asked[at] === 1 && offSurface(image, at, factors, terms) <= TOLERANCE) flags[at] = 1;
  return flags;
}

/** The surface of one colour: each channel's median over these pixels. */
function medianColour(data: Uint8ClampedArray, samples: Int32Array): Float64Array {
  const factors = new Float64Array(3 * TERMS);
  const values = new Uint8Array(samples.length);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < samples.length; i++) values[i] = data[samples[i]! * 4 + c]!;
    values.sort();
    factors[c * TERMS] = values[values.length >> 1]!;
  }
  return factors;
}

function termsAt(x: number, y: number, width: number, height: number, into: Float64Array): void {
  const u = x / width - 0.5;
  const v = y / height - 0.5;
  into[0] = 1;
  into[1] = u;
  into[2] = v;
  into[3] = u * u;
  into[4] = u * v;
  into[5] = v * v;
}

/** Levels between a pixel and the surface, the shade of the same hue that comes nearest. Writes the pixel's terms. */
function offSurface(image: RgbaImage, at: number, factors: Float64Array, terms: Float64Array): number {
  const { width, height, data } = image;
  termsAt(at % width, Math.floor(at / width), width, height, terms);
  let along = 0;
  let length = 0;
  const expected = [0, 0, 0];
  for (let c = 0; c < 3; c++) {
    let value = 0;
    for (let i = 0; i < TERMS; i++) value += factors[c * TERMS + i]! * terms[i]!;
    expected[c] = value;
    along += value * data[at * 4 + c]!;
    length += value * value;
  }
  const light = Math.min(1, Math.max(1 - DEEPEST_SHADOW, along / Math.max(length, 1)));
  let sum = 0;
  for (let c = 0; c < 3; c++) sum += (data[at * 4 + c]! - light * expected[c]!) ** 2;
  return Math.sqrt(sum);
}

/** Gauss–Jordan on the left square, the rest carried along; rows keep their pivots. */
function eliminate(rows: Float64Array[]): void {
  const n = rows.length;
  for (let pivot = 0; pivot < n; pivot++) {
    rows[pivot]![pivot]! += 1e-9;
    for (let row = 0; row < n; row++) {
      if (row === pivot) continue;
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!;
      for (let column = 0; column < rows[row]!.length; column++)
        rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  }
}
