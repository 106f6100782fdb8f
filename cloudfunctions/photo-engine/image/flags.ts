/**
 * Marks pixels by their value and finds what is marked, as plain loops. Refuses a function as the question: one that is
 * made anew for each photo is also compiled anew for each (docs/benchmarks.md), and `TypedArray.from` makes an iterator's
 * step of every value.
 */

type Values = Float32Array | Uint8Array;

/** 1 where the value is greater, 0 elsewhere. */
export function flagsAbove(values: Values, level: number): Uint8Array {
  const flags = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) if (values[at]! > level) flags[at] = 1;
  return flags;
}

/** 1 where the value is less, 0 elsewhere. */
export function flagsBelow(values: Values, level: number): Uint8Array {
  const flags = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) if (values[at]! < level) flags[at] = 1;
  return flags;
}

/** 1 where the value is at least the one and less than the other, 0 elsewhere. */
export function flagsWithin(values: Values, least: number, end: number): Uint8Array {
  const flags = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) if (values[at]! >= least && values[at]! < end) flags[at] = 1;
  return flags;
}

/** Adds a flag to those there are wherever the value is less. */
export function flagBelow(flags: Uint8Array, values: Values, level: number): void {
  for (let at = 0; at < values.length; at++) if (values[at]! < level) flags[at] = 1;
}

/** 1 where the value is this one, 0 elsewhere. */
export function flagsEqual(values: Values, wanted: number): Uint8Array {
  const flags = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) if (values[at] === wanted) flags[at] = 1;
  return flags;
}

/** How many are marked (flags are 0 or 1). */
export function countOf(flags: Uint8Array): number {
  let count = 0;
  for (const flag of flags) count += flag;
  return count;
}

/** The positions of what is marked (flags are 0 or 1), in order. */
export function placesOf(flags: Uint8Array): Int32Array {
  const places = new Int32Array(countOf(flags));
  fillPlaces(flags, places);
  return places;
}

function fillPlaces(flags: Uint8Array, places: Int32Array): void {
  for (let at = 0, next = 0; at < flags.length; at++) if (flags[at] === 1) places[next++] = at;
}

/** Copies the values at these positions. */
export function copyAt(places: Int32Array, from: Float32Array, into: Float32Array): void {
  for (const at of places) into[at] = from[at]!;
}
