/**
 * Grey pixels of a picture that was accepted by its header: libjpeg-turbo, pngjs and libwebp, on white.
 * Refuses damaged files and colours that these codecs cannot show rightly; GIF and BMP have no codec here
 * (the code decoder reads those files itself).
 */
import { PNG } from 'pngjs';
import { DomainError } from '../../../miniprogram/shared/errors';
import { decodeTurboJpeg, type Eighths } from '../../photo-engine/decode/turbo-jpeg';
import { decodeWebp } from '../../photo-engine/decode/webp';
import { type PictureHeader } from '../../picture-header/picture-header';
import { type GreyImage, greyOf } from './grey-image';

/** pngjs needs 330 MB and seconds for 12 MP; larger PNGs are left to the code decoder, which reads the file itself. */
const LARGEST_PNG_PIXELS = 6_000_000;

/** Whether `decodeGrey` can show it. */
export function hasGreyCodec({ format, width, height }: PictureHeader): boolean {
  return format === 'jpeg' || format === 'webp' || (format === 'png' && width * height <= LARGEST_PNG_PIXELS);
}

/**
 * @param eighths of the size; JPEG only, other formats always come whole
 * @throws DomainError IMAGE_DAMAGED, IMAGE_COLOUR_UNSUPPORTED
 */
export async function decodeGrey(
  bytes: Uint8Array,
  header: PictureHeader,
  eighths: Eighths = 8,
): Promise<GreyImage> {
  const { format, colourModel, bits } = header;
  if (colourModel === 'cmyk' || colourModel === 'ycck') {
    throw new DomainError('IMAGE_COLOUR_UNSUPPORTED', { format, colourModel, bits });
  }
  // Only asked for when the code decoder could not open the file either.
  if (!hasGreyCodec(header)) throw new DomainError('IMAGE_DAMAGED', { format });
  if (format === 'jpeg') return greyOf(decodeTurboJpeg(bytes, eighths));
  return greyOf(format === 'webp' ? await decodeWebp(bytes) : decodePng(bytes));
}

function decodePng(bytes: Uint8Array): PNG {
  try {
    return PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch {
    // pngjs throws plain errors for every fault of the file: check sums, cut-off data, impossible filters.
    throw new DomainError('IMAGE_DAMAGED', { format: 'png' });
  }
}
