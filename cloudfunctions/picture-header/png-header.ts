/**
 * PNG: IHDR and the chunks that change how the picture must be treated (W3C PNG, third edition, 2025).
 * Inflates nothing and checks no CRC: the decoder does.
 */
import { type ByteReader, HeaderTruncated } from './byte-reader';
import { readExifOrientation } from './exif-orientation';
import {
  type ColourModel,
  type ExifOrientation,
  type PictureHeader,
  type RefusedFormat,
} from './picture-header';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, type and CRC around the content of a chunk. */
const CHUNK_FRAME = 12;
/** The largest side that the format allows. */
const MAXIMUM_SIDE = 0x7fffffff;

/** Colour types with the depths that each allows (table 11.1). */
const COLOUR_TYPES: Readonly<
  Record<number, { model: ColourModel; alpha: boolean; channels: number; depths: readonly number[] }>
> = {
  0: { model: 'grey', alpha: false, channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { model: 'rgb', alpha: false, channels: 3, depths: [8, 16] },
  3: { model: 'palette', alpha: false, channels: 1, depths: [1, 2, 4, 8] },
  4: { model: 'grey', alpha: true, channels: 2, depths: [8, 16] },
  6: { model: 'rgb', alpha: true, channels: 4, depths: [8, 16] },
};

export function isPng(file: ByteReader): boolean {
  return file.length >= SIGNATURE.length && SIGNATURE.every((byte, index) => file.bytes[index] === byte);
}

export function readPngHeader(
  file: ByteReader,
): PictureHeader | { readonly kind: 'refused-format'; readonly format: RefusedFormat } {
  // Xcode's variant for app bundles: not PNG, though it is named so.
  if (file.hasText(SIGNATURE.length + 4, 'CgBI')) return { kind: 'refused-format', format: 'png-apple' };
  const image = readImageHeader(file);
  let transparentColour = false;
  let animated = false;
  let pixels = false;
  let exifOrientation: ExifOrientation = 1;
  for (const chunk of pngChunks(file)) {
    if (chunk.type === 'IDAT') pixels = true;
    else if (chunk.type === 'tRNS') transparentColour = true;
    // An animation of a single frame is a still picture.
    else if (chunk.type === 'acTL') animated ||= chunk.content().uint32(0) > 1;
    else if (chunk.type === 'eXIf') exifOrientation = readExifOrientation(chunk.content());
  }
  if (!pixels) throw new HeaderTruncated();
  return {
    kind: 'picture',
    format: 'png',
    width: image.width,
    height: image.height,
    bits: image.bits,
    colourModel: image.model,
    alpha: image.alpha || transparentColour,
    animated,
    progressive: image.interlaced,
    passes: 1,
    exifOrientation,
  };
}

function readImageHeader(file: ByteReader) {
  const content = SIGNATURE.length + 8;
  if (!file.hasText(content - 4, 'IHDR') || file.uint32(SIGNATURE.length) !== 13) throw new HeaderTruncated();
  const width = file.uint32(content);
  const height = file.uint32(content + 4);
  const bits = file.uint8(content + 8);
  const colour = COLOUR_TYPES[file.uint8(content + 9)];
  const interlace = file.uint8(content + 12);
  const sized = width > 0 && height > 0 && width <= MAXIMUM_SIDE && height <= MAXIMUM_SIDE;
  if (!sized || !colour?.depths.includes(bits) || interlace > 1) throw new HeaderTruncated();
  return { ...colour, width, height, bits, interlaced: interlace === 1 };
}

export interface PngChunk {
  readonly type: string;
  /** Where the next one begins. */
  readonly end: number;
  content(): ByteReader;
}

/**
 * The chunks in order; a last chunk that the file cuts off comes with what is left of it, so that a truncated
 * picture keeps its header and the decoder decides. Each step moves at least twelve bytes on.
 */
export function* pngChunks(file: ByteReader): Generator<PngChunk> {
  let at = SIGNATURE.length;
  while (at + 8 <= file.length) {
    const length = file.uint32(at);
    const type = String.fromCharCode(...file.bytes.subarray(at + 4, at + 8));
    const start = at + 8;
    const end = at + length + CHUNK_FRAME;
    yield { type, end, content: () => file.slice(start, Math.min(length, file.length - start)) };
    if (type === 'IEND') return;
    at = end;
  }
}

/**
 * The most bytes that the pixels of this header inflate to: every row with its filter byte, and for an
 * interlaced picture the rows and rounding of the seven passes on top.
 */
export function pngInflatedBytes(header: PictureHeader): number {
  const channels = channelsOf(header);
  const row = Math.ceil((header.width * channels * header.bits) / 8) + 1;
  const rows = header.height * row;
  return header.progressive ? rows + 7 * (header.height + row) : rows;
}

/** The most that a header can mean: transparency by a colour table (tRNS) counts as a channel of its own here. */
function channelsOf(header: PictureHeader): number {
  if (header.colourModel === 'palette') return 1;
  return (header.colourModel === 'grey' ? 1 : 3) + (header.alpha ? 1 : 0);
}
