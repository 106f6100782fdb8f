/**
 * Alpha of the unknown band by closed-form matting with the mask as a soft prior, first on half the size, whose
 * answer starts the full size. Refuses to touch what the trimap knows.
 */
import { createPlane, type Plane, resample, resamplePlane } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { solve } from './conjugate-gradient';
import { mattingSystem, STENCIL, stencilOffsets } from './matting-laplacian';
import { PERSON, type Trimap, UNKNOWN, WALL } from './trimap';

export interface ClosedFormOptions {
  /** ε of the Laplacian. */
  readonly regularisation: number;
  /** How strongly alpha is pulled to the mask, per pixel; the Laplacian's diagonal is about 8. */
  readonly priorWeight: number;
  readonly tolerance: number;
  readonly maximumIterations: number;
}

/** Pictures smaller than this are solved directly. */
const COARSEST_SIDE = 200;

/** @returns alpha 0–1 in a new plane: 0 and 1 exactly where the trimap is sure */
export function closedFormAlpha(
  image: RgbaImage,
  trimap: Trimap,
  prior: Plane,
  options: ClosedFormOptions,
): Plane {
  const { width, height } = image;
  const alpha = startingAlpha(image, trimap, prior, options);
  for (let at = 0; at < trimap.length; at++) {
    if (trimap[at] !== UNKNOWN) alpha.data[at] = trimap[at] === PERSON ? 1 : 0;
  }
  const { unknowns, coefficients, rightHandSide } = mattingSystem(image, trimap, options.regularisation);
  for (let u = 0; u < unknowns.length; u++) {
    coefficients[u * STENCIL]! += options.priorWeight;
    rightHandSide[u]! += options.priorWeight * prior.data[unknowns[u]!]!;
  }
  solve({ unknowns, coefficients, rightHandSide, offsets: stencilOffsets(width) }, alpha.data, options);
  for (const at of unknowns) alpha.data[at] = Math.min(Math.max(alpha.data[at]!, 0), 1);
  return { width, height, data: alpha.data };
}

function startingAlpha(image: RgbaImage, trimap: Trimap, prior: Plane, options: ClosedFormOptions): Plane {
  const { width, height } = image;
  if (Math.min(width, height) < COARSEST_SIDE * 2) {
    return { width, height, data: prior.data.slice() };
  }
  const halfWidth = Math.ceil(width / 2);
  const halfHeight = Math.ceil(height / 2);
  const area = { x: 0, y: 0, width, height };
  const half = closedFormAlpha(
    resample(image, area, halfWidth, halfHeight),
    halveTrimap(trimap, width, height, halfWidth, halfHeight),
    resamplePlane(prior, area, halfWidth, halfHeight),
    options,
  );
  return resamplePlane(half, { x: 0, y: 0, width: halfWidth, height: halfHeight }, width, height);
}

/** Sure only where all four pixels agree. */
function halveTrimap(
  trimap: Trimap,
  width: number,
  height: number,
  halfWidth: number,
  halfHeight: number,
): Trimap {
  const half = new Uint8Array(halfWidth * halfHeight);
  for (let y = 0; y < halfHeight; y++) {
    const above = 2 * y * width;
    const below = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < halfWidth; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, width - 1);
      const first = trimap[above + left]!;
      const same =
        first === trimap[above + right] && first === trimap[below + left] && first === trimap[below + right];
      half[y * halfWidth + x] = same ? first : UNKNOWN;
    }
  }
  return half;
}

/** A plane that holds the trimap's certainties, for looking at. */
export function planeOfTrimap(trimap: Trimap, width: number, height: number): Plane {
  const plane = createPlane(width, height);
  for (let at = 0; at < trimap.length; at++) {
    plane.data[at] = trimap[at] === WALL ? 0 : trimap[at] === PERSON ? 1 : 0.5;
  }
  return plane;
}
