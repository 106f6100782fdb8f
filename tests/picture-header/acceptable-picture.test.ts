import {
  type PictureLimits,
  requireAcceptablePicture,
} from '../../cloudfunctions/picture-header/acceptable-picture';
import { refuseDeflateBomb } from '../../cloudfunctions/picture-header/deflate-bomb';
import { type ErrorCode } from '../../miniprogram/shared/errors';
import { gifFile, isoMediaFile, jpegFile, pngFile } from '../support/picture-builder';
import { refusalOf } from '../support/refusal';

const LIMITS: PictureLimits = {
  formats: ['jpeg', 'png'],
  maximumBytes: 100_000,
  maximumPixels: 1_000_000,
  minimumSide: 10,
};

test.each<[string, Uint8Array, ErrorCode | 'none']>([
  ['a picture inside the limits', jpegFile(), 'none'],
  ['nothing', new Uint8Array(), 'IMAGE_EMPTY'],
  ['too many bytes', jpegFile({ trailer: Buffer.alloc(100_000) }), 'IMAGE_TOO_LARGE_BYTES'],
  ['too many pixels', pngFile({ width: 12_000, height: 12_000 }), 'IMAGE_TOO_LARGE_PIXELS'],
  [
    'sides whose product leaves 32 bits',
    pngFile({ width: 65_536, height: 65_536 }),
    'IMAGE_TOO_LARGE_PIXELS',
  ],
  ['a side too short', jpegFile({ height: 9 }), 'IMAGE_TOO_SMALL'],
  ['a format known by name', isoMediaFile('heic'), 'IMAGE_FORMAT_UNSUPPORTED'],
  ['a format that this caller does not take', gifFile(), 'IMAGE_FORMAT_UNSUPPORTED'],
  ['a cut-off header', jpegFile().subarray(0, 10), 'IMAGE_DAMAGED'],
  ['a JPEG of a thousand scans', jpegFile({ frame: 0xc2, scans: 1000 }), 'IMAGE_DAMAGED'],
])('%s: %s', async (_, file, expected) => {
  expect(await refusalOf(() => requireAcceptablePicture(file, LIMITS))).toBe(expected);
});

test('an animated picture is refused where its format is taken', async () => {
  const limits: PictureLimits = { ...LIMITS, formats: ['gif'] };
  expect(await refusalOf(() => requireAcceptablePicture(gifFile({ frames: 2 }), limits))).toBe(
    'IMAGE_ANIMATED',
  );
});

describe('pixel data that inflates beyond what the header announces', () => {
  const rows = (width: number, height: number) => Buffer.alloc(height * (1 + 3 * width));
  test.each<[string, Uint8Array, ErrorCode | 'none']>([
    ['exactly the announced size', pngFile({ raw: rows(64, 48) }), 'none'],
    ['one byte more', pngFile({ raw: Buffer.alloc(48 * (1 + 3 * 64) + 1) }), 'IMAGE_DAMAGED'],
    ['a hundred times more', pngFile({ raw: rows(640, 480) }), 'IMAGE_DAMAGED'],
    ['an interlaced picture of the right size', pngFile({ interlaced: true, raw: rows(64, 48) }), 'none'],
    ['an interlaced bomb', pngFile({ interlaced: true, raw: rows(640, 480) }), 'IMAGE_DAMAGED'],
    ['another format', jpegFile(), 'none'],
  ])('%s: %s', async (_, file, expected) => {
    const header = requireAcceptablePicture(file, LIMITS);
    expect(await refusalOf(refuseDeflateBomb(file, header))).toBe(expected);
  });

  test('a stream that is only cut off is left to the decoder', async () => {
    const whole = pngFile({
      raw: Buffer.from(Array.from({ length: 9264 }, (_, index) => (index * 7919) % 251)),
    });
    const half = whole.subarray(0, whole.length / 2);
    const header = requireAcceptablePicture(half, LIMITS);
    expect(await refusalOf(refuseDeflateBomb(half, header))).toBe('none');
  });
});
