/**
 * The ways of cutting out that need nothing but this project: the raw mask, the second look's mask, a guided filter,
 * closed-form matting alone and the engine's own cut-out. All see the same framed picture and the same first mask.
 */
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { type ModelRuntime } from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { closedFormAlpha } from '../../../cloudfunctions/photo-engine/matte/closed-form';
import { cutOut } from '../../../cloudfunctions/photo-engine/matte/cut-out';
import { dilate } from '../../../cloudfunctions/photo-engine/matte/dilate';
import { PERSON, type Trimap, UNKNOWN, WALL } from '../../../cloudfunctions/photo-engine/matte/trimap';
import { type WallMeasures } from '../../../cloudfunctions/photo-engine/matte/wall';
import { bestMask } from '../../../cloudfunctions/photo-engine/person/best-mask';
import { boxBlur } from '../../../cloudfunctions/photo-engine/measure/box-blur';

export interface MethodResult {
  readonly alpha: Plane;
  /** The colours that are laid over the new background: the picture's own where a method estimates none. */
  readonly foreground: RgbaImage;
  /** Only the engine's cut-out judges the wall. */
  readonly wall?: WallMeasures;
}

/** @param mask the first look's */
export type Method = (
  picture: RgbaImage,
  mask: Plane,
  runtime: ModelRuntime,
) => MethodResult | Promise<MethodResult>;

/** He, Sun and Tang, "Guided Image Filtering" (2010) with luma as guide; radius and ε as often used for feathering. */
const GUIDED_RADIUS = 8;
const GUIDED_EPSILON = 1e-4;
/** Closed form alone is free in a band of this radius around the mask's edge: a sixtieth of the picture's width. */
const CLOSED_FORM_REACH = 8;
/** Mask values beyond these are as good as certain. */
const SURELY_WALL = 0.05;
const SURELY_PERSON = 0.95;
/** The mask as a soft prior, beside the Laplacian's diagonal of about 8. */
const MASK_WEIGHT = 0.05;

type MethodOfOurs = 'raw mask' | 'second look' | 'guided filter' | 'closed form' | 'our cut-out';

export const METHODS: Readonly<Record<MethodOfOurs, Method>> = {
  'raw mask': (picture, mask) => ({ alpha: mask, foreground: picture }),
  // As the engine chooses: the raw mask again before walls that are plain and light.
  'second look': async (picture, mask, runtime) => ({
    alpha: (await bestMask(picture, mask, runtime)).mask,
    foreground: picture,
  }),
  'guided filter': (picture, mask) => ({ alpha: guided(picture, mask), foreground: picture }),
  'closed form': (picture, mask) => ({ alpha: closedFormAlone(picture, mask), foreground: picture }),
  'our cut-out': async (picture, mask, runtime) => cutOut(picture, await bestMask(picture, mask, runtime)),
};

/** Levin's closed form between what the mask is sure of, with the mask itself as prior and start. */
function closedFormAlone(picture: RgbaImage, mask: Plane): Plane {
  const { width, height, data } = mask;
  const sure = Uint8Array.from(data, (value) =>
    value <= SURELY_WALL ? WALL : value >= SURELY_PERSON ? PERSON : UNKNOWN,
  );
  const nearWall = dilate(sure, WALL, width, height, CLOSED_FORM_REACH);
  const nearPerson = dilate(sure, PERSON, width, height, CLOSED_FORM_REACH);
  const trimap: Trimap = sure.map((value, at) =>
    (value === PERSON && nearWall[at] === 1) || (value === WALL && nearPerson[at] === 1) ? UNKNOWN : value,
  );
  const weight = new Float32Array(data.length).fill(MASK_WEIGHT);
  return closedFormAlpha(picture, trimap, { expected: data, weight }, data, {
    regularisation: 1e-5,
    tolerance: 1e-3,
    maximumIterations: 300,
  });
}

function guided({ data, width, height }: RgbaImage, mask: Plane): Plane {
  const size = width * height;
  const guide = new Float32Array(size);
  for (let at = 0; at < size; at++) {
    guide[at] = (0.2126 * data[at * 4]! + 0.7152 * data[at * 4 + 1]! + 0.0722 * data[at * 4 + 2]!) / 255;
  }
  const mean = (plane: Float32Array) => boxBlur(plane, width, height, GUIDED_RADIUS);
  const guideMean = mean(guide);
  const maskMean = mean(mask.data);
  const products = mean(guide.map((value, at) => value * mask.data[at]!));
  const squares = mean(guide.map((value) => value * value));
  const slope = squares.map((square, at) => {
    const m = guideMean[at]!;
    return (products[at]! - m * maskMean[at]!) / (square - m * m + GUIDED_EPSILON);
  });
  const offset = maskMean.map((value, at) => value - slope[at]! * guideMean[at]!);
  const slopeMean = mean(slope);
  const offsetMean = mean(offset);
  const alpha = createPlane(width, height);
  for (let at = 0; at < size; at++) {
    alpha.data[at] = Math.min(Math.max(slopeMean[at]! * guide[at]! + offsetMean[at]!, 0), 1);
  }
  return alpha;
}
