/**
 * The person's own colour at every pixel where wall shows through, so that no rim of the old wall is carried over to
 * the new background: the colour step of Bayesian matting (Chuang et al., 2001) with alpha known, that is the likeliest
 * F in I = αF + (1 − α)B when F and B are drawn from the colours around.
 * Refuses to change a pixel whose alpha is 1: its colour is the picture's own.
 */
import { type Plane } from '../image/resample';
import { createImage, type RgbaImage } from '../image/rgba-image';
import {
  type Cofactors,
  type ColoursAround,
  createCofactors,
  createSides,
  invertMixture,
  sidesAt,
  type TwoSides,
} from './two-sides';

/** Camera noise and JPEG, levels. */
const NOISE = 1.5;

/** @returns the picture with the person's colours wherever 0 < alpha < 1; opaque */
export function foregroundColours(image: RgbaImage, alpha: Plane, around: ColoursAround): RgbaImage {
  const result = createImage(image.width, image.height);
  result.data.set(image.data);
  const sides = createSides();
  const cofactors = createCofactors();
  for (let y = 0; y < image.height; y++) freeRow(result, alpha, around, y, sides, cofactors);
  return result;
}

function freeRow(
  picture: RgbaImage,
  alpha: Plane,
  around: ColoursAround,
  y: number,
  sides: TwoSides,
  cofactors: Cofactors,
): void {
  const { width, data } = picture;
  for (let x = 0, at = y * width; x < width; x++, at++) {
    data[at * 4 + 3] = 255;
    const a = alpha.data[at]!;
    if (a <= 0 || a >= 1) continue;
    sidesAt(around, x, y, sides);
    freePixel(data, at * 4, a, sides, cofactors);
  }
}

/** Replaces the pixel at an offset by its share of the person. @param m, c see two-sides.ts */
function freePixel(data: Uint8ClampedArray, p: number, a: number, m: TwoSides, c: Cofactors): void {
  const o = 1 - a;
  // Gain of a Kalman step: the person's covariance × α ÷ the mixture's, on what the means leave unexplained.
  const gain = a / invertMixture(m, a, NOISE * NOISE, c);
  const dr = (data[p]! - a * m[0]! - o * m[9]!) * gain;
  const dg = (data[p + 1]! - a * m[1]! - o * m[10]!) * gain;
  const db = (data[p + 2]! - a * m[2]! - o * m[11]!) * gain;
  const er = c[0]! * dr + c[1]! * dg + c[2]! * db;
  const eg = c[1]! * dr + c[3]! * dg + c[4]! * db;
  const eb = c[2]! * dr + c[4]! * dg + c[5]! * db;
  data[p] = m[0]! + m[3]! * er + m[4]! * eg + m[5]! * eb;
  data[p + 1] = m[1]! + m[4]! * er + m[6]! * eg + m[7]! * eb;
  data[p + 2] = m[2]! + m[5]! * er + m[7]! * eg + m[8]! * eb;
}
