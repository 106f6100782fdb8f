/** Lightness inside a polygon: CIE values, sorted, and the figures taken from them. */
import { createImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import {
  lightnessInside,
  meanOf,
  quantileOfSorted,
} from '../../../cloudfunctions/photo-engine/measure/lightness';
import { squareAround } from '../../../cloudfunctions/photo-engine/measure/polygon';

/** One row of pixels, each of this grey. */
function greys(...values: number[]) {
  const image = createImage(values.length, 1);
  values.forEach((value, x) => {
    image.data.set([value, value, value, 255], 4 * x);
  });
  return image;
}
const everything = squareAround({ x: 2, y: 0.5 }, 10);

// sRGB 119 is the grey that looks halfway between black and white (CIE 15).
test('from dark to light, whatever the order in the picture', () => {
  const values = lightnessInside(greys(255, 0, 119), everything);
  expect(values).toHaveLength(3);
  expect(values[0]).toBeCloseTo(0, 6);
  expect(values[1]).toBeCloseTo(50, 0);
  expect(values[2]).toBeCloseTo(100, 4);
  expect(meanOf(values)).toBeCloseTo(50, 0);
});

test('very dark greys follow the straight part of the curve', () => {
  const [value] = lightnessInside(greys(5), everything);
  expect(value).toBeCloseTo(1.37, 2);
});

test('quantiles of sorted values; nothing of nothing', () => {
  const values = Float64Array.from({ length: 10 }, (_, i) => i);
  expect([0, 0.1, 0.5, 0.9, 1].map((share) => quantileOfSorted(values, share))).toEqual([0, 1, 5, 9, 9]);
  const none = lightnessInside(greys(10, 20), squareAround({ x: 50, y: 50 }, 2));
  expect(none).toHaveLength(0);
  expect(quantileOfSorted(none, 0.5)).toBeNaN();
  expect(meanOf(none)).toBeNaN();
});
