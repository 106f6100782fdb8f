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
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let reaches = -1;
    for (let x = 0; x < Math.min(radius, width); x++) if (classes[row + x] === wanted) reaches = x + radius;
    for (let x = 0; x < width; x++) {
      const ahead = x + radius;
      if (ahead < width && classes[row + ahead] === wanted) reaches = ahead + radius;
      if (x <= reaches) across[row + x] = 1;
    }
  }
  const both = new Uint8Array(classes.length);
  for (let x = 0; x < width; x++) {
    let reaches = -1;
    for (let y = 0; y < Math.min(radius, height); y++) if (across[y * width + x] === 1) reaches = y + radius;
    for (let y = 0; y < height; y++) {
      const ahead = y + radius;
      if (ahead < height && across[ahead * width + x] === 1) reaches = ahead + radius;
      if (y <= reaches) both[y * width + x] = 1;
    }
  }
  return both;
}
