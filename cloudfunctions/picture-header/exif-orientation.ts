/**
 * The orientation tag of an EXIF block, the only thing read from it: position, time and device of the
 * phone are none of our business. A broken block means upright, never an error: the picture is still there.
 */
import { type ByteReader, HeaderTruncated } from './byte-reader';
import { type ExifOrientation } from './picture-header';

/** EXIF 2.32 (CIPA DC-008-2019), 4.6.4: Orientation. */
const ORIENTATION_TAG = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;
/** Real blocks hold some dozen entries; the count is 16 bits wide, so a hostile one costs 65,535 steps at most. */
const MAXIMUM_ENTRIES = 1000;

/** @param tiff the block from its byte-order mark ("II" or "MM") on */
export function readExifOrientation(tiff: ByteReader): ExifOrientation {
  try {
    const littleEndian = tiff.hasText(0, 'II');
    if (!littleEndian && !tiff.hasText(0, 'MM')) return 1;
    const directory = tiff.uint32(4, littleEndian);
    const entries = Math.min(tiff.uint16(directory, littleEndian), MAXIMUM_ENTRIES);
    for (let index = 0; index < entries; index++) {
      const entry = directory + 2 + index * ENTRY_BYTES;
      if (tiff.uint16(entry, littleEndian) !== ORIENTATION_TAG) continue;
      if (tiff.uint16(entry + 2, littleEndian) !== SHORT) return 1;
      return asOrientation(tiff.uint16(entry + 8, littleEndian));
    }
    return 1;
  } catch (error) {
    if (error instanceof HeaderTruncated) return 1;
    throw error;
  }
}

function asOrientation(value: number): ExifOrientation {
  return value >= 1 && value <= 8 ? (value as ExifOrientation) : 1;
}
