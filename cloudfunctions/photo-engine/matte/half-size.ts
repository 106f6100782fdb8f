/**
 * A framed picture at half its size, where edges are searched widely, with how far each pixel lies inside the mask.
 * Where the crop leaves the photo the picture carries on the colours of the photo's edge, and they serve like it.
 */
import { type Plane, resample, resamplePlane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { signedDistance } from './signed-distance';

export interface HalfSize {
  readonly image: RgbaImage;
  /** Distance inside the mask's edge, negative outside; pixels of the full size. */
  readonly depth: Plane;
}

/** @param mask 0–1, of the picture's size; its edge is where it crosses a half */
export function halfSize(picture: RgbaImage, mask: Plane): HalfSize {
  const { width, height } = picture;
  const whole = { x: 0, y: 0, width, height };
  const image = resample(picture, whole, Math.ceil(width / 2), Math.ceil(height / 2));
  const depth = signedDistance(resamplePlane(mask, whole, image.width, image.height), 0.5);
  double(depth.data);
  return { image, depth };
}

function double(values: Float32Array): void {
  for (let at = 0; at < values.length; at++) values[at]! *= 2;
}
