/**
 * Makes bad photos from good ones, so that each rule can be tried on real people: the same portrait and the same
 * numbers always give the same bytes. Light is changed in linear light, as a lamp or a shutter would change it.
 */
import { Jimp } from 'jimp';
import { createImage, type RgbaImage } from '../../cloudfunctions/photo-engine/image/rgba-image';

/** Rotates the content clockwise about the middle; edges repeat. Degrees. */
export function rolled(image: RgbaImage, degrees: number): RgbaImage {
  const turn = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [middleX, middleY] = [image.width / 2, image.height / 2];
  return mapped(image, (x, y) => ({
    x: cos * (x - middleX) + sin * (y - middleY) + middleX,
    y: -sin * (x - middleX) + cos * (y - middleY) + middleY,
  }));
}

/** Gaussian blur, sigma in pixels of this picture. */
export function blurred(image: RgbaImage, sigma: number): RgbaImage {
  const radius = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const kernel = weights.map((weight) => weight / total);
  return convolved(convolved(image, kernel, 1, 0), kernel, 0, 1);
}

/** Light changed by this many stops over the whole picture; what exceeds white is lost. */
export function exposed(image: RgbaImage, stops: number): RgbaImage {
  return relit(image, () => 2 ** stops);
}

/** Each pixel's linear light multiplied by the factor for its place. */
export function relit(image: RgbaImage, factorAt: (x: number, y: number) => number): RgbaImage {
  const result = createImage(image.width, image.height);
  for (let y = 0, at = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, at += 4) {
      const factor = factorAt(x, y);
      for (let channel = at; channel < at + 3; channel++)
        result.data[channel] = encode(decode(image.data[channel]!) * factor);
      result.data[at + 3] = 255;
    }
  }
  return result;
}

/** Two portraits side by side in one picture of twice the width. */
export function sideBySide(left: RgbaImage, right: RgbaImage): RgbaImage {
  const height = Math.min(left.height, right.height);
  const result = createImage(left.width + right.width, height);
  for (let y = 0; y < height; y++) {
    result.data.set(left.data.subarray(y * left.width * 4, (y + 1) * left.width * 4), y * result.width * 4);
    const from = right.data.subarray(y * right.width * 4, (y + 1) * right.width * 4);
    result.data.set(from, (y * result.width + left.width) * 4);
  }
  return result;
}

/** The wall without the person: the top left corner of the picture, enlarged over all of it. */
export function emptied(image: RgbaImage): RgbaImage {
  const share = 0.1;
  return mapped(image, (x, y) => ({ x: x * share, y: y * share }));
}

/** As a camera would store it. */
export async function asJpeg(image: RgbaImage, quality = 92): Promise<Uint8Array> {
  const picture = new Jimp({ width: image.width, height: image.height, data: Buffer.from(image.data) });
  return picture.getBuffer('image/jpeg', { quality });
}

function mapped(image: RgbaImage, source: (x: number, y: number) => { x: number; y: number }): RgbaImage {
  const result = createImage(image.width, image.height);
  for (let y = 0, at = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, at += 4) {
      const from = source(x + 0.5, y + 0.5);
      const left = clamp(from.x - 0.5, image.width - 1);
      const top = clamp(from.y - 0.5, image.height - 1);
      for (let channel = 0; channel < 3; channel++)
        result.data[at + channel] = bilinear(image, left, top, channel);
      result.data[at + 3] = 255;
    }
  }
  return result;
}

function bilinear({ width, height, data }: RgbaImage, x: number, y: number, channel: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [x1, y1] = [Math.min(x0 + 1, width - 1), Math.min(y0 + 1, height - 1)];
  const at = (column: number, row: number) => data[(row * width + column) * 4 + channel]!;
  const above = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * (x - x0);
  const below = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * (x - x0);
  return above + (below - above) * (y - y0);
}

function convolved(image: RgbaImage, kernel: readonly number[], stepX: number, stepY: number): RgbaImage {
  const result = createImage(image.width, image.height);
  const radius = (kernel.length - 1) / 2;
  for (let y = 0, at = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, at += 4) {
      let [red, green, blue] = [0, 0, 0];
      for (let i = -radius; i <= radius; i++) {
        const column = clamp(x + i * stepX, image.width - 1);
        const row = clamp(y + i * stepY, image.height - 1);
        const from = (row * image.width + column) * 4;
        const weight = kernel[i + radius]!;
        red += weight * image.data[from]!;
        green += weight * image.data[from + 1]!;
        blue += weight * image.data[from + 2]!;
      }
      result.data.set([red, green, blue, 255], at);
    }
  }
  return result;
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}

// IEC 61966-2-1 (sRGB).
function decode(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function encode(light: number): number {
  const value = Math.min(Math.max(light, 0), 1);
  return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
}
