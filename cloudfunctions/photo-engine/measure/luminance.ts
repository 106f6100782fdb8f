/**
 * Light as the eye and ISO/IEC 29794-5 count it: luminance of linearised sRGB. Refuses to judge.
 */
import { type RgbaImage } from '../image/rgba-image';
import { pixelsOf, type Point, type Run, runsInside } from './polygon';

// ITU-R BT.709 weights of the linear channels.
const RED = 0.2126;
const GREEN = 0.7152;
const BLUE = 0.0722;

const LINEAR = new Float32Array(256);
for (let value = 0; value < 256; value++) {
  const s = value / 255;
  // IEC 61966-2-1 (sRGB) transfer function.
  LINEAR[value] = s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
}

/** Linear light of an eight-bit sRGB channel, 0..1. */
export function linearOf(channel: number): number {
  return LINEAR[channel]!;
}

/** Linear luminance of the pixel that starts at this byte, 0..1. */
export function luminanceAt(data: Uint8ClampedArray, offset: number): number {
  return (
    RED * LINEAR[data[offset]!]! + GREEN * LINEAR[data[offset + 1]!]! + BLUE * LINEAR[data[offset + 2]!]!
  );
}

/** Mean linear luminance inside a polygon, or NaN where no pixel lies inside. */
export function meanLuminance(image: RgbaImage, polygon: readonly Point[]): number {
  let sum = 0;
  let count = 0;
  for (const { y, from, to } of runsInside(polygon, image.width, image.height)) {
    for (let x = from; x < to; x++) sum += luminanceAt(image.data, (y * image.width + x) * 4);
    count += to - from;
  }
  return sum / count;
}

/** Histogram of L = floor(255·Y + .5) as OFIQ defines it, 256 bins, inside a polygon. */
export function luminanceHistogram(
  image: RgbaImage,
  polygon: readonly Point[],
): { bins: Uint32Array; count: number } {
  const bins = new Uint32Array(256);
  const runs = runsInside(polygon, image.width, image.height);
  for (const run of runs) countRun(image, run, bins);
  return { bins, count: pixelsOf(runs) };
}

function countRun({ width, data }: RgbaImage, { y, from, to }: Run, bins: Uint32Array): void {
  for (let x = from; x < to; x++) bins[Math.floor(255 * luminanceAt(data, (y * width + x) * 4) + 0.5)]!++;
}

/** The luminance (0..1) below which this share of the histogram lies. */
export function quantileOf(bins: Uint32Array, share: number): number {
  let total = 0;
  for (const bin of bins) total += bin;
  let seen = 0;
  for (let bin = 0; bin < bins.length; bin++) {
    seen += bins[bin]!;
    if (seen >= share * total) return bin / 255;
  }
  return 1;
}
