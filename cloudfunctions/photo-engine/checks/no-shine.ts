/**
 * No sweat highlights. The native value is the share of the face's skin that is much lighter than this person's skin
 * and has lost its colour: a lamp's own white instead of the skin's.
 *
 * Compared with the median of the whole face, not with the sample of cheeks and forehead that other checks use: that
 * is just where a face shines, and a sample that shines finds nothing.
 */
import { contour } from '../face/face-geometry';
import {
  FACE_OVAL,
  LEFT_BROW,
  LEFT_LID_CONTOUR,
  OUTER_LIPS,
  RIGHT_BROW,
  RIGHT_LID_CONTOUR,
} from '../face/landmark-indices';
import { type RgbaImage } from '../image/rgba-image';
import { convexHull, type Point, type Run, runsInside } from '../measure/polygon';
import { median } from '../measure/median';
import { labAt } from '../measure/skin-sample';
import { type Check, type CheckInput } from './check-input';

// Against the median of the skin: this much lighter, and at most this share of its colourfulness.
const LIGHTER = 22;
const COLOUR_LEFT = 0.6;
// And light in itself: on dark skin the soft gloss that every face has is as far above the median as sweat on light skin.
const LEAST_LIGHTNESS = 70;

export const checkNoShine: Check = (input) => {
  const { lightnesses, chromas } = skinOf(input);
  const count = lightnesses.length;
  if (count === 0) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  const least = Math.max(median(lightnesses) + LIGHTER, LEAST_LIGHTNESS);
  const most = median(chromas) * COLOUR_LEFT;
  return { kind: 'measured', values: { share: shining(lightnesses, chromas, least, most) / count } };
};

/** How many pixels are lighter and less colourful than these. */
function shining(lightnesses: Float64Array, chromas: Float64Array, least: number, most: number): number {
  let count = 0;
  for (let i = 0; i < lightnesses.length; i++) if (lightnesses[i]! > least && chromas[i]! < most) count++;
  return count;
}

interface SkinPixels {
  readonly lightnesses: Float64Array;
  readonly chromas: Float64Array;
}

/** Lightness and colourfulness of the face's skin, pixel by pixel at an inter-eye distance of about 110 px. */
function skinOf(input: CheckInput): SkinPixels {
  const { image, landmarks, face } = input;
  const oval = convexHull(contour(landmarks, FACE_OVAL));
  const bounds = boundsOf(oval);
  const excluded = excludedPixels(input, bounds);
  const step = Math.max(1, Math.round(face.interEyeDistance / 110));
  // The oval is convex: one run a row.
  const most = Math.ceil(bounds.width / step) * Math.ceil(bounds.height / step + 1);
  const skin = { lightnesses: new Float64Array(most), chromas: new Float64Array(most) };
  let count = 0;
  for (const run of runsInside(oval, image.width, image.height)) {
    const row = (run.y - bounds.top) * bounds.width - bounds.left;
    if (run.y % step === 0) count = addRun(image, run, step, excluded, row, skin, count);
  }
  return { lightnesses: skin.lightnesses.subarray(0, count), chromas: skin.chromas.subarray(0, count) };
}

/**
 * @param row where the run's row, from the picture's left on, begins in `excluded`
 * @returns how many pixels there are with those of this run
 */
function addRun(
  image: RgbaImage,
  { y, from, to }: Run,
  step: number,
  excluded: Uint8Array,
  row: number,
  { lightnesses, chromas }: SkinPixels,
  count: number,
): number {
  for (let x = from; x < to; x += step) {
    if (excluded[row + x] === 1) continue;
    const { lightness, a, b } = labAt(image, x, y);
    lightnesses[count] = lightness;
    chromas[count++] = Math.hypot(a, b);
  }
  return count;
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function boundsOf(points: readonly Point[]): Bounds {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys))];
  return {
    left,
    top,
    width: Math.ceil(Math.max(...xs)) - left + 1,
    height: Math.ceil(Math.max(...ys)) - top + 1,
  };
}

/** 1 for each pixel within the bounds that belongs to eyes, brows or lips: their lights are not the skin's. */
function excludedPixels({ image, landmarks }: CheckInput, { left, top, width, height }: Bounds): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (const part of [LEFT_LID_CONTOUR, RIGHT_LID_CONTOUR, LEFT_BROW, RIGHT_BROW, OUTER_LIPS]) {
    for (const { y, from, to } of runsInside(
      convexHull(contour(landmarks, part)),
      image.width,
      image.height,
    )) {
      if (y < top || y >= top + height) continue;
      const row = (y - top) * width;
      mask.fill(1, row + clamped(from - left, width), row + clamped(to - left, width));
    }
  }
  return mask;
}

function clamped(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
