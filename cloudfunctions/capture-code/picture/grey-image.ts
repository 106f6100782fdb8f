/**
 * Grey pictures for the code decoder: one byte a pixel, a quarter of what colours would take.
 * Refuses alpha: what is transparent is laid on white, as the page behind it would be.
 */

export interface GreyImage {
  readonly width: number;
  readonly height: number;
  /** width × height levels, row by row. */
  readonly data: Uint8Array;
}

interface RgbaPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Luma of ITU-R BT.601 in eighths of a byte, on white. */
export function greyOf({ width, height, data }: RgbaPixels): GreyImage {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < grey.length; pixel++, at += 4) {
    const luma = (77 * data[at]! + 150 * data[at + 1]! + 29 * data[at + 2]!) >> 8;
    const alpha = data[at + 3]!;
    grey[pixel] = alpha === 255 ? luma : 255 + ((luma - 255) * alpha) / 255;
  }
  return { width, height, data: grey };
}

/** Grey pixels as four equal channels, for engines that take nothing else. */
export function rgbaOf({ width, height, data }: GreyImage): {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
} {
  const pixels = new Uint8ClampedArray(data.length * 4).fill(255);
  for (let pixel = 0, at = 0; pixel < data.length; pixel++, at += 4) {
    pixels[at] = pixels[at + 1] = pixels[at + 2] = data[pixel]!;
  }
  return { width, height, data: pixels };
}

/** Portable grey map (Netpbm P5): the plainest file that zxing-cpp's reader takes, so that no colours are copied. */
export function asPortableGreyMap({ width, height, data }: GreyImage): Uint8Array {
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`, 'ascii');
  const file = new Uint8Array(header.length + data.length);
  file.set(header);
  file.set(data, header.length);
  return file;
}

/** The level below which half of the pixels lie. */
export function medianLevel({ data }: GreyImage): number {
  const counts = new Uint32Array(256);
  for (const level of data) counts[level]!++;
  let below = 0;
  return counts.findIndex((count) => (below += count) * 2 >= data.length);
}
