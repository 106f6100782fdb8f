/**
 * The matting Laplacian of Levin, Lischinski and Weiss ("A Closed-Form Solution to Natural Image Matting", 2008,
 * equation 12) for the unknown pixels of a trimap only: in every 3 × 3 window alpha is taken to be a linear
 * function of colour. Known pixels are eliminated into the right-hand side.
 * Refuses to hold the whole matrix: it is symmetric, so each unknown stores its diagonal and the twelve neighbours
 * that come after it in reading order.
 */
import { type RgbaImage } from '../image/rgba-image';
import { PERSON, type Trimap, UNKNOWN } from './trimap';

/** Stored coefficients per unknown: the diagonal and the neighbours after it within the 5 × 5 square. */
export const STENCIL = 13;

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
  const { width, height, data } = image;
  // Read once: where modules are not bundled, each mention of an imported constant is a call.
  const [unknown, person] = [UNKNOWN, PERSON];
  const order = new Int32Array(width * height).fill(-1);
  let count = 0;
  for (let at = 0; at < trimap.length; at++) if (trimap[at] === unknown) order[at] = count++;
  const unknowns = new Int32Array(count);
  for (let at = 0; at < trimap.length; at++) if (order[at]! >= 0) unknowns[order[at]!] = at;

  const coefficients = new Float32Array(count * STENCIL);
  const rightHandSide = new Float32Array(count);
  const colours = new Float64Array(27);
  const weighted = new Float64Array(27);
  const orders = new Int32Array(9);
  const alphas = new Float64Array(9);
  const scale = 1 / 255;

  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      let unknownHere = false;
      for (let dy = -1, slot = 0; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++, slot++) {
          const at = (y + dy) * width + x + dx;
          orders[slot] = order[at]!;
          if (order[at]! >= 0) unknownHere = true;
          else alphas[slot] = trimap[at] === person ? 1 : 0;
        }
      }
      if (!unknownHere) continue;

      let meanR = 0;
      let meanG = 0;
      let meanB = 0;
      for (let slot = 0, k = 0; slot < 9; slot++, k += 3) {
        const at = 4 * ((y + ((slot / 3) | 0) - 1) * width + x + (slot % 3) - 1);
        meanR += colours[k] = data[at]! * scale;
        meanG += colours[k + 1] = data[at + 1]! * scale;
        meanB += colours[k + 2] = data[at + 2]! * scale;
      }
      meanR /= 9;
      meanG /= 9;
      meanB /= 9;
      let rr = 0;
      let rg = 0;
      let rb = 0;
      let gg = 0;
      let gb = 0;
      let bb = 0;
      for (let k = 0; k < 27; k += 3) {
        const r = (colours[k]! -= meanR);
        const g = (colours[k + 1]! -= meanG);
        const b = (colours[k + 2]! -= meanB);
        rr += r * r;
        rg += r * g;
        rb += r * b;
        gg += g * g;
        gb += g * b;
        bb += b * b;
      }
      // Inverse of the covariance with ε on its diagonal, both times nine; the nine is returned below.
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
      for (let i = 0; i < 9; i++) {
        const row = orders[i]!;
        const wr = weighted[i * 3]!;
        const wg = weighted[i * 3 + 1]!;
        const wb = weighted[i * 3 + 2]!;
        if (row >= 0) {
          const own = 1 + wr * colours[i * 3]! + wg * colours[i * 3 + 1]! + wb * colours[i * 3 + 2]!;
          coefficients[row * STENCIL]! += 1 - own / 9;
        }
        for (let j = i + 1; j < 9; j++) {
          const column = orders[j]!;
          if (row < 0 && column < 0) continue;
          const value = -(1 + wr * colours[j * 3]! + wg * colours[j * 3 + 1]! + wb * colours[j * 3 + 2]!) / 9;
          if (row >= 0 && column >= 0) {
            const dy = ((j / 3) | 0) - ((i / 3) | 0);
            const dx = (j % 3) - (i % 3);
            // The stored half of the 5 × 5 square begins at its centre, so that this is the slot.
            coefficients[row * STENCIL + dy * 5 + dx]! += value;
          } else if (row >= 0) rightHandSide[row]! -= value * alphas[j]!;
          else rightHandSide[column]! -= value * alphas[i]!;
        }
      }
    }
  }
  return { unknowns, coefficients, rightHandSide };
}
