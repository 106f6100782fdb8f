/** The last word on a finished file: inside the standard it passes, with one thing wrong it is refused for that thing. */
import { encodePhoto } from '../../../cloudfunctions/photo-engine/encode/encode-photo';
import { decodeResult } from '../../../cloudfunctions/photo-engine/encode/decode-result';
import { writeDensity } from '../../../cloudfunctions/photo-engine/encode/jpeg-density';
import { createPlane } from '../../../cloudfunctions/photo-engine/image/resample';
import { type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { measureResult } from '../../../cloudfunctions/photo-engine/verify/measure-result';
import { verifyResult } from '../../../cloudfunctions/photo-engine/verify/verify-result';
import { isDomainError } from '../../../miniprogram/shared/errors';
import { photoStandardFor } from '../../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { photoEngine, portrait } from '../../support/fixture-portraits';
import { testModelRuntime } from '../../support/model-runtime';
import { cutTo, sideBySide, withRoom } from '../../support/spoil-portrait';

const standard = photoStandardFor();
const runtime = testModelRuntime();

let finished: Uint8Array;

beforeAll(async () => {
  const outcome = await photoEngine().develop(portrait('f1_front'), { standard, rules: CHECK_RULES });
  if (outcome.kind !== 'developed') throw new Error('the portrait was not developed');
  finished = outcome.jpeg;
});

/** What is refused of a file; nothing where it passes. No cut-out stands beside it: the bytes alone speak. */
async function itemsOf(file: Uint8Array): Promise<unknown> {
  const { image } = decodeResult(file);
  try {
    const nothingCut = createPlane(image.width, image.height);
    verifyResult(await measureResult(file, standard.background, nothingCut, runtime), standard);
    return [];
  } catch (error) {
    if (isDomainError(error) && error.code === 'RESULT_OUT_OF_STANDARD') return error.details.items;
    throw error;
  }
}

async function encoded(image: RgbaImage, changes: { minimumQuality?: number; maximumBytes?: number } = {}) {
  const settings = {
    minimumBytes: 1,
    maximumBytes: standard.fileBytes.max,
    minimumQuality: 1,
    dotsPerInch: 300,
  };
  return (await encodePhoto(image, { ...settings, ...changes })).bytes;
}

/** The finished picture with other pixels, at the finished size. */
const changed = (change: (image: RgbaImage) => RgbaImage) => () =>
  encoded(change(decodeResult(finished).image));

/** Moved up by this many pixels; the freed rows repeat the last one. */
const lifted = (pixels: number) => (image: RgbaImage) => {
  const data = image.data.slice();
  data.copyWithin(0, pixels * image.width * 4);
  return { ...image, data };
};

/** Background instead of the body in the very last row. */
const withoutLastRow = (image: RgbaImage) => {
  const data = image.data.slice();
  const { red, green, blue } = standard.background;
  for (let at = (image.height - 1) * image.width * 4; at < data.length; at += 4) {
    data.set([red, green, blue, 255], at);
  }
  return { ...image, data };
};

test('the engine’s own file is inside the standard', async () => {
  expect(await itemsOf(finished)).toEqual([]);
});

test.each<[string, () => Promise<Uint8Array>, string]>([
  ['another size', changed((image) => cutTo(image, 0, 0, 470, 640)), 'width'],
  ['the head too high', changed(lifted(60)), 'hair-top'],
  ['a last row without the body', changed(withoutLastRow), 'body'],
  [
    'the person beside the middle',
    changed((image) => cutTo(withRoom(image, 640, 640), 0, 0, 480, 640)),
    'centre',
  ],
  [
    'a second face',
    changed((image) => sideBySide(cutTo(image, 120, 0, 240, 640), cutTo(image, 120, 0, 240, 640))),
    'face',
  ],
  ['too few bytes', () => encoded(decodeResult(finished).image, { maximumBytes: 20_000 }), 'file-bytes'],
  ['too coarse', () => encoded(decodeResult(finished).image, { maximumBytes: 7_000 }), 'quality'],
  ['another density', () => Promise.resolve(withDensity(finished.slice(), 72)), 'density'],
  ['a comment in the file', () => Promise.resolve(withComment(finished)), 'metadata'],
])('%s is refused for it', async (_what, file, item) => {
  expect(await itemsOf(await file())).toContain(item);
});

function withDensity(file: Uint8Array, dotsPerInch: number): Uint8Array {
  writeDensity(file, dotsPerInch);
  return file;
}

/** Behind the two bytes with which every JPEG begins. */
function withComment(file: Uint8Array): Uint8Array {
  const comment = [0xff, 0xfe, 0, 4, 0x68, 0x69];
  return Uint8Array.from([...file.subarray(0, 2), ...comment, ...file.subarray(2)]);
}
