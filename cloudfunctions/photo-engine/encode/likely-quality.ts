/**
 * What is known beforehand of how large a portrait's file gets, so that the search for its quality encodes as little as
 * possible. A guess that is wrong costs an encode, never a quality; only `nextSurelyTooLarge` is relied upon.
 */
import { type RgbaImage } from '../image/rgba-image';

/**
 * Bytes of a pixel at quality 90, full chroma, by the mean difference between neighbours in green: a line through 98
 * portraits (2026-11). By the line of one half of the people, the files of the other half differ by 2.6 %; a step of
 * quality is worth 4–10 %.
 */
const BYTES_OF_EVEN_PIXEL = 0.0604;
const BYTES_PER_DIFFERENCE = 0.0183;
const MEASURED_QUALITY = 90;

/** The highest quality that should fit, by the picture itself. */
export function likelyQuality(image: RgbaImage, wanted: number): number {
  const bytesOfPixel = BYTES_OF_EVEN_PIXEL + BYTES_PER_DIFFERENCE * meanDifference(image);
  return likelyQualityAfter(MEASURED_QUALITY, bytesOfPixel * image.width * image.height, wanted);
}

/** Of each pixel's green from that of its right and of its lower neighbour, added: 0–510, 3–8 for a finished portrait. */
function meanDifference({ data, width, height }: RgbaImage): number {
  const row = 4 * width;
  let sum = 0;
  for (let y = 0; y < height - 1; y++) {
    for (let at = y * row + 1; at < (y + 1) * row - 4; at += 4) {
      sum += Math.abs(data[at]! - data[at + 4]!) + Math.abs(data[at]! - data[at + row]!);
    }
  }
  return sum / (width * height);
}

/**
 * File size by quality against that at quality 90: 480 × 640, mozjpeg with annex K tables, full chroma; geometric mean
 * of 96 portraits (2026-11). Step by step where portraits land: the tables' values are whole numbers, so that a step is
 * worth 4 % or 10 %, in nearly every portrait within a quarter of that. With the table of one half of the portraits the
 * other half took 2.1 encodes.
 */
const SIZE_AT_QUALITY = [
  [60, 0.414],
  [70, 0.505],
  [74, 0.557],
  [78, 0.615],
  [80, 0.646],
  [81, 0.67],
  [82, 0.692],
  [83, 0.722],
  [84, 0.746],
  [85, 0.774],
  [86, 0.812],
  [87, 0.843],
  [88, 0.896],
  [89, 0.931],
  [90, 1],
  [91, 1.064],
  [92, 1.118],
  [93, 1.229],
  [94, 1.361],
  [95, 1.516],
  [96, 1.741],
  [97, 1.993],
  [98, 2.296],
  [100, 3],
] as const;

/** Straight between the table's points, and on beyond its ends. */
function relativeSize(quality: number): number {
  const above = SIZE_AT_QUALITY.findIndex(([known]) => known >= quality);
  const upper = Math.max(1, above === -1 ? SIZE_AT_QUALITY.length - 1 : above);
  const [q0, size0] = SIZE_AT_QUALITY[upper - 1]!;
  const [q1, size1] = SIZE_AT_QUALITY[upper]!;
  return Math.max(0.01, size0 + ((quality - q0) / (q1 - q0)) * (size1 - size0));
}

/** The highest quality that should fit, by one encode at another. */
export function likelyQualityAfter(quality: number, bytes: number, wanted: number): number {
  let predicted = 100;
  while (predicted > 1 && (bytes * relativeSize(predicted)) / relativeSize(quality) > wanted) predicted--;
  return predicted;
}

/** The least part of the table's growth from one quality to the next that any portrait showed. */
const SURE_GROWTH = 0.6;

/** Whether no picture that is `bytes` large at this quality fits at the next. */
export function nextSurelyTooLarge(quality: number, bytes: number, maximum: number): boolean {
  if (quality >= 100) return true;
  const growth = relativeSize(quality + 1) / relativeSize(quality) - 1;
  return bytes * (1 + SURE_GROWTH * growth) > maximum;
}
