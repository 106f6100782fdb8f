/**
 * Decides where alpha is settled and where the matting has to solve for it. Refuses to settle a pixel beside one that
 * came out very differently: an edge is never a step between two certainties.
 */
import { type Plane } from '../image/resample';

export const WALL = 0;
export const UNKNOWN = 1;
export const PERSON = 2;

/** One of WALL, UNKNOWN, PERSON per pixel, row by row. */
export type Trimap = Uint8Array;

/** Expected alphas this near to 0 or 1 are taken for 0 or 1 (half of one of the hundred grey steps an eye can tell). */
const SETTLED = 0.012;
/** Neighbours further apart than this are both unknown. */
const STEP = 0.3;

/**
 * @param expected alpha as far as it is known, 0–1, everywhere
 * @param places picture positions that may be unknown; all others are settled on the nearer side
 */
export function trimapOf({ data, width, height }: Plane, places: Int32Array): Trimap {
  const trimap = nearerSides(data);
  const last = width * (height - 1);
  for (const at of places) if (isOpen(data, at, width, last)) trimap[at] = UNKNOWN;
  return trimap;
}

function nearerSides(data: Float32Array): Trimap {
  const trimap = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at++) trimap[at] = data[at]! > 0.5 ? PERSON : WALL;
  return trimap;
}

/** @param last where the last row begins */
function isOpen(data: Float32Array, at: number, width: number, last: number): boolean {
  const value = data[at]!;
  if (value > SETTLED && value < 1 - SETTLED) return true;
  const x = at % width;
  return (
    (x > 0 && Math.abs(data[at - 1]! - value) > STEP) ||
    (x < width - 1 && Math.abs(data[at + 1]! - value) > STEP) ||
    (at >= width && Math.abs(data[at - width]! - value) > STEP) ||
    (at < last && Math.abs(data[at + width]! - value) > STEP)
  );
}
