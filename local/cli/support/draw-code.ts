/**
 * Draws a payload as a QR code in PNG, alone with its quiet zone or on a page like the screenshot of a phone.
 * The drawing is zxing-cpp's own writer; nothing is fetched, the WebAssembly file comes from the package.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PNG } from 'pngjs';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

export interface CodeDrawing {
  /** Pixels per module, 1 to 20. */
  readonly moduleSize: number;
  readonly errorCorrection: 'L' | 'M' | 'Q' | 'H';
  /** `code` is the code with its quiet zone, `phone` a page of 1080 × 2400 around it. */
  readonly page: 'code' | 'phone';
}

export const DEFAULT_DRAWING: CodeDrawing = { moduleSize: 8, errorCorrection: 'M', page: 'code' };

const PHONE = { width: 1080, height: 2400, grey: 0xf2 };

/** @throws RangeError where the payload does not fit a QR code, or the code does not fit the page */
export async function drawCode(payload: Uint8Array, drawing: Partial<CodeDrawing> = {}): Promise<Uint8Array> {
  const { moduleSize, errorCorrection, page } = { ...DEFAULT_DRAWING, ...drawing };
  prepareWriter();
  const { image, error } = await writeBarcode(asWritten(payload), {
    format: 'QRCode',
    options: `ecLevel=${errorCorrection}`,
    scale: moduleSize,
    addQuietZones: true,
  });
  if (image === null) throw new RangeError(`the payload cannot be drawn: ${error}`);
  const code = new Uint8Array(await image.arrayBuffer());
  return page === 'phone' ? onPhonePage(code) : code;
}

/**
 * Text in ASCII goes in as text, so that the writer may choose QR's denser modes; anything else as bytes, which the
 * writer marks as such (ECI 899): decoders that know nothing but text, WeChat's among them, skip those.
 */
function asWritten(payload: Uint8Array): string | Uint8Array {
  return payload.every((byte) => byte >= 0x20 && byte < 0x7f)
    ? Buffer.from(payload).toString('ascii')
    : payload;
}

let prepared = false;
function prepareWriter(): void {
  if (prepared) return;
  const file = readFileSync(createRequire(__filename).resolve('zxing-wasm/writer/zxing_writer.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(file).buffer } });
  prepared = true;
}

/** The code in the middle of a white card on a grey page, as the pages that show codes look. */
function onPhonePage(code: Uint8Array): Uint8Array {
  const picture = PNG.sync.read(Buffer.from(code));
  if (picture.width > PHONE.width)
    throw new RangeError('the code is wider than the page: choose a smaller module size');
  const page = new PNG({ width: PHONE.width, height: PHONE.height });
  page.data.fill(PHONE.grey);
  for (let alpha = 3; alpha < page.data.length; alpha += 4) page.data[alpha] = 0xff;
  const left = Math.floor((PHONE.width - picture.width) / 2);
  const top = Math.floor((PHONE.height - picture.height) / 2);
  PNG.bitblt(picture, page, 0, 0, picture.width, picture.height, left, top);
  // One filter instead of pngjs' choice among five: a tenth of the time for a page of flat colours.
  return PNG.sync.write(page, { filterType: 0 });
}
