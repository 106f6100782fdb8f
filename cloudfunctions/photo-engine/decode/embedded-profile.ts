/**
 * The ICC profile that a picture file carries, as bytes: APP2 segments of a JPEG, iCCP of a PNG, ICCP of a WebP.
 * Refuses to judge it; of a profile that is cut off or too large it says that it is there and cannot be read.
 */
import { inflateSync } from 'node:zlib';
import { ByteReader, HeaderTruncated } from '../../picture-header/byte-reader';
import { jpegSegments } from '../../picture-header/jpeg-header';
import { pngChunks } from '../../picture-header/png-header';

export type ProfiledFormat = 'jpeg' | 'png' | 'webp';

/** Camera profiles have 0.5–4 KB; a table profile of a printer has some MB and is of no use here. */
const MAXIMUM_PROFILE_BYTES = 1 << 20;

const LEAST_PROFILE_BYTES = 128; // its header, ICC.1:2022, 7.2

/** @returns the profile's bytes, 'unreadable' where they are not whole, or undefined where the file has none */
export function readEmbeddedProfile(
  file: Uint8Array,
  format: ProfiledFormat,
): Uint8Array | 'unreadable' | undefined {
  try {
    const profile = READERS[format](new ByteReader(file));
    if (profile === undefined) return undefined;
    const { length } = profile;
    return length >= LEAST_PROFILE_BYTES && length <= MAXIMUM_PROFILE_BYTES ? profile : 'unreadable';
  } catch (error) {
    if (error instanceof HeaderTruncated) return 'unreadable';
    throw error;
  }
}

const READERS: Readonly<Record<ProfiledFormat, (file: ByteReader) => Uint8Array | undefined>> = {
  jpeg: profileOfJpeg,
  png: profileOfPng,
  webp: profileOfWebp,
};

const APP2 = 0xe2;
/** The text with its zero, then the piece's number and the count of pieces. */
const PIECE_HEAD = 14;

/** ICC.1:2022, annex B.4: numbered pieces of at most 65,519 bytes behind the text ICC_PROFILE, in any order. */
function profileOfJpeg(file: ByteReader): Uint8Array | undefined {
  const pieces = new Map<number, Uint8Array>();
  let count = 0;
  for (const segment of jpegSegments(file)) {
    if (segment.marker !== APP2) continue;
    const content = segment.content();
    if (content.length <= PIECE_HEAD || !content.hasText(0, 'ICC_PROFILE\0')) continue;
    count = content.uint8(13);
    pieces.set(content.uint8(12), content.slice(PIECE_HEAD, content.length - PIECE_HEAD).bytes);
  }
  if (pieces.size === 0) return undefined;
  return Buffer.concat(Array.from({ length: count }, (_, index) => pieceOf(pieces, index + 1)));
}

/** With a piece missing the rest would be read from the wrong places. */
function pieceOf(pieces: ReadonlyMap<number, Uint8Array>, number: number): Uint8Array {
  const piece = pieces.get(number);
  if (piece === undefined) throw new HeaderTruncated();
  return piece;
}

/** W3C PNG, 11.3.2.3: a name, a zero, the compression method, then deflate. */
function profileOfPng(file: ByteReader): Uint8Array | undefined {
  for (const chunk of pngChunks(file)) {
    if (chunk.type === 'IDAT') return undefined;
    if (chunk.type !== 'iCCP') continue;
    const { bytes } = chunk.content();
    const nameEnd = bytes.indexOf(0);
    if (nameEnd < 0) throw new HeaderTruncated();
    try {
      return inflateSync(bytes.subarray(nameEnd + 2), { maxOutputLength: MAXIMUM_PROFILE_BYTES });
    } catch {
      throw new HeaderTruncated();
    }
  }
  return undefined;
}

/** RFC 9649: the ICCP chunk stands directly behind VP8X. */
function profileOfWebp(file: ByteReader): Uint8Array | undefined {
  let at = 12;
  while (at + 8 <= file.length) {
    const length = file.uint32(at + 4, true);
    if (file.hasText(at, 'ICCP')) return file.slice(at + 8, length).bytes;
    at += 8 + length + (length % 2);
  }
  return undefined;
}
