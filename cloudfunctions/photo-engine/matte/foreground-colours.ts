/**
 * The person's own colour at every pixel where wall shows through, so that no rim of the old wall is carried
 * over to the new background: multilevel foreground estimation (Germer, Uelwer, Conrad and Harmeling, 2020),
 * which solves I = αF + (1 − α)B with smooth F and B from the coarsest size down.
 * Refuses to change a pixel whose alpha is 1: its colour is the picture's own.
 */
import { type Plane } from '../image/resample';
import { createImage, type RgbaImage } from '../image/rgba-image';

/** Smoothness next to the data term, and how much more it counts where alpha changes (the paper's values). */
const SMOOTHNESS = 1e-5;
const GRADIENT_WEIGHT = 1;
/** Sweeps on small and on large levels (the paper's 10 and 2). */
const SMALL_SIDE = 32;
const SMALL_SWEEPS = 10;
const LARGE_SWEEPS = 2;

/** @returns the picture with the foreground's colours wherever 0 < alpha < 1; opaque */
export function foregroundColours(image: RgbaImage, alpha: Plane): RgbaImage {
  const { width, height } = image;
  const levels = Math.ceil(Math.log2(Math.max(width, height)));
  let previous: Level | undefined;
  for (let level = 0; level <= levels; level++) {
    const w = Math.round(width ** (level / levels));
    const h = Math.round(height ** (level / levels));
    const current = nearestLevel(image, alpha, w, h);
    enlarge(previous, current);
    const sweeps = Math.min(w, h) <= SMALL_SIDE ? SMALL_SWEEPS : LARGE_SWEEPS;
    for (let sweep = 0; sweep < sweeps; sweep++) relax(current);
    previous = current;
  }
  return paint(image, alpha, previous!);
}

interface Level {
  readonly width: number;
  readonly height: number;
  /** Colours of the picture 0–1, three per pixel. */
  readonly colours: Float32Array;
  readonly alpha: Float32Array;
  /** Foreground and background, six per pixel. */
  readonly layers: Float32Array;
}

function nearestLevel(image: RgbaImage, alpha: Plane, width: number, height: number): Level {
  const colours = new Float32Array(width * height * 3);
  const values = new Float32Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * image.height) / height) * image.width;
    for (let x = 0; x < width; x++, at++) {
      const from = row + Math.floor(((x + 0.5) * image.width) / width);
      values[at] = alpha.data[from]!;
      colours[at * 3] = image.data[from * 4]! / 255;
      colours[at * 3 + 1] = image.data[from * 4 + 1]! / 255;
      colours[at * 3 + 2] = image.data[from * 4 + 2]! / 255;
    }
  }
  return { width, height, colours, alpha: values, layers: new Float32Array(width * height * 6) };
}

function enlarge(from: Level | undefined, to: Level): void {
  if (from === undefined) {
    for (let at = 0; at < to.alpha.length; at++) {
      for (let c = 0; c < 3; c++) {
        to.layers[at * 6 + c] = to.colours[at * 3 + c]!;
        to.layers[at * 6 + 3 + c] = to.colours[at * 3 + c]!;
      }
    }
    return;
  }
  for (let y = 0, at = 0; y < to.height; y++) {
    const row = Math.floor((y * from.height) / to.height) * from.width;
    for (let x = 0; x < to.width; x++, at += 6) {
      const source = (row + Math.floor((x * from.width) / to.width)) * 6;
      for (let c = 0; c < 6; c++) to.layers[at + c] = from.layers[source + c]!;
    }
  }
}

/** One sweep in reading order: each pixel's two colours are the best answer to its neighbours' present ones. */
function relax({ width, height, colours, alpha, layers }: Level): void {
  const neighbours = [-1, 1, -width, width];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const a = alpha[at]!;
      const b = 1 - a;
      let weightSum = 0;
      let f0 = 0;
      let f1 = 0;
      let f2 = 0;
      let g0 = 0;
      let g1 = 0;
      let g2 = 0;
      for (let n = 0; n < 4; n++) {
        // Beyond the picture's edge a pixel is its own neighbour, so that the weights never sum to nothing.
        const beyond = n === 0 ? x === 0 : n === 1 ? x === width - 1 : n === 2 ? y === 0 : y === height - 1;
        const other = beyond ? at : at + neighbours[n]!;
        const weight = SMOOTHNESS + GRADIENT_WEIGHT * Math.abs(a - alpha[other]!);
        weightSum += weight;
        const from = other * 6;
        f0 += weight * layers[from]!;
        f1 += weight * layers[from + 1]!;
        f2 += weight * layers[from + 2]!;
        g0 += weight * layers[from + 3]!;
        g1 += weight * layers[from + 4]!;
        g2 += weight * layers[from + 5]!;
      }
      const m00 = a * a + weightSum;
      const m01 = a * b;
      const m11 = b * b + weightSum;
      const inverse = 1 / (m00 * m11 - m01 * m01);
      const to = at * 6;
      const i0 = colours[at * 3]!;
      const i1 = colours[at * 3 + 1]!;
      const i2 = colours[at * 3 + 2]!;
      const p0 = a * i0 + f0;
      const p1 = a * i1 + f1;
      const p2 = a * i2 + f2;
      const q0 = b * i0 + g0;
      const q1 = b * i1 + g1;
      const q2 = b * i2 + g2;
      layers[to] = clamp((m11 * p0 - m01 * q0) * inverse);
      layers[to + 1] = clamp((m11 * p1 - m01 * q1) * inverse);
      layers[to + 2] = clamp((m11 * p2 - m01 * q2) * inverse);
      layers[to + 3] = clamp((m00 * q0 - m01 * p0) * inverse);
      layers[to + 4] = clamp((m00 * q1 - m01 * p1) * inverse);
      layers[to + 5] = clamp((m00 * q2 - m01 * p2) * inverse);
    }
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

function paint(image: RgbaImage, alpha: Plane, { layers }: Level): RgbaImage {
  const result = createImage(image.width, image.height);
  for (let at = 0; at < alpha.data.length; at++) {
    const a = alpha.data[at]!;
    const to = at * 4;
    const own = a >= 1 || a <= 0;
    for (let c = 0; c < 3; c++) result.data[to + c] = own ? image.data[to + c]! : layers[at * 6 + c]! * 255;
    result.data[to + 3] = 255;
  }
  return result;
}
