/** What is measured of the wall: even ones are sure, cluttered, dark or undecided ones are seen. */
import { checkWall } from '../../../cloudfunctions/photo-engine/checks/wall';
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { cutOut } from '../../../cloudfunctions/photo-engine/matte/cut-out';
import { figureMask } from '../../../cloudfunctions/photo-engine/matte/figure-mask';
import { halfSize } from '../../../cloudfunctions/photo-engine/matte/half-size';
import { measureWall, type WallMeasures } from '../../../cloudfunctions/photo-engine/matte/wall';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { judgeMeasurement } from '../../../miniprogram/shared/verdict/judge-measure';
import { type Colour, figureAlpha, HAIR, paintFigure, PLAIN_WALL, roughMask } from './figure-builder';

const truth = figureAlpha(240, 320);
const mask = roughMask(truth, 0);

function measured(wall: (x: number, y: number) => Colour): WallMeasures {
  const picture = paintFigure(truth, wall);
  return cutOut(picture, figureMask(picture, mask, 'blurred')).wall;
}

function outcomeBefore(wall: (x: number, y: number) => Colour): string {
  const measures = measured(wall);
  return judgeMeasurement('wall', CHECK_RULES.wall, checkWall(measures)).outcome;
}

const stripe = (position: number): Colour =>
  Math.floor(position / 3) % 2 === 0 ? [60, 50, 45] : [210, 190, 170];

/** How far inside that mask each place of the half size lies. */
function depthOf(mask: Plane): Plane {
  return halfSize(createImage(mask.width, mask.height), mask).depth;
}

describe('measureWall', () => {
  it('finds an even wall even, bright and sure', () => {
    const { texture, brightness, certainty } = measured(() => PLAIN_WALL);
    expect(texture).toBeLessThan(1);
    expect(brightness).toBeGreaterThan(200);
    expect(certainty).toBeGreaterThan(0.5);
  });

  it('is less sure before clutter of the hair’s and skin’s own colours', () => {
    const clutter = (x: number, y: number): Colour => {
      const shade =
        Math.abs(Math.imul(Math.floor(x / 5) * 31 + Math.floor(y / 5) * 17, 2654435761) >> 24) / 128;
      return [HAIR[0] + 60 * shade, HAIR[1] + 50 * shade, HAIR[2] + 45 * shade];
    };
    const even = measured(() => PLAIN_WALL);
    const cluttered = measured(clutter);
    expect(cluttered.certainty).toBeLessThan(even.certainty);
    expect(cluttered.texture).toBeGreaterThan(even.texture);
  });

  it.each([
    ['an even wall', () => PLAIN_WALL, 'passed'],
    ['upright stripes', (x: number) => stripe(x), 'warned'],
    ['level stripes', (_: number, y: number) => stripe(y), 'warned'],
    ['a wall of the hair’s own colour', () => HAIR, 'warned'],
  ] as const)('%s: %s', (_, wall, outcome) => {
    expect(outcomeBefore(wall)).toBe(outcome);
  });

  it('the more is undecided, the less sure', () => {
    const picture = paintFigure(truth, () => PLAIN_WALL);
    const doubtful = createPlane(240, 320);
    doubtful.data.set(truth.data.map((value) => Math.min(value, 0.7)));
    expect(measureWall(picture, doubtful, depthOf(truth)).certainty).toBeLessThan(
      measureWall(picture, truth, depthOf(truth)).certainty,
    );
  });

  it.each([
    ['loses a lock of hair that the first look saw', 0],
    ['takes for hair what the first look saw as wall', 1],
  ])('is less sure of a cut-out that %s', (_, value) => {
    const picture = paintFigure(truth, () => PLAIN_WALL);
    const other = createPlane(240, 320);
    other.data.set(truth.data);
    // Part of the head, or as much wall beside it.
    const left = value === 0 ? 100 : 0;
    for (let y = 100; y < 140; y++) other.data.fill(value, y * 240 + left, y * 240 + left + 40);
    const first = depthOf(truth);
    expect(measureWall(picture, other, first).certainty).toBeLessThan(0.5);
    expect(measureWall(picture, truth, first).certainty).toBeGreaterThan(0.5);
  });

  it('is less sure the darker the wall, even of a cut-out that left nothing undecided', () => {
    const decided = createPlane(240, 320);
    decided.data.set(truth.data.map(Math.round));
    const [light, dark, black] = [180, 50, 0].map((shade) => {
      const picture = paintFigure(truth, () => [shade, shade, shade]);
      return measureWall(picture, decided, depthOf(decided)).certainty;
    });
    expect(light).toBeGreaterThan(dark!);
    expect(dark).toBeGreaterThan(black!);
  });

  it('does not mind that the cut-out puts the blur of the first look right', () => {
    const picture = paintFigure(truth, () => PLAIN_WALL);
    const blurred = depthOf(roughMask(truth, 3));
    const exact = depthOf(truth);
    const sure = (first: Plane): number => measureWall(picture, truth, first).certainty;
    expect(sure(blurred)).toBeCloseTo(sure(exact), 1);
  });

  it('is not sure of anything where no wall is seen', () => {
    const full = createPlane(240, 320);
    full.data.fill(1);
    const picture = paintFigure(truth, () => PLAIN_WALL);
    expect(measureWall(picture, full, depthOf(full))).toEqual({ texture: 0, brightness: 0, certainty: 0 });
  });

  it('does not take what lies outside the photo for a wall', () => {
    const picture = paintFigure(truth, () => PLAIN_WALL);
    for (let at = 0; at < 240 * 30; at++) picture.data.fill(0, at * 4, at * 4 + 4);
    expect(measureWall(picture, truth, depthOf(truth)).brightness).toBeGreaterThan(200);
  });
});

describe('checkWall', () => {
  it('says so when no cut-out was made', () => {
    expect(checkWall(null).kind).toBe('not-assessed');
  });
});
