/**
 * The committed rendered portraits as pictures, with the truth they were rendered from
 * (tests/fixtures/portraits, CC0). They are easy pictures: smooth skin, clean walls.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PNG } from 'pngjs';
import { decodeTurboJpeg } from '../../cloudfunctions/photo-engine/decode/turbo-jpeg';
import { type RgbaImage, wrapPixels } from '../../cloudfunctions/photo-engine/image/rgba-image';

/** Absolute path of a file of tests/fixtures/portraits. */
export function portraitFile(name: string): string {
  return resolve(__dirname, '../fixtures/portraits', name);
}

/** A committed portrait, e.g. 'f1_front.jpg'. */
export function portrait(name: string): RgbaImage {
  return readPicture(portraitFile(name));
}

/** The true alpha of a committed portrait, 0 … 1, row by row. */
export function portraitAlpha(name: string): Float32Array {
  const { data } = readPicture(portraitFile(`alpha/${name}.png`));
  return Float32Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]! / 255);
}

/** A PNG or JPEG file at full size. */
export function readPicture(path: string): RgbaImage {
  const file = readFileSync(path);
  if (!path.endsWith('.png')) return decodeTurboJpeg(file, 8);
  const { width, height, data } = PNG.sync.read(file);
  return wrapPixels(width, height, data);
}

/** Part of a picture as a picture of its own. */
export function cropped(
  image: RgbaImage,
  left: number,
  top: number,
  width: number,
  height: number,
): RgbaImage {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * 4;
    data.set(image.data.subarray(from, from + width * 4), y * width * 4);
  }
  return wrapPixels(width, height, data);
}

/** The picture in the middle of a larger one of an even grey. */
export function padded(image: RgbaImage, factor: number): RgbaImage {
  const [width, height] = [Math.round(image.width * factor), Math.round(image.height * factor)];
  const data = new Uint8Array(width * height * 4).fill(200);
  const [left, top] = [(width - image.width) >> 1, (height - image.height) >> 1];
  for (let y = 0; y < image.height; y++) {
    data.set(
      image.data.subarray(y * image.width * 4, (y + 1) * image.width * 4),
      ((top + y) * width + left) * 4,
    );
  }
  return wrapPixels(width, height, data);
}
