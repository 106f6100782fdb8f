/**
 * The person's own colour at every pixel where wall shows through, so that no rim of the old wall is carried over to
 * the new background: the colour step of Bayesian matting (Chuang et al., 2001) with alpha known, that is the likeliest
 * F in I = αF + (1 − α)B when F and B are drawn from the colours around.
 * Refuses to change a pixel whose alpha is 1: its colour is the picture's own.
 */
import { type Plane } from '../image/resample';
import { createImage, type RgbaImage } from '../image/rgba-image';
import { type ColoursAround, createSides, sidesAt } from './two-sides';

/** Camera noise and JPEG, levels. */
const NOISE = 1.5;

/** @returns the picture with the person's colours wherever 0 < alpha < 1; opaque */
export function foregroundColours(image: RgbaImage, alpha: Plane, around: ColoursAround): RgbaImage {
  const { width, height, data } = image;
  const result = createImage(width, height);
  const to = result.data;
  to.set(data);
  const m = createSides();
  const noise = NOISE * NOISE;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const p = at * 4;
      to[p + 3] = 255;
      const a = alpha.data[at]!;
      if (a <= 0 || a >= 1) continue;
      sidesAt(around, x, y, m);
      const o = 1 - a;
      const aa = a * a;
      const oo = o * o;
      const rr = aa * m[3]! + oo * m[12]! + noise;
      const rg = aa * m[4]! + oo * m[13]!;
      const rb = aa * m[5]! + oo * m[14]!;
      const gg = aa * m[6]! + oo * m[15]! + noise;
      const gb = aa * m[7]! + oo * m[16]!;
      const bb = aa * m[8]! + oo * m[17]! + noise;
      const c00 = gg * bb - gb * gb;
      const c01 = gb * rb - rg * bb;
      const c02 = rg * gb - gg * rb;
      const c11 = rr * bb - rb * rb;
      const c12 = rg * rb - rr * gb;
      const c22 = rr * gg - rg * rg;
      // Gain of a Kalman step: the person's covariance × α ÷ the mixture's, on what the means leave unexplained.
      const gain = a / (rr * c00 + rg * c01 + rb * c02);
      const dr = (data[p]! - a * m[0]! - o * m[9]!) * gain;
      const dg = (data[p + 1]! - a * m[1]! - o * m[10]!) * gain;
      const db = (data[p + 2]! - a * m[2]! - o * m[11]!) * gain;
      const er = c00 * dr + c01 * dg + c02 * db;
      const eg = c01 * dr + c11 * dg + c12 * db;
      const eb = c02 * dr + c12 * dg + c22 * db;
      to[p] = m[0]! + m[3]! * er + m[4]! * eg + m[5]! * eb;
      to[p + 1] = m[1]! + m[4]! * er + m[6]! * eg + m[7]! * eb;
      to[p + 2] = m[2]! + m[5]! * er + m[7]! * eg + m[8]! * eb;
    }
  }
  return result;
}
