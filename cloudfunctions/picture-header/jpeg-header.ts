/**
 * JPEG: segments up to the first scan, then the number of scans (ITU-T T.81, annex B).
 * Reads no entropy-coded data and follows no embedded picture (thumbnail, second picture of an MPO).
 */
import { ByteReader, HeaderTruncated } from './byte-reader';
import { readExifOrientation } from './exif-orientation';
import {
  type ColourModel,
  type ExifOrientation,
  type PictureHeader,
  type RefusedFormat,
} from './picture-header';

const MARKER = 0xff;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const APP1 = 0xe1;
const APP14 = 0xee;

/** How the frame's marker says that it is coded (T.81, table B.1). */
const PROGRESSIVE_FRAMES = new Set([0xc2, 0xc6, 0xca, 0xce]);
const LOSSLESS_FRAMES = new Set([0xc3, 0xc7, 0xcb, 0xcf]);
const ARITHMETIC_FRAMES = new Set([0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);
/** C4 is a Huffman table, C8 is reserved, CC an arithmetic table: the only ones of C0–CF that are no frame. */
const NOT_A_FRAME = new Set([0xc4, 0xc8, 0xcc]);

interface Frame {
  readonly marker: number;
  readonly bits: number;
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

export function isJpeg(file: ByteReader): boolean {
  return file.length >= 2 && file.uint16(0) === 0xffd8;
}

export function readJpegHeader(
  file: ByteReader,
): PictureHeader | { readonly kind: 'refused-format'; readonly format: RefusedFormat } {
  let frame: Frame | undefined;
  let exifOrientation: ExifOrientation | undefined;
  let adobeTransform: number | undefined;
  let firstScan: number | undefined;

  for (const segment of jpegSegments(file)) {
    if (segment.marker === START_OF_SCAN) firstScan = segment.at;
    else if (isFrame(segment.marker)) frame ??= readFrame(segment.marker, segment.content());
    else if (segment.marker === APP1) exifOrientation ??= orientationOf(segment.content());
    else if (segment.marker === APP14) adobeTransform ??= adobeTransformOf(segment.content());
  }
  // A picture that ends between its frame and its first scan has a size but no pixel.
  if (frame === undefined || firstScan === undefined) throw new HeaderTruncated();
  if (LOSSLESS_FRAMES.has(frame.marker)) return { kind: 'refused-format', format: 'jpeg-lossless' };
  if (ARITHMETIC_FRAMES.has(frame.marker)) return { kind: 'refused-format', format: 'jpeg-arithmetic' };

  const progressive = PROGRESSIVE_FRAMES.has(frame.marker);
  return {
    kind: 'picture',
    format: 'jpeg',
    width: frame.width,
    height: frame.height,
    bits: frame.bits,
    colourModel: colourModelOf(frame.components, adobeTransform),
    alpha: false,
    animated: false,
    progressive,
    passes: progressive ? countScans(file.bytes, firstScan) : 1,
    exifOrientation: exifOrientation ?? 1,
  };
}

export interface JpegSegment {
  readonly at: number;
  readonly marker: number;
  /** The bytes after the length field; throws where the file ends inside them. */
  content(): ByteReader;
}

/** Every segment from the first after SOI up to and including the first scan; each step moves at least two bytes on. */
export function* jpegSegments(file: ByteReader): Generator<JpegSegment> {
  let at = 2;
  for (;;) {
    if (file.uint8(at) !== MARKER) throw new HeaderTruncated();
    while (file.uint8(at + 1) === MARKER) at++; // fill bytes, T.81 B.1.1.2
    const marker = file.uint8(at + 1);
    if (marker === END_OF_IMAGE || marker === 0) throw new HeaderTruncated();
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (standsAlone) {
      at += 2;
      continue;
    }
    const length = file.uint16(at + 2);
    if (length < 2) throw new HeaderTruncated();
    const start = at + 4;
    yield { at, marker, content: () => file.slice(start, length - 2) };
    if (marker === START_OF_SCAN) return;
    at += 2 + length;
  }
}

/** Which coefficients a scan brings, and how exactly: Ss, Se, Ah and Al (T.81, B.2.3). */
const SCAN_PARAMETERS = 3;

/**
 * @returns the parameters of the first scan, in the file's own bytes; undefined for a progressive picture, whose scans
 *   differ in them, and where no header of a scan is whole
 */
export function sequentialScanParameters(bytes: Uint8Array): Uint8Array | undefined {
  try {
    for (const segment of jpegSegments(new ByteReader(bytes))) {
      if (PROGRESSIVE_FRAMES.has(segment.marker)) return undefined;
      if (segment.marker !== START_OF_SCAN) continue;
      const { bytes: header } = segment.content();
      return header.length > SCAN_PARAMETERS ? header.subarray(-SCAN_PARAMETERS) : undefined;
    }
  } catch (error) {
    if (!(error instanceof HeaderTruncated)) throw error;
  }
  return undefined;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && !NOT_A_FRAME.has(marker);
}

function readFrame(marker: number, content: ByteReader): Frame {
  const frame = {
    marker,
    bits: content.uint8(0),
    // A height of 0 would be defined later by a DNL segment: no camera or phone writes it, decoders refuse it.
    height: content.uint16(1),
    width: content.uint16(3),
    components: content.uint8(5),
  };
  const possible = frame.width > 0 && frame.height > 0 && [1, 3, 4].includes(frame.components);
  if (!possible || ![8, 12, 16].includes(frame.bits)) throw new HeaderTruncated();
  return frame;
}

function colourModelOf(components: number, adobeTransform: number | undefined): ColourModel {
  if (components === 1) return 'grey';
  if (components === 3) return 'rgb';
  return adobeTransform === 2 ? 'ycck' : 'cmyk';
}

/** APP1 also carries XMP and others; only the one that says Exif is read. */
function orientationOf(content: ByteReader): ExifOrientation | undefined {
  if (!content.hasText(0, 'Exif\0\0')) return undefined;
  return readExifOrientation(content.slice(6, content.length - 6));
}

/** Adobe's segment: transform 0 = CMYK or RGB, 1 = YCbCr, 2 = YCCK (Adobe technical note 5116). */
function adobeTransformOf(content: ByteReader): number | undefined {
  return content.hasText(0, 'Adobe') && content.length >= 12 ? content.uint8(11) : undefined;
}

/** Scans up to the end of this image; inside entropy-coded data 0xFF is always followed by 0 or a restart marker. */
function countScans(bytes: Uint8Array, firstScan: number): number {
  let scans = 1;
  for (let at = bytes.indexOf(MARKER, firstScan + 2); at >= 0; at = bytes.indexOf(MARKER, at + 1)) {
    const marker = bytes[at + 1];
    if (marker === END_OF_IMAGE) break;
    if (marker === START_OF_SCAN) scans++;
  }
  return scans;
}
