import fc from 'fast-check';
import { readPictureHeader } from '../../cloudfunctions/picture-header/read-picture-header';
import { type PictureHeader } from '../../cloudfunctions/picture-header/picture-header';
import {
  bmpFile,
  exifBlock,
  gifFile,
  isoMediaFile,
  jpegFile,
  pngFile,
  webpFile,
} from '../support/picture-builder';

function headerOf(bytes: Uint8Array): PictureHeader {
  const header = readPictureHeader(bytes);
  if (header.kind !== 'picture') throw new Error(`expected a picture, got ${JSON.stringify(header)}`);
  return header;
}

describe('what a picture says about itself', () => {
  const plain: Partial<PictureHeader> = {
    alpha: false,
    animated: false,
    progressive: false,
    exifOrientation: 1,
  };
  test.each<[string, Buffer, Partial<PictureHeader>]>([
    ['a baseline JPEG', jpegFile(), { ...plain, format: 'jpeg', colourModel: 'rgb', bits: 8, passes: 1 }],
    ['a grey JPEG', jpegFile({ components: 1 }), { colourModel: 'grey' }],
    ['a JPEG in CMYK', jpegFile({ components: 4, adobeTransform: 0 }), { colourModel: 'cmyk' }],
    ['a JPEG in YCCK', jpegFile({ components: 4, adobeTransform: 2 }), { colourModel: 'ycck' }],
    ['a JPEG of 12 bits', jpegFile({ bits: 12, frame: 0xc1 }), { bits: 12 }],
    [
      'a progressive JPEG with ten scans',
      jpegFile({ frame: 0xc2, scans: 10 }),
      { progressive: true, passes: 10 },
    ],
    ['a turned JPEG, big-endian', jpegFile({ exif: exifBlock(6, 'MM') }), { exifOrientation: 6 }],
    ['a turned JPEG, little-endian', jpegFile({ exif: exifBlock(3, 'II') }), { exifOrientation: 3 }],
    ['an impossible orientation', jpegFile({ exif: exifBlock(9) }), { exifOrientation: 1 }],
    ['a broken EXIF block', jpegFile({ exif: Buffer.from('MM\0*\xff\xff\xff\xff', 'latin1') }), plain],
    ['a PNG', pngFile(), { ...plain, format: 'png', colourModel: 'rgb', bits: 8 }],
    ['a grey PNG of 16 bits', pngFile({ colourType: 0, bits: 16 }), { colourModel: 'grey', bits: 16 }],
    ['a PNG with one bit', pngFile({ colourType: 0, bits: 1 }), { bits: 1 }],
    ['a PNG with a palette', pngFile({ colourType: 3, bits: 4 }), { colourModel: 'palette', alpha: false }],
    ['a PNG with alpha', pngFile({ colourType: 6 }), { colourModel: 'rgb', alpha: true }],
    [
      'a PNG with a transparent colour',
      pngFile({ chunks: [{ type: 'tRNS', content: Buffer.alloc(6) }] }),
      { alpha: true },
    ],
    ['an interlaced PNG', pngFile({ interlaced: true }), { progressive: true }],
    [
      'an animated PNG',
      pngFile({ chunks: [{ type: 'acTL', content: Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]) }] }),
      { animated: true },
    ],
    [
      'a PNG with an animation of one frame',
      pngFile({ chunks: [{ type: 'acTL', content: Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]) }] }),
      { animated: false },
    ],
    [
      'a turned PNG',
      pngFile({ chunks: [{ type: 'eXIf', content: exifBlock(8, 'II') }] }),
      { exifOrientation: 8 },
    ],
    ['a lossy WebP', webpFile(), { ...plain, format: 'webp', colourModel: 'rgb' }],
    ['a lossless WebP', webpFile({ coding: 'lossless' }), { ...plain, format: 'webp' }],
    ['a WebP with alpha', webpFile({ extended: { flags: 0x10 } }), { alpha: true, animated: false }],
    ['an animated WebP', webpFile({ extended: { flags: 0x02 } }), { animated: true }],
    ['a turned WebP', webpFile({ extended: { flags: 8 }, exif: exifBlock(6) }), { exifOrientation: 6 }],
    ['a GIF', gifFile(), { format: 'gif', colourModel: 'palette', animated: false }],
    ['an animated GIF', gifFile({ frames: 3 }), { format: 'gif', animated: true }],
    ['a BMP', bmpFile(), { ...plain, format: 'bmp', colourModel: 'rgb' }],
    ['a BMP stored from the top', bmpFile({ height: -48 }), { height: 48 }],
  ])('%s', (_, file, expected) => {
    expect(headerOf(file)).toMatchObject({ width: 64, height: 48, ...expected });
  });

  test('the scans of what follows a JPEG are not counted', () => {
    const clip = Buffer.from('\xff\xda'.repeat(500), 'latin1');
    expect(headerOf(jpegFile({ frame: 0xc2, scans: 2, trailer: clip })).passes).toBe(2);
  });
});

describe('what is refused by name', () => {
  test.each<[string, Uint8Array]>([
    ['heic', isoMediaFile('heic', 'mif1')],
    ['heic', isoMediaFile('mif1', 'heic')],
    ['avif', isoMediaFile('avif')],
    ['avif', isoMediaFile('mif1', 'miaf', 'avif')],
    ['video', isoMediaFile('isom', 'mp42')],
    ['svg', Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['text', Buffer.from('<!doctype html><title>404</title>')],
    ['text', Buffer.from('图像采集码')],
    ['text', Buffer.from([0xcd, 0xbc, 0xcf, 0xf1])], // 图像 in GB18030
    ['tiff', Buffer.from('II*\0\x08\0\0\0', 'latin1')],
    ['pdf', Buffer.from('%PDF-1.7')],
    ['jxl', Buffer.from('\xff\x0a\0\0', 'latin1')],
    ['jpeg2000', Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1')],
    ['jpeg-lossless', jpegFile({ frame: 0xc3 })],
    ['jpeg-arithmetic', jpegFile({ frame: 0xc9 })],
    ['unknown', Buffer.from([1, 2, 3, 0])],
  ])('%s', (format, file) => {
    expect(readPictureHeader(file)).toEqual({ kind: 'refused-format', format });
  });

  test('nothing at all', () => {
    expect(readPictureHeader(new Uint8Array())).toEqual({ kind: 'empty' });
  });
});

describe('damaged', () => {
  test.each<[string, Uint8Array]>([
    ['two bytes of a JPEG', Buffer.from([0xff, 0xd8])],
    ['a JPEG without a height', jpegFile({ height: 0 })],
    ['a JPEG without a scan', jpegFile({ scans: 0 })],
    ['a PNG without pixels', pngFile().subarray(0, 33)],
    ['a PNG without a width', pngFile({ width: 0 })],
    ['a PNG of an impossible depth', pngFile({ bits: 3 })],
    ['a WebP whose canvas lies about its picture', webpFile({ extended: { flags: 0, width: 9000 } })],
    ['a GIF without a frame', gifFile({ frames: 0 })],
    ['a BMP without a width', bmpFile({ width: 0 })],
  ])('%s', (_, file) => {
    expect(readPictureHeader(file).kind).toBe('damaged');
  });
});

describe('whatever the bytes are', () => {
  const genuine = [
    jpegFile({ exif: exifBlock(6), adobeTransform: 1, frame: 0xc2, scans: 3 }),
    pngFile({ chunks: [{ type: 'eXIf', content: exifBlock(8) }] }),
    webpFile({ extended: { flags: 8 }, exif: exifBlock(2) }),
    webpFile({ coding: 'lossless' }),
    gifFile({ frames: 2 }),
    bmpFile(),
    isoMediaFile('mif1', 'avif'),
  ];

  const expectOneOutcome = (bytes: Uint8Array) => {
    const outcome = readPictureHeader(bytes);
    if (outcome.kind !== 'picture') return;
    expect(outcome.width).toBeGreaterThan(0);
    expect(outcome.height).toBeGreaterThan(0);
    expect(outcome.passes).toBeGreaterThan(0);
    expect(outcome.exifOrientation).toBeLessThanOrEqual(8);
    expect([1, 2, 3, 4, 5, 6, 7, 8, 12, 16]).toContain(outcome.bits);
  };

  test('changed bytes anywhere give one outcome and never an exception', () => {
    const change = fc.record({ at: fc.nat(200), value: fc.nat(255) });
    fc.assert(
      fc.property(
        fc.constantFrom(...genuine),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        (file, changes) => {
          const mutated = Uint8Array.from(file);
          for (const { at, value } of changes) mutated[at % mutated.length] = value;
          expectOneOutcome(mutated);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('a file cut off anywhere gives one outcome', () => {
    for (const file of genuine) {
      for (let length = 0; length < file.length; length++) expectOneOutcome(file.subarray(0, length));
    }
  });

  test('noise behind any magic gives one outcome', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...genuine),
        fc.nat(30),
        fc.uint8Array({ maxLength: 400 }),
        (file, keep, noise) => {
          expectOneOutcome(Buffer.concat([file.subarray(0, keep), noise]));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
