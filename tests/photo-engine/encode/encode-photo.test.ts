/** The finished file: inside its size band at the best quality, with its density, and nothing of the phone in it. */
import { decodePhoto } from '../../../cloudfunctions/photo-engine/decode/decode-photo';
import { decodeResult } from '../../../cloudfunctions/photo-engine/encode/decode-result';
import { encodePhoto, type EncodeOptions } from '../../../cloudfunctions/photo-engine/encode/encode-photo';
import { encodeMozJpeg } from '../../../cloudfunctions/photo-engine/encode/moz-jpeg';
import { resample } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import {
  FILE_BYTES_LIMITS,
  NARROWEST_FILE_BAND_BYTES,
} from '../../../miniprogram/shared/photo-standard/photo-standard';
import { portrait } from '../../support/fixture-portraits';
import { refusalOf } from '../../support/refusal';

const SETTINGS: EncodeOptions = {
  minimumBytes: 30_720,
  maximumBytes: 40_000,
  minimumQuality: 60,
  dotsPerInch: 300,
};

/** A committed portrait at the size of the result. */
async function framed(name: string): Promise<RgbaImage> {
  const { image } = await decodePhoto(portrait(name));
  return resample(image, { x: 0, y: 0, width: image.width, height: image.height }, 480, 640);
}

let picture: RgbaImage;
beforeAll(async () => {
  picture = await framed('m1_front');
});

it.each<[number, number]>([
  [20_000, 30_000],
  [30_720, 40_000],
  [40_000, 61_440],
])('lands between %d and %d bytes', async (minimumBytes, maximumBytes) => {
  const { bytes } = await encodePhoto(picture, { ...SETTINGS, minimumBytes, maximumBytes });
  expect(bytes.length).toBeGreaterThanOrEqual(minimumBytes);
  expect(bytes.length).toBeLessThanOrEqual(maximumBytes);
});

describe('every band that a batch may ask for is met', () => {
  const width = NARROWEST_FILE_BAND_BYTES;
  const bands: number[] = [];
  for (let maximum = FILE_BYTES_LIMITS.max; maximum >= FILE_BYTES_LIMITS.min + width; maximum -= width / 4) {
    bands.push(maximum);
  }

  it.each(['m1_side', 'f1_front', 'm2_front', 'm1_wall-brick'])('by %s', async (name) => {
    const image = await framed(name);
    const missed: number[] = [];
    for (const maximumBytes of bands) {
      const band = { ...SETTINGS, minimumBytes: maximumBytes - width, maximumBytes };
      if ((await refusalOf(encodePhoto(image, band))) !== 'none') missed.push(maximumBytes);
    }
    expect(missed).toEqual([]);
  });
});

it('takes the best quality: one step more would leave the band', async () => {
  const { quality, subsampling } = await encodePhoto(picture, SETTINGS);
  expect(subsampling).toBe('4:4:4');
  const better = encodePhoto(picture, { ...SETTINGS, minimumQuality: quality + 1 });
  expect(
    await better.then(
      (result) => result.subsampling,
      () => 'refused',
    ),
  ).not.toBe('4:4:4');
});

it('gives up full chroma where its quality would fall below 75, for more quality in luma', async () => {
  const tight = { ...SETTINGS, minimumBytes: 10_000 };
  // What full chroma needs at qualities on both sides of the change.
  const [at70, at80] = [await encodeMozJpeg(picture, 70, '4:4:4'), await encodeMozJpeg(picture, 80, '4:4:4')];
  const below = await encodePhoto(picture, { ...tight, maximumBytes: at70.length });
  expect(below.subsampling).toBe('4:2:0');
  expect(below.quality).toBeGreaterThan(70);
  const above = await encodePhoto(picture, { ...tight, maximumBytes: at80.length });
  expect(above).toMatchObject({ subsampling: '4:4:4', quality: 80 });
});

it.each([72, 300, 350])('writes the density that was asked for: %d dpi', async (dotsPerInch) => {
  const { bytes } = await encodePhoto(picture, { ...SETTINGS, dotsPerInch });
  expect(decodeResult(bytes).dotsPerInch).toBe(dotsPerInch);
});

it('writes what the standard asks for and nothing else', async () => {
  const { bytes, quality } = await encodePhoto(picture, SETTINGS);
  expect(decodeResult(bytes)).toMatchObject({
    dotsPerInch: 300,
    baseline: true,
    bitsPerPixel: 24,
    metadata: false,
    quality,
  });
  expect(Buffer.from(bytes).includes('Exif')).toBe(false);
});

it('gives the same bytes for the same pixels', async () => {
  const [one, other] = [await encodePhoto(picture, SETTINGS), await encodePhoto(picture, SETTINGS)];
  expect(Buffer.from(one.bytes).equals(other.bytes)).toBe(true);
});

it('refuses what cannot fill the band: an even surface', async () => {
  const even = createImage(480, 640);
  even.data.fill(255);
  expect(await refusalOf(encodePhoto(even, SETTINGS))).toBe('RESULT_OUT_OF_STANDARD');
});

it('refuses what cannot be pressed into the band: noise', async () => {
  const noise = createImage(480, 640);
  let state = 1;
  for (let i = 0; i < noise.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    noise.data[i] = i % 4 === 3 ? 255 : state >>> 24;
  }
  expect(await refusalOf(encodePhoto(noise, SETTINGS))).toBe('RESULT_OUT_OF_STANDARD');
});
