/**
 * A PNG whose pixel data inflates to more than its header announces: 10 MB of it grow to 10 GB inside a
 * decoder that believes the stream (stb_image in zxing-wasm always, pngjs for interlaced pictures). A guard of
 * its own because it costs time: decoders that stop at the announced size do not need it.
 */
import { constants, createInflate } from 'node:zlib';
import { DomainError } from '../../miniprogram/shared/errors';
import { ByteReader } from './byte-reader';
import { type PictureHeader } from './picture-header';
import { pngChunks, pngInflatedBytes } from './png-header';

/**
 * Inflates the pixel data of a PNG once, piece by piece, and stops beyond the announced size; about 30 ms for a
 * screenshot of 1080 × 2400. Other formats pass, and so does a stream that is only cut off: the decoder decides.
 * @param header of these bytes
 * @throws DomainError IMAGE_DAMAGED for more pixels than announced, and for data that is not deflate at all
 */
export async function refuseDeflateBomb(bytes: Uint8Array, header: PictureHeader): Promise<void> {
  if (header.format !== 'png') return;
  const ceiling = pngInflatedBytes(header);
  const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 1 << 18 });
  inflate.end(pixelDataOf(bytes));
  let length = 0;
  try {
    for await (const piece of inflate) {
      length += (piece as Uint8Array).length;
      if (length > ceiling) break; // leaving the loop destroys the stream
    }
  } catch {
    length = Infinity; // no decoder can make a picture of it
  }
  if (length > ceiling) throw new DomainError('IMAGE_DAMAGED', { format: 'png' });
}

function pixelDataOf(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const chunk of pngChunks(new ByteReader(bytes))) {
    if (chunk.type === 'IDAT') parts.push(chunk.content().bytes);
  }
  return Buffer.concat(parts);
}
