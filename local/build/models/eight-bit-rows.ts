/**
 * Weights in eight bits: each row (all that one output channel reads) as whole numbers from -127 to 127 and the step
 * between them, so that a model takes a quarter of the memory and of the download. Refuses rows that are not finite.
 */

const MOST = 127;
/** The least number of single precision that has all its bits: a smaller step would be too coarse to divide by. */
const LEAST_STEP = 2 ** -126;

export interface EightBitRows {
  /** As many as there were values, row after row. */
  readonly levels: Int8Array;
  /** One a row: value ≈ level · step. */
  readonly steps: Float32Array;
}

/** @param values `rows` rows of equal length, one after the other */
export function eightBitRows(values: Float32Array, rows: number): EightBitRows {
  const length = values.length / rows;
  if (!Number.isInteger(length)) throw new RangeError(`${values.length} values are not ${rows} equal rows`);
  const levels = new Int8Array(values.length);
  const steps = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = row * length;
    const largest = values
      .subarray(from, from + length)
      .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (!Number.isFinite(largest)) throw new RangeError(`row ${row} is not finite`);
    // A row of zeros, or of as good as zeros, has any step: all its levels are 0.
    const exact = largest / MOST;
    const step = exact < LEAST_STEP ? 1 : Math.fround(exact);
    steps[row] = step;
    for (let at = from; at < from + length; at++) levels[at] = Math.round(values[at]! / step);
  }
  return { levels, steps };
}
