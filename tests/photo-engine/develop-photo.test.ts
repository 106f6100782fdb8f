/** The chain on whole photos: what is developed, what is refused by which check, and what stands in the record. */
import { createHash } from 'node:crypto';
import { decodeResult } from '../../cloudfunctions/photo-engine/encode/decode-result';
import { type DevelopOutcome } from '../../cloudfunctions/photo-engine/develop-outcome';
import { decodePhoto } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { resample } from '../../cloudfunctions/photo-engine/image/resample';
import { outsideStandard } from '../../miniprogram/shared/framing/result-geometry';
import {
  DEFAULT_PHOTO_SETTINGS,
  KNOWN_BACKGROUNDS,
  photoStandardFor,
} from '../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_WORDS } from '../../miniprogram/copy/check-words';
import { checkLine } from '../../miniprogram/copy/verdict-words';
import { CHECK_IDS, type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import { effectiveRules } from '../../miniprogram/shared/verdict/check-overrides';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { checksWith } from '../../miniprogram/shared/verdict/verdict';
import { DISPLAY_P3, iccProfile, inSpace, withProfile } from '../support/colour-profile-builder';
import { photoEngine, portrait } from '../support/fixture-portraits';
import { knownPortrait } from '../support/known-portrait';
import { testModelRuntime } from '../support/model-runtime';
import { refusalOf } from '../support/refusal';
import { reshirted } from '../support/spoil-features';
import { asJpeg, blurred, cutTo, rolled, withPhotographOnWall, withRoom } from '../support/spoil-portrait';

const standard = photoStandardFor();
const develop = (bytes: Uint8Array, wanted = standard) =>
  photoEngine().develop(bytes, { standard: wanted, rules: CHECK_RULES });

type Developed = Extract<DevelopOutcome, { kind: 'developed' }>;

async function developed(bytes: Uint8Array, wanted = standard): Promise<Developed> {
  const outcome = await develop(bytes, wanted);
  if (outcome.kind !== 'developed')
    throw new Error(`blocked by ${checksWith(outcome.verdict, 'blocked').join(', ')}`);
  return outcome;
}

describe('a good photo', () => {
  it.each(['f1_front', 'f2_front', 'm1_front', 'm2_front'])(
    '%s becomes a file inside the standard',
    async (name) => {
      const { jpeg, geometry } = await developed(portrait(name));
      expect(outsideStandard(geometry, standard)).toEqual([]);
      const file = decodeResult(jpeg);
      expect(file).toMatchObject({ dotsPerInch: 300, baseline: true, bitsPerPixel: 24, metadata: false });
      expect([file.image.width, file.image.height]).toEqual([480, 640]);
    },
  );

  it('gets the even background of its batch, corner to corner', async () => {
    const settings = { ...DEFAULT_PHOTO_SETTINGS, background: KNOWN_BACKGROUNDS.operatorBlue };
    const { jpeg } = await developed(portrait('f1_front'), photoStandardFor(settings));
    const { image } = decodeResult(jpeg);
    for (let x = 0; x < image.width; x += 7) {
      const [red, green, blue] = image.data.subarray((3 * image.width + x) * 4);
      expect(Math.max(Math.abs(red! - 0), Math.abs(green! - 163), Math.abs(blue! - 230))).toBeLessThanOrEqual(
        3,
      );
    }
  });

  it('leaves the same bytes every time, with the hashes and operations in the record', async () => {
    const bytes = portrait('f1_front');
    const [one, other] = [await developed(bytes), await developed(bytes)];
    expect(Buffer.from(one.jpeg).equals(other.jpeg)).toBe(true);
    expect(one.record.originalSha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(one.record.resultSha256).toBe(createHash('sha256').update(one.jpeg).digest('hex'));
    expect(one.record.operations.map(({ name }) => name)).toEqual([
      'apply-exif-orientation',
      'reduce',
      'crop',
      'scale',
      'replace-background',
      'encode-jpeg',
    ]);
    expect(Object.keys(one.record.models).sort()).toEqual([
      'face-detector',
      'face-mesh',
      'person-mask',
      'person-parts',
    ]);
  });

  it('in the colours of a wide-gamut phone is developed in sRGB, and the record says so', async () => {
    const { image } = await decodePhoto(portrait('f1_front'));
    const wide = withProfile(await asJpeg(inSpace(image, DISPLAY_P3), 97), iccProfile(DISPLAY_P3));
    const { record } = await developed(wide);
    expect(record.operations.map(({ name }) => name).slice(0, 4)).toEqual([
      'apply-exif-orientation',
      'reduce',
      'convert-to-srgb',
      'crop',
    ]);
  });

  it('has a verdict on every check', async () => {
    const { verdict } = await developed(portrait('f1_front'));
    expect(verdict.checks.map(({ id }) => id)).toEqual(CHECK_IDS);
    expect(checksWith(verdict, 'not-assessed')).toEqual([]);
  });
});

describe('another person’s photograph on the wall', () => {
  it('is no part of the portrait, however much it looks like a person', async () => {
    const { image } = await decodePhoto(portrait('f2_front'));
    const { image: other } = await decodePhoto(portrait('m1_front'));
    const { jpeg } = await developed(await asJpeg(withPhotographOnWall(image, other, 0.18)));
    const { image: finished } = decodeResult(jpeg);
    const beside = [...Array(90 * 200).keys()].map((k) => [k % 90, Math.floor(k / 90)] as const);
    const { red, green, blue } = standard.background;
    const foreign = beside.filter(([x, y]) => {
      const [r, g, b] = finished.data.subarray((y * finished.width + x) * 4);
      return Math.abs(r! - red) + Math.abs(g! - green) + Math.abs(b! - blue) > 60;
    });
    expect(foreign).toEqual([]);
  });
});

describe('a person who stands far from a camera of many pixels', () => {
  it('is cut from the original’s own pixels, not from a reduced picture enlarged again', async () => {
    const { image } = await decodePhoto(portrait('f1_front'));
    const { record } = await developed(await asJpeg(withRoom(image, 3600, 2700), 95));
    const factorOf = (name: 'reduce' | 'scale') =>
      record.operations.flatMap((operation) => (operation.name === name ? [operation.factor] : []))[0]!;
    expect(factorOf('reduce')).toBeLessThan(1);
    expect(factorOf('scale')).toBeLessThanOrEqual(1);
  });
});

describe('a photo with an odd number of rows', () => {
  it('shows the person down to the very last row, where the crop ends with the photo', async () => {
    const { image } = await decodePhoto(portrait('f1_front'));
    const { jpeg, record } = await developed(await asJpeg(cutTo(image, 0, 0, image.width, 901), 95));
    const crop = record.operations.find((operation) => operation.name === 'crop');
    expect(crop!.top + crop!.height).toBeLessThanOrEqual(901);
    const { width, height, data } = decodeResult(jpeg).image;
    const blue = standard.background.blue;
    const atMiddle = (row: number) => data[4 * (row * width + width / 2) + 2]!;
    expect(Math.abs(atMiddle(height - 1) - atMiddle(height - 3))).toBeLessThan(20);
    expect(atMiddle(height - 1)).toBeLessThan(blue - 50);
  });
});

describe('a photo with hardly enough body below', () => {
  const cutBelow = async (name: string, rows: number) => {
    const { image } = await decodePhoto(portrait(name));
    return asJpeg(cutTo(image, 0, 0, image.width, rows), 97);
  };

  it('is framed once more by what the finished picture shows, where the first look at the hair was a pixel off', async () => {
    const { geometry } = await developed(await cutBelow('m2_front', 912));
    expect(outsideStandard(geometry, standard)).toEqual([]);
  });

  it('is told to show more of the body where no crop is left then, not refused without a verdict', async () => {
    const outcome = await develop(await cutBelow('m1_front', 950));
    expect(outcome.kind).toBe('blocked');
    const framing = outcome.verdict.checks.find(({ id }) => id === 'framing');
    expect(framing).toMatchObject({ outcome: 'blocked', remedy: 'show-shoulders' });
    expect(checksWith(outcome.verdict, 'blocked')).toEqual(['framing']);
  });
});

describe('a face that the picture’s side cuts in half', () => {
  it.each([
    ['left', 450],
    ['right', 0],
  ])('the %s: is asked to the middle, with the clothes of the half that is seen', async (_side, x) => {
    const { image } = await decodePhoto(portrait('f1_front'));
    const half = { x, y: 0, width: 450, height: image.height };
    const photo = resample(image, half, 1.5 * half.width, 1.5 * half.height);
    const { verdict } = await develop(await asJpeg(photo, 97));
    const framing = verdict.checks.find(({ id }) => id === 'framing');
    expect(framing).toMatchObject({ outcome: 'blocked', remedy: 'move-to-middle' });
    expect(checksWith(verdict, 'not-assessed')).not.toContain('plain-clothes');
  });
});

describe('clothes of the background’s own colour', () => {
  it('are the person’s body all the same', async () => {
    const known = await knownPortrait((await decodePhoto(portrait('f1_front'))).image, testModelRuntime());
    const shirt = reshirted(known!, { red: 240, green: 240, blue: 240 });
    const chest = (Math.round(0.95 * shirt.height) * shirt.width + shirt.width / 2) * 4;
    const [red, green, blue] = shirt.data.subarray(chest);
    const wanted = { ...standard, background: { red: red!, green: green!, blue: blue! } };
    const { geometry, verdict } = await developed(await asJpeg(shirt, 95), wanted);
    expect(outsideStandard(geometry, wanted)).toEqual([]);
    expect(checksWith(verdict, 'warned')).toContain('clothes-not-background');
  });
});

describe('a spoiled photo is refused by its own check', () => {
  it.each<[string, CheckId]>([
    ['m1_yaw25', 'head-yaw'],
    ['m1_pitch20', 'head-pitch'],
    ['m1_roll10', 'head-roll'],
    ['m1_eyesclosed', 'eyes-open'],
    ['m1_mouthopen', 'mouth-closed'],
    ['m1_side', 'even-light'],
    ['m1_back', 'not-backlit'],
    ['m1_dark', 'not-backlit'],
    ['two_people', 'single-face'],
    ['nobody', 'single-face'],
  ])('%s: %s', async (name, check) => {
    const outcome = await develop(portrait(name));
    expect(outcome.kind).toBe('blocked');
    expect(checksWith(outcome.verdict, 'blocked')).toContain(check);
    expect(outcome.record.resultSha256).toBeNull();
  });

  it.each(['m1_back', 'm1_dark'])(
    '%s: what only light shows is not held against the person',
    async (name) => {
      const { verdict } = await develop(portrait(name));
      expect(checksWith(verdict, 'not-assessed')).toEqual(
        expect.arrayContaining(['brows-visible', 'no-shine', 'natural-colour']),
      );
    },
  );

  it('light from one side is told as that, not as light from behind', async () => {
    const { verdict } = await develop(portrait('m1_side'));
    const line = checkLine(verdict.checks.find(({ id }) => id === 'even-light')!);
    expect(line.sentence).toBe(CHECK_WORDS['even-light'].remedy);
  });

  it('a batch that only remarks on the light does not refuse the dark face for its hair instead', async () => {
    const onlyRemarked = ['not-backlit', 'even-light', 'sharp'] as const;
    const rules = effectiveRules(
      CHECK_RULES,
      Object.fromEntries(onlyRemarked.map((id) => [id, { severity: 'warn' as const }])),
    );
    const { verdict } = await photoEngine().develop(portrait('m1_back'), { standard, rules });
    expect(checksWith(verdict, 'blocked')).toEqual([]);
    expect(checksWith(verdict, 'not-assessed')).toContain('brows-visible');
  });

  it('blurred: sharp', async () => {
    const { image } = await decodePhoto(portrait('f1_front'));
    const outcome = await develop(await asJpeg(blurred(image, 4)));
    expect(checksWith(outcome.verdict, 'blocked')).toContain('sharp');
  });

  it('tilted: never levelled, refused by head-roll', async () => {
    const { image } = await decodePhoto(portrait('f1_front'));
    const outcome = await develop(await asJpeg(rolled(image, 9)));
    expect(checksWith(outcome.verdict, 'blocked')).toContain('head-roll');
  });

  it('without anybody nothing else is judged, and nothing passes', async () => {
    const { verdict } = await develop(portrait('nobody'));
    expect(checksWith(verdict, 'not-assessed')).toHaveLength(CHECK_IDS.length - 1);
    expect(checksWith(verdict, 'passed')).toEqual([]);
  });
});

describe('what is no acceptable picture gets a code', () => {
  const jpeg = portrait('f1_front');
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'IMAGE_EMPTY'],
    ['text', new TextEncoder().encode('这不是照片'.repeat(50)), 'IMAGE_FORMAT_UNSUPPORTED'],
    [
      'SVG',
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1200"/>'),
      'IMAGE_FORMAT_UNSUPPORTED',
    ],
    ['a JPEG cut in half', jpeg.subarray(0, jpeg.length >> 1), 'IMAGE_DAMAGED'],
    ['a JPEG cut in its header', jpeg.subarray(0, 200), 'IMAGE_DAMAGED'],
  ])('%s: %s', async (_what, bytes, code) => {
    expect(await refusalOf(develop(bytes))).toBe(code);
  });
});
