/**
 * How much each pixel belongs to the person, by MediaPipe's selfie segmentation, looking three times and
 * each time also mirrored. It is a soft first guess for the matting, not a cut-out: hair is a blur in it.
 */
import { type FaceGeometry } from '../face/face-geometry';
import { type ModelRuntime, outputOf } from '../inference/model-runtime';
import { type PicturePyramid } from '../inference/picture-pyramid';
import { type Region, sampleRegion } from '../inference/sample-region';
import { type MaskCrop, maskCrops } from './mask-crops';

export interface PersonMask {
  readonly width: number;
  readonly height: number;
  /** Row by row, 0 (background) … 1 (person). */
  readonly data: Float32Array;
}

const SIDE = 256;
const AREA = SIDE * SIDE;
/** Logits beyond this are equally certain: one look's −60 must not outvote two others. */
const CERTAIN = 10;
/** Share of a crop's side over which it fades in, so that its edge leaves no step in the mask. */
const FADE = 0.08;
/** Weight that a crop keeps at its very edge, where it may be the only one that saw the pixel. */
const FAINT = 1e-4;

/**
 * The mask of the whole picture at the size asked for (any aspect; pixels map proportionally).
 * `face` is the face whose person is meant.
 */
export async function personMask(
  picture: PicturePyramid,
  runtime: ModelRuntime,
  face: FaceGeometry,
  size: { readonly width: number; readonly height: number },
): Promise<PersonMask> {
  const sum = new Float32Array(size.width * size.height);
  const weights = new Float32Array(size.width * size.height);
  for (const crop of maskCrops(picture.full.width, picture.full.height, face)) {
    addLook(await look(picture, runtime, crop.region), crop, picture, { ...size, sum, weights });
  }
  for (let i = 0; i < sum.length; i++) sum[i] = 1 / (1 + Math.exp(-sum[i]! / weights[i]!));
  return { ...size, data: sum };
}

/** Mean of the logits of a region and of its mirror image, 256 × 256. */
async function look(picture: PicturePyramid, runtime: ModelRuntime, region: Region): Promise<Float32Array> {
  const model = await runtime.model('person-mask');
  const run = async (mirrored: boolean): Promise<Float32Array> => {
    const planes = new Float32Array(3 * AREA);
    sampleRegion(picture, region, {
      planes, offset: 0, width: SIDE, height: SIDE, black: 0, white: 1, outside: 'edge', mirrored,
    }); // prettier-ignore
    return outputOf(await model.run({ data: planes, shape: [1, 3, SIDE, SIDE] }), 'logits', AREA);
  };
  const plain = await run(false);
  const mirrored = await run(true);
  const mean = new Float32Array(AREA);
  for (let row = 0; row < AREA; row += SIDE) {
    for (let x = 0; x < SIDE; x++)
      mean[row + x] = (limited(plain[row + x]!) + limited(mirrored[row + SIDE - 1 - x]!)) / 2;
  }
  return mean;
}

function limited(logit: number): number {
  return logit > CERTAIN ? CERTAIN : logit < -CERTAIN ? -CERTAIN : logit;
}

interface Accumulator {
  readonly width: number;
  readonly height: number;
  readonly sum: Float32Array;
  readonly weights: Float32Array;
}

/** Adds one look, enlarged bilinearly, faded at those of its edges that lie inside the picture. */
function addLook(
  logits: Float32Array,
  { region }: MaskCrop,
  picture: PicturePyramid,
  into: Accumulator,
): void {
  const columns = axis(region.centreX, region.width, picture.full.width, into.width);
  const rows = axis(region.centreY, region.height, picture.full.height, into.height);
  for (let y = rows.first; y < rows.end; y++) {
    const shareY = rows.share[y]!;
    const fadeY = rows.fade[y]!;
    const upper = rows.cell[y]! * SIDE;
    for (let x = columns.first; x < columns.end; x++) {
      const at = upper + columns.cell[x]!;
      const shareX = columns.share[x]!;
      const above = logits[at]! + shareX * (logits[at + 1]! - logits[at]!);
      const below = logits[at + SIDE]! + shareX * (logits[at + SIDE + 1]! - logits[at + SIDE]!);
      const fadeX = columns.fade[x]!;
      const weight = fadeX < fadeY ? fadeX : fadeY;
      const pixel = y * into.width + x;
      into.sum[pixel]! += weight * (above + shareY * (below - above));
      into.weights[pixel]! += weight;
    }
  }
}

/** For each target pixel of one axis: the cell of the look before it, the share of the next one, the fade. */
interface Axis {
  readonly first: number;
  readonly end: number;
  readonly cell: Int32Array;
  readonly share: Float32Array;
  readonly fade: Float32Array;
}

function axis(centre: number, length: number, pictureLength: number, targetLength: number): Axis {
  const start = centre - length / 2;
  const step = pictureLength / targetLength;
  const first = Math.max(0, Math.ceil(start / step - 0.5));
  const end = Math.min(targetLength, Math.floor((start + length) / step - 0.5) + 1);
  const cell = new Int32Array(targetLength);
  const share = new Float32Array(targetLength);
  const fade = new Float32Array(targetLength);
  for (let i = first; i < end; i++) {
    const position = ((i + 0.5) * step - start) / length;
    const pixel = Math.min(Math.max(position * SIDE - 0.5, 0), SIDE - 1);
    cell[i] = Math.min(Math.floor(pixel), SIDE - 2);
    share[i] = pixel - cell[i]!;
    const before = start > 0 ? position : 1;
    const after = start + length < pictureLength ? 1 - position : 1;
    fade[i] = Math.min(1, Math.max(FAINT, Math.min(before, after) / FADE));
  }
  return { first, end, cell, share, fade };
}
