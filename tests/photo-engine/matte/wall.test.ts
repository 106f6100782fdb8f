/** What is measured of the wall: even ones are sure, cluttered, dark or undecided ones are seen. */
import { checkWall } from '../../../cloudfunctions/photo-engine/checks/wall';
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { cutOut } from '../../../cloudfunctions/photo-engine/matte/cut-out';
import { figureMask, type MaskEdge } from '../../../cloudfunctions/photo-engine/matte/figure-mask';
import { measureWall, type WallMeasures } from '../../../cloudfunctions/photo-engine/matte/wall';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { judgeMeasurement } from '../../../miniprogram/shared/verdict/judge-measure';
import { type Colour, figureAlpha, HAIR, paintFigure, PLAIN_WALL, roughMask } from './figure-builder';

/** The size of the result: what is measured are shares of it. */
const [WIDTH, HEIGHT] = [480, 640];

const truth = figureAlpha(WIDTH, HEIGHT);
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

/** How sure one is of a cut-out when the first look saw this. */
function certainty(
  alpha: Plane,
  first: Plane,
  shade: Colour = PLAIN_WALL,
  edge: MaskEdge = 'blurred',
): number {
  return measureWall(
    paintFigure(truth, () => shade),
    alpha,
    { first, edge },
  ).certainty;
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
    const doubtful = createPlane(WIDTH, HEIGHT);
    doubtful.data.set(truth.data.map((value) => Math.min(value, 0.7)));
    expect(certainty(doubtful, doubtful)).toBeLessThan(certainty(truth, truth));
  });

  it.each([
    ['loses a lock of hair that the first look saw', 0],
    ['takes for hair what the first look saw as wall', 1],
  ])('is less sure of a cut-out that %s', (_, value) => {
    const other = createPlane(WIDTH, HEIGHT);
    other.data.set(truth.data);
    // Part of the head, or as much wall beside it.
    const left = value === 0 ? 200 : 0;
    for (let y = 200; y < 280; y++) other.data.fill(value, y * WIDTH + left, y * WIDTH + left + 80);
    expect(certainty(other, truth)).toBeLessThan(0.5);
    expect(certainty(truth, truth)).toBeGreaterThan(0.5);
  });

  it('strays less in doubt before a plain, light wall, where colour alone finds the edge', () => {
    const first = roughMask(truth, 2);
    expect(certainty(truth, first, PLAIN_WALL, 'blurred')).toBeGreaterThan(
      certainty(truth, first, PLAIN_WALL, 'sharp'),
    );
  });

  it('is less sure the darker the wall, even of a cut-out that left nothing undecided', () => {
    const decided = createPlane(WIDTH, HEIGHT);
    decided.data.set(truth.data.map(Math.round));
    const [light, dark, black] = [180, 50, 0].map((shade) =>
      certainty(decided, decided, [shade, shade, shade]),
    );
    expect(light).toBeGreaterThan(dark!);
    expect(dark).toBeGreaterThan(black!);
  });

  it('allows the cut-out to put the blur of the first look right', () => {
    expect(certainty(truth, roughMask(truth, 0))).toBeGreaterThan(0.5);
  });

  it.each([
    ['the whole lower edge', 0, 500, 'passed'],
    ['the lower edge without a shoulder that was taken for wall', 60, 500, 'warned'],
    ['nothing of the very last row', WIDTH, HEIGHT - 1, 'warned'],
  ] as const)('the body takes up %s', (_, lost, from, outcome) => {
    const cut = createPlane(WIDTH, HEIGHT);
    cut.data.set(truth.data);
    for (let y = from; y < HEIGHT; y++) cut.data.fill(0, y * WIDTH, y * WIDTH + lost);
    const measures = measureWall(
      paintFigure(truth, () => PLAIN_WALL),
      cut,
      { first: cut, edge: 'blurred' },
    );
    expect(measures.body).toBeCloseTo(1 - lost / WIDTH, 2);
    const result = judgeMeasurement('wall', CHECK_RULES.wall, checkWall(measures));
    expect(result.outcome).toBe(outcome);
    if (outcome === 'warned') expect(result).toHaveProperty('remedy', 'clothes-like-wall');
  });

  it('is not sure of anything where no wall is seen', () => {
    const full = createPlane(WIDTH, HEIGHT);
    full.data.fill(1);
    const picture = paintFigure(truth, () => PLAIN_WALL);
    expect(measureWall(picture, full, { first: full, edge: 'blurred' })).toEqual({
      texture: 0,
      brightness: 0,
      certainty: 0,
      body: 1,
    });
  });

  it('does not take what lies outside the photo for a wall', () => {
    const picture = paintFigure(truth, () => PLAIN_WALL);
    for (let at = 0; at < WIDTH * 60; at++) picture.data.fill(0, at * 4, at * 4 + 4);
    expect(measureWall(picture, truth, { first: truth, edge: 'blurred' }).brightness).toBeGreaterThan(200);
  });
});

describe('checkWall', () => {
  it('says so when no cut-out was made', () => {
    expect(checkWall(null).kind).toBe('not-assessed');
  });
});
