/**
 * Reads the person's mask at a pixel of the picture. Beyond the right and lower edge that is the edge's value; refuses to
 * know anything to the left of the picture or above it.
 */
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';

export interface Figure {
  readonly image: RgbaImage;
  /** How much each part of the picture belongs to the person, 0..1; of any size. */
  readonly figure: Plane;
}

/** How much this pixel of the picture belongs to the person, 0..1. */
export function personAt({ image, figure }: Figure, x: number, y: number): number {
  const { width, height, data } = figure;
  const column = Math.min(width - 1, Math.floor((x / image.width) * width));
  return data[Math.min(height - 1, Math.floor((y / image.height) * height)) * width + column]!;
}
