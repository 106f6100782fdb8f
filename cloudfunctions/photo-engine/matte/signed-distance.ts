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
  for (let at = 0; at < result.data.length; at++) {
    result.data[at] = outside[at] === 0 ? inside[at]! / 3 - 0.5 : 0.5 - outside[at]! / 3;
  }
  return result;
}

/** Three times the distance to the nearest pixel with this flag, 0 on it. */
function chamfer({ width, height }: Plane, flags: Uint8Array, wanted: 0 | 1): Int32Array {
  const far = 3 * (width + height);
  const distance = new Int32Array(width * height);
  for (let at = 0; at < distance.length; at++) distance[at] = flags[at] === wanted ? 0 : far;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
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
  for (let y = height - 1, at = distance.length - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--, at--) {
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
  return distance;
}
