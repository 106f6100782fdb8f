/**
 * Each check on committed portraits: a good photo passes, the photo that is spoiled in its own way does not, and what
 * cannot be seen is said not to be seen. Figures on real people are in docs/quality.md.
 */
import { checkBrowsVisible } from '../../../cloudfunctions/photo-engine/checks/brows-visible';
import { type CheckInput } from '../../../cloudfunctions/photo-engine/checks/check-input';
import { EARLY_CHECKS, type EarlyCheckId } from '../../../cloudfunctions/photo-engine/judge-photo';
import { checkClothesNotBackground } from '../../../cloudfunctions/photo-engine/checks/clothes-not-background';
import { checkCollar } from '../../../cloudfunctions/photo-engine/checks/collar';
import { checkEvenLight } from '../../../cloudfunctions/photo-engine/checks/even-light';
import { checkNaturalColour } from '../../../cloudfunctions/photo-engine/checks/natural-colour';
import { checkNoShine } from '../../../cloudfunctions/photo-engine/checks/no-shine';
import { checkWall } from '../../../cloudfunctions/photo-engine/checks/wall';
import { contour, landmark } from '../../../cloudfunctions/photo-engine/face/face-geometry';
import {
  CHEEK_CENTRES,
  CHEEK_EDGES,
  LEFT_LID_CONTOUR,
  RIGHT_LID_CONTOUR,
} from '../../../cloudfunctions/photo-engine/face/landmark-indices';
import { runsInside } from '../../../cloudfunctions/photo-engine/measure/polygon';
import { personAt } from '../../../cloudfunctions/photo-engine/measure/person-at';
import { type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { CHECK_IDS } from '../../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { judgeMeasurement, type Measurement } from '../../../miniprogram/shared/verdict/judge-measure';
import { type CheckOutcome } from '../../../miniprogram/shared/verdict/verdict';
import { checkInput, judged, withPixels } from '../../support/check-input-builder';
import {
  backlit,
  earCovered,
  fringed,
  glared,
  lensGlared,
  patterned,
  shining,
  sideLit,
} from '../../support/spoil-features';
import { blurred, colourCast, cutTo, exposed, motionBlurred, noisy } from '../../support/spoil-portrait';

const JUDGED = CHECK_IDS.filter((id): id is EarlyCheckId => id !== 'wall');
const NO_CROP: CheckInput['framing'] = { ok: false, remedy: 'step-back', missingPx: 12 };
const DARK_HAIR = { red: 28, green: 22, blue: 20 };
/** Pixels of this portrait that are one pixel at an inter-eye distance of 113. */
const at113 = ({ face }: CheckInput) => face.interEyeDistance / 113;

/** One measured value; NaN, which nothing is near to, where it was not measured. */
function valueOf(measurement: Measurement, measure: string): number {
  return measurement.kind === 'measured' ? (measurement.values[measure] ?? NaN) : NaN;
}

/** The colour of this person's cheek. */
const skinColour = ({ image, landmarks }: CheckInput) => {
  const cheek = landmark(landmarks, CHEEK_CENTRES.left);
  const at = (Math.round(cheek.y) * image.width + Math.round(cheek.x)) * 4;
  return { red: image.data[at]!, green: image.data[at + 1]!, blue: image.data[at + 2]! };
};

/** A neckline as wide as two faces, down to the bottom, in the colour of the cheek; the shoulders stay clothed. */
function lowCut(input: CheckInput): CheckInput['image'] {
  const { image, face } = input;
  const { red, green, blue } = skinColour(input);
  const bare = createImage(image.width, image.height);
  bare.data.set(image.data);
  for (let y = Math.ceil(face.chin.y); y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      if (Math.abs(x - face.eyes.x) >= face.faceWidth || personAt(input, x, y) <= 0.5) continue;
      bare.data.set([red, green, blue, 255], (y * image.width + x) * 4);
    }
  }
  return bare;
}

test.each(JUDGED)('%s: passed by a good photo', async (id) => {
  expect(judged(id, EARLY_CHECKS[id], await checkInput('m1_front')).outcome).toBe('passed');
});

/** Skin, clothes and wall four stops darker, the eyes as they were: what the darkest skin, a black shirt and a dark wall leave. */
function darkButForTheEyes({ image, landmarks }: CheckInput): CheckInput['image'] {
  const dark = exposed(image, -4);
  for (const lids of [LEFT_LID_CONTOUR, RIGHT_LID_CONTOUR]) {
    for (const { y, from, to } of runsInside(contour(landmarks, lids), image.width, image.height)) {
      const [start, end] = [4 * (y * image.width + from), 4 * (y * image.width + to)];
      dark.data.set(image.data.subarray(start, end), start);
    }
  }
  return dark;
}

type Spoil = (input: CheckInput) => CheckInput;
const pixels =
  (spoil: (input: CheckInput) => CheckInput['image']): Spoil =>
  (input) =>
    withPixels(input, spoil(input));

test.each<[string, EarlyCheckId, CheckOutcome, Spoil]>([
  ['two people', 'single-face', 'blocked', (input) => ({ ...input, people: 2 })],
  ['too far away', 'resolution', 'blocked', (input) => ({ ...input, workingScale: 4 * input.workingScale })],
  [
    'too far away, and no crop either',
    'resolution',
    'blocked',
    (input) => ({ ...input, framing: NO_CROP, workingScale: 4 * input.workingScale }),
  ],
  ['no crop, though near enough', 'resolution', 'passed', (input) => ({ ...input, framing: NO_CROP })],
  ['no crop inside the standard', 'framing', 'blocked', (input) => ({ ...input, framing: NO_CROP })],
  ['turned', 'head-yaw', 'blocked', (input) => ({ ...input, pose: { ...input.pose, yaw: -14 } })],
  ['a little turned', 'head-yaw', 'warned', (input) => ({ ...input, pose: { ...input.pose, yaw: 8 } })],
  ['lowered', 'head-pitch', 'blocked', (input) => ({ ...input, pose: { ...input.pose, pitch: 24 } })],
  ['leaning', 'head-roll', 'blocked', (input) => ({ ...input, pose: { ...input.pose, roll: -8 } })],
  ['in front of a window', 'not-backlit', 'blocked', pixels((input) => backlit(input, 4))],
  ['dark', 'not-backlit', 'blocked', pixels(({ image }) => exposed(image, -4))],
  ['dark all but the whites of the eyes', 'not-backlit', 'warned', pixels(darkButForTheEyes)],
  ['burnt out', 'not-backlit', 'warned', pixels(({ image }) => exposed(image, 3))],
  ['one side at half the light', 'even-light', 'blocked', pixels((input) => sideLit(input, 2))],
  ['one side a little darker', 'even-light', 'warned', pixels((input) => sideLit(input, 1.45))],
  ['blurred', 'sharp', 'blocked', pixels((input) => blurred(input.image, 2 * at113(input)))],
  [
    'blurred, then noise',
    'sharp',
    'blocked',
    pixels((input) => noisy(blurred(input.image, 2 * at113(input)), 4)),
  ],
  ['moved sideways', 'sharp', 'blocked', pixels((input) => motionBlurred(input.image, 8 * at113(input), 0))],
  ['moved up', 'sharp', 'blocked', pixels((input) => motionBlurred(input.image, 8 * at113(input), 90))],
  ['noise alone', 'sharp', 'passed', pixels(({ image }) => noisy(image, 6))],
  ['a blue lamp', 'natural-colour', 'warned', pixels(({ image }) => colourCast(image, 0.5, 0.8, 1.4))],
  ['sweat', 'no-shine', 'warned', pixels((input) => shining(input, 0.25, 0.95))],
  ['a yellow lamp', 'natural-colour', 'warned', pixels(({ image }) => colourCast(image, 1, 0.9, 0.25))],
  [
    'a reflection on a lens beside the iris',
    'no-glare-on-glasses',
    'warned',
    pixels((input) => lensGlared(input, 0.08)),
  ],
  ['a reflection over an iris', 'no-glare-on-glasses', 'blocked', pixels((input) => glared(input, 1))],
  ['a fringe over the brows', 'brows-visible', 'warned', pixels((input) => fringed(input, 0.1, DARK_HAIR))],
  ['a fringe over the eyes', 'brows-visible', 'blocked', pixels((input) => fringed(input, 1, DARK_HAIR))],
  [
    'a fringe over the eyes in the colour of the skin',
    'brows-visible',
    'blocked',
    pixels((input) => fringed(input, 1, skinColour(input))),
  ],
  [
    'a fringe over the brows in the colour of the skin',
    'brows-visible',
    'warned',
    pixels((input) => fringed(input, 0.5, skinColour(input))),
  ],
  ['hair over one ear', 'ears-visible', 'warned', pixels((input) => earCovered(input, DARK_HAIR))],
])('spoiled: %s → %s %s', async (_what, id, outcome, spoil) => {
  expect(judged(id, EARLY_CHECKS[id], spoil(await checkInput('m1_front'))).outcome).toBe(outcome);
});

test.each<[string, EarlyCheckId, CheckOutcome, Spoil]>([
  ['stripes', 'plain-clothes', 'warned', pixels((input) => patterned(input, 0.16, 0.5, false))],
  ['checks', 'plain-clothes', 'warned', pixels((input) => patterned(input, 0.22, 0.5, true))],
])('spoiled shirt: %s → %s %s', async (_what, id, outcome, spoil) => {
  const input = await checkInput('m2_front');
  expect(judged(id, EARLY_CHECKS[id], spoil(input)).outcome).toBe(outcome);
});

test('a background in the colour of the shirt: clothes-not-background warned', async () => {
  const input = await checkInput('m2_front');
  const { data, width, height } = input.image;
  const at = ((height - 30) * width + Math.round(input.face.eyes.x + 0.8 * input.face.faceWidth)) * 4;
  const background = { red: data[at]!, green: data[at + 1]!, blue: data[at + 2]! };
  const sameColour = { ...input, standard: { ...input.standard, background } };
  expect(judged('clothes-not-background', checkClothesNotBackground, sameColour).outcome).toBe('warned');
});

test.each<[string, EarlyCheckId]>([
  ['m1_eyesclosed', 'eyes-open'],
  ['m1_mouthopen', 'mouth-closed'],
  ['m1_yaw25', 'head-yaw'],
  ['m1_pitch20', 'head-pitch'],
  ['m1_roll10', 'head-roll'],
  ['m1_side', 'even-light'],
  ['m1_blur4', 'sharp'],
])('rendered %s: blocked by %s', async (name, id) => {
  expect(judged(id, EARLY_CHECKS[id], await checkInput(name)).outcome).toBe('blocked');
});

test('closed eyes are left to eyes-open: they show no iris with or without a fringe', async () => {
  const measurement = checkBrowsVisible(await checkInput('m1_eyesclosed'));
  expect(measurement).toMatchObject({ kind: 'measured' });
  expect(measurement.kind === 'measured' && Object.keys(measurement.values)).toEqual([
    'brows',
    'browContrast',
    'eyes',
  ]);
});

test('a side of the face that lies in the dark is not taken for hair', async () => {
  const input = await checkInput('m1_side');
  expect(judged('even-light', checkEvenLight, input).outcome).toBe('blocked');
  expect(judged('brows-visible', checkBrowsVisible, input).outcome).toBe('passed');
});

test('the contrast of an eye does not depend on the exposure', async () => {
  const input = await checkInput('m1_front');
  const contrast = (image: CheckInput['image']) =>
    valueOf(checkBrowsVisible(withPixels(input, image)), 'eyeContrast');
  const asItIs = contrast(input.image);
  for (const stops of [-1, 1]) {
    const ratio = contrast(exposed(input.image, stops)) / asItIs;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
  }
});

test('a fringe over the eyes leaves no skin on the lids', async () => {
  const input = await checkInput('m1_front');
  const lids = (photo: CheckInput) => valueOf(checkBrowsVisible(photo), 'eyes');
  expect(lids(input)).toBeLessThan(0.2);
  expect(lids(withPixels(input, fringed(input, 1, DARK_HAIR)))).toBeGreaterThan(0.9);
});

test('spots far above dark skin, but not light in themselves, are its gloss and no sweat', async () => {
  const input = await checkInput('m2_front');
  const lit = withPixels(input, shining(input, 0.25, 0.95));
  expect(judged('no-shine', checkNoShine, lit).outcome).toBe('warned');
  const glossy = withPixels(input, exposed(lit.image, -1.5));
  expect(valueOf(checkNoShine(glossy), 'share')).toBe(0);
});

describe('the distance from natural skin, a* 5–25 and b* 5–35', () => {
  test.each([
    [15, 20, 0],
    [5, 35, 0],
    [25, 5, 0],
    [2, 20, 3],
    [29, 20, 4],
    [15, 1, 4],
    [15, 45, 10],
    [28, 39, 5],
  ])('a* %d, b* %d: %d', async (a, b, distance) => {
    const input = await checkInput('m1_front');
    const skin = { ...input.skin, a, b };
    expect(valueOf(checkNaturalColour({ ...input, skin }), 'distance')).toBeCloseTo(distance);
  });
});

/** A mask with one value for each pixel of the picture. */
function figureOf({ image }: Pick<CheckInput, 'image'>, valueAt: (x: number, y: number) => number): Plane {
  const { width, height } = image;
  const values = Float32Array.from({ length: width * height }, (_, at) =>
    valueAt(at % width, Math.floor(at / width)),
  );
  return { width, height, data: values };
}

describe('could not be assessed', () => {
  const nobodyBelow: Spoil = (input) => ({
    ...input,
    figure: figureOf(input, (x, y) => (y > input.face.chin.y ? 0 : personAt(input, x, y))),
  });
  const black: Spoil = (input) => withPixels(input, createImage(input.image.width, input.image.height));
  /** The same face in a picture whose edges lie elsewhere. */
  const cutAround = (area: (input: CheckInput) => number[]): Spoil => {
    return (input) => {
      const [left, top, width, height] = area(input).map(Math.round) as [number, number, number, number];
      const image = cutTo(input.image, left, top, width, height);
      return {
        ...input,
        image,
        landmarks: input.landmarks.map((value, i) => value - [left, top, 0][i % 3]!),
        figure: figureOf({ image }, (x, y) => personAt(input, x + left, y + top)),
      };
    };
  };
  const fromTheEyesDown = cutAround(({ image, face }) => [
    0,
    face.eyes.y,
    image.width,
    image.height - face.eyes.y - 1,
  ]);
  const withoutEars = cutAround(({ image, landmarks }) => {
    const [left, right] = [landmark(landmarks, CHEEK_EDGES.left).x, landmark(landmarks, CHEEK_EDGES.right).x];
    return [left, 0, right - left, image.height];
  });
  const skinBelow: Spoil = (input) => {
    const data = input.image.data.slice();
    const { red, green, blue } = skinColour(input);
    const from = Math.floor(input.face.chin.y) * input.image.width * 4;
    for (let at = from; at < data.length; at += 4) data.set([red, green, blue, 255], at);
    return withPixels(input, { ...input.image, data });
  };
  test.each<[string, EarlyCheckId, string, Spoil]>([
    ['no brows in the picture', 'brows-visible', 'part-outside-picture', fromTheEyesDown],
    ['no ears in the picture', 'ears-visible', 'part-outside-picture', withoutEars],
    ['clothes of the skin’s colour', 'plain-clothes', 'nothing-to-measure', skinBelow],
    ['clothes of the skin’s colour', 'clothes-not-background', 'nothing-to-measure', skinBelow],
    ['clothes of the skin’s colour', 'collar', 'nothing-to-measure', skinBelow],
    ['no shoulders in the picture', 'shoulders-level', 'part-outside-picture', nobodyBelow],
    ['no clothes in the picture', 'plain-clothes', 'part-outside-picture', nobodyBelow],
    ['no clothes in the picture', 'clothes-not-background', 'part-outside-picture', nobodyBelow],
    ['no chest in the picture', 'collar', 'part-outside-picture', nobodyBelow],
    ['a black picture', 'even-light', 'light-too-low', black],
    ['a black picture', 'sharp', 'light-too-low', black],
  ])('%s: %s %s', async (_what, id, reason, spoil) => {
    expect(judged(id, EARLY_CHECKS[id], spoil(await checkInput('m1_front')))).toEqual({
      id,
      outcome: 'not-assessed',
      reason,
    });
  });

  test('no cut-out: wall', () => {
    expect(judgeMeasurement('wall', CHECK_RULES.wall, checkWall(null)).outcome).toBe('not-assessed');
  });
});

test('the chest of a low neckline is all skin, that of a shirt next to none', async () => {
  const input = await checkInput('m1_front');
  const skinOn = (photo: CheckInput) => valueOf(checkCollar(photo), 'skin');
  expect(skinOn(input)).toBeLessThan(0.1);
  expect(skinOn(withPixels(input, lowCut(input)))).toBeGreaterThan(0.95);
});
