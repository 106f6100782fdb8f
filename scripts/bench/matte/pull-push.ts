/**
 * Fills a plane from the places where it is known, smoothly (pull-push pyramid): how the benchmark guesses the
 * studio wall behind a person and the colour of hair at its edge. Used by the measurement only.
 */
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';

/** @param weights 0 where unknown; the result keeps known values and continues them into the rest */
export function pullPush(values: Plane, weights: Plane): Plane {
  const { width, height } = values;
  if (width <= 2 && height <= 2) {
    let sum = 0;
    let weightSum = 0;
    values.data.forEach((value, at) => {
      sum += value * weights.data[at]!;
      weightSum += weights.data[at]!;
    });
    const filled = createPlane(width, height);
    filled.data.fill(weightSum === 0 ? 0 : sum / weightSum);
    return filled;
  }
  const halfWidth = Math.ceil(width / 2);
  const halfHeight = Math.ceil(height / 2);
  const smallValues = createPlane(halfWidth, halfHeight);
  const smallWeights = createPlane(halfWidth, halfHeight);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * width + x;
      const to = (y >> 1) * halfWidth + (x >> 1);
      smallValues.data[to]! += values.data[from]! * weights.data[from]!;
      smallWeights.data[to]! += weights.data[from]!;
    }
  }
  for (let at = 0; at < smallValues.data.length; at++) {
    const weight = smallWeights.data[at]!;
    if (weight > 0) smallValues.data[at]! /= weight;
    smallWeights.data[at] = Math.min(1, weight);
  }
  const small = pullPush(smallValues, smallWeights);
  const filled = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const sy = Math.min(Math.max((y + 0.5) / 2 - 0.5, 0), halfHeight - 1);
    const y0 = Math.floor(sy);
    const y1 = Math.min(y0 + 1, halfHeight - 1);
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const sx = Math.min(Math.max((x + 0.5) / 2 - 0.5, 0), halfWidth - 1);
      const x0 = Math.floor(sx);
      const x1 = Math.min(x0 + 1, halfWidth - 1);
      const fx = sx - x0;
      const fy = sy - y0;
      const top = small.data[y0 * halfWidth + x0]! * (1 - fx) + small.data[y0 * halfWidth + x1]! * fx;
      const bottom = small.data[y1 * halfWidth + x0]! * (1 - fx) + small.data[y1 * halfWidth + x1]! * fx;
      const weight = Math.min(1, weights.data[at]!);
      filled.data[at] = weight * values.data[at]! + (1 - weight) * (top * (1 - fy) + bottom * fy);
    }
  }
  return filled;
}
