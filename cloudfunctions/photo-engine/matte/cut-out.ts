/**
 * Cuts the person out of a framed picture: trimap → closed-form alpha → wall seen through hair → contrast →
 * foreground colours, with a judgement of the wall that says how far the result can be trusted.
 * Works at the size of the result. Refuses to change any pixel that is wholly the person.
 */
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { closedFormAlpha } from './closed-form';
import { foregroundColours } from './foreground-colours';
import { trimapOf, UNKNOWN, WALL } from './trimap';
import { measureWall, type WallMeasures } from './wall';

export interface CutOut {
  /** 0–1 per pixel; 0 and 1 exactly outside the edge band. */
  readonly alpha: Plane;
  /** The person's colours: the picture's own bytes where alpha is 1, freed from the wall where it is between. */
  readonly foreground: RgbaImage;
  readonly wall: WallMeasures;
}

/** Values below and above which alpha is noise; stretched to the whole range between (facts of the first spike: .06–.94). */
const CONTRAST_LOW = 0.06;
const CONTRAST_HIGH = 0.94;

/** The mask's edge lies within this part of the picture's width of the true edge (set on the portraits). */
const MASK_REACH = 1 / 60;

/**
 * @param picture framed at the size of the result; pixels with alpha 0 lie outside the photo and become background
 * @param mask 0–1, same size: the person as the segmentation saw it
 */
export function cutOut(picture: RgbaImage, mask: Plane): CutOut {
  const { width, height } = picture;
  if (mask.width !== width || mask.height !== height) throw new RangeError('mask and picture differ in size');
  const trimap = trimapOf(mask, { reach: Math.max(2, Math.round(width * MASK_REACH)) });
  for (let at = 0; at < trimap.length; at++) if (picture.data[at * 4 + 3] === 0) trimap[at] = WALL;

  const alpha = closedFormAlpha(picture, trimap, mask, {
    regularisation: 1e-5,
    priorWeight: 0.05,
    tolerance: 1e-3,
    maximumIterations: 100,
  });
  for (let at = 0; at < trimap.length; at++) {
    if (trimap[at] === UNKNOWN) alpha.data[at] = stretch(alpha.data[at]!);
  }
  return {
    alpha,
    foreground: foregroundColours(picture, alpha),
    wall: measureWall(picture, alpha),
  };
}

function stretch(alpha: number): number {
  return Math.min(Math.max((alpha - CONTRAST_LOW) / (CONTRAST_HIGH - CONTRAST_LOW), 0), 1);
}
