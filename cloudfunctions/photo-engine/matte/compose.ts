/**
 * Lays the cut-out over an even background. Where alpha is 1 the result is the resampled original, byte for byte;
 * where it is 0 it is the background, byte for byte. Refuses gradients, shadows and pictures as background.
 */
import { type Rgb } from '../../../miniprogram/shared/photo-standard/official-standard';
import { type Plane } from '../image/resample';
import { createImage, type RgbaImage } from '../image/rgba-image';

/** @param foreground the person's colours, as `cutOut` gives them, of the plane's size */
export function composeOver(foreground: RgbaImage, alpha: Plane, { red, green, blue }: Rgb): RgbaImage {
  const result = createImage(foreground.width, foreground.height);
  compose(foreground.data, alpha.data, red, green, blue, result.data);
  return result;
}

function compose(
  from: Uint8ClampedArray,
  alpha: Float32Array,
  red: number,
  green: number,
  blue: number,
  to: Uint8ClampedArray,
): void {
  for (let pixel = 0, at = 0; pixel < alpha.length; pixel++, at += 4) {
    const a = alpha[pixel]!;
    const b = 1 - a;
    to[at] = a * from[at]! + b * red;
    to[at + 1] = a * from[at + 1]! + b * green;
    to[at + 2] = a * from[at + 2]! + b * blue;
    to[at + 3] = 255;
  }
}
