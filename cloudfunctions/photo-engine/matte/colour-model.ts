/**
 * What colours a side of the edge has near any place: mean and covariance of the pixels that surely belong to it,
 * gathered in small cells and continued from ever larger ones to where there are none (hair outside the mask, wall
 * behind the head). Refuses to follow single pixels: a cell is the finest thing it knows.
 */
import { type RgbaImage } from '../image/rgba-image';

/** Values per cell: means of red, green, blue, then of the products rr, rg, rb, gg, gb, bb. Levels 0–255. */
export const MOMENTS = 9;

export interface ColourModel {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell in pixels. */
  readonly cell: number;
  /** MOMENTS per cell, row by row. */
  readonly moments: Float32Array;
}

/** As many pixels as a larger cell's colours count in a smaller one: next to nothing once the cell is half full. */
const CARRIED_PIXELS = 4;

/**
 * @param member 1 where a pixel surely belongs to this side
 * @returns undefined when no pixel does
 */
export function colourModel(image: RgbaImage, member: Uint8Array, cell: number): ColourModel | undefined {
  const columns = Math.ceil(image.width / cell);
  const rows = Math.ceil(image.height / cell);
  const sums = new Float64Array(columns * rows * (MOMENTS + 1));
  for (let y = 0; y < image.height; y++) addRow(image, member, y, cell, columns, sums);
  const moments = settle(sums, columns, rows);
  return moments && { columns, rows, cell, moments };
}

/** Adds the members of one row of pixels to the sums of their cells, each followed by how many they are. */
function addRow(
  { width, data }: RgbaImage,
  member: Uint8Array,
  y: number,
  cell: number,
  columns: number,
  sums: Float64Array,
): void {
  const row = Math.floor(y / cell) * columns;
  for (let x = 0, at = y * width; x < width; x++, at++) {
    if (member[at] === 0) continue;
    const r = data[at * 4]!;
    const g = data[at * 4 + 1]!;
    const b = data[at * 4 + 2]!;
    const to = (row + ((x / cell) | 0)) * (MOMENTS + 1);
    sums[to]! += r;
    sums[to + 1]! += g;
    sums[to + 2]! += b;
    sums[to + 3]! += r * r;
    sums[to + 4]! += r * g;
    sums[to + 5]! += r * b;
    sums[to + 6]! += g * g;
    sums[to + 7]! += g * b;
    sums[to + 8]! += b * b;
    sums[to + 9]! += 1;
  }
}

/** Means of every cell, with what it lacks carried down from the level above; undefined when all are empty. */
function settle(sums: Float64Array, columns: number, rows: number): Float32Array | undefined {
  const stride = MOMENTS + 1;
  const result = new Float32Array(columns * rows * MOMENTS);
  if (columns === 1 && rows === 1) {
    const count = sums[MOMENTS]!;
    if (count === 0) return undefined;
    for (let m = 0; m < MOMENTS; m++) result[m] = sums[m]! / count;
    return result;
  }
  const upColumns = Math.ceil(columns / 2);
  const upRows = Math.ceil(rows / 2);
  const upSums = new Float64Array(upColumns * upRows * stride);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const from = (y * columns + x) * stride;
      const to = ((y >> 1) * upColumns + (x >> 1)) * stride;
      for (let m = 0; m < stride; m++) upSums[to + m]! += sums[from + m]!;
    }
  }
  const above = settle(upSums, upColumns, upRows);
  if (above === undefined) return undefined;
  const carried = new Float64Array(MOMENTS);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      interpolate(above, upColumns, upRows, (x + 0.5) / 2 - 0.5, (y + 0.5) / 2 - 0.5, carried, 0);
      const from = (y * columns + x) * stride;
      const to = (y * columns + x) * MOMENTS;
      const count = sums[from + MOMENTS]!;
      const inverse = 1 / (count + CARRIED_PIXELS);
      for (let m = 0; m < MOMENTS; m++)
        result[to + m] = (sums[from + m]! + CARRIED_PIXELS * carried[m]!) * inverse;
    }
  }
  return result;
}

/** Writes the moments at a pixel into `into` from `offset` on. */
export function momentsAt(
  model: ColourModel,
  x: number,
  y: number,
  into: Float64Array,
  offset: number,
): void {
  const { columns, rows, cell, moments } = model;
  interpolate(moments, columns, rows, (x + 0.5) / cell - 0.5, (y + 0.5) / cell - 0.5, into, offset);
}

function interpolate(
  moments: Float32Array,
  columns: number,
  rows: number,
  x: number,
  y: number,
  into: Float64Array,
  offset: number,
): void {
  const cx = x < 0 ? 0 : x > columns - 1 ? columns - 1 : x;
  const cy = y < 0 ? 0 : y > rows - 1 ? rows - 1 : y;
  const x0 = cx | 0;
  const y0 = cy | 0;
  const fx = cx - x0;
  const fy = cy - y0;
  const right = x0 + 1 < columns ? MOMENTS : 0;
  const below = y0 + 1 < rows ? columns * MOMENTS : 0;
  const corner = (y0 * columns + x0) * MOMENTS;
  const w00 = (1 - fx) * (1 - fy);
  const w10 = fx * (1 - fy);
  const w01 = (1 - fx) * fy;
  const w11 = fx * fy;
  for (let m = 0; m < MOMENTS; m++) {
    const at = corner + m;
    into[offset + m] =
      w00 * moments[at]! +
      w10 * moments[at + right]! +
      w01 * moments[at + below]! +
      w11 * moments[at + below + right]!;
  }
}
