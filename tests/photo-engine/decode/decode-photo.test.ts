/** From any file to one upright, opaque sRGB picture, or a coded refusal before anything large is decoded. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import encodeWebp, { init } from '@jsquash/webp/encode.js';
import { PNG } from 'pngjs';
import { decodePhoto } from '../../../cloudfunctions/photo-engine/decode/decode-photo';
import { instantiateFrom } from '../../../cloudfunctions/photo-engine/decode/instantiate-from';
import { wasm } from '../../../cloudfunctions/photo-engine/decode/web-assembly';
import { encodeMozJpeg } from '../../../cloudfunctions/photo-engine/encode/moz-jpeg';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { exifBlock, gifFile, isoMediaFile, jpegFile, pngFile } from '../../support/picture-builder';
import { portrait } from '../../support/fixture-portraits';
import { refusalOf } from '../../support/refusal';

/** Red, green, blue and white quarters: every turn and mirroring shows. */
function quarters(width = 640, height = 800): RgbaImage {
  const image = createImage(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  // Little-endian: alpha, blue, green, red.
  const [red, green, blue, white] = [0xff0000ff, 0xff00ff00, 0xffff0000, 0xffffffff];
  for (let y = 0; y < height; y++) {
    const [left, right] = y < height / 2 ? [red, green] : [blue, white];
    pixels.fill(left, y * width, y * width + width / 2);
    pixels.fill(right, y * width + width / 2, (y + 1) * width);
  }
  return image;
}

const asJpeg = async (image: RgbaImage) => Buffer.from(await encodeMozJpeg(image, 95, '4:4:4'));

function asPng({ width, height, data }: RgbaImage): Buffer {
  const png = new PNG({ width, height });
  png.data = Buffer.from(data);
  // Choosing a filter row by row and packing tightly cost seconds here.
  return PNG.sync.write(png, { filterType: 0, deflateLevel: 1 });
}

async function asWebp({ width, height, data }: RgbaImage): Promise<Buffer> {
  const encoder = createRequire(__filename).resolve('@jsquash/webp/codec/enc/webp_enc_simd.wasm');
  await init(instantiateFrom(new wasm.Module(readFileSync(encoder))));
  return Buffer.from(await encodeWebp({ width, height, data } as ImageData, { lossless: 1 }));
}

/** The colours of the four corners, clockwise from the top left, as letters. */
function corners({ data, width, height }: RgbaImage): string {
  const name = (x: number, y: number) => {
    const at = (y * width + x) * 4;
    const [red, green, blue] = [data[at]! > 128, data[at + 1]! > 128, data[at + 2]! > 128];
    return red && green && blue ? 'w' : red ? 'r' : green ? 'g' : 'b';
  };
  return name(20, 20) + name(width - 20, 20) + name(width - 20, height - 20) + name(20, height - 20);
}

/** Puts an EXIF block behind a JPEG's first marker. */
function withExif(jpeg: Buffer, orientation: number): Buffer {
  const block = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifBlock(orientation)]);
  const head = Buffer.from([0xff, 0xe1, 0, block.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, block, jpeg.subarray(2)]);
}

describe('orientation', () => {
  it.each([
    [1, 'rgwb'],
    [2, 'grbw'],
    [3, 'wbrg'],
    [4, 'bwgr'],
    [5, 'rbwg'],
    [6, 'brgw'],
    [7, 'wgrb'],
    [8, 'gwbr'],
  ])('EXIF %d is applied once', async (orientation, expected) => {
    const { image, original } = await decodePhoto(withExif(await asJpeg(quarters()), orientation));
    expect(corners(image)).toBe(expected);
    expect([original.width, original.height]).toEqual(orientation >= 5 ? [800, 640] : [640, 800]);
  });

  it('without EXIF nothing is turned', async () => {
    expect(corners((await decodePhoto(asPng(quarters()))).image)).toBe('rgwb');
  });
});

describe('scale', () => {
  it('a large JPEG comes at the scale that is needed, with its size told', async () => {
    const { image, scale, original } = await decodePhoto(await asJpeg(quarters(2400, 3200)));
    expect([original.width, original.height]).toEqual([2400, 3200]);
    expect(Math.max(image.width, image.height)).toBeGreaterThanOrEqual(1600);
    expect(image.width).toBe(Math.ceil(2400 * scale));
  });

  it('a small one is not enlarged', async () => {
    const { image, scale } = await decodePhoto(asPng(quarters()));
    expect([image.width, image.height, scale]).toEqual([640, 800, 1]);
  });
});

describe('transparency', () => {
  /** Half-transparent black, which is middle grey on white. */
  const veil = (width: number, height: number) => {
    const image = createImage(width, height);
    for (let at = 3; at < image.data.length; at += 4) image.data[at] = 128;
    return image;
  };
  const laid = { name: 'lay-on-white' };

  it.each([
    ['kept at its size', 600, 800],
    ['reduced', 480, 2500],
  ])('of a PNG that is %s is laid on white, and recorded', async (_what, width, height) => {
    const { image, operations } = await decodePhoto(asPng(veil(width, height)));
    expect(operations).toContainEqual(laid);
    const middle = (image.height >> 1) * image.width * 4;
    expect([...image.data.subarray(middle, middle + 4)]).toEqual([127, 127, 127, 255]);
  });

  it('of a WebP is laid on white, and recorded', async () => {
    const { image, operations } = await decodePhoto(await asWebp(veil(600, 800)));
    expect(operations).toContainEqual(laid);
    expect(image.data[3]).toBe(255);
  });

  it('that no pixel has is not recorded', async () => {
    const { operations } = await decodePhoto(asPng(quarters()));
    expect(operations.map(({ name }) => name)).toEqual(['apply-exif-orientation', 'reduce']);
  });
});

describe('files that are not as the standard has them, and whole', () => {
  /** As some of Samsung's cameras write it: the scan of a baseline picture says that it ends with its first coefficient. */
  const withWrongScan = (jpeg: Buffer) => {
    const file = Buffer.from(jpeg);
    const scan = scanOf(file);
    const lastCoefficient = scan + 2 + file.readUInt16BE(scan + 2) - 2;
    expect(file[lastCoefficient]).toBe(63);
    file[lastCoefficient] = 0;
    return file;
  };
  const scanOf = (jpeg: Buffer) => jpeg.indexOf(Buffer.from([0xff, 0xda]));
  const behind = Buffer.alloc(1000, 7);

  it.each<[string, (picture: RgbaImage) => Promise<[whole: Buffer, odd: Buffer]>]>([
    ['a JPEG whose scan names the wrong coefficients', (picture) => pair(asJpeg(picture), withWrongScan)],
    ['a JPEG with bytes behind its end', (picture) => pair(asJpeg(picture), withBytesBehind)],
    ['a PNG with bytes behind its end', (picture) => pair(Promise.resolve(asPng(picture)), withBytesBehind)],
    ['a WebP with bytes behind its end', (picture) => pair(asWebp(picture), withBytesBehind)],
  ])('%s is read', async (_what, files) => {
    const [whole, odd] = await files(quarters());
    const { image } = await decodePhoto(odd);
    expect(Buffer.from(image.data).equals(Buffer.from((await decodePhoto(whole)).image.data))).toBe(true);
  });

  function withBytesBehind(file: Buffer): Buffer {
    return Buffer.concat([file, behind]);
  }

  async function pair(whole: Promise<Buffer>, change: (file: Buffer) => Buffer): Promise<[Buffer, Buffer]> {
    return [await whole, change(await whole)];
  }

  it('but not a JPEG whose scan also stops half way', async () => {
    const odd = withWrongScan(await asJpeg(quarters()));
    expect(await refusalOf(decodePhoto(odd.subarray(0, odd.length * 0.6)))).toBe('IMAGE_DAMAGED');
  });

  it('nor one whose scan has a header too short to name any', async () => {
    const odd = await asJpeg(quarters());
    odd.writeUInt16BE(4, scanOf(odd) + 2);
    expect(await refusalOf(decodePhoto(odd))).toBe('IMAGE_DAMAGED');
  });
});

describe('refused by code, from the header', () => {
  const bomb = () => pngFile({ width: 600, height: 800, interlaced: true, raw: Buffer.alloc(60_000_000) });
  const jpeg = portrait('f1_front');
  it.each<[string, () => Uint8Array, string]>([
    ['an empty file', () => new Uint8Array(0), 'IMAGE_EMPTY'],
    ['HEIC', () => isoMediaFile('heic'), 'IMAGE_FORMAT_UNSUPPORTED'],
    ['GIF', () => gifFile({ width: 900, height: 1200 }), 'IMAGE_FORMAT_UNSUPPORTED'],
    [
      'text named like a picture',
      () => new TextEncoder().encode('hello '.repeat(100)),
      'IMAGE_FORMAT_UNSUPPORTED',
    ],
    ['12,000 × 12,000 pixels', () => pngFile({ width: 12_000, height: 12_000 }), 'IMAGE_TOO_LARGE_PIXELS'],
    [
      'a JPEG of 20,000 × 20,000',
      () => jpegFile({ width: 20_000, height: 20_000 }),
      'IMAGE_TOO_LARGE_PIXELS',
    ],
    [
      'a PNG of 25.5 million pixels, which cannot be decoded at a smaller scale',
      () => pngFile({ width: 5_000, height: 5_100 }),
      'IMAGE_TOO_LARGE_PIXELS',
    ],
    ['print colours', () => jpegFile({ width: 600, height: 800, components: 4 }), 'IMAGE_COLOUR_UNSUPPORTED'],
    [
      'print colours, as Adobe writes them',
      () => jpegFile({ width: 600, height: 800, components: 4, adobeTransform: 2 }),
      'IMAGE_COLOUR_UNSUPPORTED',
    ],
    [
      'a JPEG of 12 bits',
      () => jpegFile({ width: 600, height: 800, bits: 12, frame: 0xc1 }),
      'IMAGE_COLOUR_UNSUPPORTED',
    ],
    ['a thumbnail', () => pngFile({ width: 120, height: 160 }), 'IMAGE_TOO_SMALL'],
    ['more than 30 MB', () => Buffer.concat([jpeg, Buffer.alloc(31 * 1024 * 1024)]), 'IMAGE_TOO_LARGE_BYTES'],
    ['an interlaced PNG that inflates to 40 times its pixels', bomb, 'IMAGE_DAMAGED'],
    ['a JPEG that stops half way', () => jpeg.subarray(0, jpeg.length / 2), 'IMAGE_DAMAGED'],
  ])('%s', async (_what, file, code) => {
    expect(await refusalOf(decodePhoto(file()))).toBe(code);
  });
});
