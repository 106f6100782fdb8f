/**
 * The median of many numbers without sorting them: quickselect puts the wanted one in its place and leaves the rest in
 * what order it comes. A face has 50,000 pixels of skin; sorting them twice was half of the dearest check (2026-11).
 */

/**
 * @param values none of them NaN; left as they are
 * @returns of an even number the upper one of the two in the middle; NaN for an empty list
 */
export function median(values: ArrayLike<number>): number {
  if (values.length === 0) return NaN;
  return select(new Float64Array(values), values.length >> 1);
}

/** Hoare's selection: the number that would stand at this place in order. Reorders its input. */
function select(values: Float64Array, place: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = middleOf(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) {
        const swapped = values[i]!;
        values[i++] = values[j]!;
        values[j--] = swapped;
      }
    }
    if (place <= j) right = j;
    else if (place >= i) left = i;
    else break;
  }
  return values[place]!;
}

/** The middle one of three: orderly input must not be the slow case. */
function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
