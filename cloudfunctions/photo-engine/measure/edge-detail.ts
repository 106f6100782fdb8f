/**
 * How fine the finest edges of a face are, in the direction in which they are least so. A blur takes the fine detail
 * of lashes, brows and lips in every direction, a moving hand in one; noise and skin texture are the same everywhere,
 * so that what the smoothest parts of the face show is taken off before edges are compared.
 */
import { type Point } from './polygon';

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
 * @param runs calls its argument with each run [from, to) of the rows that belong to the face
 */
export function edgeDetail(
  plane: GreyPlane,
  runs: (visit: (y: number, from: number, to: number) => void) => void,
): number {
  const ratios = DIRECTIONS.map((direction) => {
    const fine = richestAboveNoise(plane, runs, direction, SHORT_REACH);
    const coarse = richestAboveNoise(plane, runs, direction, direction.reach);
    return coarse <= 0 ? NaN : Math.sqrt(Math.max(0, fine) / coarse);
  });
  return Math.min(...ratios);
}

/** Mean squared difference from the mean along the direction, of the richest blocks less the smoothest ones. */
function richestAboveNoise(
  plane: GreyPlane,
  runs: (visit: (y: number, from: number, to: number) => void) => void,
  direction: Point,
  reach: number,
): number {
  const columns = Math.ceil(plane.width / BLOCK);
  const blocks = columns * Math.ceil(plane.height / BLOCK);
  const sums = new Float64Array(blocks);
  const counts = new Uint32Array(blocks);
  runs((y, from, to) => {
    const row = Math.floor(y / BLOCK) * columns;
    for (let x = from; x < to; x++) {
      const block = row + Math.floor(x / BLOCK);
      const difference = plane.grey[y * plane.width + x]! - meanAlong(plane, x, y, direction, reach);
      sums[block]! += difference * difference;
      counts[block]!++;
    }
  });
  const energies: number[] = [];
  for (let block = 0; block < blocks; block++) {
    if (counts[block]! > (BLOCK * BLOCK) / 2) energies.push(sums[block]! / counts[block]!);
  }
  energies.sort((a, b) => a - b);
  const rich = energies.slice(Math.floor(energies.length * RICHEST));
  const noise = energies[Math.floor(energies.length * SMOOTHEST)] ?? NaN;
  return rich.reduce((sum, energy) => sum + energy, 0) / rich.length - noise;
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
