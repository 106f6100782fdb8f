/**
 * Distance of every pixel to the mask's edge, positive inside the person. Chamfer 3-4 (Borgefors, 1986): within 8 %
 * of the true distance, in two passes.
 */
import { flagsBelow } from '../image/flags';
import { createPlane, type Plane } from '../image/resample';

/** @returns pixels, half a pixel on either side of the edge; ±(width + height) where the mask has no edge */
export function signedDistance(mask: Plane, threshold: number): Plane {
  const { width, height } = mask;
  const wall = flagsBelow(mask.data, threshold);
  const outside = chamfer(mask, wall, 0);
  const inside = chamfer(mask, wall, 1);
  const result = createPlane(width, height);
  subtract(inside, outside, result.data);
  return result;
}

function subtract(inside: Int32Array, outside: Int32Array, into: Float32Array): void {
  for (let at = 0; at < into.length; at++) {
    into[at] = outside[at] === 0 ? inside[at]! / 3 - 0.5 : 0.5 - outside[at]! / 3;
  }
}

/** Three times the distance to the nearest pixel with this flag, 0 on it. */
function chamfer({ width, height }: Plane, flags: Uint8Array, wanted: 0 | 1): Int32Array {
  const distance = new Int32Array(width * height).fill(3 * (width + height));
  clearAt(flags, wanted, distance);
  for (let y = 0; y < height; y++) fromAbove(distance, y, width);
  for (let y = height - 1; y >= 0; y--) fromBelow(distance, y, width, height);
  return distance;
}

function clearAt(flags: Uint8Array, wanted: 0 | 1, distance: Int32Array): void {
  for (let at = 0; at < distance.length; at++) if (flags[at] === wanted) distance[at] = 0;
}

/** What a row knows from the one above and from the left. */
function fromAbove(distance: Int32Array, y: number, width: number): void {
  for (let x = 0, at = y * width; x < width; x++, at++) {
    let best = distance[at]!;
    if (best === 0) continue;
    if (x > 0) best = Math.min(best, distance[at - 1]! + 3);
    if (y > 0) {
      best = Math.min(best, distance[at - width]! + 3);
      if (x > 0) best = Math.min(best, distance[at - width - 1]! + 4);
      if (x < width - 1) best = Math.min(best, distance[at - width + 1]! + 4);
    }
    distance[at] = best;
  }
}

/** What a row knows from the one below and from the right. */
function fromBelow(distance: Int32Array, y: number, width: number, height: number): void {
  for (let x = width - 1, at = y * width + x; x >= 0; x--, at--) {
    let best = distance[at]!;
    if (best === 0) continue;
    if (x < width - 1) best = Math.min(best, distance[at + 1]! + 3);
    if (y < height - 1) {
      best = Math.min(best, distance[at + width]! + 3);
      if (x > 0) best = Math.min(best, distance[at + width - 1]! + 4);
      if (x < width - 1) best = Math.min(best, distance[at + width + 1]! + 4);
    }
    distance[at] = best;
  }
}
