/**
 * Alpha of the unknown pixels by closed-form matting (see matting-laplacian.ts) with an expected alpha as soft prior,
 * believed at each pixel as far as its weight goes. Refuses to touch what the trimap knows.
 */
import { copyAt, flagsEqual } from '../image/flags';
import { type Plane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { solve } from './conjugate-gradient';
import { mattingSystem, STENCIL, stencilOffsets } from './matting-laplacian';
import { PERSON, type Trimap } from './trimap';

/** Read once: where modules are not bundled, each mention of an imported constant is a call. */
const STORED = STENCIL;

export interface ClosedFormOptions {
  /** ε of the Laplacian, in squared colour of 0–1. */
  readonly regularisation: number;
  readonly tolerance: number;
  readonly maximumIterations: number;
}

/** By picture position; read at the unknown pixels. */
export interface AlphaPrior {
  /** 0–1. */
  readonly expected: Float32Array;
  /** How strongly alpha is pulled there, ≥ 0; the Laplacian's own diagonal is about 8. */
  readonly weight: Float32Array;
}

/**
 * @param start alpha from which the solver sets out, same size as the image
 * @returns alpha 0–1 in a new plane: 0 and 1 exactly where the trimap is sure
 */
export function closedFormAlpha(
  image: RgbaImage,
  trimap: Trimap,
  { expected, weight }: AlphaPrior,
  start: Float32Array,
  options: ClosedFormOptions,
): Plane {
  const { width, height } = image;
  const alpha = new Float32Array(flagsEqual(trimap, PERSON));
  const { unknowns, coefficients, rightHandSide } = mattingSystem(image, trimap, options.regularisation);
  copyAt(unknowns, start, alpha);
  addPrior(unknowns, expected, weight, coefficients, rightHandSide);
  solve({ unknowns, coefficients, rightHandSide, offsets: stencilOffsets(width) }, alpha, options);
  limit(unknowns, alpha);
  return { width, height, data: alpha };
}

function addPrior(
  unknowns: Int32Array,
  expected: Float32Array,
  weight: Float32Array,
  coefficients: Float32Array,
  rightHandSide: Float32Array,
): void {
  for (let u = 0; u < unknowns.length; u++) {
    const at = unknowns[u]!;
    coefficients[u * STORED]! += weight[at]!;
    rightHandSide[u]! += weight[at]! * expected[at]!;
  }
}

function limit(unknowns: Int32Array, alpha: Float32Array): void {
  for (const at of unknowns) alpha[at] = Math.min(Math.max(alpha[at]!, 0), 1);
}
