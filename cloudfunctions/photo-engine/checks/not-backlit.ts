/**
 * The light must fall on the face. Three signals: the whites of the eyes against bright surroundings, the share of the
 * face that is burnt out, and how bright the brightest of the picture is: wall, clothes, highlights of the skin or the
 * whites of the eyes.
 *
 * Refuses to look at the skin's own brightness: in one studio OFIQ's luminance has a median of 82, 54 or 10 for Monk
 * skin tones 1–2, 3–5 and 6–10, and a rule on the mean light of the face refused both people of Monk tone 10 in our
 * portraits. The whites of the eyes lie 0.3–1.3 stops under a bright wall for every skin tone there; without them, both
 * of Monk tone 10 were too dark in a dark shirt before a mid-grey wall, in the same good light.
 */
import { type Point } from '../face/detect-faces';
import { contour } from '../face/face-geometry';
import { type Landmarks } from '../face/face-mesh';
import { LEFT_LID_CONTOUR, RIGHT_LID_CONTOUR } from '../face/landmark-indices';
import { type RgbaImage } from '../image/rgba-image';
import { luminanceAt, luminanceHistogram, quantileOf } from '../measure/luminance';
import { personAt } from '../measure/person-at';
import { convexHull } from '../measure/polygon';
import { type Check, type CheckInput } from './check-input';

// OFIQ's limit of over-exposure, in 255 steps of linear luminance.
const BRIGHT = 247;
const BACKGROUND_RING_IED = 0.5;
// Below this light of the surroundings there is nothing to be backlit by; a studio's white wall has .5–.75.
const BRIGHT_BACKGROUND = 0.4;
// Background pixels are those that the person mask does not claim.
const PERSON = 0.1;
// The white is the brightest twentieth of what lies between the lids.
const WHITE_OF_EYE = 0.95;
const LIT_FACE = 0.8;

export const checkNotBacklit: Check = (input) => {
  const { image, landmarks } = input;
  const { bins, count } = luminanceHistogram(image, convexHull(allPoints(landmarks)));
  if (count === 0) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  const whites = whitesOfEyes(image, landmarks);
  const eyeWhites = againstBackground(Math.max(whites, quantileOf(bins, LIT_FACE)), backgroundLight(input));
  const bright = sumFrom(bins, BRIGHT) / count;
  const brightest = Math.max(quantileOf(bins, 0.995), brightestOfPicture(image), whites);
  return {
    kind: 'measured',
    values: { eyeWhites, bright, brightest },
    remedies: { eyeWhites: 'turn-to-window', bright: 'too-bright', brightest: 'too-dark' },
  };
};

/** Light of the brighter eye's white, 0–1; 0 where the eyes lie outside the picture. */
function whitesOfEyes(image: RgbaImage, landmarks: Landmarks): number {
  const whites = [LEFT_LID_CONTOUR, RIGHT_LID_CONTOUR].map((lids) =>
    quantileOf(luminanceHistogram(image, contour(landmarks, lids)).bins, WHITE_OF_EYE),
  );
  return Math.max(...whites);
}

/**
 * Stops between the light on the face and bright surroundings; 0 where these are not bright. Eyes narrowed by a smile
 * hide their whites: then a fifth of the face that is lit proves as much.
 */
function againstBackground(face: number, background: number): number {
  return background < BRIGHT_BACKGROUND ? 0 : Math.log2(Math.max(face, 1 / 255) / background);
}

function allPoints(landmarks: Landmarks): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < landmarks.length; i += 3) points.push({ x: landmarks[i]!, y: landmarks[i + 1]! });
  return points;
}

function sumFrom(bins: Uint32Array, from: number): number {
  let sum = 0;
  for (const bin of bins.subarray(from)) sum += bin;
  return sum;
}

/** Mean light of the background in a frame around the head, or 0 where no background is seen. */
function backgroundLight(input: CheckInput): number {
  const { image, face } = input;
  const reach = BACKGROUND_RING_IED * face.interEyeDistance;
  const left = Math.max(0, Math.floor(face.eyes.x - face.faceWidth / 2 - reach * 2));
  const right = Math.min(image.width, Math.ceil(face.eyes.x + face.faceWidth / 2 + reach * 2));
  const top = Math.max(0, Math.floor(face.eyes.y - face.eyesToChin - reach));
  const bottom = Math.min(image.height, Math.ceil(face.chin.y));
  const light = { sum: 0, count: 0 };
  const step = Math.max(1, Math.floor((right - left) / 200));
  for (let y = top; y < bottom; y += step) addBackground(input, y, left, right, step, light);
  return light.count === 0 ? 0 : light.sum / light.count;
}

/** Adds the background's pixels of one row. */
function addBackground(
  input: CheckInput,
  y: number,
  left: number,
  right: number,
  step: number,
  light: { sum: number; count: number },
): void {
  const { image } = input;
  for (let x = left; x < right; x += step) {
    if (personAt(input, x, y) > PERSON) continue;
    light.sum += luminanceAt(image.data, (y * image.width + x) * 4);
    light.count++;
  }
}

/** The light that one in a hundred pixels of the whole picture reaches. */
function brightestOfPicture(image: RgbaImage): number {
  const bins = new Uint32Array(256);
  const step = Math.max(1, Math.floor((image.width * image.height) / 50_000));
  countLuminances(image.data, step * 4, bins);
  return quantileOf(bins, 0.99);
}

/** Counts pixels that begin so many bytes apart. */
function countLuminances(data: Uint8ClampedArray, stride: number, bins: Uint32Array): void {
  for (let at = 0; at < data.length; at += stride) bins[Math.floor(255 * luminanceAt(data, at) + 0.5)]!++;
}
