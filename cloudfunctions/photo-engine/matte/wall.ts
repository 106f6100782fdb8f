/**
 * What the wall behind the person is like, and how far the cut-out before it can be trusted. The check "wall" reads
 * both from here. Refuses to judge: it gives numbers.
 */
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';

export interface WallMeasures {
  /** Mean absolute difference to the pixels two away, the busier direction, levels 0–255: plain ≤ 3, busy ≥ 5. */
  readonly texture: number;
  /** Mean luma of the wall, 0–255. */
  readonly brightness: number;
  /** 0–1: how far the cut-out can be trusted; below 0.5 a person should look at it. */
  readonly certainty: number;
}

/**
 * Doubt at which a person should look: what the cut-out left undecided, where it overruled the first look (see below),
 * each a mean over the picture × 1000, and the darkness of the wall. Set on the tuning half of the matting benchmark
 * (286 photos, 2026-11): 27 of its worst 29 carry the warning, by this or by their texture, and none of its better half
 * before plain, light walls; what is undecided alone had seen 19.
 */
const DOUBTFUL = 9;
/**
 * Further than this inside and outside the edge of the first look's mask it is no longer its blur that is put right:
 * hair was lost there, or wall taken for hair, by one of the two. Pixels of the result.
 */
const SURELY_INSIDE = 6;
const SURELY_OUTSIDE = 4;
/** Before a wall darker than this luma, dark hair and clothes are guessed, and what is undecided counts for more. */
export const DARK_BELOW = 100;
/** Doubt about a black wall even where the cut-out itself has none; less about lighter ones, in proportion. */
const BLACK_WALL = 4;
/** Distance at which the wall is compared with itself, pixels of the result. */
const STEP = 2;

/**
 * @param alpha the finished alpha of the same size
 * @param firstDepth how far inside the first look's mask each place lies, at half the size; pixels of the result
 */
export function measureWall(picture: RgbaImage, alpha: Plane, firstDepth: Plane): WallMeasures {
  const { width, height, data } = alpha;
  const isWall = (at: number): boolean => data[at] === 0 && picture.data[at * 4 + 3] !== 0;
  let across = 0;
  let down = 0;
  let brightness = 0;
  let count = 0;
  for (let y = STEP; y < height - STEP; y++) {
    for (let x = STEP; x < width - STEP; x++) {
      const at = y * width + x;
      if (!isWall(at)) continue;
      const twice = 2 * lumaAt(picture, at);
      across += Math.abs(twice - lumaAt(picture, at - STEP) - lumaAt(picture, at + STEP)) / 2;
      down += Math.abs(twice - lumaAt(picture, at - STEP * width) - lumaAt(picture, at + STEP * width)) / 2;
      brightness += twice / 2;
      count++;
    }
  }
  if (count === 0) return { texture: 0, brightness: 0, certainty: 0 };
  const luma = brightness / count;
  const darkness = Math.max(0, 1 - luma / DARK_BELOW);
  const doubt = undecided(alpha) * (1 + darkness) + overruled(alpha, firstDepth) + BLACK_WALL * darkness;
  return {
    texture: Math.max(across, down) / count,
    brightness: luma,
    certainty: Math.max(0, 1 - doubt / (2 * DOUBTFUL)),
  };
}

/** Mean of min(α, 1 − α) × 1000. */
function undecided({ data }: Plane): number {
  let sum = 0;
  for (const value of data) sum += Math.min(value, 1 - value);
  return (1000 * sum) / data.length;
}

/** Mean share × 1000 of what the first look was sure of and the cut-out decided otherwise. */
function overruled({ width, height, data }: Plane, firstDepth: Plane): number {
  let sum = 0;
  for (let y = 0; y < height; y++) {
    const half = (y >> 1) * firstDepth.width;
    for (let x = 0; x < width; x++) {
      const depth = firstDepth.data[half + (x >> 1)]!;
      const value = data[y * width + x]!;
      if (depth > SURELY_INSIDE) sum += 1 - value;
      else if (depth < -SURELY_OUTSIDE) sum += value;
    }
  }
  return (1000 * sum) / data.length;
}

/** Rec. 709 luma of the coded values. */
export function lumaAt({ data }: RgbaImage, pixel: number): number {
  const at = pixel * 4;
  return 0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!;
}
