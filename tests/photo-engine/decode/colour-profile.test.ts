/**
 * Files in another space than sRGB: their colours come back, sRGB stays as it is, and a profile that cannot be used is
 * said to be there. Colours are spread over all that both spaces can show.
 */
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { parseMatrixProfile } from '../../../cloudfunctions/photo-engine/decode/colour-profile';
import { decodePhoto } from '../../../cloudfunctions/photo-engine/decode/decode-photo';
import { encodeMozJpeg } from '../../../cloudfunctions/photo-engine/encode/moz-jpeg';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import {
  ADOBE_RGB,
  DISPLAY_P3,
  gammaCurve,
  iccProfile,
  inSpace,
  parametricCurve,
  type RgbSpace,
  SRGB,
  tableCurve,
  withProfile,
} from '../../support/colour-profile-builder';

/** Slow gradients, so that JPEG loses next to nothing: another colour in each corner, grey in the middle. */
function gradients(): RgbaImage {
  const image = createImage(480, 640);
  for (let y = 0, at = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, at += 4) {
      const [right, down] = [x / 479, y / 639];
      image.data.set([40 + 180 * right, 40 + 180 * down, 220 - 180 * right * down, 255], at);
    }
  }
  return image;
}
const truth = gradients();
const asJpeg = async (image: RgbaImage) => Buffer.from(await encodeMozJpeg(image, 100, '4:4:4'));

function meanDifference(left: RgbaImage, right: RgbaImage): number {
  let sum = 0;
  for (let at = 0; at < left.data.length; at++) sum += Math.abs(left.data[at]! - right.data[at]!);
  return sum / (left.data.length * 0.75);
}

/** Levels: eight bits there and back leave .45, JPEG at quality 100 on top of it .53–.57; not converted, it is over 5. */
const LOSS = 0.6;

/** What was done about colour. */
const handling = (operations: readonly { readonly name: string }[]) =>
  operations.map(({ name }) => name).filter((name) => /srgb|profile/.test(name));

describe.each<[string, RgbSpace]>([
  ['Display P3', DISPLAY_P3],
  ['Adobe RGB', ADOBE_RGB],
])('%s', (_space, space) => {
  it('shows other levels for the same colours, so that there is something to convert', () => {
    expect(meanDifference(inSpace(truth, space), truth)).toBeGreaterThan(5);
  });

  it.each([1, 2])('in %d pieces comes back as it was in sRGB', async (pieces) => {
    const file = withProfile(await asJpeg(inSpace(truth, space)), iccProfile(space), pieces);
    const { image, operations } = await decodePhoto(file);
    expect(meanDifference(image, truth)).toBeLessThan(LOSS);
    expect(handling(operations)).toEqual(['convert-to-srgb']);
  });

  it('comes back with its pieces in the wrong order', async () => {
    const file = withProfile(await asJpeg(inSpace(truth, space)), iccProfile(space), 3, (parts) =>
      parts.reverse(),
    );
    expect(meanDifference((await decodePhoto(file)).image, truth)).toBeLessThan(LOSS);
  });
});

it('a PNG’s profile is applied', async () => {
  const { width, height, data } = inSpace(truth, DISPLAY_P3);
  const png = new PNG({ width, height });
  png.data = Buffer.from(data);
  const { image, operations } = await decodePhoto(
    withPngProfile(
      PNG.sync.write(png, { filterType: 0, deflateLevel: 1 }),
      deflateSync(iccProfile(DISPLAY_P3)),
    ),
  );
  expect(meanDifference(image, truth)).toBeLessThan(LOSS);
  expect(handling(operations)).toEqual(['convert-to-srgb']);
});

describe('sRGB is left alone, byte for byte', () => {
  it.each<[string, Buffer]>([
    ['as a formula', iccProfile(SRGB)],
    ['as a table of 1024', iccProfile(SRGB, { curve: tableCurve(1024) })],
  ])('%s', async (_what, profile) => {
    const jpeg = await asJpeg(truth);
    const [bare, profiled] = [await decodePhoto(jpeg), await decodePhoto(withProfile(jpeg, profile))];
    expect(Buffer.from(profiled.image.data).equals(Buffer.from(bare.image.data))).toBe(true);
    expect(handling(profiled.operations)).toEqual([]);
  });

  it('and so is a file without a profile', async () => {
    expect(handling((await decodePhoto(await asJpeg(truth))).operations)).toEqual([]);
  });
});

describe('a profile that cannot be used leaves the levels as they are and is recorded', () => {
  const p3 = iccProfile(DISPLAY_P3);
  const beyondItsEnd = () => {
    const profile = Buffer.from(p3);
    profile.writeUInt32BE(0xfffffff0, 128 + 4 + 4);
    return profile;
  };
  const countless = () => {
    const curve = gammaCurve(2.2);
    curve.writeUInt32BE(0xffffffff, 8);
    return iccProfile(DISPLAY_P3, { curve });
  };
  const secondOnly = (parts: Buffer[]) => parts.slice(1);
  it.each<[string, (jpeg: Buffer) => Buffer]>([
    ['of grey', (jpeg) => withProfile(jpeg, iccProfile(DISPLAY_P3, { model: 'GRAY' }))],
    [
      'of tables, without primaries',
      (jpeg) => withProfile(jpeg, iccProfile(DISPLAY_P3, { without: ['rXYZ'] })),
    ],
    ['with a tag beyond its end', (jpeg) => withProfile(jpeg, beyondItsEnd())],
    ['with a curve of four thousand million entries', (jpeg) => withProfile(jpeg, countless())],
    [
      'with a formula that no document knows',
      (jpeg) => withProfile(jpeg, iccProfile(DISPLAY_P3, { curve: parametricCurve(5, [2]) })),
    ],
    ['shorter than its own header', (jpeg) => withProfile(jpeg, p3.subarray(0, 100))],
    ['of which a piece is missing', (jpeg) => withProfile(jpeg, p3, 2, secondOnly)],
    [
      'of which a piece in the middle is missing',
      (jpeg) => withProfile(jpeg, p3, 3, ([one, , three]) => [one!, three!]),
    ],
    [
      'of which the last piece is missing, though nothing in it would be needed',
      (jpeg) => withProfile(jpeg, Buffer.concat([p3, Buffer.alloc(p3.length)]), 2, ([one]) => [one!]),
    ],
  ])('%s', async (_what, spoil) => {
    const jpeg = await asJpeg(truth);
    const { image, operations } = await decodePhoto(spoil(jpeg));
    expect(handling(operations)).toEqual(['ignore-colour-profile']);
    expect(Buffer.from(image.data).equals(Buffer.from((await decodePhoto(jpeg)).image.data))).toBe(true);
  });

  it('in a PNG, not deflated', async () => {
    const { width, height, data } = truth;
    const png = new PNG({ width, height });
    png.data = Buffer.from(data);
    const { operations } = await decodePhoto(
      withPngProfile(PNG.sync.write(png, { filterType: 0, deflateLevel: 1 }), p3),
    );
    expect(handling(operations)).toEqual(['ignore-colour-profile']);
  });
});

describe('curves, as levels 0–255 to linear light', () => {
  const SRGB_AT = { 0: 0, 10: 0.003035, 128: 0.21586, 255: 1 } as const;
  it.each<[string, Buffer, Readonly<Record<number, number>>]>([
    ['a straight line (a table without entries)', emptyTable(), { 0: 0, 51: 0.2, 255: 1 }],
    ['a power', gammaCurve(2), { 0: 0, 51: 0.04, 255: 1 }],
    ['a table', tableCurve(4096), SRGB_AT],
    ['formula 0: a power', parametricCurve(0, [2]), { 0: 0, 51: 0.04, 255: 1 }],
    [
      'formula 1: nothing below −b/a',
      parametricCurve(1, [2, 1.25, -0.25]),
      { 0: 0, 51: 0, 153: 0.25, 255: 1 },
    ],
    ['formula 2: with an offset', parametricCurve(2, [2, 1, 0, 0.1]), { 0: 0.1, 51: 0.14, 255: 1 }],
    [
      'formula 3: straight at the dark end',
      parametricCurve(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]),
      SRGB_AT,
    ],
    [
      'formula 4: with offsets',
      parametricCurve(4, [2, 1, 0, 0.5, 0.5, 0.1, 0.2]),
      { 0: 0.2, 51: 0.3, 204: 0.74, 255: 1 },
    ],
  ])('%s', (_what, curve, expected) => {
    const [red] = parseMatrixProfile(iccProfile(DISPLAY_P3, { curve }))!.curves;
    for (const [level, light] of Object.entries(expected)) expect(red[Number(level)]).toBeCloseTo(light, 3);
  });
});

function emptyTable(): Buffer {
  const content = Buffer.alloc(12);
  content.write('curv', 'latin1');
  return content;
}

/** The PNG with an iCCP chunk behind its header; pngjs does not look at the chunk's check sum. */
function withPngProfile(png: Buffer, compressed: Buffer): Buffer {
  const HEADER_END = 33;
  const content = Buffer.concat([Buffer.from('a space\0\0', 'latin1'), compressed]);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length);
  head.write('iCCP', 4, 'latin1');
  return Buffer.concat([
    png.subarray(0, HEADER_END),
    head,
    content,
    Buffer.alloc(4),
    png.subarray(HEADER_END),
  ]);
}
