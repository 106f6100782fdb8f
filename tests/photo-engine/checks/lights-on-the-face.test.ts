/** White light on a face counts where it lies: on the skin, on an iris, on a lens, and nowhere else. */
import { type CheckInput } from '../../../cloudfunctions/photo-engine/checks/check-input';
import { checkNoGlareOnGlasses } from '../../../cloudfunctions/photo-engine/checks/no-glare-on-glasses';
import { checkNoShine } from '../../../cloudfunctions/photo-engine/checks/no-shine';
import { contour, landmark } from '../../../cloudfunctions/photo-engine/face/face-geometry';
import {
  LEFT_BROW,
  LEFT_IRIS,
  LEFT_LID_CONTOUR,
  OUTER_LIPS,
  RIGHT_BROW,
  RIGHT_IRIS,
  RIGHT_LID_CONTOUR,
} from '../../../cloudfunctions/photo-engine/face/landmark-indices';
import { createImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import {
  convexHull,
  distance,
  type Point,
  type Run,
  runsInside,
} from '../../../cloudfunctions/photo-engine/measure/polygon';
import { checkInput, withPixels } from '../../support/check-input-builder';

/** White in these runs of pixels. */
function lit(input: CheckInput, runs: readonly Run[]): CheckInput {
  const { width, height, data } = input.image;
  const image = createImage(width, height);
  image.data.set(data);
  for (const { y, from, to } of runs) image.data.fill(255, 4 * (y * width + from), 4 * (y * width + to));
  return withPixels(input, image);
}

/** White wherever the centre of a pixel is lit. */
function litWhere(input: CheckInput, isLit: (centre: Point) => boolean): CheckInput {
  const { width, height } = input.image;
  const pixels = Array.from({ length: width * height }, (_, at) => {
    const x = at % width;
    return { y: (at - x) / width, from: x, to: x + 1 };
  });
  return lit(
    input,
    pixels.filter(({ y, from }) => isLit({ x: from + 0.5, y: y + 0.5 })),
  );
}

/** White within the outline of a part of the face. */
function litPart(input: CheckInput, part: readonly number[]): CheckInput {
  const { image, landmarks } = input;
  return lit(input, runsInside(convexHull(contour(landmarks, part)), image.width, image.height));
}

const irisesOf = ({ landmarks }: CheckInput) =>
  [LEFT_IRIS, RIGHT_IRIS].map(([index, ...edge]) => {
    const centre = landmark(landmarks, index);
    const radii = edge.map((at) => distance(centre, landmark(landmarks, at)));
    return { centre, radius: radii.reduce((sum, radius) => sum + radius, 0) / radii.length };
  });

function valuesOf(input: CheckInput): Readonly<Record<string, number | undefined>> {
  const measurement = checkNoGlareOnGlasses(input);
  if (measurement.kind !== 'measured') throw new Error('nothing was measured');
  return measurement.values;
}

test.each([
  ['an eye', LEFT_LID_CONTOUR],
  ['the other eye', RIGHT_LID_CONTOUR],
  ['a brow', LEFT_BROW],
  ['the other brow', RIGHT_BROW],
  ['the lips', OUTER_LIPS],
])('light on %s is no shine of the skin', async (_, part) => {
  const input = await checkInput('m1_front');
  expect(checkNoShine(litPart(input, part))).toEqual(checkNoShine(input));
});

test('light on the irises alone covers them, and is none on the lenses', async () => {
  const input = await checkInput('m1_front');
  const irises = irisesOf(input);
  const glare = litWhere(input, (at) => irises.some(({ centre, radius }) => distance(at, centre) <= radius));
  expect(valuesOf(glare)).toEqual({ iris: 1, lens: valuesOf(input).lens });
});

test('light right beside the round irises is on the lenses, and covers no iris', async () => {
  const input = await checkInput('m1_front');
  const irises = irisesOf(input);
  const glare = litWhere(input, (at) =>
    irises.some(
      ({ centre, radius }) =>
        distance(at, centre) > radius &&
        Math.max(Math.abs(at.x - centre.x), Math.abs(at.y - centre.y)) <= radius,
    ),
  );
  const { iris, lens } = valuesOf(glare);
  expect(iris).toBe(valuesOf(input).iris);
  expect(lens).toBeGreaterThan(valuesOf(input).lens!);
});
