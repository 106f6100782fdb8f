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
import { type Lab } from '../measure/lab';
import { convexHull, forEachRun } from '../measure/polygon';
import { labAt, median } from '../measure/skin-sample';
import { type Check, type CheckInput } from './check-input';

// Against the median of the skin: this much lighter, and at most this share of its colourfulness.
const LIGHTER = 22;
const COLOUR_LEFT = 0.6;
// And light in itself: on dark skin the soft gloss that every face has is as far above the median as sweat on light skin.
const LEAST_LIGHTNESS = 70;

export const checkNoShine: Check = (input) => {
  const { image, landmarks, face } = input;
  const excluded = excludedMask(input);
  const step = Math.max(1, Math.round(face.interEyeDistance / 110));
  const colours: Lab[] = [];
  forEachRun(convexHull(contour(landmarks, FACE_OVAL)), image.width, image.height, (y, from, to) => {
    if (y % step !== 0) return;
    for (let x = from; x < to; x += step) {
      if (!excluded.has(y * image.width + x)) colours.push(labAt(image, x, y));
    }
  });
  if (colours.length === 0) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  const lightness = median(colours.map((colour) => colour.lightness));
  const chroma = median(colours.map(({ a, b }) => Math.hypot(a, b)));
  const least = Math.max(lightness + LIGHTER, LEAST_LIGHTNESS);
  const shining = colours.filter(
    (colour) => colour.lightness > least && Math.hypot(colour.a, colour.b) < chroma * COLOUR_LEFT,
  );
  return { kind: 'measured', values: { share: shining.length / colours.length } };
};

/** Pixels of eyes, brows and lips: their lights are not the skin's. */
function excludedMask({ image, landmarks }: CheckInput): Set<number> {
  const excluded = new Set<number>();
  for (const part of [LEFT_LID_CONTOUR, RIGHT_LID_CONTOUR, LEFT_BROW, RIGHT_BROW, OUTER_LIPS]) {
    forEachRun(convexHull(contour(landmarks, part)), image.width, image.height, (y, from, to) => {
      for (let x = from; x < to; x++) excluded.add(y * image.width + x);
    });
  }
  return excluded;
}
