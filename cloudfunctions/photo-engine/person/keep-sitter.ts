/**
 * Takes out of a person mask whoever else is in it: the segmentation knows people, not whose portrait it is, and a
 * photograph on the wall or somebody far behind would stand in the official picture as a second head. Refuses to judge
 * them: how large another face may be is the check `single-face`'s, and what touches the sitter stays with the sitter.
 * Measured (another portrait pasted on the wall of six sitters at six places, 2026-11): without it 14 of 36 finished
 * pictures showed some of it, 7 of them without any remark; with it one, whose photograph touches the hair.
 */
import { type Plane } from '../image/resample';

/**
 * Above this a pixel holds two parts together. Low, so that hair that the mask sees as a shadow stays with its head.
 */
const HOLDS = 0.1;

/**
 * Neighbours of one row above `HOLDS`, all over the mask in reading order: the pixels `first` … `end` − 1. Lists of
 * numbers, because V8 forgets the shape of an object when a collection finds none of its kind (docs/benchmarks.md).
 */
interface Runs {
  readonly first: number[];
  readonly end: number[];
  /** Another run of the same part, or itself: the one that stands for the part. */
  readonly partOf: number[];
  /** 1 when any of it surely is the sitter's; of the run that stands for a part, any of the part. */
  readonly isSitter: (0 | 1)[];
}

/**
 * Sets to 0 what hangs together above `HOLDS` and nowhere reaches the sitter. Changes the mask in place.
 * @param sitter 1 where a pixel surely is the sitter's, if it is part of anybody
 */
export function keepSitter(mask: Plane, sitter: Uint8Array): Plane {
  const { width, height, data } = mask;
  const runs: Runs = { first: [], end: [], partOf: [], isSitter: [] };
  for (let y = 0, above = 0; y < height; y++) {
    const row = runs.first.length;
    addRuns(data, y * width, (y + 1) * width, sitter, runs);
    joinRows(runs, above, row, width);
    above = row;
  }
  clearOthers(runs, data);
  return mask;
}

/** The runs among the pixels `from` … `to` − 1 of one row. */
function addRuns(data: Float32Array, from: number, to: number, sitter: Uint8Array, runs: Runs): void {
  for (let at = from; at < to; at++) {
    if (!(data[at]! > HOLDS)) continue;
    const first = at;
    let isSitter: 0 | 1 = 0;
    for (; at < to && data[at]! > HOLDS; at++) if (sitter[at] === 1) isSitter = 1;
    runs.partOf.push(runs.first.length);
    runs.first.push(first);
    runs.end.push(at);
    runs.isSitter.push(isSitter);
  }
}

/** Joins the last row, which begins with the run `row`, to those of the row above that it touches. */
function joinRows(runs: Runs, above: number, row: number, width: number): void {
  const { first, end } = runs;
  let next = above;
  for (let run = row; run < first.length; run++) {
    while (next < row && end[next]! + width <= first[run]!) next++;
    for (let at = next; at < row && first[at]! + width < end[run]!; at++) join(runs, at, run);
  }
}

/** Both parts become one, which the second's run stands for from now on. */
function join({ partOf, isSitter }: Runs, one: number, other: number): void {
  const [upper, lower] = [wholePart(partOf, one), wholePart(partOf, other)];
  if (isSitter[upper] === 1) isSitter[lower] = 1;
  partOf[upper] = lower;
}

/** The run that stands for the whole part; the way there is shortened for the next who asks. */
function wholePart(partOf: number[], run: number): number {
  let part = run;
  while (partOf[part] !== part) part = partOf[part] = partOf[partOf[part]!]!;
  return part;
}

function clearOthers({ first, end, partOf, isSitter }: Runs, data: Float32Array): void {
  for (let run = 0; run < first.length; run++) {
    if (isSitter[wholePart(partOf, run)] === 0) data.fill(0, first[run], end[run]);
  }
}
