/**
 * The few pictures that the cascade tries after the original: larger, smaller, softer. Plain loops on bytes,
 * because these are three filters of ten lines on a format that no image library here shares.
 */
import { type GreyImage } from './grey-image';

/** Twice the size, bilinear: modules of less than two pixels get an edge that the decoder can place. */
export function enlarge({ width, height, data }: GreyImage): GreyImage {
  const doubled = new Uint8Array(width * height * 4);
  const rowOf = (y: number) => Math.min(Math.max(y, 0), height - 1) * width;
  for (let y = 0; y < height * 2; y++) {
    // Every target pixel lies a quarter of a pixel beside a source pixel: weights 3/4 and 1/4.
    const near = rowOf(y >> 1);
    const far = rowOf((y >> 1) + (y % 2 === 0 ? -1 : 1));
    const target = y * width * 2;
    let before = 3 * data[near]! + data[far]!;
    let here = before;
    for (let x = 0; x < width; x++) {
      const next = x + 1 < width ? 3 * data[near + x + 1]! + data[far + x + 1]! : here;
      doubled[target + 2 * x] = (3 * here + before + 8) >> 4;
      doubled[target + 2 * x + 1] = (3 * here + next + 8) >> 4;
      before = here;
      here = next;
    }
  }
  return { width: width * 2, height: height * 2, data: doubled };
}

/** Half the size, each pixel the mean of four; an odd last row or column is dropped. */
export function reduce({ width, height, data }: GreyImage): GreyImage {
  const [halfWidth, halfHeight] = [Math.max(width >> 1, 1), Math.max(height >> 1, 1)];
  const right = width > 1 ? 1 : 0;
  const below = height > 1 ? width : 0;
  const halved = new Uint8Array(halfWidth * halfHeight);
  for (let y = 0; y < halfHeight; y++) {
    for (let x = 0; x < halfWidth; x++) {
      const at = 2 * y * width + 2 * x;
      const sum = data[at]! + data[at + right]! + data[at + below]! + data[at + below + right]!;
      halved[y * halfWidth + x] = (sum + 2) >> 2;
    }
  }
  return { width: halfWidth, height: halfHeight, data: halved };
}

/** A 3 × 3 binomial filter: takes moiré and sensor noise away from photographed screens. */
export function smooth({ width, height, data }: GreyImage): GreyImage {
  const rows = new Uint16Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const left = x > 0 ? data[at - 1]! : data[at]!;
      const right = x + 1 < width ? data[at + 1]! : data[at]!;
      rows[at] = left + 2 * data[at]! + right;
    }
  }
  const smoothed = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const above = y > 0 ? rows[at - width]! : rows[at]!;
      const below = y + 1 < height ? rows[at + width]! : rows[at]!;
      smoothed[at] = (above + 2 * rows[at]! + below + 8) >> 4;
    }
  }
  return { width, height, data: smoothed };
}
