/** Draws pages with QR codes on them, pixel by pixel, as screenshots would be. */
import { PNG } from 'pngjs';
import { drawCode } from '../../local/cli/support/draw-code';

export interface CodeOnPage {
  readonly payload: Uint8Array | string;
  readonly left: number;
  readonly top: number;
  /** Pixels per module; 4 unless said otherwise. */
  readonly moduleSize?: number;
  /** Whether the white border of four modules is drawn; true unless said otherwise. */
  readonly quietZone?: boolean;
}

export interface CodePage {
  readonly width?: number;
  readonly height?: number;
  /** Grey level of the page; 242 unless said otherwise. */
  readonly level?: number;
  readonly codes?: readonly CodeOnPage[];
}

export function bytesOf(payload: Uint8Array | string): Uint8Array {
  return typeof payload === 'string' ? Buffer.from(payload, 'utf8') : payload;
}

/** An opaque page as pixels. */
export async function codePage({
  width = 480,
  height = 640,
  level = 242,
  codes = [],
}: CodePage): Promise<PNG> {
  const page = new PNG({ width, height });
  for (let at = 0; at < page.data.length; at += 4)
    page.data.fill(level, at, at + 3).fill(255, at + 3, at + 4);
  for (const code of codes) await put(code, page);
  return page;
}

/** The same as a PNG file. */
export async function codePagePng(page: CodePage): Promise<Buffer> {
  return fastPng(await codePage(page));
}

async function put(code: CodeOnPage, page: PNG): Promise<void> {
  const moduleSize = code.moduleSize ?? 4;
  const drawn = PNG.sync.read(Buffer.from(await drawCode(bytesOf(code.payload), { moduleSize })));
  const border = code.quietZone === false ? 4 * moduleSize : 0;
  const side = drawn.width - 2 * border;
  PNG.bitblt(drawn, page, border, border, side, side, code.left, code.top);
}

/** pngjs tries five filters for every row by default, which takes seconds under jest. */
export function fastPng(page: PNG): Buffer {
  return PNG.sync.write(page, { filterType: 0, deflateLevel: 1 });
}
