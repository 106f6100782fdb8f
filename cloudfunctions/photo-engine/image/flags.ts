/**
 * Marks pixels by their value, as plain loops. Refuses a function as the question: one that is made anew for each photo
 * is also compiled anew for each (docs/benchmarks.md), and `TypedArray.from` makes an iterator's step of every value.
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

/** 1 where the value is this one, 0 elsewhere. */
export function flagsEqual(values: Values, wanted: number): Uint8Array {
  const flags = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) if (values[at] === wanted) flags[at] = 1;
  return flags;
}

/** The positions of what is marked (flags are 0 or 1), in order. */
export function placesOf(flags: Uint8Array): Int32Array {
  let count = 0;
  for (const flag of flags) count += flag;
  const places = new Int32Array(count);
  for (let at = 0, next = 0; at < flags.length; at++) if (flags[at] === 1) places[next++] = at;
  return places;
}
