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

/** Whether `decodeGrey` has a codec for it. */
export function hasGreyCodec({ format }: PictureHeader): boolean {
  return format === 'jpeg' || format === 'png' || format === 'webp';
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
  switch (format) {
    case 'jpeg':
      return greyOf(decodeTurboJpeg(bytes, eighths));
    case 'webp':
      return greyOf(await decodeWebp(bytes));
    case 'png':
      return greyOf(decodePng(bytes));
    case 'gif':
    case 'bmp':
      // Only asked for when the code decoder could not open the file either.
      throw new DomainError('IMAGE_DAMAGED', { format });
  }
}

function decodePng(bytes: Uint8Array): PNG {
  try {
    return PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch {
    // pngjs throws plain errors for every fault of the file: check sums, cut-off data, impossible filters.
    throw new DomainError('IMAGE_DAMAGED', { format: 'png' });
  }
}
