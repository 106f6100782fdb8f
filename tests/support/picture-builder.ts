/**
 * Builds picture files byte by byte, so that a test can say exactly what a header claims (including lies).
 * The pixels are as few as the format allows; nothing here is meant to be looked at.
 */
import { deflateSync } from 'node:zlib';

function bytes(...parts: readonly (number | string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Buffer.from([part]);
      return typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part);
    }),
  );
}

function bigEndian(value: number, length: 2 | 4): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer.subarray(4 - length);
}

function littleEndian(value: number, length: 2 | 3 | 4): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32LE(value | 0);
  return buffer.subarray(0, length);
}

/** An EXIF block with the orientation as its only entry. */
export function exifBlock(orientation: number, order: 'II' | 'MM' = 'MM'): Buffer {
  const short = (value: number) => (order === 'MM' ? bigEndian(value, 2) : littleEndian(value, 2));
  const long = (value: number) => (order === 'MM' ? bigEndian(value, 4) : littleEndian(value, 4));
  const value = bytes(short(orientation), short(0));
  return bytes(order, short(42), long(8), short(1), short(0x0112), short(3), long(1), value, long(0));
}

export interface JpegParts {
  readonly width?: number;
  readonly height?: number;
  readonly bits?: number;
  readonly components?: number;
  /** The frame's marker: 0xc0 baseline, 0xc2 progressive, 0xc3 lossless, 0xc9 arithmetic. */
  readonly frame?: number;
  readonly adobeTransform?: number;
  readonly exif?: Uint8Array;
  readonly scans?: number;
  /** Bytes after the end of the image, as motion photos have them. */
  readonly trailer?: Uint8Array;
}

export function jpegFile(parts: JpegParts = {}): Buffer {
  const { width = 64, height = 48, bits = 8, components = 3, frame = 0xc0, scans = 1 } = parts;
  const segment = (marker: number, content: Uint8Array) =>
    bytes(0xff, marker, bigEndian(content.length + 2, 2), content);
  const component = Array.from({ length: components }, (_, index) => Buffer.from([index + 1, 0x11, 0]));
  return bytes(
    '\xff\xd8',
    parts.exif ? segment(0xe1, bytes('Exif\0\0', parts.exif)) : '',
    parts.adobeTransform === undefined
      ? ''
      : segment(0xee, bytes('Adobe', 0, 100, 0, 0, 0, 0, parts.adobeTransform)),
    segment(frame, bytes(bits, bigEndian(height, 2), bigEndian(width, 2), components, ...component)),
    ...Array.from({ length: scans }, () =>
      bytes(segment(0xda, bytes(1, 1, 0, 0, 63, 0)), '\x12\xff\x00\x34'),
    ),
    '\xff\xd9',
    parts.trailer ?? '',
  );
}

export interface PngParts {
  readonly width?: number;
  readonly height?: number;
  readonly bits?: number;
  readonly colourType?: number;
  readonly interlaced?: boolean;
  /** Chunks between the header and the pixels. */
  readonly chunks?: readonly { readonly type: string; readonly content: Uint8Array }[];
  /** What the pixel data inflates to. */
  readonly raw?: Uint8Array;
}

export function pngFile(parts: PngParts = {}): Buffer {
  const { width = 64, height = 48, bits = 8, colourType = 2 } = parts;
  const chunk = (type: string, content: Uint8Array) =>
    bytes(bigEndian(content.length, 4), type, content, bigEndian(crc32(bytes(type, content)), 4));
  const header = bytes(
    bigEndian(width, 4),
    bigEndian(height, 4),
    bits,
    colourType,
    0,
    0,
    parts.interlaced ? 1 : 0,
  );
  return bytes(
    '\x89PNG\r\n\x1a\n',
    chunk('IHDR', header),
    ...(parts.chunks ?? []).map(({ type, content }) => chunk(type, content)),
    chunk('IDAT', deflateSync(parts.raw ?? Buffer.alloc(16))),
    chunk('IEND', Buffer.alloc(0)),
  );
}

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export interface WebpParts {
  readonly coding?: 'lossy' | 'lossless';
  readonly width?: number;
  readonly height?: number;
  /** An extended header; its canvas is the size of the picture unless it is to lie. */
  readonly extended?: { readonly flags: number; readonly width?: number; readonly height?: number };
  readonly exif?: Uint8Array;
}

export function webpFile(parts: WebpParts = {}): Buffer {
  const { width = 64, height = 48, coding = 'lossy' } = parts;
  const chunk = (type: string, content: Uint8Array) =>
    bytes(type, littleEndian(content.length, 4), content, content.length % 2 === 1 ? 0 : '');
  const picture =
    coding === 'lossy'
      ? chunk('VP8 ', bytes('\x00\x00\x00\x9d\x01\x2a', littleEndian(width, 2), littleEndian(height, 2)))
      : chunk('VP8L', bytes(0x2f, littleEndian(width - 1 + (height - 1) * 2 ** 14, 4)));
  const { extended } = parts;
  const body = bytes(
    'WEBP',
    extended
      ? chunk(
          'VP8X',
          bytes(
            extended.flags,
            '\0\0\0',
            littleEndian((extended.width ?? width) - 1, 3),
            littleEndian((extended.height ?? height) - 1, 3),
          ),
        )
      : '',
    picture,
    parts.exif ? chunk('EXIF', parts.exif) : '',
  );
  return bytes('RIFF', littleEndian(body.length, 4), body);
}

export function gifFile({ width = 64, height = 48, frames = 1 } = {}): Buffer {
  const frame = bytes(
    '\x21\xf9\x04\x00\x00\x00\x00\x00',
    0x2c,
    '\0\0\0\0',
    littleEndian(width, 2),
    littleEndian(height, 2),
    0,
    2,
    1,
    0x44,
    0,
  );
  return bytes(
    'GIF89a',
    littleEndian(width, 2),
    littleEndian(height, 2),
    '\x80\x00\x00',
    '\0\0\0\xff\xff\xff',
    ...Array.from({ length: frames }, () => frame),
    0x3b,
  );
}

export function bmpFile({ width = 64, height = 48, bitsPerPixel = 24 } = {}): Buffer {
  return bytes(
    'BM',
    littleEndian(0, 4),
    littleEndian(0, 4),
    littleEndian(54, 4),
    littleEndian(40, 4),
    littleEndian(width, 4),
    littleEndian(height, 4),
    littleEndian(1, 2),
    littleEndian(bitsPerPixel, 2),
    Buffer.alloc(24),
  );
}

/** An ISO media file that names these brands, the first as the major one. */
export function isoMediaFile(...brands: readonly string[]): Buffer {
  const content = bytes('ftyp', brands[0]!, '\0\0\0\0', ...brands.slice(1));
  return bytes(bigEndian(content.length + 4, 4), content, Buffer.alloc(32));
}
