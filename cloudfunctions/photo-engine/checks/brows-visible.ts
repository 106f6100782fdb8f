/**
 * No hair over brows and eyes. Two signals: the share of the strip above a brow, and of the lid between brow and eye,
 * that is not this person's skin. Both strips are bare on every face; a fringe crosses them.
 */
import { type Point } from '../face/detect-faces';
import { landmark } from '../face/face-geometry';
import { type Landmarks } from '../face/face-mesh';
import { type RgbaImage } from '../image/rgba-image';
import { type Lab } from '../measure/lab';
import { isNotSkin } from '../measure/not-skin';
import { forEachRun } from '../measure/polygon';
import { labAt } from '../measure/skin-sample';
import { type Check } from './check-input';

// Upper edge of each brow from the outer to the inner end, its lower edge, and the upper lid (indices of the mesh).
const SIDES = [
  { upper: [70, 63, 105, 66, 107], lower: [46, 53, 52, 65, 55], lid: [246, 161, 160, 159, 158, 157, 173] },
  {
    upper: [300, 293, 334, 296, 336],
    lower: [276, 283, 282, 295, 285],
    lid: [466, 388, 387, 386, 385, 384, 398],
  },
] as const;
const ABOVE_FROM_IED = 0.04;
const ABOVE_TO_IED = 0.16;

export const checkBrowsVisible: Check = ({ image, landmarks, face, skin }) => {
  const ied = face.interEyeDistance;
  const shares = SIDES.map(({ upper, lower, lid }) => ({
    above: covered(image, skin, strip(landmarks, upper, ABOVE_FROM_IED * ied, ABOVE_TO_IED * ied)),
    lid: covered(image, skin, between(landmarks, lower, lid)),
  }));
  return {
    kind: 'measured',
    values: {
      brows: Math.max(...shares.map(({ above }) => above)),
      eyes: Math.max(...shares.map(({ lid: share }) => share)),
    },
  };
};

/** The strip that lies from..to pixels above a line of landmarks. */
function strip(landmarks: Landmarks, line: readonly number[], from: number, to: number): Point[] {
  const points = line.map((index) => landmark(landmarks, index));
  return [
    ...points.map(({ x, y }) => ({ x, y: y - to })),
    ...points.reverse().map(({ x, y }) => ({ x, y: y - from })),
  ];
}

/** The middle half of the area between two lines: lashes and the brow itself stay out. */
function between(landmarks: Landmarks, upper: readonly number[], lower: readonly number[]): Point[] {
  const pick = (line: readonly number[], share: number) =>
    landmark(landmarks, line[Math.round(share * (line.length - 1))]!);
  const mix = (share: number, weight: number): Point => {
    const [a, b] = [pick(upper, share), pick(lower, share)];
    return { x: a.x + (b.x - a.x) * weight, y: a.y + (b.y - a.y) * weight };
  };
  const places = [0.15, 0.35, 0.5, 0.65, 0.85];
  return [...places.map((share) => mix(share, 0.3)), ...places.reverse().map((share) => mix(share, 0.65))];
}

function covered(image: RgbaImage, skin: Lab, area: readonly Point[]): number {
  let hidden = 0;
  let count = 0;
  forEachRun(area, image.width, image.height, (y, from, to) => {
    for (let x = from; x < to; x++) {
      count++;
      if (isNotSkin(labAt(image, x, y), skin)) hidden++;
    }
  });
  return count === 0 ? 0 : hidden / count;
}
