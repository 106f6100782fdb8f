/**
 * WebP: the RIFF chunks that name the size (RFC 9649). Where the extended header and the coded picture
 * disagree about the size, one of them lies and the file counts as damaged.
 */
import { type ByteReader, HeaderTruncated } from './byte-reader';
import { readExifOrientation } from './exif-orientation';
import { type ExifOrientation, type PictureHeader } from './picture-header';

const RIFF_HEADER = 12;
const ANIMATION_FLAG = 0x02;
const ALPHA_FLAG = 0x10;

interface Size {
  readonly width: number;
  readonly height: number;
}

export function isWebp(file: ByteReader): boolean {
  return file.hasText(0, 'RIFF') && file.hasText(8, 'WEBP');
}

export function readWebpHeader(file: ByteReader): PictureHeader {
  let canvas: Size | undefined;
  let coded: Size | undefined;
  let animated = false;
  let alpha = false;
  let exifOrientation: ExifOrientation = 1;
  for (const { type, content } of chunks(file)) {
    if (type === 'VP8X') {
      const flags = content.uint8(0);
      animated = (flags & ANIMATION_FLAG) !== 0;
      alpha ||= (flags & ALPHA_FLAG) !== 0;
      canvas ??= { width: content.uint24(4) + 1, height: content.uint24(7) + 1 };
    } else if (type === 'VP8 ') {
      coded ??= lossySize(content);
    } else if (type === 'VP8L') {
      const lossless = losslessSize(content);
      alpha ||= lossless.alpha;
      coded ??= lossless;
    } else if (type === 'ANMF') {
      animated = true;
    } else if (type === 'EXIF') {
      exifOrientation = readExifOrientation(withoutExifPrefix(content));
    }
  }
  const size = canvas ?? coded;
  if (size === undefined || size.width === 0 || size.height === 0) throw new HeaderTruncated();
  if (!animated && (coded?.width !== size.width || coded.height !== size.height)) throw new HeaderTruncated();
  return {
    kind: 'picture',
    format: 'webp',
    ...{ width: size.width, height: size.height },
    bits: 8,
    colourModel: 'rgb',
    alpha,
    animated,
    progressive: false,
    passes: 1,
    exifOrientation,
  };
}

/** The chunks in order; the last may be cut off and then comes with what is left. Each step moves eight bytes on or more. */
function* chunks(file: ByteReader): Generator<{ readonly type: string; readonly content: ByteReader }> {
  let at = RIFF_HEADER;
  while (at + 8 <= file.length) {
    const type = String.fromCharCode(...file.bytes.subarray(at, at + 4));
    const length = file.uint32(at + 4, true);
    yield { type, content: file.slice(at + 8, Math.min(length, file.length - at - 8)) };
    at += 8 + length + (length % 2);
  }
}

/** A key frame of VP8 (RFC 6386, 9.1): three bytes of tag, the start code, 14 bits each of width and height. */
function lossySize(content: ByteReader): Size {
  const startCode = content.uint8(3) === 0x9d && content.uint8(4) === 0x01 && content.uint8(5) === 0x2a;
  if (!startCode) throw new HeaderTruncated();
  return { width: content.uint16(6, true) & 0x3fff, height: content.uint16(8, true) & 0x3fff };
}

/** Lossless: the signature byte, then 14 + 14 bits of size minus one and the alpha hint. */
function losslessSize(content: ByteReader): Size & { readonly alpha: boolean } {
  if (content.uint8(0) !== 0x2f) throw new HeaderTruncated();
  const packed = content.uint32(1, true);
  return {
    width: (packed & 0x3fff) + 1,
    height: ((packed >>> 14) & 0x3fff) + 1,
    alpha: ((packed >>> 28) & 1) === 1,
  };
}

/** Some writers repeat the JPEG prefix before the EXIF block. */
function withoutExifPrefix(content: ByteReader): ByteReader {
  return content.hasText(0, 'Exif\0\0') ? content.slice(6, content.length - 6) : content;
}
