/**
 * What this person's skin looks like in this light: robust means over the cheeks and the forehead's sides. The checks
 * compare everything with it, because no fixed colour is skin for everybody.
 */
import { landmark } from '../face/face-geometry';
import { type Landmarks } from '../face/face-mesh';
import { ABOVE_BROWS, CHEEK_CENTRES, CHEEKS_BELOW_EYES, CHEEKS_BESIDE_MOUTH } from '../face/landmark-indices';
import { type RgbaImage } from '../image/rgba-image';
import { type Lab, labOf } from './lab';
import { median } from './median';
import { pixelsOf, type Run, runsInside, squareAround } from './polygon';

const PLACES = [CHEEK_CENTRES, CHEEKS_BESIDE_MOUTH, CHEEKS_BELOW_EYES, ABOVE_BROWS].flatMap(
  ({ left, right }) => [left, right],
);
const SIDE_IED = 0.1;

/** Median lightness, a* and b* of the skin, each on its own. */
export function skinSample(image: RgbaImage, landmarks: Landmarks, interEyeDistance: number): Lab {
  const runs = PLACES.flatMap((place) =>
    runsInside(
      squareAround(landmark(landmarks, place), SIDE_IED * interEyeDistance),
      image.width,
      image.height,
    ),
  );
  const list = () => new Float64Array(pixelsOf(runs));
  const [lightness, a, b] = [list(), list(), list()];
  let count = 0;
  for (const run of runs) count = addRun(image, run, lightness, a, b, count);
  return { lightness: median(lightness), a: median(a), b: median(b) };
}

/** @returns how many pixels there are with those of this run */
function addRun(
  image: RgbaImage,
  { y, from, to }: Run,
  lightness: Float64Array,
  a: Float64Array,
  b: Float64Array,
  count: number,
): number {
  for (let x = from; x < to; x++, count++) {
    const colour = labAt(image, x, y);
    lightness[count] = colour.lightness;
    a[count] = colour.a;
    b[count] = colour.b;
  }
  return count;
}

export function labAt({ data, width }: RgbaImage, x: number, y: number): Lab {
  const offset = (y * width + x) * 4;
  return labOf(data[offset]!, data[offset + 1]!, data[offset + 2]!);
}
