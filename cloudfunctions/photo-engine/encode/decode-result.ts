/**
 * Opens a finished photo again for the verifying step: its pixels, and what its file says about itself.
 * Refuses to trust the encoder's own report; everything is read back from the bytes.
 */
import { DomainError } from '../../../miniprogram/shared/errors';
import { decodeTurboJpeg } from '../decode/turbo-jpeg';
import { type RgbaImage } from '../image/rgba-image';
import { readDensity } from './jpeg-density';

export interface DecodedResult {
  readonly image: RgbaImage;
  readonly bytes: number;
  /** Undefined where the file does not say it in dots per inch. */
  readonly dotsPerInch: number | undefined;
  readonly baseline: boolean;
  /** 8 bits times the number of components: 24 for a colour photo. */
  readonly bitsPerPixel: number;
  /** libjpeg's scale, read from the luma table; undefined where it is not an annex K table. */
  readonly quality: number | undefined;
  /** EXIF, XMP, ICC, comments: anything beside the picture and its JFIF header. */
  readonly metadata: boolean;
}

/** @throws DomainError IMAGE_DAMAGED when the file is not a JPEG that decodes whole */
export function decodeResult(file: Uint8Array): DecodedResult {
  const { data, width, height } = decodeTurboJpeg(file, 8);
  const facts = readSegments(file);
  return {
    image: { width, height, data: data.slice() },
    bytes: file.length,
    dotsPerInch: readDensity(file),
    ...facts,
  };
}

const START_OF_FRAME_BASELINE = 0xc0;
const QUANTISATION_TABLES = 0xdb;
const START_OF_SCAN = 0xda;
const APP0 = 0xe0;
const COMMENT = 0xfe;

function readSegments(file: Uint8Array) {
  let baseline = false;
  let bitsPerPixel = 0;
  let quality: number | undefined;
  let metadata = false;
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff) {
    const marker = file[at + 1]!;
    if (marker === START_OF_SCAN) {
      return { baseline, bitsPerPixel, quality, metadata };
    }
    if (marker >= START_OF_FRAME_BASELINE && marker <= START_OF_FRAME_BASELINE + 2) {
      baseline = marker === START_OF_FRAME_BASELINE;
      bitsPerPixel = file[at + 4]! * file[at + 9]!;
    }
    // The first table with number 0 is luma's; sixteen-bit tables do not occur at these qualities.
    if (marker === QUANTISATION_TABLES && file[at + 4] === 0)
      quality ??= qualityOf(file.subarray(at + 5, at + 69));
    if ((marker > APP0 && marker <= 0xef) || marker === COMMENT) metadata = true;
    at += 2 + file[at + 2]! * 256 + file[at + 3]!;
  }
  throw new DomainError('IMAGE_DAMAGED', { format: 'jpeg' });
}

/** ITU-T T.81, table K.1, in zigzag order. */
const ANNEX_K_LUMA = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58,
  51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103,
  62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
];

function qualityOf(table: Uint8Array): number | undefined {
  for (let quality = 100; quality >= 1; quality--) {
    const scale = quality < 50 ? Math.floor(5000 / quality) : 200 - 2 * quality;
    const same = ANNEX_K_LUMA.every(
      (step, index) => Math.min(Math.max(Math.floor((step * scale + 50) / 100), 1), 255) === table[index],
    );
    if (same) return quality;
  }
  return undefined;
}
