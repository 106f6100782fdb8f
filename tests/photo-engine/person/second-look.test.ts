/** The second look: nearer to the outline than the first, and never surer than both together. */
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { type ModelRuntime } from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { secondLook } from '../../../cloudfunctions/photo-engine/person/second-look';
import { testModelRuntime } from '../../support/model-runtime';
import { beforeWall } from '../../support/before-wall';
import { meanDifference, roughMask } from '../matte/figure-builder';

const CLASSES = 6;
const AREA = 256 * 256;
const CLOTHES = 4;

/** A model that gives the background no score and one class of the person the same score everywhere. */
function fakeRuntimeScoring(score: number, of = CLOTHES): ModelRuntime {
  const logits = new Float32Array(CLASSES * AREA).fill(-9, AREA);
  logits.fill(score, of * AREA, (of + 1) * AREA);
  return {
    backend: 'wasm',
    library: 'fake',
    model: (name) => {
      expect(name).toBe('person-parts');
      return Promise.resolve({ run: () => Promise.resolve({ logits }) });
    },
  };
}

function planeOf(value: number): Plane {
  const plane = createPlane(12, 16);
  plane.data.fill(value);
  return plane;
}

async function answer(score: number, first: number, of?: number): Promise<number> {
  const picture: RgbaImage = createImage(12, 16);
  const { data } = await secondLook(picture, planeOf(first), fakeRuntimeScoring(score, of));
  expect(Math.max(...data)).toBeCloseTo(Math.min(...data), 5);
  return data[0]!;
}

describe('the second look', () => {
  const runtime = testModelRuntime();

  it.each(['f1_front', 'm1_front'])(
    'is nearer to the truth of %s before a busy wall than a blurred mask by a third and more',
    async (name) => {
      const { picture, truth } = beforeWall(name);
      const first = roughMask(truth, 3);
      const second = await secondLook(picture, first, runtime);
      expect(meanDifference(second, truth)).toBeLessThan((2 / 3) * meanDifference(first, truth));
    },
  );

  it.each([
    ['every class of the person counts', 4, 0.5, 'person'],
    ['surely the person, whatever the first look saw', 4, 0.001, 'person'],
    ['surely the wall, whatever the first look saw', -4, 0.999, 'wall'],
    ['undecided: the first look decides for the person', 0, 0.9, 'person'],
    ['undecided: the first look decides for the wall', 0, 0.1, 'wall'],
  ] as const)('%s', async (_, score, first, side) => {
    for (let of = 1; of < CLASSES; of++) {
      const chance = await answer(score, first, of);
      expect(chance > 0.5 ? 'person' : 'wall').toBe(side);
    }
  });

  it('knows nothing where neither look does', async () => {
    expect(await answer(0, 0.5)).toBeCloseTo(0.5, 6);
  });

  it('stays between 0 and 1 for a first look that is out of range or certain', async () => {
    for (const first of [-0.01, 0, 1, 1.01]) {
      const chance = await answer(0.5, first);
      expect(chance).toBeGreaterThan(0);
      expect(chance).toBeLessThan(1);
    }
  });

  it('refuses a model that answers with another number of classes', async () => {
    const broken: ModelRuntime = {
      ...fakeRuntimeScoring(0),
      model: () => Promise.resolve({ run: () => Promise.resolve({ logits: new Float32Array(5 * AREA) }) }),
    };
    await expect(secondLook(createImage(12, 16), planeOf(0.5), broken)).rejects.toThrow(/logits/);
  });
});
