/**
 * A PNG whose pixel data inflates to more than its header announces: 10 MB of it grow to 10 GB inside a
 * decoder that believes the stream (stb_image in zxing-wasm always, pngjs for interlaced pictures). A guard of
 * its own because it costs time: decoders that stop at the announced size do not need it.
 */
import { constants, inflateSync } from 'node:zlib';
import { DomainError } from '../../miniprogram/shared/errors';
import { ByteReader } from './byte-reader';
import { type PictureHeader } from './picture-header';
import { pngChunks, pngInflatedBytes } from './png-header';

/**
 * Inflates the pixel data of a PNG once, with the announced size as ceiling; about 30 ms for a screenshot of
 * 1080 × 2400. Other formats pass, and so does a stream that is only cut off: the decoder decides about it.
 * @param header of these bytes, inside the pixel limit (the ceiling is what bounds the memory here)
 * @throws DomainError IMAGE_DAMAGED
 */
export function refuseDeflateBomb(bytes: Uint8Array, header: PictureHeader): void {
  if (header.format !== 'png') return;
  const parts: Uint8Array[] = [];
  for (const chunk of pngChunks(new ByteReader(bytes))) {
    if (chunk.type === 'IDAT') parts.push(chunk.content().bytes);
  }
  try {
    inflateSync(Buffer.concat(parts), {
      maxOutputLength: pngInflatedBytes(header),
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch {
    // Too long (a bomb) or not deflate at all: no decoder can make a picture of either.
    throw new DomainError('IMAGE_DAMAGED', { format: 'png' });
  }
}
