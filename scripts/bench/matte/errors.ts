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
  const b = gradientOf(truth);
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at]! - b[at]!) ** 2;
  return (1000 * sum) / a.length;
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
        for (let k = -RADIUS; k <= RADIUS; k++) {
          const sx = step === 'x' ? Math.min(Math.max(x + k, 0), width - 1) : x;
          const sy = step === 'y' ? Math.min(Math.max(y + k, 0), height - 1) : y;
          sum += kernel[k + RADIUS]! * source[sy * width + sx]!;
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
    for (let at = 0; at < size; at++) both[at] = alpha.data[at]! >= threshold && truth.data[at]! >= threshold ? 1 : 0;
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

function largestPart(set: Uint8Array, width: number, height: number): Uint8Array {
  const label = new Int32Array(set.length);
  let best = 0;
  let bestSize = 0;
  const stack: number[] = [];
  for (let seed = 0, next = 1; seed < set.length; seed++) {
    if (set[seed] === 0 || label[seed] !== 0) continue;
    let size = 0;
    stack.push(seed);
    label[seed] = next;
    while (stack.length > 0) {
      const at = stack.pop()!;
      size++;
      const x = at % width;
      const y = (at - x) / width;
      const near = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, y > 0 ? at - width : -1, y < height - 1 ? at + width : -1];
      for (const other of near) {
        if (other >= 0 && set[other] === 1 && label[other] === 0) {
          label[other] = next;
          stack.push(other);
        }
      }
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
