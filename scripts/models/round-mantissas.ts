/**
 * Rounds single-precision numbers to fewer bits of mantissa, so that a model packs better: the bits that fall away
 * become zeros. Refuses what has no rounding: infinities, NaN, and numbers that would round to infinity.
 */

const MANTISSA_BITS = 23;

/** New numbers, each the nearest with that many bits of mantissa (a tie goes to the even one). */
export function roundMantissas(values: Float32Array, bits: number): Float32Array {
  const result = Float32Array.from(values);
  const patterns = new Uint32Array(result.buffer);
  const dropped = MANTISSA_BITS - bits;
  const half = 2 ** (dropped - 1);
  for (let i = 0; i < patterns.length; i++) {
    const pattern = patterns[i]!;
    const odd = (pattern >>> dropped) & 1;
    // A mantissa that rounds up to 2 carries over into the exponent by itself.
    patterns[i] = ((pattern + half - 1 + odd) >>> dropped) << dropped;
    if (!Number.isFinite(result[i])) throw new RangeError(`${values[i]} cannot be rounded to ${bits} bits`);
  }
  return result;
}
