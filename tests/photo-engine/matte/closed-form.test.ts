/** The trimap and closed-form matting on drawings whose alpha is known. */
import { createPlane } from '../../../cloudfunctions/photo-engine/image/resample';
import { closedFormAlpha } from '../../../cloudfunctions/photo-engine/matte/closed-form';
import { PERSON, trimapOf, UNKNOWN, WALL } from '../../../cloudfunctions/photo-engine/matte/trimap';
import { figureAlpha, meanDifference, paintFigure, PLAIN_WALL } from './figure-builder';

const SOLVER = { regularisation: 1e-5, tolerance: 1e-4, maximumIterations: 500 };

function everywhere(size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, at) => at);
}

describe('trimapOf', () => {
  const row = (values: readonly number[]) => {
    const plane = createPlane(values.length, 1);
    plane.data.set(values);
    return plane;
  };

  it('settles what is as good as 0 or 1 and leaves the rest open', () => {
    const trimap = trimapOf(row([0, 0.005, 0.2, 0.5, 0.8, 0.995, 1]), everywhere(7));
    expect([...trimap]).toEqual([WALL, WALL, UNKNOWN, UNKNOWN, UNKNOWN, PERSON, PERSON]);
  });

  it('opens both sides of a step between two certainties', () => {
    const trimap = trimapOf(row([0, 0, 0, 1, 1, 1]), everywhere(6));
    expect([...trimap]).toEqual([WALL, WALL, UNKNOWN, UNKNOWN, PERSON, PERSON]);
  });

  it('opens nothing but the places named', () => {
    const trimap = trimapOf(row([0, 0.4, 0.6, 1]), Int32Array.of(2));
    expect([...trimap]).toEqual([WALL, WALL, UNKNOWN, PERSON]);
  });
});

describe('closedFormAlpha', () => {
  const truth = figureAlpha(120, 160, 8);
  const image = paintFigure(truth, () => PLAIN_WALL);
  const size = truth.data.length;
  const trimap = Uint8Array.from(truth.data, (value) =>
    value === 0 ? WALL : value === 1 ? PERSON : UNKNOWN,
  );
  const nothing = { expected: new Float32Array(size), weight: new Float32Array(size) };
  const start = new Float32Array(size).fill(0.5);

  it('finds a known alpha between two even colours without any prior', () => {
    const alpha = closedFormAlpha(image, trimap, nothing, start, SOLVER);
    expect(meanDifference(alpha, truth)).toBeLessThan(0.002);
    const worst = alpha.data.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - truth.data[at]!)),
      0,
    );
    expect(worst).toBeLessThan(0.1);
  });

  it('touches nothing that the trimap knows', () => {
    const alpha = closedFormAlpha(image, trimap, nothing, start, SOLVER);
    for (let at = 0; at < size; at++) {
      if (trimap[at] !== UNKNOWN) expect(alpha.data[at]).toBe(trimap[at] === PERSON ? 1 : 0);
    }
  });

  it('follows a strong prior', () => {
    const strong = { expected: new Float32Array(size).fill(0.25), weight: new Float32Array(size).fill(1e4) };
    const alpha = closedFormAlpha(image, trimap, strong, start, SOLVER);
    for (let at = 0; at < size; at++) {
      if (trimap[at] === UNKNOWN) expect(alpha.data[at]).toBeCloseTo(0.25, 2);
    }
  });

  it('gives numbers from 0 to 1 where nothing at all is known', () => {
    const open = new Uint8Array(size).fill(UNKNOWN);
    const alpha = closedFormAlpha(image, open, nothing, start, { ...SOLVER, maximumIterations: 20 });
    expect(alpha.data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});
