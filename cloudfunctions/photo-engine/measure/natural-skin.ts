/**
 * How far a colour is from any natural skin: ISO/IEC 29794-5 gives one box of a*, b* (Lab D50) for all skin tones.
 * Refuses to say anything of lightness, in which people differ.
 */

const LEAST = 5;
const MOST_A = 25;
const MOST_B = 35;

/** ΔE in the plane of a* and b*; 0 inside the box. */
export function distanceFromNaturalSkin(a: number, b: number): number {
  return Math.hypot(outside(a, MOST_A), outside(b, MOST_B));
}

function outside(value: number, most: number): number {
  return Math.max(LEAST - value, value - most, 0);
}
