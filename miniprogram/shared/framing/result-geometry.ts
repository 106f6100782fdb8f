/**
 * What is measured on a finished picture, and which items of the standard it misses.
 * The same list judges the developed picture and, in the tests, the solver's plan.
 */
import { Range } from '../photo-standard/official-standard';
import { PhotoStandard } from '../photo-standard/photo-standard';
import { Framing, PortraitMeasures } from './frame-portrait';

/** Lengths in pixels of the finished picture. */
export interface PositionGeometry {
  readonly hairTopPx: number;
  readonly eyesPx: number;
  readonly faceWidthPx: number;
  /** Middle of the face minus middle of the picture; positive to the right. */
  readonly centreOffsetPx: number;
}

export interface ResultGeometry extends PositionGeometry {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly densityDpi: number;
  readonly fileBytes: number;
  readonly chinPx: number;
  /** Pixels of the person in the last rows: the body must reach the bottom edge. */
  readonly bodyWidthPx: number;
}

export const STANDARD_ITEMS = [
  'width',
  'height',
  'density',
  'file-bytes',
  'hair-top',
  'eyes',
  'face-width',
  'centre',
  'body',
] as const;
export type StandardItem = (typeof STANDARD_ITEMS)[number];

/** The positions that a framing would give this portrait. */
export function positionsAfter(
  portrait: PortraitMeasures,
  framing: Framing,
  standard: PhotoStandard,
): PositionGeometry {
  const { scale, left, top } = framing;
  return {
    hairTopPx: (portrait.hairTopY - top) * scale,
    eyesPx: (portrait.eyesY - top) * scale,
    faceWidthPx: portrait.faceWidth * scale,
    centreOffsetPx: (portrait.faceCentreX - left) * scale - standard.widthPx / 2,
  };
}

/** The portrait as a finished picture of it shows it: the inverse of `positionsAfter`, and the chin with it. */
export function portraitFrom(
  result: PositionGeometry & { readonly chinPx: number },
  { scale, left, top }: Framing,
  portrait: PortraitMeasures,
  standard: PhotoStandard,
): PortraitMeasures {
  return {
    ...portrait,
    hairTopY: top + result.hairTopPx / scale,
    eyesY: top + result.eyesPx / scale,
    chinY: top + result.chinPx / scale,
    faceWidth: result.faceWidthPx / scale,
    faceCentreX: left + (standard.widthPx / 2 + result.centreOffsetPx) / scale,
  };
}

/** The items of the standard that these positions miss; `tolerancePx` allows for the noise of measuring. */
export function positionsOutside(
  position: PositionGeometry,
  standard: PhotoStandard,
  tolerancePx = 0,
): StandardItem[] {
  const misses = (value: number, range: Range) =>
    !(value >= range.min - tolerancePx && value <= range.max + tolerancePx);
  const items: StandardItem[] = [];
  if (misses(position.hairTopPx, standard.hairTopPx)) items.push('hair-top');
  if (misses(position.eyesPx, standard.eyesPx)) items.push('eyes');
  if (misses(position.faceWidthPx, standard.faceWidthPx)) items.push('face-width');
  if (misses(position.centreOffsetPx, standard.centreOffsetPx)) items.push('centre');
  return items;
}

/** Every item of the standard that the finished picture misses; empty when it is inside. */
export function outsideStandard(result: ResultGeometry, standard: PhotoStandard): StandardItem[] {
  const items: StandardItem[] = [];
  if (result.widthPx !== standard.widthPx) items.push('width');
  if (result.heightPx !== standard.heightPx) items.push('height');
  if (result.densityDpi !== standard.densityDpi) items.push('density');
  if (result.fileBytes < standard.fileBytes.min || result.fileBytes > standard.fileBytes.max)
    items.push('file-bytes');
  items.push(...positionsOutside(result, standard));
  // Own measure for "the body reaches the bottom edge": at least as wide there as the face.
  if (result.bodyWidthPx < result.faceWidthPx) items.push('body');
  return items;
}
