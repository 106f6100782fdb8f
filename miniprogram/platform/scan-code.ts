/**
 * WeChat's scanner. Plain ASCII text is the same in every charset and passed on as it is. Any other payload is bytes of
 * an unknown charset, so the raw bytes are passed on, and the text only where an older WeChat gives none.
 */
import { promised } from './promised';

/**
 * Scans one code with the camera.
 * @returns its bytes in base64
 * @throws Cancelled, PlatformError privacy-refused, unexpected
 */
export async function scanCode(): Promise<string> {
  const { rawData, result } = await promised<WechatMiniprogram.ScanCodeSuccessCallbackResult>((done) => {
    wx.scanCode({ onlyFromCamera: true, scanType: ['qrCode'], ...done });
  });
  const bytes = rawData as string | undefined;
  return bytes && !PLAIN.test(result) ? bytes : toBase64(utf8(result));
}

// Printable ASCII and line ends.
const PLAIN = /^[\t\n\r -~]+$/;

/** The text's bytes in UTF-8; WeChat has no TextEncoder. */
export function utf8(text: string): number[] {
  return encodeURIComponent(text)
    .split(/(%[0-9A-F]{2})/)
    .flatMap((part) =>
      part.startsWith('%') && part.length === 3
        ? [Number.parseInt(part.slice(1), 16)]
        : Array.from(part, (character) => character.charCodeAt(0)),
    );
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding; WeChat's own conversion is marked as abolished. */
export function toBase64(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.slice(index, index + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63);
    text += second === undefined ? '=' : ALPHABET.charAt((bits >> 6) & 63);
    text += third === undefined ? '=' : ALPHABET.charAt(bits & 63);
  }
  return text;
}
