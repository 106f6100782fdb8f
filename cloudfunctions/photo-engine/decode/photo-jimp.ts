/**
 * The photo engine's jimp: jimp's picture class with the engine's own codecs behind jimp's format interface,
 * so that there is one list of what can be read and written, for the chain and for drawing alike (contact
 * sheets, marked-up pictures). JPEG is libjpeg-turbo and mozjpeg, WebP is libwebp, both WebAssembly and five to
 * ten times as fast as jimp's JavaScript codecs; PNG is jimp's own. The chain takes `PHOTO_FORMATS` directly,
 * because `fromBuffer` would turn the picture by EXIF a second time and pixel by pixel (0.4 s at 3 MP).
 */
import { createJimp } from '@jimp/core';
import png from '@jimp/js-png';
import { methods as blit } from '@jimp/plugin-blit';
import { type Subsampling, encodeMozJpeg } from '../encode/moz-jpeg';
import { type RgbaImage, wrapPixels } from '../image/rgba-image';
import { decodeTurboJpeg, type Eighths } from './turbo-jpeg';
import { decodeWebp } from './webp';

/** jimp's picture: the same pixels as `RgbaImage` in a Buffer. */
interface Bitmap {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** The same memory as a jimp bitmap; nothing is copied. */
export function asBitmap({ width, height, data }: RgbaImage): Bitmap {
  return { width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) };
}

/** The same memory as an engine picture; nothing is copied. */
export function asImage({ width, height, data }: Bitmap): RgbaImage {
  return wrapPixels(width, height, data);
}

interface JpegWriting {
  readonly quality: number;
  readonly subsampling: Subsampling;
}

/** JPEG: reads at `eighths`/8 of its size (default 8), writes baseline. Density is set by `encodePhoto`. */
function jpegFormat() {
  return {
    mime: 'image/jpeg' as const,
    // Says that the encoder takes the bitmap as it is: otherwise jimp first lays it over a colour, pixel by pixel.
    hasAlpha: true as const,
    decode: (file: Buffer, options?: { eighths: Eighths }): Bitmap =>
      asBitmap(decodeTurboJpeg(file, options?.eighths ?? 8)),
    encode: async (
      bitmap: Bitmap,
      { quality, subsampling }: JpegWriting = { quality: 90, subsampling: '4:4:4' },
    ): Promise<Buffer> => Buffer.from(await encodeMozJpeg(asImage(bitmap), quality, subsampling)),
  };
}

/** WebP: read only, nothing in the product writes it. */
function webpFormat() {
  return {
    mime: 'image/webp' as const,
    hasAlpha: true as const,
    decode: async (file: Buffer): Promise<Bitmap> => asBitmap(await decodeWebp(file)),
    encode: (): never => {
      throw new Error('WebP is read, never written');
    },
  };
}

/** The codecs by the header's name of the format. */
export const PHOTO_FORMATS = { jpeg: jpegFormat(), png: png(), webp: webpFormat() } as const;

/** jimp's class: drawing, pasting and writing pictures with the engine's codecs. */
export const PhotoJimp = createJimp({ formats: [jpegFormat, png, webpFormat], plugins: [blit] });
