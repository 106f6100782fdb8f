/**
 * How far an alpha is from the truth: the four measures of the alpha matting benchmark (Rhemann et al., 2009),
 * each × 1000 and per pixel of the whole picture, and the colour error that is left at the hair's edge when both
 * cut-outs are laid on the blue of the standard.
 */
import { type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';

export interface AlphaErrors {
  readonly mad: number;
  readonly mse: number;
  readonly gradient: number;
  readonly connectivity: number;
}

export function alphaErrors(alpha: Plane, truth: Plane): AlphaErrors {
  const size = truth.data.length;
  let absolute = 0;
  let squared = 0;
  for (let at = 0; at < size; at++) {
    const difference = alpha.data[at]! - truth.data[at]!;
    absolute += Math.abs(difference);
    squared += difference * difference;
  }
  return {
    mad: (1000 * absolute) / size,
    mse: (1000 * squared) / size,
    gradient: gradientError(alpha, truth),
    connectivity: connectivityError(alpha, truth),
  };
}

/** Mean squared difference of the gradient's size, derivatives of a Gaussian with σ 1.4. */
function gradientError(alpha: Plane, truth: Plane): number {
  const a = gradientOf(alpha);
  const b = gradientOfTruth(truth);
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at]! - b[at]!) ** 2;
  return (1000 * sum) / a.length;
}

/** The truth of one person is compared with many cuts. */
const knownGradients = new WeakMap<Plane, Float32Array>();

function gradientOfTruth(truth: Plane): Float32Array {
  const gradient = knownGradients.get(truth) ?? gradientOf(truth);
  knownGradients.set(truth, gradient);
  return gradient;
}

const SIGMA = 1.4;
const RADIUS = 4;

function gradientOf({ width, height, data }: Plane): Float32Array {
  const smooth: number[] = [];
  const slope: number[] = [];
  for (let k = -RADIUS; k <= RADIUS; k++) {
    const bell = Math.exp(-(k * k) / (2 * SIGMA * SIGMA)) / (SIGMA * Math.sqrt(2 * Math.PI));
    smooth.push(bell);
    slope.push((-k * bell) / (SIGMA * SIGMA));
  }
  const along = (source: Float32Array, kernel: number[], step: 'x' | 'y'): Float32Array => {
    const result = new Float32Array(source.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        const middle = step === 'x' ? x : y;
        const last = step === 'x' ? width - 1 : height - 1;
        const stride = step === 'x' ? 1 : width;
        const first = y * width + x - middle * stride;
        for (let k = -RADIUS; k <= RADIUS; k++) {
          const place = Math.min(Math.max(middle + k, 0), last);
          sum += kernel[k + RADIUS]! * source[first + place * stride]!;
        }
        result[y * width + x] = sum;
      }
    }
    return result;
  };
  const dx = along(along(data, slope, 'x'), smooth, 'y');
  const dy = along(along(data, smooth, 'x'), slope, 'y');
  return dx.map((value, at) => Math.hypot(value, dy[at]!));
}

/** Share of alpha that is cut off from what both call the person, in ten steps of the threshold. */
function connectivityError(alpha: Plane, truth: Plane): number {
  const { width, height } = truth;
  const size = width * height;
  const level = new Float32Array(size).fill(-1);
  for (let step = 1; step <= 10; step++) {
    const threshold = step / 10;
    const both = new Uint8Array(size);
    for (let at = 0; at < size; at++)
      both[at] = alpha.data[at]! >= threshold && truth.data[at]! >= threshold ? 1 : 0;
    const largest = largestPart(both, width, height);
    for (let at = 0; at < size; at++) {
      if (level[at] === -1 && largest[at] === 0) level[at] = threshold - 0.1;
    }
  }
  let sum = 0;
  for (let at = 0; at < size; at++) {
    const from = level[at] === -1 ? 1 : level[at]!;
    const a = alpha.data[at]! - from;
    const b = truth.data[at]! - from;
    sum += Math.abs((a >= 0.15 ? 1 - a : 1) - (b >= 0.15 ? 1 - b : 1));
  }
  return (1000 * sum) / size;
}

/** 1 on the largest 4-connected part of the set. */
function largestPart(set: Uint8Array, width: number, height: number): Uint8Array {
  const label = new Int32Array(set.length);
  const stack = new Int32Array(set.length);
  let best = 0;
  let bestSize = 0;
  for (let seed = 0, next = 1; seed < set.length; seed++) {
    if (set[seed] === 0 || label[seed] !== 0) continue;
    let size = 0;
    let waiting = 0;
    const visit = (at: number): void => {
      if (set[at] === 0 || label[at] !== 0) return;
      label[at] = next;
      stack[waiting++] = at;
    };
    visit(seed);
    while (waiting > 0) {
      const at = stack[--waiting]!;
      size++;
      const x = at % width;
      if (x > 0) visit(at - 1);
      if (x < width - 1) visit(at + 1);
      if (at >= width) visit(at - width);
      if (at < width * (height - 1)) visit(at + width);
    }
    if (size > bestSize) {
      bestSize = size;
      best = next;
    }
    next++;
  }
  return Uint8Array.from(label, (value) => (value !== 0 && value === best ? 1 : 0));
}

/**
 * Mean CIE76 distance between two finished pictures where the true alpha lies strictly between 0.02 and 0.98, or
 * where it lies within two pixels of such a place: the band where a rim would be seen.
 */
export function edgeColourError(result: RgbaImage, wanted: RgbaImage, truth: Plane): number {
  const { width, height } = truth;
  let sum = 0;
  let count = 0;
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      if (!nearEdge(truth, x, y)) continue;
      const at = (y * width + x) * 4;
      sum += deltaE(result.data, wanted.data, at);
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

function nearEdge({ data, width }: Plane, x: number, y: number): boolean {
  for (let dy = -2; dy <= 2; dy++) {
    for (let dx = -2; dx <= 2; dx++) {
      const value = data[(y + dy) * width + x + dx]!;
      if (value > 0.02 && value < 0.98) return true;
    }
  }
  return false;
}

function deltaE(a: Uint8ClampedArray, b: Uint8ClampedArray, at: number): number {
  const [l1, a1, b1] = labOf(a[at]!, a[at + 1]!, a[at + 2]!);
  const [l2, a2, b2] = labOf(b[at]!, b[at + 1]!, b[at + 2]!);
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

/** sRGB levels → CIE L*a*b* under D65. */
export function labOf(red: number, green: number, blue: number): [number, number, number] {
  const r = linear(red);
  const g = linear(green);
  const b = linear(blue);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function linear(level: number): number {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function f(t: number): number {
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
}
