/**
 * The matting Laplacian of Levin, Lischinski and Weiss ("A Closed-Form Solution to Natural Image Matting", 2008,
 * equation 12) for the unknown pixels of a trimap only: in every 3 × 3 window alpha is taken to be a linear
 * function of colour. Known pixels are eliminated into the right-hand side.
 * Refuses to hold the whole matrix: it is symmetric, so each unknown stores its diagonal and the twelve neighbours
 * that come after it in reading order.
 */
import { flagsEqual, placesOf } from '../image/flags';
import { type RgbaImage } from '../image/rgba-image';
import { PERSON, type Trimap, UNKNOWN } from './trimap';

/** Stored coefficients per unknown: the diagonal and the neighbours after it within the 5 × 5 square. */
export const STENCIL = 13;

// Read once: where modules are not bundled, each mention of an imported or exported constant is a call.
const [STORED, KNOWN_PERSON] = [STENCIL, PERSON];
const LEVEL = 1 / 255;

/** Offsets of the stored neighbours in a picture of this width, in the order in which they are stored. */
export function stencilOffsets(width: number): Int32Array {
  const offsets: number[] = [];
  for (let dy = 0; dy <= 2; dy++) {
    for (let dx = -2; dx <= 2; dx++) if (dy > 0 || dx >= 0) offsets.push(dy * width + dx);
  }
  return Int32Array.from(offsets);
}

export interface MattingSystem {
  /** Picture positions of the unknowns, ascending. */
  readonly unknowns: Int32Array;
  /** STENCIL coefficients per unknown; 0 where the neighbour is known or outside. */
  readonly coefficients: Float32Array;
  /** Per unknown: minus the sum of the coefficients to neighbours known to be the person. */
  readonly rightHandSide: Float32Array;
}

/**
 * @param regularisation Levin's ε, in squared colour of 0–1: how much noise a window's colours have
 * @returns the system for every UNKNOWN pixel of the trimap; unknowns at the picture's edge are included
 */
export function mattingSystem(image: RgbaImage, trimap: Trimap, regularisation: number): MattingSystem {
  const unknowns = placesOf(flagsEqual(trimap, UNKNOWN));
  const order = orderOf(unknowns, trimap.length);
  const system = {
    unknowns,
    coefficients: new Float32Array(unknowns.length * STENCIL),
    rightHandSide: new Float32Array(unknowns.length),
  };
  const window = createWindow();
  for (let y = 1; y < image.height - 1; y++) addRow(image, y, trimap, order, regularisation, window, system);
  return system;
}

/** By picture position: which unknown it is, −1 where it is known. */
function orderOf(unknowns: Int32Array, size: number): Int32Array {
  const order = new Int32Array(size).fill(-1);
  for (let u = 0; u < unknowns.length; u++) order[unknowns[u]!] = u;
  return order;
}

/** What is known of one 3 × 3 window, row by row. Reused from window to window. */
interface Window {
  /** Which unknown each pixel is; −1 where it is known. */
  readonly orders: Int32Array;
  /** Of the known pixels. */
  readonly alphas: Float64Array;
  /** Red, green and blue (0–1) less the window's mean, for each pixel. */
  readonly colours: Float64Array;
  /** The same times nine times the inverse of the colours' covariance. */
  readonly weighted: Float64Array;
}

function createWindow(): Window {
  return {
    orders: new Int32Array(9),
    alphas: new Float64Array(9),
    colours: new Float64Array(27),
    weighted: new Float64Array(27),
  };
}

/** Adds the windows of one row that hold an unknown. */
function addRow(
  { width, data }: RgbaImage,
  y: number,
  trimap: Trimap,
  order: Int32Array,
  regularisation: number,
  { orders, alphas, colours, weighted }: Window,
  { coefficients, rightHandSide }: MattingSystem,
): void {
  for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
    if (!readOrders(order, trimap, at, width, orders, alphas)) continue;
    readColours(data, at, width, colours);
    weigh(colours, regularisation, weighted);
    addWindow(orders, alphas, colours, weighted, coefficients, rightHandSide);
  }
}

/** @returns whether there is an unknown in the window around a position */
function readOrders(
  order: Int32Array,
  trimap: Trimap,
  at: number,
  width: number,
  orders: Int32Array,
  alphas: Float64Array,
): boolean {
  let unknownHere = false;
  for (let slot = 0, from = at - width - 1; slot < 9; slot += 3, from += width) {
    for (let dx = 0; dx < 3; dx++) {
      const number = order[from + dx]!;
      orders[slot + dx] = number;
      if (number >= 0) unknownHere = true;
      else alphas[slot + dx] = trimap[from + dx] === KNOWN_PERSON ? 1 : 0;
    }
  }
  return unknownHere;
}

function readColours(data: Uint8ClampedArray, at: number, width: number, colours: Float64Array): void {
  let meanR = 0;
  let meanG = 0;
  let meanB = 0;
  for (let k = 0, row = at - width - 1; k < 27; row += width) {
    for (let from = row * 4; from < row * 4 + 12; from += 4, k += 3) {
      meanR += colours[k] = data[from]! * LEVEL;
      meanG += colours[k + 1] = data[from + 1]! * LEVEL;
      meanB += colours[k + 2] = data[from + 2]! * LEVEL;
    }
  }
  meanR /= 9;
  meanG /= 9;
  meanB /= 9;
  for (let k = 0; k < 27; k += 3) {
    colours[k]! -= meanR;
    colours[k + 1]! -= meanG;
    colours[k + 2]! -= meanB;
  }
}

function weigh(colours: Float64Array, regularisation: number, weighted: Float64Array): void {
  // The covariance with ε on its diagonal, both times nine; the nine is returned below.
  let rr = 0;
  let rg = 0;
  let rb = 0;
  let gg = 0;
  let gb = 0;
  let bb = 0;
  for (let k = 0; k < 27; k += 3) {
    const r = colours[k]!;
    const g = colours[k + 1]!;
    const b = colours[k + 2]!;
    rr += r * r;
    rg += r * g;
    rb += r * b;
    gg += g * g;
    gb += g * b;
    bb += b * b;
  }
  rr += regularisation;
  gg += regularisation;
  bb += regularisation;
  const c00 = gg * bb - gb * gb;
  const c01 = gb * rb - rg * bb;
  const c02 = rg * gb - gg * rb;
  const c11 = rr * bb - rb * rb;
  const c12 = rg * rb - rr * gb;
  const c22 = rr * gg - rg * rg;
  const inverse = 9 / (rr * c00 + rg * c01 + rb * c02);
  for (let k = 0; k < 27; k += 3) {
    const r = colours[k]! * inverse;
    const g = colours[k + 1]! * inverse;
    const b = colours[k + 2]! * inverse;
    weighted[k] = c00 * r + c01 * g + c02 * b;
    weighted[k + 1] = c01 * r + c11 * g + c12 * b;
    weighted[k + 2] = c02 * r + c12 * g + c22 * b;
  }
}

/** Every pair of the window's pixels of which one is unknown. */
function addWindow(
  orders: Int32Array,
  alphas: Float64Array,
  colours: Float64Array,
  weighted: Float64Array,
  coefficients: Float32Array,
  rightHandSide: Float32Array,
): void {
  for (let i = 0; i < 9; i++) {
    const row = orders[i]!;
    const wr = weighted[i * 3]!;
    const wg = weighted[i * 3 + 1]!;
    const wb = weighted[i * 3 + 2]!;
    if (row >= 0) {
      const own = 1 + wr * colours[i * 3]! + wg * colours[i * 3 + 1]! + wb * colours[i * 3 + 2]!;
      coefficients[row * STORED]! += 1 - own / 9;
    }
    for (let j = i + 1; j < 9; j++) {
      const column = orders[j]!;
      if (row < 0 && column < 0) continue;
      const value = -(1 + wr * colours[j * 3]! + wg * colours[j * 3 + 1]! + wb * colours[j * 3 + 2]!) / 9;
      if (row >= 0 && column >= 0) {
        const dy = ((j / 3) | 0) - ((i / 3) | 0);
        const dx = (j % 3) - (i % 3);
        // The stored half of the 5 × 5 square begins at its centre, so that this is the slot.
        coefficients[row * STORED + dy * 5 + dx]! += value;
      } else if (row >= 0) rightHandSide[row]! -= value * alphas[j]!;
      else rightHandSide[column]! -= value * alphas[i]!;
    }
  }
}
