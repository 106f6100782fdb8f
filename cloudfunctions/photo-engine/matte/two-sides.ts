/**
 * The colours that person and wall have at one pixel near the edge: two Gaussians, and what any mixture of them looks
 * like. The one place that knows how much spread a side is given beyond what its samples show.
 */
import { type ColourModel, MOMENTS, momentsAt } from './colour-model';

/** Where each side begins in a `TwoSides`: mean red, green, blue, then covariances rr, rg, rb, gg, gb, bb. */
export const PERSON_AT = 0;
export const WALL_AT = MOMENTS;

/** Reused from pixel to pixel. */
export type TwoSides = Float64Array;

export function createSides(): TwoSides {
  return new Float64Array(2 * MOMENTS);
}

/** Hair and cloth always have more colours than the samples show, levels at full contrast. */
const PERSON_SPREAD = 4;

/** What is known of the colours on both sides, anywhere in the picture. */
export interface ColoursAround {
  readonly person: ColourModel;
  readonly wall: ColourModel;
  /** How much lighter or darker the wall may be at a pixel than around, as a share of its colour: shadows, falling light. */
  readonly light: number;
  /** See `EdgeColours`. */
  readonly contrast: number;
}

/** Writes both sides at a pixel into `into`. @param x, y column and row of the picture that the models were made from */
export function sidesAt(
  { person, wall, light, contrast }: ColoursAround,
  x: number,
  y: number,
  into: TwoSides,
): void {
  momentsAt(person, x, y, into, PERSON_AT);
  momentsAt(wall, x, y, into, WALL_AT);
  covariance(into, PERSON_AT, (contrast * PERSON_SPREAD) ** 2, 0);
  covariance(into, WALL_AT, 0, light * light);
}

/** Turns means of products into covariances, with a spread on the diagonal and one along the colour itself. */
function covariance(m: Float64Array, at: number, spread: number, light: number): void {
  const r = m[at]!;
  const g = m[at + 1]!;
  const b = m[at + 2]!;
  const keep = light - 1;
  m[at + 3]! += spread + keep * r * r;
  m[at + 4]! += keep * r * g;
  m[at + 5]! += keep * r * b;
  m[at + 6]! += spread + keep * g * g;
  m[at + 7]! += keep * g * b;
  m[at + 8]! += spread + keep * b * b;
}

/** The inverse of a covariance times its determinant, symmetric: rr, rg, rb, gg, gb, bb. Reused from pixel to pixel. */
export type Cofactors = Float64Array;

export function createCofactors(): Cofactors {
  return new Float64Array(6);
}

/**
 * How colours spread that are `alpha` of the person and the rest of the wall, inverted.
 * @param noise variance that is added to every channel, levels²
 * @returns the determinant of the mixture's covariance
 */
export function invertMixture(m: TwoSides, alpha: number, noise: number, into: Cofactors): number {
  const aa = alpha * alpha;
  const oo = (1 - alpha) * (1 - alpha);
  const rr = aa * m[3]! + oo * m[12]! + noise;
  const rg = aa * m[4]! + oo * m[13]!;
  const rb = aa * m[5]! + oo * m[14]!;
  const gg = aa * m[6]! + oo * m[15]! + noise;
  const gb = aa * m[7]! + oo * m[16]!;
  const bb = aa * m[8]! + oo * m[17]! + noise;
  const c00 = gg * bb - gb * gb;
  const c01 = gb * rb - rg * bb;
  const c02 = rg * gb - gg * rb;
  into[0] = c00;
  into[1] = c01;
  into[2] = c02;
  into[3] = rr * bb - rb * rb;
  into[4] = rg * rb - rr * gb;
  into[5] = rr * gg - rg * rg;
  return rr * c00 + rg * c01 + rb * c02;
}
