/**
 * A person's mask as the cut-out takes it: the soft guess, how near to the person's outline its edge runs, and what the
 * half size shows through it. Refuses a mask of another size than its picture.
 */
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { halfSize, type HalfSize } from './half-size';
import { wallBehind, type WallBehind } from './wall-behind';

/** Within the blur of 256-pixel looks at the whole scene, or along locks of hair as the second look sees them. */
export type MaskEdge = 'blurred' | 'sharp';

export interface FigureMask {
  /** 0 (wall) … 1 (person), of the framed picture's size. */
  readonly mask: Plane;
  readonly edge: MaskEdge;
  readonly half: HalfSize;
  readonly wall: WallBehind;
  /** The first look's mask: an opinion that the cut-out's own search has no part in. `mask` itself where it is the first. */
  readonly first: Plane;
}

/**
 * @param picture framed at the size of the result
 * @param first the first look's mask, where this one is a second look's
 */
export function figureMask(picture: RgbaImage, mask: Plane, edge: MaskEdge, first: Plane = mask): FigureMask {
  if ([mask, first].some(({ width, height }) => width !== picture.width || height !== picture.height))
    throw new RangeError('mask and picture differ in size');
  const half = halfSize(picture, mask);
  return { mask, edge, half, wall: wallBehind(half), first };
}
