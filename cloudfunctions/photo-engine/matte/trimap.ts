/**
 * Decides where the mask can be believed and where the matting has to look: surely the person, surely the wall,
 * or unknown. Refuses to trust the mask near its own edge, by as much as the mask model is known to be off.
 */
import { type Plane } from '../image/resample';

export const WALL = 0;
export const UNKNOWN = 1;
export const PERSON = 2;

/** One of WALL, UNKNOWN, PERSON per pixel, row by row. */
export type Trimap = Uint8Array;

export interface TrimapOptions {
  /** How far the mask's edge may be from the true edge, pixels. */
  readonly reach: number;
}

/** Mask values beyond these are as good as certain (the model saturates). */
const SURELY_WALL = 0.05;
const SURELY_PERSON = 0.95;

/** @param mask 0–1 @returns a new trimap of the same size */
export function trimapOf(mask: Plane, { reach }: TrimapOptions): Trimap {
  const { width, height, data } = mask;
  const sure = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at++) {
    sure[at] = data[at]! <= SURELY_WALL ? WALL : data[at]! >= SURELY_PERSON ? PERSON : UNKNOWN;
  }
  const nearWall = dilate(sure, WALL, width, height, reach);
  const nearPerson = dilate(sure, PERSON, width, height, reach);
  for (let at = 0; at < sure.length; at++) {
    if (sure[at] === PERSON && nearWall[at] === 1) sure[at] = UNKNOWN;
    else if (sure[at] === WALL && nearPerson[at] === 1) sure[at] = UNKNOWN;
  }
  return sure;
}

/** 1 where a pixel of the class lies within the square of this radius; two running passes, independent of the radius. */
export function dilate(
  classes: Uint8Array,
  wanted: number,
  width: number,
  height: number,
  radius: number,
): Uint8Array {
  const across = new Uint8Array(classes.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let reaches = -1;
    for (let x = 0; x < Math.min(radius, width); x++) if (classes[row + x] === wanted) reaches = x + radius;
    for (let x = 0; x < width; x++) {
      const ahead = x + radius;
      if (ahead < width && classes[row + ahead] === wanted) reaches = ahead + radius;
      if (x <= reaches) across[row + x] = 1;
    }
  }
  const both = new Uint8Array(classes.length);
  for (let x = 0; x < width; x++) {
    let reaches = -1;
    for (let y = 0; y < Math.min(radius, height); y++) if (across[y * width + x] === 1) reaches = y + radius;
    for (let y = 0; y < height; y++) {
      const ahead = y + radius;
      if (ahead < height && across[ahead * width + x] === 1) reaches = ahead + radius;
      if (y <= reaches) both[y * width + x] = 1;
    }
  }
  return both;
}
