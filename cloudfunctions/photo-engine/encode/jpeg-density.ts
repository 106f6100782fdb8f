/**
 * The density field of the JFIF header (ITU-T T.871, 10.1), where a reader finds "300 dpi": a JPEG has no other
 * place for it without EXIF, and the finished photo carries none. Refuses files that do not begin with JFIF.
 */

const SIGNATURE = [0xff, 0xd8, 0xff, 0xe0];
const UNITS_OFFSET = 13;
const DOTS_PER_INCH = 1;

/** Writes the density in place. Throws when the file has no JFIF header: then the encoder is not the one we know. */
export function writeDensity(file: Uint8Array, dotsPerInch: number): void {
  if (!hasJfif(file)) throw new Error('the JPEG encoder wrote no JFIF header');
  file[UNITS_OFFSET] = DOTS_PER_INCH;
  for (const offset of [UNITS_OFFSET + 1, UNITS_OFFSET + 3]) {
    file[offset] = dotsPerInch >> 8;
    file[offset + 1] = dotsPerInch & 0xff;
  }
}

/** @returns dots per inch where both directions say the same and the unit is the inch, else undefined */
export function readDensity(file: Uint8Array): number | undefined {
  if (!hasJfif(file) || file[UNITS_OFFSET] !== DOTS_PER_INCH) return undefined;
  const horizontal = file[UNITS_OFFSET + 1]! * 256 + file[UNITS_OFFSET + 2]!;
  const vertical = file[UNITS_OFFSET + 3]! * 256 + file[UNITS_OFFSET + 4]!;
  return horizontal === vertical ? horizontal : undefined;
}

function hasJfif(file: Uint8Array): boolean {
  return (
    file.length > 20 &&
    SIGNATURE.every((byte, index) => file[index] === byte) &&
    String.fromCharCode(...file.subarray(6, 11)) === 'JFIF\0'
  );
}
