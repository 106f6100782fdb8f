/**
 * What is measured on a finished picture, and which items of the standard it misses.
 * The same list judges the developed picture and a picture from elsewhere; the tests hold the solver's plan to it.
 */
import { Range } from '../photo-standard/official-standard';
import { PhotoStandard } from '../photo-standard/photo-standard';

/** Lengths in pixels of the finished picture. */
export interface ResultGeometry {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly densityDpi: number;
  readonly fileBytes: number;
  readonly hairTopPx: number;
  readonly eyesPx: number;
  readonly chinPx: number;
  readonly faceWidthPx: number;
  /** Middle of the face minus middle of the picture; positive to the right. */
  readonly centreOffsetPx: number;
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

/** Every item of the standard that the finished picture misses; empty when it is inside. */
export function outsideStandard(result: ResultGeometry, standard: PhotoStandard): StandardItem[] {
  const items: StandardItem[] = [];
  if (result.widthPx !== standard.widthPx) items.push('width');
  if (result.heightPx !== standard.heightPx) items.push('height');
  if (result.densityDpi !== standard.densityDpi) items.push('density');
  if (misses(result.fileBytes, standard.fileBytes)) items.push('file-bytes');
  if (misses(result.hairTopPx, standard.hairTopPx)) items.push('hair-top');
  if (misses(result.eyesPx, standard.eyesPx)) items.push('eyes');
  if (misses(result.faceWidthPx, standard.faceWidthPx)) items.push('face-width');
  if (misses(result.centreOffsetPx, standard.centreOffsetPx)) items.push('centre');
  // Own measure for "the body reaches the bottom edge": at least as wide there as the face.
  if (result.bodyWidthPx < result.faceWidthPx) items.push('body');
  return items;
}

/** What is no number misses every range. */
function misses(value: number, { min, max }: Range): boolean {
  return !(value >= min && value <= max);
}
