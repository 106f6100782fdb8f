/** The colours of both sides at a pixel, and how much spread each is given beyond what its samples show. */
import { createImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { colourModel } from '../../../cloudfunctions/photo-engine/matte/colour-model';
import {
  createSides,
  PERSON_AT,
  sidesAt,
  WALL_AT,
} from '../../../cloudfunctions/photo-engine/matte/two-sides';

const SIDE = 8;
/** Where a side's variance of red lies among its numbers. */
const VARIANCE = 3;
const LEVEL = 100;

/** One even grey on both sides: all spread is what is added. */
function sides({ light, contrast }: { readonly light: number; readonly contrast: number }) {
  const image = createImage(SIDE, SIDE);
  image.data.fill(LEVEL);
  const model = colourModel(image, new Uint8Array(SIDE * SIDE).fill(1), SIDE)!;
  const into = createSides();
  sidesAt({ person: model, wall: model, light, contrast }, SIDE / 2, SIDE / 2, into);
  return {
    person: Math.sqrt(into[PERSON_AT + VARIANCE]!),
    wall: Math.sqrt(Math.max(0, into[WALL_AT + VARIANCE]!)),
  };
}

describe('two sides', () => {
  it('give the person a spread that shrinks with the contrast', () => {
    const { person } = sides({ light: 0, contrast: 1 });
    expect(person).toBeGreaterThan(1);
    expect(sides({ light: 0, contrast: 0.5 }).person).toBeCloseTo(person / 2, 3);
  });

  it('give the wall a share of its own light, whatever the contrast', () => {
    expect(sides({ light: 0, contrast: 1 }).wall).toBeCloseTo(0, 3);
    expect(sides({ light: 0.02, contrast: 1 }).wall).toBeCloseTo(0.02 * LEVEL, 3);
    expect(sides({ light: 0.02, contrast: 0.5 }).wall).toBeCloseTo(0.02 * LEVEL, 3);
  });
});
