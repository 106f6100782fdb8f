/**
 * Gives a code without a quiet zone on a dark page its border back. There the outer ring of the finder patterns
 * runs into the page, and no decoder of the zxing family finds them. Everything that is dark, connected to the
 * edge of the picture and farther than about one module from any light pixel is page, and becomes white; what
 * is left around the code is a dark ring of the width that the finder pattern needs.
 * Found 12 of 12 such pages of the generated measuring set (2026-11), as many as a second engine of 190 MB.
 */
import { type GreyImage, medianLevel } from './grey-image';

/** Dark pages have their median near 20, light ones near 240. */
const DARK_MEDIAN = 110;

/**
 * Widths of the ring in pixels, the likeliest first: each serves modules from about two thirds to one and a half
 * times it. Codes of less than three pixels a module need the picture enlarged first.
 */
export const RINGS = [
  { enlarged: false, width: 3 },
  { enlarged: false, width: 5 },
  { enlarged: true, width: 3 },
  { enlarged: false, width: 8 },
] as const;

export function isDarkPage(image: GreyImage): boolean {
  return medianLevel(image) < DARK_MEDIAN;
}

/** @param ringWidth pixels of dark that stay around everything light; about the width of a module */
export function lightenDarkPage(image: GreyImage, ringWidth: number): GreyImage {
  const { width, height, data } = image;
  const threshold = (medianLevel(image) + 255) >> 1;
  const kept = nearLight(image, threshold, ringWidth);
  const lightened = Uint8Array.from(data);
  const pending: number[] = [];
  const visit = (at: number): void => {
    if (kept[at] !== 0) return;
    kept[at] = 1;
    lightened[at] = 255;
    pending.push(at);
  };
  for (let x = 0; x < width; x++) {
    visit(x);
    visit((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    visit(y * width);
    visit(y * width + width - 1);
  }
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x + 1 < width) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at + width < data.length) visit(at + width);
  }
  return { width, height, data: lightened };
}

/** 1 where a pixel above the threshold lies within the distance, in either direction (a square neighbourhood). */
function nearLight({ width, height, data }: GreyImage, threshold: number, distance: number): Uint8Array {
  const inRow = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    spread(y * width, 1, width, distance, inRow, (at) => data[at]! > threshold);
  }
  const near = new Uint8Array(data.length);
  for (let x = 0; x < width; x++) spread(x, width, height, distance, near, (at) => inRow[at] === 1);
  return near;
}

/** Marks along one line every place within the distance of a place for which `isSource` holds. */
function spread(
  start: number,
  step: number,
  count: number,
  distance: number,
  marks: Uint8Array,
  isSource: (at: number) => boolean,
): void {
  let since = distance + 1;
  for (let index = 0, at = start; index < count; index++, at += step) {
    since = isSource(at) ? 0 : since + 1;
    if (since <= distance) marks[at] = 1;
  }
  since = distance + 1;
  for (let index = count - 1, at = start + (count - 1) * step; index >= 0; index--, at -= step) {
    since = isSource(at) ? 0 : since + 1;
    if (since <= distance) marks[at] = 1;
  }
}
