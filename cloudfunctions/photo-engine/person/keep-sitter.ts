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

/** Neighbours of one row above `HOLDS`: the pixels `first` … `end` − 1. */
class Run {
  /** Another run of the same part, or itself: the one that stands for the part. */
  partOf: Run = this;

  /** @param isSitter whether any of it surely is the sitter's; of the run that stands for a part, any of the part */
  constructor(
    readonly first: number,
    readonly end: number,
    public isSitter: boolean,
  ) {}
}

/**
 * Sets to 0 what hangs together above `HOLDS` and nowhere reaches the sitter. Changes the mask in place.
 * @param sitter 1 where a pixel surely is the sitter's, if it is part of anybody
 */
export function keepSitter(mask: Plane, sitter: Uint8Array): Plane {
  const { width, height, data } = mask;
  const everybody: Run[] = [];
  let above: readonly Run[] = [];
  for (let y = 0; y < height; y++) {
    const row = runsOf(data, y * width, (y + 1) * width, sitter);
    joinRows(above, row, width);
    for (const run of row) everybody.push(run);
    above = row;
  }
  for (const run of everybody) if (!wholePart(run).isSitter) data.fill(0, run.first, run.end);
  return mask;
}

/** The runs among the pixels `from` … `to` − 1 of one row. */
function runsOf(data: Float32Array, from: number, to: number, sitter: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (let at = from; at < to; at++) {
    if (!(data[at]! > HOLDS)) continue;
    const first = at;
    let isSitter = false;
    for (; at < to && data[at]! > HOLDS; at++) isSitter ||= sitter[at] === 1;
    runs.push(new Run(first, at, isSitter));
  }
  return runs;
}

/** Joins the runs of a row to those of the row above that they touch; both from left to right. */
function joinRows(above: readonly Run[], row: readonly Run[], width: number): void {
  let next = 0;
  for (const run of row) {
    while (next < above.length && above[next]!.end + width <= run.first) next++;
    for (let at = next; at < above.length && above[at]!.first + width < run.end; at++) join(above[at]!, run);
  }
}

/** Both parts become one, which the second's run stands for from now on. */
function join(one: Run, other: Run): void {
  const [upper, lower] = [wholePart(one), wholePart(other)];
  lower.isSitter ||= upper.isSitter;
  upper.partOf = lower;
}

/** The run that stands for the whole part; the way there is shortened for the next who asks. */
function wholePart(run: Run): Run {
  let part = run;
  while (part.partOf !== part) part = part.partOf = part.partOf.partOf;
  return part;
}
