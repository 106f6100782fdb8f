/** What is guessed before anything is encoded saves encodes only as far as it is close to what is then chosen. */
import { decodePhoto } from '../../../cloudfunctions/photo-engine/decode/decode-photo';
import { encodePhoto } from '../../../cloudfunctions/photo-engine/encode/encode-photo';
import { encodeMozJpeg } from '../../../cloudfunctions/photo-engine/encode/moz-jpeg';
import {
  likelyQuality,
  nextSurelyTooLarge,
} from '../../../cloudfunctions/photo-engine/encode/likely-quality';
import { resample } from '../../../cloudfunctions/photo-engine/image/resample';
import { type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { portrait } from '../../support/fixture-portraits';

/** A committed portrait before an even wall, at the size of the result. */
async function framed(name: string): Promise<RgbaImage> {
  const { image } = await decodePhoto(portrait(name));
  return resample(image, { x: 0, y: 0, width: image.width, height: image.height }, 480, 640);
}

const BAND = { minimumBytes: 30_720, maximumBytes: 40_000, minimumQuality: 60, dotsPerInch: 300 };

describe.each(['m1_front', 'm1_side', 'f1_front', 'm2_front'])('%s', (name) => {
  it('has a quality that is guessed within three steps, smoother though it is than a photo', async () => {
    const picture = await framed(name);
    const { quality } = await encodePhoto(picture, BAND);
    expect(Math.abs(likelyQuality(picture, BAND.maximumBytes) - quality)).toBeLessThanOrEqual(3);
  });

  it('is never said to be too large for a quality at which it fits', async () => {
    const picture = await framed(name);
    let at = await encodeMozJpeg(picture, 80, '4:4:4');
    for (let quality = 80; quality < 96; quality++) {
      const next = await encodeMozJpeg(picture, quality + 1, '4:4:4');
      expect(nextSurelyTooLarge(quality, at.length, next.length)).toBe(false);
      at = next;
    }
  });
});

it('guesses a higher quality the more bytes there are', async () => {
  const picture = await framed('m1_front');
  const guesses = [20_000, 30_000, 40_000, 50_000, 60_000].map((bytes) => likelyQuality(picture, bytes));
  expect(guesses).toEqual([...guesses].sort((a, b) => a - b));
  expect(guesses[4]! - guesses[0]!).toBeGreaterThan(10);
});
