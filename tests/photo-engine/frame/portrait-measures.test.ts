/** The head's top and the figure's reach to the sides, on drawn masks whose answer is known. */
import { LANDMARKS } from '../../../cloudfunctions/photo-engine/face/attention-landmarks';
import { faceGeometry } from '../../../cloudfunctions/photo-engine/face/face-geometry';
import {
  CHEEK_EDGES,
  CHIN,
  FACE_OVAL,
  LEFT_EYE_CORNERS,
  LEFT_IRIS,
  RIGHT_EYE_CORNERS,
  RIGHT_IRIS,
} from '../../../cloudfunctions/photo-engine/face/landmark-indices';
import { portraitMeasures } from '../../../cloudfunctions/photo-engine/frame/portrait-measures';
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';

const [WIDTH, HEIGHT] = [600, 800];
const FACE = { left: 210, right: 390, middle: 300, eyesY: 300, chinY: 420 } as const;
const HAIR_TOP = 180;

/** A face of 180 pixels with its pupils a little above the corners of the eyes. */
function aFace(): Float32Array {
  const landmarks = new Float32Array(LANDMARKS * 3);
  const put = (index: number, x: number, y: number): void => {
    landmarks.set([x, y, 0], 3 * index);
  };
  FACE_OVAL.forEach((index) => {
    put(index, FACE.middle, FACE.eyesY);
  });
  put(CHEEK_EDGES.left, FACE.left, 330);
  put(CHEEK_EDGES.right, FACE.right, 330);
  put(CHIN, FACE.middle, FACE.chinY);
  put(LEFT_EYE_CORNERS.outer, 240, 304);
  put(LEFT_EYE_CORNERS.inner, 280, 304);
  put(RIGHT_EYE_CORNERS.inner, 320, 304);
  put(RIGHT_EYE_CORNERS.outer, 360, 304);
  put(LEFT_IRIS[0], 260, FACE.eyesY - 2);
  put(RIGHT_IRIS[0], 340, FACE.eyesY + 2);
  return landmarks;
}

/** Left, top, right and bottom, the last two outside. */
type Part = readonly [number, number, number, number];

const HEAD: Part = [200, HAIR_TOP, 400, 430];
const SHOULDERS: Part = [120, 480, 480, HEIGHT];
const NECK: Part = [260, 430, 340, 480];

function drawn(...parts: readonly Part[]): Plane {
  const mask = createPlane(WIDTH, HEIGHT);
  for (const [left, top, right, bottom] of parts) {
    for (let y = top; y < bottom; y++) mask.data.fill(1, y * WIDTH + left, y * WIDTH + right);
  }
  return mask;
}

const measured = (figure: Plane, picture = { width: WIDTH, height: HEIGHT }) => {
  const landmarks = aFace();
  return portraitMeasures(landmarks, faceGeometry(landmarks), figure, picture);
};
const person = [HEAD, NECK, SHOULDERS] as const;

it('takes face, eyes and chin from the landmarks, the head’s top from the mask', () => {
  expect(measured(drawn(...person))).toEqual({
    imageWidth: WIDTH,
    imageHeight: HEIGHT,
    hairTopY: HAIR_TOP,
    chinY: FACE.chinY,
    eyesY: FACE.eyesY,
    faceWidth: FACE.right - FACE.left,
    faceCentreX: FACE.middle,
    hairCutOff: false,
    touchesLeft: false,
    touchesRight: false,
  });
});

describe('the top of the head', () => {
  it.each<[string, Part, number]>([
    ['is not raised by a strand', [295, 150, 305, HAIR_TOP], HAIR_TOP],
    ['is not raised by less than a third of the face', [272, 150, 328, HAIR_TOP], HAIR_TOP],
    ['is raised by a bun of more than a third of the face', [265, 140, 335, HAIR_TOP], 140],
    ['is not raised by what stands beside the head', [0, 20, 140, HEIGHT], HAIR_TOP],
  ])('%s', (_what, addition, expected) => {
    expect(measured(drawn(...person, addition)).hairTopY).toBe(expected);
  });

  it('is where the mask is more than half sure', () => {
    const figure = drawn(...person);
    for (let x = 200; x < 400; x++) {
      figure.data[(HAIR_TOP - 1) * WIDTH + x] = 0.51;
      figure.data[(HAIR_TOP - 2) * WIDTH + x] = 0.49;
    }
    expect(measured(figure).hairTopY).toBe(HAIR_TOP - 1);
  });

  it('is the height of the eyes where the mask shows no hair at all', () => {
    expect(measured(drawn(SHOULDERS)).hairTopY).toBe(FACE.eyesY);
  });

  it.each([
    [0, true],
    [4, true],
    [5, false],
  ])('%d pixels below the edge of the picture: cut off %s', (top, cut) => {
    expect(measured(drawn([200, top, 400, 430], NECK, SHOULDERS)).hairCutOff).toBe(cut);
  });
});

describe('the sides', () => {
  it.each<[string, Part, { readonly left: boolean; readonly right: boolean }]>([
    ['an arm out of the picture on the left', [0, 600, 200, 700], { left: true, right: false }],
    ['an arm out of the picture on the right', [400, 600, WIDTH, 700], { left: false, right: true }],
    ['an elbow that just misses', [1, 600, WIDTH - 1, 700], { left: false, right: false }],
    // Two hundredths of the 380 rows below the chin are 7.6.
    ['seven rows, which are noise of the mask', [0, 600, 200, 607], { left: false, right: false }],
    ['eight rows', [0, 600, 200, 608], { left: true, right: false }],
    ['hair that reaches the side above the chin', [0, 200, WIDTH, 410], { left: false, right: false }],
  ])('%s', (_what, addition, { left, right }) => {
    const { touchesLeft, touchesRight } = measured(drawn(...person, addition));
    expect({ left: touchesLeft, right: touchesRight }).toEqual({ left, right });
  });
});

it('a reduced mask gives the measures of the whole picture', () => {
  const half = createPlane(WIDTH / 2, HEIGHT / 2);
  const whole = drawn(...person, [0, 600, 200, 700]);
  for (let y = 0, at = 0; y < half.height; y++) {
    for (let x = 0; x < half.width; x++, at++) half.data[at] = whole.data[2 * y * WIDTH + 2 * x]!;
  }
  expect(measured(half)).toEqual(measured(whole));
});

it('the picture ends where it ends, also where half of its rows had to be rounded', () => {
  const picture = { width: WIDTH, height: HEIGHT - 1 };
  const half = createPlane(WIDTH / 2, HEIGHT / 2);
  expect(measured(half, picture)).toMatchObject({ imageWidth: WIDTH, imageHeight: HEIGHT - 1 });
});
