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
import { runsInside, squareAround } from './polygon';

const PLACES = [CHEEK_CENTRES, CHEEKS_BESIDE_MOUTH, CHEEKS_BELOW_EYES, ABOVE_BROWS].flatMap(
  ({ left, right }) => [left, right],
);
const SIDE_IED = 0.1;

/** Median lightness, a* and b* of the skin, each on its own. */
export function skinSample(image: RgbaImage, landmarks: Landmarks, interEyeDistance: number): Lab {
  const lightness: number[] = [];
  const as: number[] = [];
  const bs: number[] = [];
  for (const place of PLACES) {
    const square = squareAround(landmark(landmarks, place), SIDE_IED * interEyeDistance);
    for (const { y, from, to } of runsInside(square, image.width, image.height)) {
      for (let x = from; x < to; x++) {
        const { lightness: l, a, b } = labAt(image, x, y);
        lightness.push(l);
        as.push(a);
        bs.push(b);
      }
    }
  }
  return { lightness: median(lightness), a: median(as), b: median(bs) };
}

export function labAt({ data, width }: RgbaImage, x: number, y: number): Lab {
  const offset = (y * width + x) * 4;
  return labOf(data[offset]!, data[offset + 1]!, data[offset + 2]!);
}
