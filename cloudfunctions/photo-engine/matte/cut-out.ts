/**
 * Cuts the person out of a framed picture, twice: at half the size, where the mask's edge is searched widely for the
 * true one by colour, and at full size, where what is left between 0 and 1 is solved strand by strand.
 *
 *   1 sides      which pixels surely are the person and the wall, by their distance from the mask's edge
 *   2 colours    what colours each side has near any place; a plain wall is one smooth surface
 *   3 posterior  what each pixel's colour and place say about its alpha
 *   4 solve      closed-form matting with that as prior, where it is not settled
 *   5 again      2–4 at full size around the answer of the half size
 *   6 colours    the person's own colour where wall shows through
 *
 * Works at the size of the result. Refuses to change any pixel that is wholly the person.
 */
import { copyAt, flagBelow, flagsAbove, flagsBelow, flagsEqual, flagsWithin, placesOf } from '../image/flags';
import { createPlane, type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { closedFormAlpha } from './closed-form';
import { colourHistogram } from './colour-histogram';
import { colourModel } from './colour-model';
import { dilate } from './dilate';
import { doubleSize } from './double-size';
import { type EdgeKnowledge, edgePosterior } from './edge-posterior';
import { edgePrior, type EdgePrior } from './edge-prior';
import { type FigureMask } from './figure-mask';
import { foregroundColours } from './foreground-colours';
import { trimapOf } from './trimap';
import { measureWall, type WallMeasures } from './wall';
import { flagsOnSurface, type WallSurface } from './wall-surface';

export interface CutOut {
  /** 0–1 per pixel; 0 and 1 exactly outside the edge band. */
  readonly alpha: Plane;
  /** The person's colours: the picture's own bytes where alpha is 1, freed from the wall where it is between. */
  readonly foreground: RgbaImage;
  readonly wall: WallMeasures;
}

// Distances in pixels of the result; set on the tuning half of the matting benchmark (2026-11).
/** Beyond these distances from the mask's edge a pixel surely is the person's or the wall's. */
const SURELY_PERSON = 4;
const SURELY_WALL = 8;
/** On a plain wall whatever has the wall's colour is wall this near to the mask, and beyond OBJECTS anything is. */
const PLAIN_NEAR = 3;
const OBJECTS = 45;
/** The true edge is searched for this far outside the mask (long strands) and inside it. */
const SEARCH_OUTSIDE = 40;
const SEARCH_INSIDE = 30;
/** Colours of a busy wall and of the person are counted this near to the edge. */
const COUNTED = 60;
/** Side of the colour models' cells. */
const CELL = 8;

/** How much the wall's light may vary, see `ColoursAround`: searched with more, and solved with less where it is plain. */
const LIGHT = 0.04;
const PLAIN_LIGHT = 0.01;
/** See `EdgeKnowledge`: strands are looked for further out where the wall cannot be mistaken for them. */
const WIDEN = 0.5;
const PLAIN_WIDEN = 3;

/** Weight of the posterior beside the Laplacian, per certainty. */
const POSTERIOR_WEIGHT = 0.005;
const SOLVER = { regularisation: 1e-4, tolerance: 1e-3, maximumIterations: 60 } as const;

/** Alphas of the half size beyond which a pixel is settled at full size. */
const SETTLED = 0.02;
/** Alpha from which on the rest is noise. What lies between `noiseBelow` and this is stretched to 0–1. */
const NOISE_ABOVE = 0.94;

/**
 * @param picture framed at the size of the result; pixels with alpha 0 lie outside the photo and become background
 * @param figure the person in it, as the segmentation saw it
 */
export function cutOut(picture: RgbaImage, figure: FigureMask): CutOut {
  const prior = edgePrior(figure.edge, figure.wall);
  const start = searchEdge(picture, figure, prior);
  if (start === undefined) return maskAsItIs(picture, figure);
  const { alpha, knowledge } = solveEdge(picture, start, prior);
  stretch(alpha.data, prior.noiseBelow, picture.data);
  return {
    alpha,
    foreground: foregroundColours(picture, alpha, knowledge),
    wall: measureWall(picture, alpha, figure),
  };
}

/** What is below and above the noise becomes 0 and 1, and all that lies outside the photo 0. */
function stretch(alpha: Float32Array, noiseBelow: number, pixels: Uint8ClampedArray): void {
  for (let at = 0; at < alpha.length; at++) {
    const stretched = (alpha[at]! - noiseBelow) / (NOISE_ABOVE - noiseBelow);
    alpha[at] = pixels[at * 4 + 3] === 0 ? 0 : Math.min(Math.max(stretched, 0), 1);
  }
}

/** What the half size found, at full size. */
interface Start {
  readonly alpha: Plane;
  /** Distance inside the mask's edge, negative outside; pixels of the result. */
  readonly depth: Plane;
  readonly plain: boolean;
}

/** @returns undefined when the mask leaves no sure person or no sure wall to learn colours from */
function searchEdge(
  picture: RgbaImage,
  { half, wall: behind }: FigureMask,
  prior: EdgePrior,
): Start | undefined {
  const { image, depth } = half;
  const person = colourModel(image, flagsAbove(depth.data, SURELY_PERSON), CELL / 2);
  const plain = behind.kind === 'plain';
  // A busy wall's colours change from place to place: those nearest to the edge count.
  const sureWall = plain ? plainWall(image, depth, behind.surface) : flagsBelow(depth.data, -SURELY_WALL);
  const wall = colourModel(image, sureWall, CELL / 2);
  if (person === undefined || wall === undefined) return undefined;

  const knowledge: EdgeKnowledge = {
    person,
    wall,
    histogram: plain ? undefined : colourHistogram(image, countedSides(depth)),
    light: LIGHT,
    contrast: prior.contrast,
    widen: plain ? PLAIN_WIDEN : WIDEN,
    prior,
  };
  const places = placesOf(flagsWithin(depth.data, -SEARCH_OUTSIDE, SEARCH_INSIDE));
  const expected = new Float32Array(flagsAbove(depth.data, 0));
  const alpha = solveBand(image, places, depth, knowledge, expected);
  const { width, height } = picture;
  return { alpha: doubleSize(alpha, width, height), depth: doubleSize(depth, width, height), plain };
}

/** 1 where surely wall before a plain one: what has its colour, and all that lies far from the mask. */
function plainWall(image: RgbaImage, depth: Plane, surface: WallSurface): Uint8Array {
  const flags = flagsOnSurface(surface, image, flagsWithin(depth.data, -OBJECTS, -PLAIN_NEAR));
  flagBelow(flags, depth.data, -OBJECTS);
  return flags;
}

/** 1 the person's and −1 the wall's pixels near the edge, 0 others. */
function countedSides({ width, height, data: depth }: Plane): Plane {
  const sides = createPlane(width, height);
  markSides(sides.data, depth);
  return sides;
}

function markSides(sides: Float32Array, depth: Float32Array): void {
  for (let at = 0; at < sides.length; at++) {
    const value = depth[at]!;
    if (Math.abs(value) >= COUNTED) continue;
    sides[at] = value > SURELY_PERSON ? 1 : value < -SURELY_WALL ? -1 : 0;
  }
}

/** The same at full size, only around what the half size left open. */
function solveEdge(
  picture: RgbaImage,
  { alpha: start, depth, plain }: Start,
  prior: EdgePrior,
): { readonly alpha: Plane; readonly knowledge: EdgeKnowledge } {
  const { width, height } = picture;
  const sides = createPlane(width, height);
  const open = new Uint8Array(width * height);
  settle(start.data, picture.data, sides.data, open);
  const knowledge: EdgeKnowledge = {
    person:
      colourModel(picture, flagsEqual(sides.data, 1), CELL) ??
      colourModel(picture, flagsAbove(depth.data, 0), CELL)!,
    wall:
      colourModel(picture, flagsEqual(sides.data, -1), CELL) ??
      colourModel(picture, flagsBelow(depth.data, 0), CELL)!,
    histogram: plain ? undefined : colourHistogram(picture, sides),
    light: plain ? PLAIN_LIGHT : LIGHT,
    contrast: prior.contrast,
    widen: plain ? PLAIN_WIDEN : WIDEN,
    prior,
  };
  const near = dilate(open, 1, width, height, 2);
  const places = placesOf(near);
  const expected = new Float32Array(flagsAbove(start.data, 0.5));
  return { alpha: solveBand(picture, places, depth, knowledge, expected, start.data), knowledge };
}

/** Writes 1 for the person and −1 for the wall where the half size left no doubt, and flags the rest of the photo as open. */
function settle(start: Float32Array, pixels: Uint8ClampedArray, sides: Float32Array, open: Uint8Array): void {
  for (let at = 0; at < open.length; at++) {
    if (pixels[at * 4 + 3] === 0) continue;
    const value = start[at]!;
    if (value < SETTLED) sides[at] = -1;
    else if (value > 1 - SETTLED) sides[at] = 1;
    else open[at] = 1;
  }
}

/**
 * Alpha at the places by their posterior, solved where that is not settled.
 * @param expected 0 or 1 everywhere; the places are overwritten
 * @param start alpha from which the solver sets out; the posterior where absent
 */
function solveBand(
  image: RgbaImage,
  places: Int32Array,
  depth: Plane,
  knowledge: EdgeKnowledge,
  expected: Float32Array,
  start: Float32Array = expected,
): Plane {
  const { mean, certainty } = edgePosterior(image, places, depth, knowledge);
  copyAt(places, mean, expected);
  weigh(places, certainty);
  const trimap = trimapOf({ width: image.width, height: image.height, data: expected }, places);
  return closedFormAlpha(image, trimap, { expected, weight: certainty }, start, SOLVER);
}

function weigh(places: Int32Array, certainty: Float32Array): void {
  for (const at of places) certainty[at]! *= POSTERIOR_WEIGHT;
}

/** Without one of the sides there is no edge to look for. */
function maskAsItIs(picture: RgbaImage, figure: FigureMask): CutOut {
  const { mask } = figure;
  const alpha = createPlane(mask.width, mask.height);
  for (let at = 0; at < alpha.data.length; at++) {
    alpha.data[at] = mask.data[at]! >= 0.5 && picture.data[at * 4 + 3] !== 0 ? 1 : 0;
  }
  return { alpha, foreground: picture, wall: measureWall(picture, alpha, figure) };
}
