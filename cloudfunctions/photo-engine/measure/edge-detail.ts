/**
 * How fine the finest edges of a face are, in the direction in which they are least so. A blur takes the fine detail
 * of lashes, brows and lips in every direction, a moving hand in one; noise and skin texture are the same everywhere,
 * so that what the smoothest parts of the face show is taken off before edges are compared.
 */
import { meanOf } from './lightness';
import { type Point, type Run } from './polygon';

/** A plane of grey values, row by row. */
export interface GreyPlane {
  readonly grey: Float32Array;
  readonly width: number;
  readonly height: number;
}

// Steps to the next pixel, and how many of them a long window reaches to either side (about 7 px).
const DIRECTIONS = [
  { x: 1, y: 0, reach: 7 },
  { x: 0, y: 1, reach: 7 },
  { x: 1, y: 1, reach: 5 },
  { x: 1, y: -1, reach: 5 },
] as const;
const SHORT_REACH = 1;
// Blocks of the face that are compared: small enough that a cheek fills some and an eye fills others.
const BLOCK = 12;
// The fifth with the least detail shows noise and texture only; the sixth with the most holds eyes, brows and lips.
const SMOOTHEST = 0.2;
const RICHEST = 0.85;

/**
 * Fine detail of the richest blocks as a share of their coarse detail, noise taken off, in the worst of four
 * directions; about .23 in a sharp photo at an inter-eye distance of 113 px. NaN where there is no detail at all.
 * @param face the pixels of the plane that belong to it
 */
export function edgeDetail(plane: GreyPlane, face: readonly Run[]): number {
  const ratios = DIRECTIONS.map((direction) => {
    const sums = runningSums(plane, direction);
    const fine = richestAboveNoise(plane, sums, face, direction, SHORT_REACH);
    const coarse = richestAboveNoise(plane, sums, face, direction, direction.reach);
    return coarse <= 0 ? NaN : Math.sqrt(Math.max(0, fine) / coarse);
  });
  return Math.min(...ratios);
}

/** Each pixel plus all before it along the direction, so that a window's sum is one subtraction. */
function runningSums({ grey, width, height }: GreyPlane, { x, y }: Point): Float64Array {
  const sums = new Float64Array(grey.length);
  for (let row = 0; row < height; row++) {
    // Direction (1, −1) comes from the row below, so that rows are walked from the last to the first.
    const at = (y < 0 ? height - 1 - row : row) * width;
    // A pixel without a predecessor starts its line: all of the first row, if lines do not run along it.
    const begins = y !== 0 && row === 0 ? width : x;
    sumRow(grey, at, width, begins, y * width + x, sums);
  }
  return sums;
}

/** @param begins how many pixels of the row, from its left, have no predecessor `step` before them */
function sumRow(
  grey: Float32Array,
  row: number,
  width: number,
  begins: number,
  step: number,
  sums: Float64Array,
): void {
  for (let at = row; at < row + width; at++)
    sums[at] = grey[at]! + (at - row < begins ? 0 : sums[at - step]!);
}

/** Mean squared difference from the mean along the direction, of the richest blocks less the smoothest ones. */
function richestAboveNoise(
  plane: GreyPlane,
  runningSum: Float64Array,
  face: readonly Run[],
  direction: Point,
  reach: number,
): number {
  const columns = Math.ceil(plane.width / BLOCK);
  const blocks = columns * Math.ceil(plane.height / BLOCK);
  const sums = new Float64Array(blocks);
  const counts = new Uint32Array(blocks);
  const differences = new Float64Array(plane.width);
  for (const run of face) {
    differencesOfRun(plane, runningSum, run, direction, reach, differences);
    addSquares(run, differences, Math.floor(run.y / BLOCK) * columns, sums, counts);
  }
  const filled: number[] = [];
  for (let block = 0; block < blocks; block++) {
    if (counts[block]! > (BLOCK * BLOCK) / 2) filled.push(sums[block]! / counts[block]!);
  }
  const energies = Float64Array.from(filled).sort();
  const rich = energies.subarray(Math.floor(energies.length * RICHEST));
  const noise = energies[Math.floor(energies.length * SMOOTHEST)] ?? NaN;
  return meanOf(rich) - noise;
}

/** Adds a run's squares to its blocks. @param row the first block of its row */
function addSquares(
  { from, to }: Run,
  differences: Float64Array,
  row: number,
  sums: Float64Array,
  counts: Uint32Array,
): void {
  for (let x = from; x < to; x++) {
    const block = row + Math.floor(x / BLOCK);
    const difference = differences[x]!;
    sums[block]! += difference * difference;
    counts[block]!++;
  }
}

/** Each pixel of the run less the mean along the direction. */
function differencesOfRun(
  plane: GreyPlane,
  runningSum: Float64Array,
  { y, from, to }: Run,
  direction: Point,
  reach: number,
  into: Float64Array,
): void {
  const { grey, width, height } = plane;
  // One more than the reach, for the sum before the window. Almost no window comes nearer to the plane's edge.
  const margin = (reach + 1) * Math.abs(direction.x);
  const rowsInside = (reach + 1) * Math.abs(direction.y) <= Math.min(y, height - 1 - y);
  const safeFrom = rowsInside ? Math.max(from, margin) : to;
  const safeTo = Math.max(safeFrom, Math.min(to, width - margin));
  const size = 2 * reach + 1;
  const step = direction.y * width + direction.x;
  for (let x = safeFrom, pixel = y * width + safeFrom; x < safeTo; x++, pixel++) {
    const sum = runningSum[pixel + reach * step]! - runningSum[pixel - (reach + 1) * step]!;
    into[x] = grey[pixel]! - sum / size;
  }
  for (let x = from; x < Math.min(safeFrom, to); x++) {
    into[x] = grey[y * width + x]! - meanAlong(plane, x, y, direction, reach);
  }
  for (let x = safeTo; x < to; x++) into[x] = grey[y * width + x]! - meanAlong(plane, x, y, direction, reach);
}

function meanAlong(
  { grey, width, height }: GreyPlane,
  x: number,
  y: number,
  direction: Point,
  reach: number,
): number {
  let sum = 0;
  for (let step = -reach; step <= reach; step++) {
    const column = Math.min(Math.max(x + step * direction.x, 0), width - 1);
    const row = Math.min(Math.max(y + step * direction.y, 0), height - 1);
    sum += grey[row * width + column]!;
  }
  return sum / (2 * reach + 1);
}
