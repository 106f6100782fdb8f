/**
 * A payload's bytes as text, for people and for formats that are text. QR codes seldom say which character
 * set they use, and decoders guess wrong for Chinese, so the bytes are what counts and the text is derived.
 * Refuses to change, trim or log a payload.
 */

export type PayloadText =
  | { readonly charset: 'utf-8' | 'gb18030'; readonly text: string }
  /** No text in either character set; the bytes are all there is. */
  | { readonly charset: 'binary'; readonly text?: undefined };

/**
 * Strict UTF-8, else GB 18030 (which includes GBK and GB 2312), else bytes. Control characters and NUL are legal.
 * Short GBK texts can never be UTF-8 by accident beyond a few odd pairs; the other way round would fail often.
 */
export function payloadText(payload: Uint8Array): PayloadText {
  for (const charset of ['utf-8', 'gb18030'] as const) {
    try {
      return { charset, text: new TextDecoder(charset, { fatal: true }).decode(payload) };
    } catch {
      // not this character set
    }
  }
  return { charset: 'binary' };
}

export function isSamePayload(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
