/** The colours of both sides at a pixel, and how much spread each is given beyond what its samples show. */
import { createImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { colourModel } from '../../../cloudfunctions/photo-engine/matte/colour-model';
import {
  createCofactors,
  createSides,
  invertMixture,
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

describe('a mixture of two sides', () => {
  // Covariances rr, rg, rb, gg, gb, bb.
  const m = createSides();
  m.set([4, 1, 2, 9, 0, 16], PERSON_AT + VARIANCE);
  m.set([1, 0, 0.5, 4, 0.2, 1], WALL_AT + VARIANCE);

  it.each([
    [1, 0],
    [0, 0.5],
    [0.25, 2],
  ])('spreads by the squares of both shares, and by noise: alpha %d, noise %d', (alpha, noise) => {
    const weighed = (i: number) =>
      alpha ** 2 * m[PERSON_AT + VARIANCE + i]! + (1 - alpha) ** 2 * m[WALL_AT + VARIANCE + i]!;
    const [rr, rg, rb, gg, gb, bb] = [0, 1, 2, 3, 4, 5].map(weighed) as [number, number, number, number, number, number]; // prettier-ignore
    const covariance = [
      [rr + noise, rg, rb],
      [rg, gg + noise, gb],
      [rb, gb, bb + noise],
    ];
    const c = createCofactors();
    const determinant = invertMixture(m, alpha, noise, c);
    const cofactors = [
      [c[0]!, c[1]!, c[2]!],
      [c[1]!, c[3]!, c[4]!],
      [c[2]!, c[4]!, c[5]!],
    ];
    covariance.forEach((row, i) => {
      [0, 1, 2].forEach((j) => {
        const product = row.reduce((sum, value, k) => sum + value * cofactors[k]![j]!, 0);
        expect(product).toBeCloseTo(i === j ? determinant : 0, 6);
      });
    });
    expect(determinant).toBeGreaterThan(0);
  });
});
