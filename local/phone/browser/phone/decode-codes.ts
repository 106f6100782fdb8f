/** Reads QR codes in pictures for `wx.scanCode`, with zxing compiled to WebAssembly, loaded when first needed. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

export interface DecodedCode {
  readonly result: string;
  /** Base64 of the payload's bytes, as WeChat gives it. */
  readonly rawData: string;
  readonly charSet: string;
}

prepareZXingModule({ overrides: { locateFile: () => '/phone/zxing_reader.wasm' } });

export async function decodeCodes(picture: Blob | ImageData): Promise<DecodedCode[]> {
  const found = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 4 });
  return found
    .filter((code) => code.isValid)
    .map((code) => ({
      result: code.text,
      rawData: btoa(String.fromCharCode(...code.bytes)),
      charSet: 'UTF-8',
    }));
}
