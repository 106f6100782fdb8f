/**
 * What the wall behind the person is like, and how far the cut-out before it can be trusted. The check "wall" reads
 * both from here. Refuses to judge: it gives numbers.
 */
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { type FigureMask, type MaskEdge } from './figure-mask';
import { lumaAt } from './luma-at';
import { DARK_BELOW } from './wall-behind';

export interface WallMeasures {
  /** Mean absolute difference to the pixels two away, the busier direction, levels 0–255: plain ≤ 3, busy ≥ 5. */
  readonly texture: number;
  /** Mean luma of the wall, 0–255. */
  readonly brightness: number;
  /** 0–1: how far the cut-out can be trusted; below 0.5 a person should look at it. */
  readonly certainty: number;
  /** Share of the picture's width that the person takes up at the lower edge: 1 for a body that no cut-out has thinned. */
  readonly body: number;
}

/**
 * Doubt at which a person should look: what the cut-out left undecided and how far it strayed from the first look, each
 * a mean over the picture × 1000, and the darkness of the wall. Less of it before walls that a second look was needed
 * for; before plain, light ones colour alone finds the edge, and to stray from a blurred mask is mostly right.
 * Set on the tuning half of the matting benchmark (286 photos, 2026-11) so that all of its worst 29 carry the warning, by
 * this or by their texture. The least doubtful of them have 13.2 and 18.2; the half's studio portraits, loose curls
 * apart, have at most 15.6 before their plain, light walls.
 */
const DOUBTFUL: Readonly<Record<MaskEdge, number>> = { sharp: 13, blurred: 17 };
/** Doubt about a black wall even where the cut-out itself has none; less about lighter ones, in proportion. */
const BLACK_WALL = 4;
/** Distance at which the wall is compared with itself, pixels of the result. */
const STEP = 2;

/**
 * @param alpha the finished alpha of the same size
 * @param figure the mask that it was cut from
 */
export function measureWall(
  picture: RgbaImage,
  alpha: Plane,
  { first, edge }: Pick<FigureMask, 'first' | 'edge'>,
): WallMeasures {
  const sums: WallSums = { across: 0, down: 0, brightness: 0, count: 0 };
  for (let y = STEP; y < alpha.height - STEP; y++) addRow(picture, alpha, y, sums);
  const body = widthAtBottom(alpha);
  if (sums.count === 0) return { texture: 0, brightness: 0, certainty: 0, body };
  const luma = sums.brightness / sums.count;
  const darkness = Math.max(0, 1 - luma / DARK_BELOW);
  const doubt = undecided(alpha.data) + strayed(alpha.data, first.data) + BLACK_WALL * darkness;
  return {
    texture: Math.max(sums.across, sums.down) / sums.count,
    brightness: luma,
    certainty: Math.max(0, 1 - doubt / (2 * DOUBTFUL[edge])),
    body,
  };
}

/** Over all that wholly is wall: the differences in both directions, luma, and how many pixels. */
interface WallSums {
  across: number;
  down: number;
  brightness: number;
  count: number;
}

/** Adds one row. A function of its own: it is called often, and what stays after the first photo is its machine code. */
function addRow(picture: RgbaImage, { width, data }: Plane, y: number, sums: WallSums): void {
  let { across, down, brightness, count } = sums;
  for (let x = STEP; x < width - STEP; x++) {
    const at = y * width + x;
    if (data[at] !== 0 || picture.data[at * 4 + 3] === 0) continue;
    const twice = 2 * lumaAt(picture, at);
    across += Math.abs(twice - lumaAt(picture, at - STEP) - lumaAt(picture, at + STEP)) / 2;
    down += Math.abs(twice - lumaAt(picture, at - STEP * width) - lumaAt(picture, at + STEP * width)) / 2;
    brightness += twice / 2;
    count++;
  }
  sums.across = across;
  sums.down = down;
  sums.brightness = brightness;
  sums.count = count;
}

/** The person's share of the last row. */
function widthAtBottom({ width, height, data }: Plane): number {
  let count = 0;
  for (let at = (height - 1) * width; at < height * width; at++) if (data[at]! > 0.5) count++;
  return count / width;
}

/** Mean of min(α, 1 − α) × 1000. */
function undecided(alpha: Float32Array): number {
  let sum = 0;
  for (const value of alpha) sum += Math.min(value, 1 - value);
  return (1000 * sum) / alpha.length;
}

/** Mean distance × 1000 of the cut-out from the first look. */
function strayed(alpha: Float32Array, first: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < alpha.length; at++) sum += Math.abs(alpha[at]! - first[at]!);
  return (1000 * sum) / alpha.length;
}
