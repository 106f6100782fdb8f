/**
 * The text of a CSV file whose encoding nobody wrote down: by its byte order mark, else strict UTF-8, else GB 18030
 * (what Excel in China writes). Refuses bytes that are none of these rather than importing broken names.
 */
import { DomainError } from '../../miniprogram/shared/errors';

export interface DecodedText {
  readonly encoding: 'utf-8' | 'gb18030';
  readonly text: string;
}

/** @throws DomainError ROSTER_UNREADABLE {reason: encoding} */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-8', text: decode(bytes, 'utf-16le') };
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      return { encoding, text: decode(bytes, encoding) };
    } catch {
      // not this encoding
    }
  }
  throw new DomainError('ROSTER_UNREADABLE', { reason: 'encoding' });
}

/** Strict; the byte order mark is taken off. */
function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
