/**
 * What kind of picture these bytes are, by content and never by name, read before any pixel is decoded.
 * Own code because no kept library gives what the guards need: image-size 2.1.0 knows width, height and
 * orientation, not colour model, depth, animation, interlacing or the number of scans, and walking the same
 * untrusted chunks twice, once in each, would only double what can go wrong. The tests hold it against
 * image-size. Refuses to decode, to guess and to throw: whatever the bytes are, one outcome comes back.
 */
import { ByteReader, HeaderTruncated } from './byte-reader';
import { isBmp, isGif, readBmpHeader, readGifHeader } from './gif-and-bmp-header';
import { isJpeg, readJpegHeader } from './jpeg-header';
import { type PictureFormat, type PictureHeaderOutcome } from './picture-header';
import { isPng, readPngHeader } from './png-header';
import { nameRefusedFormat } from './refused-format';
import { isWebp, readWebpHeader } from './webp-header';

interface FormatReader {
  readonly format: PictureFormat;
  is(file: ByteReader): boolean;
  read(file: ByteReader): PictureHeaderOutcome;
}

const READERS: readonly FormatReader[] = [
  { format: 'jpeg', is: isJpeg, read: readJpegHeader },
  { format: 'png', is: isPng, read: readPngHeader },
  { format: 'webp', is: isWebp, read: readWebpHeader },
  { format: 'gif', is: isGif, read: readGifHeader },
  { format: 'bmp', is: isBmp, read: readBmpHeader },
];

/**
 * @param bytes the whole file: some marks (scans of a JPEG, EXIF of a PNG) stand behind the pixels
 * @returns the header, or why there is none; never throws, and takes time linear in the length of the file
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeaderOutcome {
  if (bytes.length === 0) return { kind: 'empty' };
  const file = new ByteReader(bytes);
  const reader = READERS.find((candidate) => candidate.is(file));
  if (reader === undefined) return { kind: 'refused-format', format: nameRefusedFormat(file) };
  try {
    return reader.read(file);
  } catch (error) {
    if (error instanceof HeaderTruncated) return { kind: 'damaged', format: reader.format };
    throw error;
  }
}
