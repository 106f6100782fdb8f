/**
 * WebP pixels: libwebp as WebAssembly (@jsquash/webp, decoder only). Refuses damaged files; animated ones and
 * those over the limits never get here.
 */
import decode, { init } from '@jsquash/webp/decode.js';
import { DomainError } from '../../../miniprogram/shared/errors';
import { wrapPixels, type RgbaImage } from '../image/rgba-image';
import { codecModule } from './codec-binary';
import { instantiateFrom } from './instantiate-from';

/**
 * @param file a whole still WebP file
 * @returns its pixels with straight alpha
 * @throws DomainError IMAGE_DAMAGED
 */
export async function decodeWebp(file: Uint8Array): Promise<RgbaImage> {
  // A fresh instance per picture (2 ms): the heap of an old one never shrinks, and 12 MP leave 150 MB in it.
  await init(instantiateFrom(codecModule('webp_dec.wasm')));
  let decoded: RgbaImage;
  try {
    decoded = (await decode(file as unknown as ArrayBuffer)) as RgbaImage;
  } catch {
    throw new DomainError('IMAGE_DAMAGED', { format: 'webp' });
  }
  return wrapPixels(decoded.width, decoded.height, decoded.data);
}
