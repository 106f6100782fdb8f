/**
 * What each pixel near the edge says about its own alpha, given the colours that person and wall have around it and how
 * far inside the mask it lies: Bayesian matting (Chuang, Curless, Salesin and Szeliski, 2001) with one Gaussian a side,
 * evaluated at a few alphas instead of by alternation. Refuses to be surer than the colours are apart: where both sides
 * look alike, the answer is the mask's and its certainty small.
 */
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { type ColourHistogram, logRatioAt } from './colour-histogram';
import { type EdgeColours, type EdgePlace } from './edge-prior';
import {
  type Cofactors,
  type ColoursAround,
  createCofactors,
  createSides,
  invertMixture,
  sidesAt,
  type TwoSides,
} from './two-sides';

/** Everything that is known of the two sides of the edge. */
export interface EdgeKnowledge extends ColoursAround {
  /** For walls of many colours. */
  readonly histogram: ColourHistogram | undefined;
  /** How much further from the mask's edge colour may decide where person and wall differ strongly, pixels. */
  readonly widen: number;
  readonly prior: EdgePlace & Pick<EdgeColours, 'histogram' | 'noise'>;
}

/** By picture position; only written where asked for. */
export interface EdgePosterior {
  /** Expected alpha. */
  readonly mean: Float32Array;
  /** 1 / variance of alpha, limited: 2 when nothing is known, 500 when all is. */
  readonly certainty: Float32Array;
}

/** Alphas tried: 0, 1/8 … 1. */
const STEPS = 9;
/** (2π)^−3/2 */
const GAUSSIAN = 0.0635;
/** Density of "any colour at all" per level³, and how often each side has one that its Gaussian does not know. */
const ANY_COLOUR = 1 / 256 ** 3;
const PERSON_SURPRISE = 0.3;
const WALL_SURPRISE = 0.0005;

// The mask as a prior, by distance to its edge (pixels of the result): Cauchy, so that strands far out stay possible;
// see also edge-prior.ts. All from the portraits of the tuning half of the matting benchmark, 2026-11.
/** Parts of the prior at the mask's edge: strictly between 0 and 1, and wholly of the other side. */
const MIXED = 0.5;
const MINORITY = 0.04;
/** RGB distances between which two sides go from alike to well apart, levels at full contrast. */
const ALIKE = 40;
const APART = 100;
/** The least variance that an answer is given. */
const LEAST_VARIANCE = 0.002;

/**
 * @param places picture positions to look at
 * @param depth distance inside the mask's edge, negative outside; pixels of the result, same size as the image
 */
export function edgePosterior(
  image: RgbaImage,
  places: Int32Array,
  depth: Plane,
  knowledge: EdgeKnowledge,
): EdgePosterior {
  const { histogram, prior } = knowledge;
  const posterior = {
    mean: new Float32Array(image.width * image.height),
    certainty: new Float32Array(image.width * image.height),
  };
  const sides = createSides();
  const cofactors = createCofactors();
  const densities = new Float64Array(STEPS);
  for (const at of places) {
    const x = at % image.width;
    sidesAt(knowledge, x, (at - x) / image.width, sides);
    densitiesOf(sides, image.data, at * 4, prior.noise, cofactors, densities);
    if (histogram !== undefined) tilt(densities, logRatioAt(histogram, image, at), prior.histogram);
    writeExpected(densities, awayFromEdge(depth.data[at]!, sides, knowledge), at, posterior);
  }
  return posterior;
}

/** How far inside the true edge a place lies, in widths of what the mask leaves open there; negative outside. */
function awayFromEdge(
  depth: number,
  sides: TwoSides,
  { prior, contrast, widen }: Pick<EdgeKnowledge, 'prior' | 'contrast' | 'widen'>,
): number {
  const dr = sides[0]! - sides[9]!;
  const dg = sides[1]! - sides[10]!;
  const db = sides[2]! - sides[11]!;
  // Not Math.hypot, which is slower and guards against overflows that levels do not have.
  const between = Math.sqrt(dr * dr + dg * dg + db * db);
  const apart = Math.min(1, Math.max(0, (between / contrast - ALIKE) / (APART - ALIKE)));
  return (depth - prior.shift) / (prior.width + apart * widen);
}

/** Mean and certainty of alpha by the densities and the prior of a place, see `awayFromEdge`. */
function writeExpected(
  densities: Float64Array,
  away: number,
  at: number,
  { mean, certainty }: EdgePosterior,
): void {
  const near = 1 / (1 + away * away);
  const mixed = MIXED * near;
  const minority = MINORITY * near;
  const personPrior = away > 0 ? 1 - mixed - minority : minority;
  let total = 0;
  let first = 0;
  let second = 0;
  for (let step = 0; step < STEPS; step++) {
    const alpha = step / (STEPS - 1);
    const prior =
      step === 0 ? 1 - mixed - personPrior : step === STEPS - 1 ? personPrior : mixed / (STEPS - 2);
    const weight = densities[step]! * prior;
    total += weight;
    first += weight * alpha;
    second += weight * alpha * alpha;
  }
  mean[at] = first / total;
  certainty[at] = 1 / (second / total - mean[at] ** 2 + LEAST_VARIANCE);
}

/** The density of a pixel's colour under the mixture of both sides, for every alpha tried; never 0. */
function densitiesOf(
  m: TwoSides,
  data: Uint8ClampedArray,
  offset: number,
  noise: number,
  c: Cofactors,
  into: Float64Array,
): void {
  const r = data[offset]!;
  const g = data[offset + 1]!;
  const b = data[offset + 2]!;
  const least = noise * noise;
  for (let step = 0; step < STEPS; step++) {
    const a = step / (STEPS - 1);
    const o = 1 - a;
    const determinant = invertMixture(m, a, least, c);
    const dr = r - a * m[0]! - o * m[9]!;
    const dg = g - a * m[1]! - o * m[10]!;
    const db = b - a * m[2]! - o * m[11]!;
    const squares = dr * dr * c[0]! + dg * dg * c[3]! + db * db * c[5]!;
    const products = dr * dg * c[1]! + dr * db * c[2]! + dg * db * c[4]!;
    const gaussian =
      (GAUSSIAN * Math.exp((-0.5 * (squares + 2 * products)) / determinant)) / Math.sqrt(determinant);
    into[step] = gaussian + ANY_COLOUR * (a * PERSON_SURPRISE + o * WALL_SURPRISE);
  }
}

/**
 * Turns the logarithms of the densities so that their ends differ by a share of what the histogram says, alphas between
 * in line.
 */
function tilt(densities: Float64Array, ratio: number, share: number): void {
  const turn = share * (ratio - Math.log(densities[STEPS - 1]! / densities[0]!));
  const factor = Math.exp(turn / (STEPS - 1));
  let tilted = Math.exp(-turn / 2);
  for (let step = 0; step < STEPS; step++) {
    densities[step]! *= tilted;
    tilted *= factor;
  }
}
