/**
 * No hair over brows and eyes. Two questions, each asked of colour and of form, because brown hair on brown skin has
 * no colour of its own: is the strip above a brow, or the lid below it, not this person's skin; and are brow and eye
 * seen at all, that is, is the brow darker than what is above it, and does the upper half of the eye's opening show
 * light beside dark, as iris and white do.
 *
 * Measured on 50 people: hair of the skin's own colour over the eyes was found by colour alone in 79 % of the photos
 * at 5 % false alarms, with the eye's contrast in 96 % at none.
 */
import { type Point } from '../face/detect-faces';
import { landmark } from '../face/face-geometry';
import { type Landmarks } from '../face/face-mesh';
import { CHEEK_CENTRES } from '../face/landmark-indices';
import { type RgbaImage } from '../image/rgba-image';
import { type Lab } from '../measure/lab';
import { lightnessInside, meanOf, quantileOfSorted } from '../measure/lightness';
import { meanLuminance } from '../measure/luminance';
import { isNotSkin } from '../measure/not-skin';
import { distance, runsInside, squareAround } from '../measure/polygon';
import { labAt } from '../measure/skin-sample';
import { type Check } from './check-input';

// From the outer to the inner end (indices of the mesh): the brow's upper and lower edge, and the upper and lower lid
// without the corners.
const SIDES = [
  {
    browTop: [70, 63, 105, 66, 107],
    browBottom: [46, 53, 52, 65, 55],
    upperLid: [246, 161, 160, 159, 158, 157, 173],
    lowerLid: [7, 163, 144, 145, 153, 154, 155],
    cheek: CHEEK_CENTRES.left,
  },
  {
    browTop: [300, 293, 334, 296, 336],
    browBottom: [276, 283, 282, 295, 285],
    upperLid: [466, 388, 387, 386, 385, 384, 398],
    lowerLid: [249, 390, 373, 374, 380, 381, 382],
    cheek: CHEEK_CENTRES.right,
  },
] as const;
type Side = (typeof SIDES)[number];

const ABOVE_FROM_IED = 0.04;
const ABOVE_TO_IED = 0.16;
const CHEEK_SIDE_IED = 0.2;
// Two stops: in such a shadow lids are as dark as hair, and `even-light` asks for another photo anyway.
const LEAST_LIGHT_SHARE = 0.25;
// An eye with a smaller gap is closed for `eyes-open`, and shows no iris whatever lies over it.
const LEAST_GAP = 0.04;
// Lightness is compared with the lightest of the eye, but with no less than this: a covered eye has nothing light.
const LEAST_LIGHT = 30;

export const checkBrowsVisible: Check = ({ image, landmarks, face, skin }) => {
  const ied = face.interEyeDistance;
  const sides = litSides(image, landmarks, ied)
    .map((side) => ({
      ...side,
      above: shifted(landmarks, side.browTop, ABOVE_FROM_IED * ied, ABOVE_TO_IED * ied),
    }))
    .filter((side) =>
      [...side.above, ...line(landmarks, side.lowerLid)].every((point) => holds(image, point)),
    );
  if (sides.length === 0) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  const seen = sides.map((side) => {
    const { above } = side;
    return {
      above: covered(image, skin, above),
      lid: covered(image, skin, lid(landmarks, side)),
      brow: browContrast(image, landmarks, side, above),
      eye: eyeContrast(image, landmarks, side, LEAST_GAP * face.eyesToChin),
    };
  });
  const least = (values: number[]) => Math.min(...values.filter((value) => !Number.isNaN(value)));
  const eyeContrasts = least(seen.map(({ eye }) => eye));
  return {
    kind: 'measured',
    values: {
      brows: Math.max(...seen.map(({ above }) => above)),
      browContrast: least(seen.map(({ brow }) => brow)),
      eyes: Math.max(...seen.map(({ lid: share }) => share)),
      ...(Number.isFinite(eyeContrasts) && { eyeContrast: eyeContrasts }),
    },
  };
};

function holds({ width, height }: RgbaImage, { x, y }: Point): boolean {
  return x >= 0 && y >= 0 && x < width && y < height;
}

/** The sides of the face that can be seen: not one whose cheek has less than a quarter of the other's light. */
function litSides(image: RgbaImage, landmarks: Landmarks, ied: number): Side[] {
  const lights = SIDES.map(({ cheek }) =>
    meanLuminance(image, squareAround(landmark(landmarks, cheek), CHEEK_SIDE_IED * ied)),
  );
  const most = Math.max(...lights);
  return SIDES.filter((_, i) => !(lights[i]! < most * LEAST_LIGHT_SHARE));
}

/** How much darker the brow is than the strip above it, as a share of that strip's lightness. */
function browContrast(image: RgbaImage, landmarks: Landmarks, side: Side, above: readonly Point[]): number {
  const brow = [...line(landmarks, side.browTop), ...line(landmarks, side.browBottom).reverse()];
  const strip = meanOf(lightnessInside(image, above));
  return (strip - meanOf(lightnessInside(image, brow))) / Math.max(10, strip);
}

/** Light against dark in the upper half of the eye's opening, as a share of its lightest; NaN where it is closed. */
function eyeContrast(image: RgbaImage, landmarks: Landmarks, side: Side, leastGap: number): number {
  const upper = line(landmarks, side.upperLid);
  const lower = line(landmarks, side.lowerLid);
  if (Math.max(...upper.map((point, i) => distance(point, lower[i]!))) < leastGap) return NaN;
  const middle = upper.map((point, i) => mixed(point, lower[i]!, 0.5));
  const half = lightnessInside(image, [...upper, ...middle.reverse()]);
  const whole = lightnessInside(image, [...upper, ...lower.reverse()]);
  const contrast = quantileOfSorted(half, 0.9) - quantileOfSorted(half, 0.1);
  return contrast / Math.max(LEAST_LIGHT, quantileOfSorted(whole, 0.95));
}

/** The strip that lies from..to pixels above a line of landmarks. */
function shifted(landmarks: Landmarks, indices: readonly number[], from: number, to: number): Point[] {
  const points = line(landmarks, indices);
  return [
    ...points.map(({ x, y }) => ({ x, y: y - to })),
    ...points.reverse().map(({ x, y }) => ({ x, y: y - from })),
  ];
}

/** The middle of the area between brow and upper lid: lashes and the brow itself stay out. */
function lid(landmarks: Landmarks, { browBottom, upperLid }: Side): Point[] {
  const pick = (indices: readonly number[], share: number) =>
    landmark(landmarks, indices[Math.round(share * (indices.length - 1))]!);
  const mix = (share: number, weight: number) =>
    mixed(pick(browBottom, share), pick(upperLid, share), weight);
  const places = [0.15, 0.35, 0.5, 0.65, 0.85];
  return [...places.map((share) => mix(share, 0.3)), ...places.reverse().map((share) => mix(share, 0.65))];
}

function line(landmarks: Landmarks, indices: readonly number[]): Point[] {
  return indices.map((index) => landmark(landmarks, index));
}

function mixed(a: Point, b: Point, weight: number): Point {
  return { x: a.x + (b.x - a.x) * weight, y: a.y + (b.y - a.y) * weight };
}

function covered(image: RgbaImage, skin: Lab, area: readonly Point[]): number {
  let hidden = 0;
  let count = 0;
  for (const { y, from, to } of runsInside(area, image.width, image.height)) {
    for (let x = from; x < to; x++) {
      count++;
      if (isNotSkin(labAt(image, x, y), skin)) hidden++;
    }
  }
  return count === 0 ? 0 : hidden / count;
}
