/**
 * How much each pixel belongs to the person, by MediaPipe's selfie segmentation, looking three times and
 * each time also mirrored. It is a soft first guess for the matting, not a cut-out: hair is a blur in it.
 */
import { type FaceGeometry } from '../face/face-geometry';
import { type Plane } from '../image/resample';
import { type ModelRuntime, outputOf, type PlanarPicture } from '../inference/model-runtime';
import { type PicturePyramid } from '../inference/picture-pyramid';
import { mirrored, type Region, sampleRegion } from '../inference/sample-region';
import { maskCrops } from './mask-crops';

const SIDE = 256;
const AREA = SIDE * SIDE;
/** Share of a crop's side over which it fades in, so that its edge leaves no step in the mask. */
const FADE = 0.08;
/** Weight that a crop keeps at its very edge, where it may be the only one that saw the pixel. */
const FAINT = 1e-4;

/**
 * The mask of the whole picture, 0 (background) … 1 (person), at the size asked for (any aspect; pixels map
 * proportionally). `face` is the face whose person is meant.
 */
export async function personMask(
  picture: PicturePyramid,
  runtime: ModelRuntime,
  face: FaceGeometry,
  size: { readonly width: number; readonly height: number },
): Promise<Plane> {
  const { width, height } = size;
  const sum = new Float32Array(width * height);
  const weight = new Float32Array(width * height);
  const { full } = picture;
  for (const { region } of maskCrops(full.width, full.height, face)) {
    const columns = coverage(region.centreX, region.width, full.width, width);
    const rows = coverage(region.centreY, region.height, full.height, height);
    addLook(await look(picture, runtime, region), columns, rows, width, sum, weight);
  }
  toProbabilities(sum, weight);
  return { width, height, data: sum };
}

/** Mean of the logits of a region and of its mirror image, 256 × 256. */
async function look(picture: PicturePyramid, runtime: ModelRuntime, region: Region): Promise<Float32Array> {
  const model = await runtime.model('person-mask');
  const run = async (input: PlanarPicture): Promise<Float32Array> =>
    outputOf(await model.run(input), 'logits', AREA);
  const input = sampleRegion(picture, region, {
    width: SIDE,
    height: SIDE,
    black: 0,
    white: 1,
    outside: 'edge',
  });
  const plain = await run(input);
  const turned = await run(mirrored(input));
  const mean = new Float32Array(AREA);
  for (let row = 0; row < AREA; row += SIDE) meanOfRow(plain, turned, row, mean);
  return mean;
}

function meanOfRow(plain: Float32Array, turned: Float32Array, row: number, into: Float32Array): void {
  for (let x = 0; x < SIDE; x++) into[row + x] = (plain[row + x]! + turned[row + SIDE - 1 - x]!) / 2;
}

/** How one axis of a look lies on the same axis of the mask; valid for pixels first … end − 1. */
interface Coverage {
  readonly first: number;
  readonly end: number;
  /** Cell of the look at or before the pixel, and the share of the next cell. */
  readonly cell: Int32Array;
  readonly share: Float32Array;
  /** Weight of the look, falling towards those of its edges that lie inside the picture. */
  readonly fade: Float32Array;
}

function coverage(centre: number, length: number, pictureLength: number, maskLength: number): Coverage {
  const start = centre - length / 2;
  const step = pictureLength / maskLength;
  const first = Math.max(0, Math.ceil(start / step - 0.5));
  const end = Math.min(maskLength, Math.floor((start + length) / step - 0.5) + 1);
  const cell = new Int32Array(maskLength);
  const share = new Float32Array(maskLength);
  const fade = new Float32Array(maskLength);
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

/** Adds a look to the weighted sums of a mask this wide, enlarged bilinearly: first down a row of cells, then along it. */
function addLook(
  logits: Float32Array,
  columns: Coverage,
  rows: Coverage,
  width: number,
  sum: Float32Array,
  weight: Float32Array,
): void {
  const line = new Float32Array(SIDE);
  for (let y = rows.first; y < rows.end; y++) {
    mixCells(logits, rows.cell[y]! * SIDE, rows.share[y]!, line);
    addLine(line, columns, y * width, rows.fade[y]!, sum, weight);
  }
}

function addLine(
  line: Float32Array,
  { cell, share, fade, first, end }: Coverage,
  row: number,
  most: number,
  sum: Float32Array,
  weight: Float32Array,
): void {
  for (let x = first, pixel = row + first; x < end; x++, pixel++) {
    const before = line[cell[x]!]!;
    const value = before + share[x]! * (line[cell[x]! + 1]! - before);
    const faded = fade[x]!;
    const w = faded < most ? faded : most;
    sum[pixel] = sum[pixel]! + w * value;
    weight[pixel] = weight[pixel]! + w;
  }
}

/** A line between a row of cells and the next. @param share of the next */
function mixCells(logits: Float32Array, row: number, share: number, into: Float32Array): void {
  for (let x = 0; x < SIDE; x++) {
    const above = logits[row + x]!;
    into[x] = above + share * (logits[row + SIDE + x]! - above);
  }
}

/** Turns weighted sums of logits into probabilities, in place. */
function toProbabilities(sum: Float32Array, weight: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = probability(sum[i]! / weight[i]!);
}

/** Beyond this logit a probability is 0 or 1 to within 4e-8. */
const LAST_LOGIT = 17;
const STEPS_PER_LOGIT = 256;
const PROBABILITIES = Float64Array.from(
  { length: 2 * LAST_LOGIT * STEPS_PER_LOGIT + 2 },
  (_, step) => 1 / (1 + Math.exp(LAST_LOGIT - step / STEPS_PER_LOGIT)),
);

/** The logistic function from a table, straight between its points: within 2e-7, a tenth of the time of Math.exp. */
function probability(logit: number): number {
  if (logit <= -LAST_LOGIT) return 0;
  if (logit >= LAST_LOGIT) return 1;
  const place = (logit + LAST_LOGIT) * STEPS_PER_LOGIT;
  const step = Math.floor(place);
  const before = PROBABILITIES[step]!;
  return before + (place - step) * (PROBABILITIES[step + 1]! - before);
}
