/**
 * What kind of wall a person stands before, seen from the first mask and before anything is cut: how plain it is and how
 * light. Refuses to judge the photo: the check "wall" does that, on the finished cut-out.
 */
import { flagsBelow } from '../image/flags';
import { type RgbaImage } from '../image/rgba-image';
import { type HalfSize } from './half-size';
import { lumaAt } from './luma-at';
import { type WallSurface, wallSurface } from './wall-surface';

/** Wall this far outside the mask's edge is free of stray hair: its colours are the wall's own. Pixels of the result. */
const FAR_WALL = 20;
/** Share of the far wall that lies on one smooth surface when the wall is plain. */
const PLAIN_SHARE = 0.9;

const LIGHTEST = 255;
/** Before a wall darker than this luma, dark hair and clothes are guessed. */
export const DARK_BELOW = 100;

/** `luma`: mean of the far wall, 0–255; a wall of which nothing is seen counts as light. */
export type WallBehind =
  | { readonly kind: 'plain'; readonly surface: WallSurface; readonly luma: number }
  | { readonly kind: 'busy'; readonly luma: number };

/** A picture with too little wall to say counts as busy. */
export function wallBehind({ image, depth }: HalfSize): WallBehind {
  const far = flagsBelow(depth.data, -FAR_WALL);
  const surface = wallSurface(image, far);
  const luma = meanLuma(image, far);
  if (surface === undefined || surface.share <= PLAIN_SHARE) return { kind: 'busy', luma };
  return { kind: 'plain', surface, luma };
}

function meanLuma(image: RgbaImage, set: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < set.length; at++) {
    if (set[at] === 0) continue;
    sum += lumaAt(image, at);
    count++;
  }
  return count === 0 ? LIGHTEST : sum / count;
}
