/** Polygons over pixels: hulls and the pixels inside. Pure geometry; refuses to know what the points mean. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Convex hull, counter-clockwise in a y-down picture (Andrew's monotone chain). Fewer than three points come back as given. */
export function convexHull(points: readonly Point[]): Point[] {
  if (points.length < 3) return [...points];
  const sorted = [...points].sort(fromLeft);
  return [...halfHull(sorted), ...halfHull([...sorted].reverse())];
}

function fromLeft(a: Point, b: Point): number {
  return a.x - b.x || a.y - b.y;
}

function halfHull(sorted: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const point of sorted) {
    while (hull.length >= 2 && turn(hull[hull.length - 2]!, hull[hull.length - 1]!, point) <= 0) hull.pop();
    hull.push(point);
  }
  hull.pop();
  return hull;
}

function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** The pixels [from, to) of row y. */
export interface Run {
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The pixels whose centres lie inside the polygon (even-odd rule), clipped to the picture, row by row and from left to
 * right. As a list, and not as calls of a function: see image/flags.ts.
 */
export function runsInside(polygon: readonly Point[], width: number, height: number): readonly Run[] {
  const ys = polygon.map((point) => point.y);
  const first = Math.max(0, Math.ceil(Math.min(...ys) - 0.5));
  const last = Math.min(height - 1, Math.floor(Math.max(...ys) - 0.5));
  const runs: Run[] = [];
  for (let y = first; y <= last; y++) {
    const crossings = crossingsOfRow(polygon, y + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const to = Math.min(width, Math.floor(crossings[i + 1]! - 0.5) + 1);
      if (to > from) runs.push({ y, from, to });
    }
  }
  return runs;
}

/** How many pixels they are together. */
export function pixelsOf(runs: readonly Run[]): number {
  let count = 0;
  for (const { from, to } of runs) count += to - from;
  return count;
}

function crossingsOfRow(polygon: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  for (let i = 0; i < polygon.length; i++) {
    const a = polygon[i]!;
    const b = polygon[(i + 1) % polygon.length]!;
    if (a.y <= y === b.y <= y) continue;
    crossings.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
  }
  return crossings.sort(ascending);
}

function ascending(a: number, b: number): number {
  return a - b;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The axis-parallel square of this side around a point. */
export function squareAround(centre: Point, side: number): Point[] {
  const half = side / 2;
  return [
    { x: centre.x - half, y: centre.y - half },
    { x: centre.x + half, y: centre.y - half },
    { x: centre.x + half, y: centre.y + half },
    { x: centre.x - half, y: centre.y + half },
  ];
}
