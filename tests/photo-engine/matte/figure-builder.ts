/** A drawn person of known alpha before a drawn wall: what the cut-out's tests measure against. */
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';

export type Colour = readonly [number, number, number];

export const HAIR: Colour = [48, 38, 32];
export const CLOTH: Colour = [60, 70, 120];
export const PLAIN_WALL: Colour = [226, 214, 192];

/** A head and shoulders with an edge that is `softness` pixels wide. */
export function figureAlpha(width: number, height: number, softness = 3): Plane {
  const alpha = createPlane(width, height);
  const middle = width / 2;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const head = 0.28 * width - Math.hypot(x - middle, (y - 0.42 * height) * 0.9);
      const shoulders = 0.52 * width - Math.hypot(x - middle, Math.max(0, 0.95 * height - y) * 1.4);
      alpha.data[at] = Math.min(Math.max(0.5 + Math.max(head, shoulders) / softness, 0), 1);
    }
  }
  return alpha;
}

/** The person (hair above, cloth below) over a wall, opaque. */
export function paintFigure(alpha: Plane, wall: (x: number, y: number) => Colour): RgbaImage {
  const { width, height } = alpha;
  const image = createImage(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const own = y < 0.6 * height ? HAIR : CLOTH;
      const behind = wall(x, y);
      const a = alpha.data[at]!;
      for (let c = 0; c < 3; c++) image.data[at * 4 + c] = a * own[c]! + (1 - a) * behind[c]!;
      image.data[at * 4 + 3] = 255;
    }
  }
  return image;
}

/** What a segmentation gives: the alpha, blurred and moved by some pixels. */
export function roughMask(alpha: Plane, shift: number): Plane {
  const { width, height } = alpha;
  const mask = createPlane(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      let sum = 0;
      for (let k = -4; k <= 4; k++) {
        const column = Math.min(Math.max(x + shift + k, 0), width - 1);
        const row = Math.min(Math.max(y + k, 0), height - 1);
        sum += alpha.data[row * width + column]!;
      }
      mask.data[at] = sum / 9;
    }
  }
  return mask;
}

/** Mean absolute difference of two planes. */
export function meanDifference(left: Plane, right: Plane): number {
  let sum = 0;
  for (let at = 0; at < left.data.length; at++) sum += Math.abs(left.data[at]! - right.data[at]!);
  return sum / left.data.length;
}
