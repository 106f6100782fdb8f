/**
 * Makes bad photos from good ones, so that each rule can be tried on real people: the same portrait and the same
 * numbers always give the same bytes. Light is changed in linear light, as a lamp or a shutter would change it.
 */
import { Jimp } from 'jimp';
import { resample } from '../../cloudfunctions/photo-engine/image/resample';
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

/**
 * Hangs another person's photograph on the wall, unframed, beside the head.
 * @param share of the picture's width that it takes
 */
export function withPhotographOnWall(image: RgbaImage, other: RgbaImage, share: number): RgbaImage {
  const width = Math.round(image.width * share);
  const height = Math.round((width * other.height) / other.width);
  const small = resample(other, { x: 0, y: 0, width: other.width, height: other.height }, width, height);
  const [left, top] = [Math.round(image.width * 0.14), Math.round(image.height * 0.06)];
  const result = { ...image, data: image.data.slice() };
  for (let y = 0; y < height; y++) {
    const row = small.data.subarray(y * width * 4, (y + 1) * width * 4);
    result.data.set(row, ((y + top) * image.width + left) * 4);
  }
  return result;
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

/** Blur along one line, as a hand that moves: length in pixels of this picture, angle in degrees from the horizontal. */
export function motionBlurred(image: RgbaImage, length: number, degrees: number): RgbaImage {
  const turn = (degrees * Math.PI) / 180;
  const [alongX, alongY] = [Math.cos(turn), Math.sin(turn)];
  const samples = Math.max(2, Math.ceil(length) + 1);
  const { width, height, data } = image;
  const offsets = Array.from({ length: samples }, (_, i) => {
    const along = (i / (samples - 1) - 0.5) * length;
    return { x: Math.round(along * alongX), y: Math.round(along * alongY) };
  });
  const result = createImage(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      let [red, green, blue] = [0, 0, 0];
      for (const offset of offsets) {
        const from = (clamp(y + offset.y, height - 1) * width + clamp(x + offset.x, width - 1)) * 4;
        red += data[from]!;
        green += data[from + 1]!;
        blue += data[from + 2]!;
      }
      result.data[at] = red / samples;
      result.data[at + 1] = green / samples;
      result.data[at + 2] = blue / samples;
      result.data[at + 3] = 255;
    }
  }
  return result;
}

/** Sensor noise: each channel of each pixel normally distributed around its value, sigma in grey levels. */
export function noisy(image: RgbaImage, sigma: number, seed = 1): RgbaImage {
  const random = seededRandom(seed);
  const result = createImage(image.width, image.height);
  for (let at = 0; at < image.data.length; at++) {
    // Four even numbers make a bell close enough to a normal one (variance 4/12).
    const bell = (random() + random() + random() + random() - 2) * Math.sqrt(3);
    result.data[at] = at % 4 === 3 ? 255 : image.data[at]! + sigma * bell;
  }
  return result;
}

/** A wrong white balance or a colour filter: linear light of each channel multiplied. */
export function colourCast(image: RgbaImage, red: number, green: number, blue: number): RgbaImage {
  const tables = [red, green, blue].map((factor) =>
    Uint8ClampedArray.from({ length: 256 }, (_, value) => encode(decode(value) * factor)),
  );
  const result = createImage(image.width, image.height);
  for (let at = 0; at < image.data.length; at += 4) {
    for (let channel = 0; channel < 3; channel++)
      result.data[at + channel] = tables[channel]![image.data[at + channel]!]!;
    result.data[at + 3] = 255;
  }
  return result;
}

/** Part of the picture, as a camera nearer by would show it; the area must lie inside. */
export function cutTo(image: RgbaImage, left: number, top: number, width: number, height: number): RgbaImage {
  const result = createImage(width, height);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * 4;
    result.data.set(image.data.subarray(from, from + width * 4), y * width * 4);
  }
  return result;
}

/** Everything smaller, as from further away: the picture in the middle of its own edges repeated. */
export function fromFurther(image: RgbaImage, factor: number): RgbaImage {
  const [middleX, bottom] = [image.width / 2, image.height];
  return mapped(image, (x, y) => ({
    x: (x - middleX) * factor + middleX,
    y: (y - bottom) * factor + bottom,
  }));
}

/** The same pixels in the middle of the bottom of a larger picture, whose rest repeats their edges: a camera with more of them. */
export function withRoom(image: RgbaImage, width: number, height: number): RgbaImage {
  const result = createImage(width, height);
  const [left, top] = [Math.floor((width - image.width) / 2), height - image.height];
  const within = (value: number, length: number) => Math.min(Math.max(value, 0), length - 1);
  for (let y = 0, at = 0; y < height; y++) {
    const row = within(y - top, image.height) * image.width;
    for (let x = 0; x < width; x++, at += 4) {
      const from = (row + within(x - left, image.width)) * 4;
      result.data.set(image.data.subarray(from, from + 4), at);
    }
  }
  return result;
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
        result.data[channel] = encode(LIGHT[image.data[channel]!]! * factor);
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

/** A repeatable source of numbers in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LIGHT = Float64Array.from({ length: 256 }, (_, value) => decode(value));

// IEC 61966-2-1 (sRGB).
function decode(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function encode(light: number): number {
  const value = Math.min(Math.max(light, 0), 1);
  return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
}
