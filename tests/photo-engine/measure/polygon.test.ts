/** Which pixels lie inside a polygon: those whose centres do, and only those of the picture. */
import fc from 'fast-check';
import {
  convexHull,
  pixelsOf,
  type Point,
  runsInside,
  squareAround,
} from '../../../cloudfunctions/photo-engine/measure/polygon';

const [WIDTH, HEIGHT] = [12, 9];

/** The picture with # for every pixel inside. */
function drawn(polygon: readonly Point[]): string[] {
  const rows = Array.from({ length: HEIGHT }, () => Array<string>(WIDTH).fill('.'));
  for (const { y, from, to } of runsInside(polygon, WIDTH, HEIGHT)) rows[y]!.fill('#', from, to);
  return rows.map((row) => row.join(''));
}

describe('runsInside', () => {
  it('draws a diamond', () => {
    const diamond = [
      { x: 5, y: 1 },
      { x: 8, y: 4 },
      { x: 5, y: 7 },
      { x: 2, y: 4 },
    ];
    expect(drawn(diamond)).toEqual([
      '............',
      '....##......',
      '...####.....',
      '..######....',
      '..######....',
      '...####.....',
      '....##......',
      '............',
      '............',
    ]);
  });

  it('goes around a notch: two runs in a row', () => {
    const notched = [
      { x: 1, y: 0 },
      { x: 11, y: 0 },
      { x: 11, y: 3 },
      { x: 8, y: 3 },
      { x: 8, y: 1 },
      { x: 4, y: 1 },
      { x: 4, y: 3 },
      { x: 1, y: 3 },
    ];
    expect(drawn(notched).slice(0, 3)).toEqual(['.##########.', '.###....###.', '.###....###.']);
    expect(pixelsOf(runsInside(notched, WIDTH, HEIGHT))).toBe(22);
  });

  it.each([
    ['nothing of no polygon', []],
    ['nothing of one beside the picture', squareAround({ x: 30, y: 4 }, 6)],
    ['nothing of one above it', squareAround({ x: 5, y: -20 }, 6)],
    ['nothing of one between two centres', squareAround({ x: 5, y: 5 }, 0.4)],
  ])('finds %s', (_, polygon) => {
    expect(runsInside(polygon, WIDTH, HEIGHT)).toEqual([]);
  });

  it('finds in a convex polygon just the centres that lie on one side of all its edges', () => {
    const point = fc.record({
      x: fc.double({ min: -5, max: 17, noNaN: true }),
      y: fc.double({ min: -5, max: 14, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 8 }), (points) => {
        const hull = convexHull(points);
        fc.pre(hull.length >= 3 && doubleArea(hull) > 0.1);
        const rows = drawn(hull);
        for (let y = 0; y < HEIGHT; y++) {
          for (let x = 0; x < WIDTH; x++) {
            const least = leastTurn(hull, { x: x + 0.5, y: y + 0.5 });
            if (Math.abs(least) > 1e-9) expect(rows[y]![x]).toBe(least > 0 ? '#' : '.');
          }
        }
      }),
    );
  });
});

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** Of the turns from each edge to the point: positive where it lies inside a hull, zero on its edge. */
function leastTurn(hull: readonly Point[], point: Point): number {
  return Math.min(...hull.map((corner, i) => turn(corner, hull[(i + 1) % hull.length]!, point)));
}

function doubleArea(hull: readonly Point[]): number {
  return hull.reduce((sum, corner, i) => {
    const next = hull[(i + 1) % hull.length]!;
    return sum + corner.x * next.y - next.x * corner.y;
  }, 0);
}
