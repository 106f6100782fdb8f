/**
 * The light must fall on the face. Four signals: the face against the bright surroundings, the share of the face
 * that is nearly black or burnt out, and how bright the brightest part of the picture is.
 * Never blocks on the face's own brightness alone: in one studio OFIQ's luminance has a median of 82, 54 or 10 for
 * Monk skin tones 1–2, 3–5 and 6–10.
 */
import { type RgbaImage } from '../image/rgba-image';
import { luminanceAt, luminanceHistogram, quantileOf } from '../measure/luminance';
import { convexHull, type Point } from '../measure/polygon';
import { type Check, type CheckInput } from './check-input';

// OFIQ's limits of under- and over-exposure, in 255 steps of linear luminance.
const DARK = 25;
const BRIGHT = 247;
const BACKGROUND_RING_IED = 0.5;
const BRIGHT_BACKGROUND = 0.6;
// Background pixels are those that the person mask does not claim.
const PERSON = 0.1;

export const checkNotBacklit: Check = (input) => {
  const { image, landmarks } = input;
  const hull = convexHull(allPoints(landmarks));
  const { bins, count } = luminanceHistogram(image, hull);
  if (count === 0) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  const dark = sumOf(bins, 0, DARK) / count;
  const bright = sumOf(bins, BRIGHT, 255) / count;
  const background = backgroundLight(input);
  const faceLight = meanOf(bins, count);
  // Without a bright background there is nothing to be backlit by.
  const contrast = background > BRIGHT_BACKGROUND ? Math.log2(Math.max(faceLight, 1e-3) / background) : 0;
  const brightest = Math.max(quantileOf(bins, 0.995), brightestOfPicture(image));
  return {
    kind: 'measured',
    values: { contrast, dark, bright, brightest },
    // A dark face before a bright wall may be a dark skin: only where it is also nearly black is it the light.
    ...(contrast < 0 && dark <= 0.9 && brightest > 0.3 && { atMost: 'warn' as const }),
    remedy: bright > 0.02 && dark < 0.5 ? 'too-bright' : contrast < -2 ? 'turn-to-window' : 'too-dark',
  };
};

function allPoints(landmarks: Float32Array): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < landmarks.length; i += 3) points.push({ x: landmarks[i]!, y: landmarks[i + 1]! });
  return points;
}

function sumOf(bins: Uint32Array, from: number, to: number): number {
  let sum = 0;
  for (let bin = from; bin <= to; bin++) sum += bins[bin]!;
  return sum;
}

function meanOf(bins: Uint32Array, count: number): number {
  let sum = 0;
  for (let bin = 0; bin < bins.length; bin++) sum += bin * bins[bin]!;
  return sum / count / 255;
}

/** Mean light of the background in a frame around the head, or 0 where no background is seen. */
function backgroundLight({ image, face, personAt }: CheckInput): number {
  const reach = BACKGROUND_RING_IED * face.interEyeDistance;
  const left = Math.max(0, Math.floor(face.eyes.x - face.faceWidth / 2 - reach * 2));
  const right = Math.min(image.width, Math.ceil(face.eyes.x + face.faceWidth / 2 + reach * 2));
  const top = Math.max(0, Math.floor(face.eyes.y - face.eyesToChin - reach));
  const bottom = Math.min(image.height, Math.ceil(face.chin.y));
  let sum = 0;
  let count = 0;
  const step = Math.max(1, Math.floor((right - left) / 200));
  for (let y = top; y < bottom; y += step) {
    for (let x = left; x < right; x += step) {
      if (personAt(x, y) > PERSON) continue;
      sum += luminanceAt(image.data, (y * image.width + x) * 4);
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** The light that one in a hundred pixels of the whole picture reaches. */
function brightestOfPicture(image: RgbaImage): number {
  const bins = new Uint32Array(256);
  const pixels = image.width * image.height;
  const step = Math.max(1, Math.floor(pixels / 50_000));
  for (let pixel = 0; pixel < pixels; pixel += step)
    bins[Math.floor(255 * luminanceAt(image.data, pixel * 4) + 0.5)]!++;
  return quantileOf(bins, 0.99);
}
