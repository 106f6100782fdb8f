/** What kind of wall the first mask shows. */
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { halfSize } from '../../../cloudfunctions/photo-engine/matte/half-size';
import {
  DARK_BELOW,
  type WallBehind,
  wallBehind,
} from '../../../cloudfunctions/photo-engine/matte/wall-behind';
import { type Colour, figureAlpha, paintFigure, PLAIN_WALL, roughMask } from './figure-builder';

const WIDTH = 240;
const HEIGHT = 320;
const truth = figureAlpha(WIDTH, HEIGHT);
const mask = roughMask(truth, 0);

function seen(wall: (x: number, y: number) => Colour, of: Plane = mask): WallBehind {
  return wallBehind(halfSize(paintFigure(truth, wall), of));
}

function kindOf(wall: (x: number, y: number) => Colour): string {
  const { kind, luma } = seen(wall);
  return `${kind} and ${luma < DARK_BELOW ? 'dark' : 'light'}`;
}

describe('wallBehind', () => {
  it.each([
    ['one colour', () => PLAIN_WALL, 'plain and light'],
    [
      'light that falls off to one side',
      (x: number) => [230 - x / 3, 220 - x / 3, 200 - x / 3],
      'plain and light',
    ],
    ['a dark wall', () => [40, 38, 45], 'plain and dark'],
    [
      'bricks',
      (x: number, y: number) =>
        (Math.floor(x / 17) + Math.floor(y / 13)) % 2 === 0 ? [180, 90, 70] : [200, 190, 175],
      'busy and light',
    ],
    ['dark clutter', (x: number, y: number) => ((x ^ y) & 16 ? [60, 30, 20] : [20, 35, 50]), 'busy and dark'],
  ] as const)('%s: %s', (_, wall, kind) => {
    expect(kindOf(wall as (x: number, y: number) => Colour)).toBe(kind);
  });

  it('calls a wall busy and light of which too little is seen', () => {
    const everywhere = createPlane(WIDTH, HEIGHT);
    everywhere.data.fill(1);
    expect(seen(() => [0, 0, 0], everywhere)).toEqual({ kind: 'busy', luma: 255 });
  });
});

describe('halfSize', () => {
  it('measures distances in pixels of the full size, positive inside the person', () => {
    const { image, depth } = halfSize(
      paintFigure(truth, () => PLAIN_WALL),
      truth,
    );
    expect([image.width, image.height]).toEqual([WIDTH / 2, HEIGHT / 2]);
    const [row, column] = [Math.round(HEIGHT * 0.21), WIDTH / 4];
    expect(depth.data[row * image.width + column]).toBeGreaterThan(40);
    expect(depth.data[0]).toBeLessThan(-40);
  });
});
