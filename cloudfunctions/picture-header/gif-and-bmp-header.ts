/**
 * GIF and BMP: accepted for pictures of codes only, because old phones and chat programs still send them
 * and the decoder reads them. Sizes and frames, nothing else.
 */
import { type ByteReader, HeaderTruncated } from './byte-reader';
import { type PictureHeader } from './picture-header';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

export function isGif(file: ByteReader): boolean {
  return file.hasText(0, 'GIF87a') || file.hasText(0, 'GIF89a');
}

export function readGifHeader(file: ByteReader): PictureHeader {
  const width = file.uint16(6, true);
  const height = file.uint16(8, true);
  if (width === 0 || height === 0) throw new HeaderTruncated();
  const frames = gifFrames(file);
  if (frames.count === 0) throw new HeaderTruncated();
  return {
    kind: 'picture',
    format: 'gif',
    width,
    height,
    bits: (file.uint8(10) & 7) + 1,
    colourModel: 'palette',
    alpha: true,
    animated: frames.count > 1,
    progressive: frames.interlaced,
    passes: 1,
    exifOrientation: 1,
  };
}

/** Counts up to two frames, which is all that matters; each step moves at least one byte on. */
function gifFrames(file: ByteReader): { readonly count: number; readonly interlaced: boolean } {
  let count = 0;
  let interlaced = false;
  let at = 13 + colourTableBytes(file.uint8(10));
  while (at < file.length && count < 2) {
    const block = file.uint8(at);
    if (block === TRAILER) break;
    if (block === EXTENSION) {
      at = afterSubBlocks(file, at + 2);
    } else if (block === IMAGE) {
      if (at + 10 > file.length) break;
      const flags = file.uint8(at + 9);
      interlaced ||= (flags & 0x40) !== 0;
      count++;
      at = afterSubBlocks(file, at + 11 + colourTableBytes(flags));
    } else {
      break; // rubbish after the picture; the decoder has the last word
    }
  }
  return { count, interlaced };
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** The place after a chain of sub-blocks, or the end of a file that is cut off inside it. */
function afterSubBlocks(file: ByteReader, start: number): number {
  let at = start;
  while (at < file.length) {
    const length = file.uint8(at);
    at += 1 + length;
    if (length === 0) return at;
  }
  return file.length;
}

/** Sizes of the info header that exist (12 = OS/2, 40 = Windows 3, 108 and 124 = versions 4 and 5, and rarer ones). */
const BMP_HEADER_SIZES = new Set([12, 40, 52, 56, 64, 108, 124]);

export function isBmp(file: ByteReader): boolean {
  return file.hasText(0, 'BM') && file.length >= 18 && BMP_HEADER_SIZES.has(file.uint32(14, true));
}

export function readBmpHeader(file: ByteReader): PictureHeader {
  const old = file.uint32(14, true) === 12;
  const width = old ? file.uint16(18, true) : file.int32(18, true);
  const height = old ? file.uint16(20, true) : Math.abs(file.int32(22, true));
  const bitsPerPixel = old ? file.uint16(24, true) : file.uint16(28, true);
  if (width <= 0 || height <= 0 || ![1, 4, 8, 16, 24, 32].includes(bitsPerPixel)) throw new HeaderTruncated();
  return {
    kind: 'picture',
    format: 'bmp',
    width,
    height,
    bits: bitsPerPixel <= 8 ? bitsPerPixel : 8,
    colourModel: bitsPerPixel <= 8 ? 'palette' : 'rgb',
    alpha: bitsPerPixel === 32,
    animated: false,
    progressive: false,
    passes: 1,
    exifOrientation: 1,
  };
}
