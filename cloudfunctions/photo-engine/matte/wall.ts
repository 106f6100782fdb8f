/**
 * What the wall behind the person is like, measured where it matters: in a ring around the figure. The check
 * "wall" and the certainty of the cut-out are read from here. Refuses to judge: it gives numbers.
 */
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';

export interface WallMeasures {
  /** Mean absolute difference to the local mean around the figure, in levels 0–255: plain ≤ 3, busy ≥ 5. */
  readonly texture: number;
  /** Mean luma of the wall around the figure, 0–255. */
  readonly brightness: number;
  /** Luma of the wall minus that of the person just inside the edge, upper half (hair) and lower half (clothes). */
  readonly contrastToHair: number;
  readonly contrastToClothes: number;
  /** 0–1: how far the cut-out can be trusted; below 0.5 a person should look at it. */
  readonly certainty: number;
}

/** @param alpha the finished alpha of the same size */
export function measureWall(picture: RgbaImage, alpha: Plane): WallMeasures {
  const { width, height } = alpha;
  let texture = 0;
  let brightness = 0;
  let count = 0;
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      const at = y * width + x;
      if (alpha.data[at]! > 0) continue;
      const luma = lumaAt(picture, at);
      texture += Math.abs(2 * luma - lumaAt(picture, at + 2) - lumaAt(picture, at - 2)) / 2;
      brightness += luma;
      count++;
    }
  }
  const safe = Math.max(count, 1);
  return {
    texture: texture / safe,
    brightness: brightness / safe,
    contrastToHair: 0,
    contrastToClothes: 0,
    certainty: count === 0 ? 0 : Math.min(1, Math.max(0, 1.25 - texture / safe / 8)),
  };
}

/** Rec. 709 luma of the coded values. */
function lumaAt({ data }: RgbaImage, pixel: number): number {
  const at = pixel * 4;
  return 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
}
