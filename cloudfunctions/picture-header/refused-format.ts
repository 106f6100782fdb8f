/**
 * Names the formats that are refused, so that the sentence for the student can be exact ("save the HEIC
 * as JPEG", "this is no picture"). Nothing here opens such a file.
 */
import { type ByteReader } from './byte-reader';
import { type RefusedFormat } from './picture-header';

const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'];
const AVIF_BRANDS = ['avif', 'avis'];
/** Text and markup show themselves within the first bytes; more would only cost time. */
const TEXT_PROBE_BYTES = 4096;

export function nameRefusedFormat(file: ByteReader): RefusedFormat {
  if (file.hasText(4, 'ftyp')) return nameIsoMedia(file);
  if (
    file.hasText(0, 'II*\0') ||
    file.hasText(0, 'MM\0*') ||
    file.hasText(0, 'II+\0') ||
    file.hasText(0, 'MM\0+')
  )
    return 'tiff';
  if (file.hasText(0, '\xff\x0a') || file.hasText(4, 'JXL ')) return 'jxl';
  if (file.hasText(4, 'jP  ') || file.hasText(0, '\xff\x4f\xff\x51')) return 'jpeg2000';
  if (file.hasText(0, '%PDF')) return 'pdf';
  const text = asText(file.bytes.subarray(0, TEXT_PROBE_BYTES));
  if (text === undefined) return 'unknown';
  return /<svg[\s>]/i.test(text) ? 'svg' : 'text';
}

/** ISO base media: the major brand, and for the general image brand what the file says it is compatible with. */
function nameIsoMedia(file: ByteReader): RefusedFormat {
  const compatible = (brand: string): boolean => {
    for (let at = 16; at + 4 <= Math.min(file.length, 96); at += 4) if (file.hasText(at, brand)) return true;
    return false;
  };
  if (AVIF_BRANDS.some((brand) => file.hasText(8, brand))) return 'avif';
  if (HEIC_BRANDS.some((brand) => file.hasText(8, brand))) return compatible('avif') ? 'avif' : 'heic';
  return 'video';
}

/** The text where the bytes are one, in UTF-8 (cut off anywhere) or GB18030, without control characters. */
function asText(probe: Uint8Array): string | undefined {
  for (const byte of probe) {
    if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d) || byte === 0x7f)
      return undefined;
  }
  for (const charset of ['utf-8', 'gb18030']) {
    try {
      // `stream` forgives a character that the probe cuts in two.
      return new TextDecoder(charset, { fatal: true }).decode(probe, { stream: true });
    } catch {
      // not this charset
    }
  }
  return undefined;
}
