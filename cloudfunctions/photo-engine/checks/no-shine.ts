/**
 * No sweat highlights. The native value is the share of the face's skin that is much lighter than this person's skin
 * and has lost its colour: a lamp's own white instead of the skin's.
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
import { convexHull, forEachRun } from '../measure/polygon';
import { labAt } from '../measure/skin-sample';
import { type Check, type CheckInput } from './check-input';

// Against the median of the skin: this much lighter, and at most this share of its colourfulness.
const LIGHTER = 22;
const COLOUR_LEFT = 0.6;

export const checkNoShine: Check = (input) => {
  const { image, landmarks, face, skin } = input;
  const chroma = Math.hypot(skin.a, skin.b);
  const excluded = excludedMask(input);
  const step = Math.max(1, Math.round(face.interEyeDistance / 80));
  let shining = 0;
  let count = 0;
  forEachRun(convexHull(contour(landmarks, FACE_OVAL)), image.width, image.height, (y, from, to) => {
    if (y % step !== 0) return;
    for (let x = from; x < to; x += step) {
      if (excluded.has(y * image.width + x)) continue;
      const { lightness, a, b } = labAt(image, x, y);
      count++;
      if (lightness > skin.lightness + LIGHTER && Math.hypot(a, b) < chroma * COLOUR_LEFT) shining++;
    }
  });
  if (count === 0) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  return { kind: 'measured', values: { share: shining / count } };
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
