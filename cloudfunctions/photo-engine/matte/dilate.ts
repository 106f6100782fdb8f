/**
 * Grows a set of pixels by a square. Refuses nothing: a radius beyond the picture covers it.
 */

/** 1 where a pixel of the class lies within the square of this radius; two running passes, independent of the radius. */
export function dilate(
  classes: Uint8Array,
  wanted: number,
  width: number,
  height: number,
  radius: number,
): Uint8Array {
  const across = new Uint8Array(classes.length);
  for (let y = 0; y < height; y++) dilateLine(classes, wanted, y * width, 1, width, radius, across);
  const both = new Uint8Array(classes.length);
  for (let x = 0; x < width; x++) dilateLine(across, 1, x, width, height, radius, both);
  return both;
}

/** Grows along one line, whose pixels lie `stride` apart from `first` on. */
function dilateLine(
  from: Uint8Array,
  wanted: number,
  first: number,
  stride: number,
  length: number,
  radius: number,
  into: Uint8Array,
): void {
  let reaches = -1;
  for (let place = 0; place < Math.min(radius, length); place++) {
    if (from[first + place * stride] === wanted) reaches = place + radius;
  }
  for (let place = 0; place < length; place++) {
    const ahead = place + radius;
    if (ahead < length && from[first + ahead * stride] === wanted) reaches = ahead + radius;
    if (place <= reaches) into[first + place * stride] = 1;
  }
}
