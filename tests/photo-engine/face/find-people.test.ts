/** Who counts as a person: the detector and the mesh's belief say what a test tells them, all else is real. */
import { findPeople } from '../../../cloudfunctions/photo-engine/face/find-people';
import {
  type Model,
  type ModelName,
  type ModelRuntime,
} from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { PicturePyramid } from '../../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { testModelRuntime } from '../../support/model-runtime';
import { portrait } from '../../support/portrait';

const real = testModelRuntime();

type Outputs = Readonly<Record<string, Float32Array>>;

/** The real models with some of their outputs replaced. */
function runtimeWith(replaced: Readonly<Partial<Record<ModelName, Outputs>>>): ModelRuntime {
  return {
    ...real,
    async model(name): Promise<Model> {
      const model = await real.model(name);
      return { run: async (picture) => ({ ...(await model.run(picture)), ...replaced[name] }) };
    },
  };
}

/** The mesh's output for a belief of 0..1. */
const believing = (presence: number): Outputs => ({
  presence: Float32Array.of(Math.log(presence / (1 - presence))),
});

const CELLS = 48;
const ANCHORS = CELLS * CELLS;
const VALUES = 16;

/** What the detector puts out for faces of these sides, shares of the picture, each in a cell of its own. */
function detecting(sides: readonly number[]): Outputs {
  const scores = new Float32Array(ANCHORS).fill(-20);
  const boxes = new Float32Array(ANCHORS * VALUES);
  sides.forEach((side, i) => {
    const cell = 24 * CELLS + 4 + 12 * i;
    scores[cell] = 5 - i;
    for (const size of [2, 3]) boxes[size * ANCHORS + cell] = 192 * side;
  });
  return { scores, boxes };
}

const picture = () => new PicturePyramid(portrait('m1_front.jpg'));
const people = (...sides: readonly number[]) =>
  findPeople(picture(), runtimeWith({ 'face-detector': detecting(sides), 'face-mesh': believing(0.9) }));

describe('people', () => {
  it.each([
    ['one face', [0.2], 1],
    ['two of one size', [0.2, 0.2], 2],
    // Areas: (0.05 / 0.2)² = .0625 and (0.04 / 0.2)² = .04, on both sides of a twentieth.
    ['somebody a little behind, a sixteenth of the area', [0.2, 0.05], 2],
    ['a portrait on the wall, a twenty-fifth of the area', [0.2, 0.04], 1],
    ['the largest named last', [0.04, 0.2], 1],
  ])('%s: %s → %d', async (_what, sides, count) => {
    expect((await people(...sides)).count).toBe(count);
  });

  it('nobody detected: nobody', async () => {
    expect(await people()).toEqual({ count: 0, largest: null });
  });
});

describe('the mesh’s belief', () => {
  const peopleAt = (presence: number) =>
    findPeople(picture(), runtimeWith({ 'face-mesh': believing(presence) }));

  it('below a half: the detection was no face, and nobody is there', async () => {
    expect(await peopleAt(0.49)).toEqual({ count: 0, largest: null });
  });

  it('above a half: somebody is there', async () => {
    expect(await peopleAt(0.51)).toMatchObject({ count: 1, largest: expect.anything() as unknown });
  });
});
