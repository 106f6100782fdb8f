/**
 * The chain from a photo to the official picture, readable from top to bottom. Each step has its own folder.
 *
 *   1 decode    the file, upright, at the scale that is needed
 *   2 face      how many people; the landmarks and the pose of the largest face
 *   3 person    which pixels belong to the person
 *   4 judge     the crop that meets the standard, if there is one, and every check; a blocked photo ends here
 *   5 frame     the crop at the size of the result
 *   6 look      at the person again, where the wall is not plain and light
 *   7 cut out   the person along the hair, with the person's own colours
 *   8 encode    over the batch's background, as the file the standard asks for
 *   9 verify    the finished file measured again; what misses the standard is refused
 *
 * It crops, scales and replaces the background, and refuses to do anything else to a person's face.
 */
import { createHash } from 'node:crypto';
import { type FramingOutcome } from '../../miniprogram/shared/framing/frame-portrait';
import { decodePhoto, type DecodedPhoto, WORKING_LONGEST_SIDE } from './decode/decode-photo';
import { type DevelopOutcome, type Operation, type PhotoRecord } from './develop-outcome';
import { encodePhoto } from './encode/encode-photo';
import { ENGINE_VERSION } from './engine-version';
import { resample, resamplePlane } from './image/resample';
import { type ExaminedPerson, examineImage } from './examine-image';
import { type ModelRuntime } from './inference/model-runtime';
import { judgeWall } from './judge-photo';
import { composeOver } from './matte/compose';
import { bestMask } from './person/best-mask';
import { cutOut } from './matte/cut-out';
import { peakMemoryMegabytes } from './peak-memory';
import { type DevelopOptions } from './develop-options';
import { startStopwatch, type Stopwatch } from './stopwatch';
import { verifyResult } from './verify/verify-result';

export interface EngineParts {
  readonly runtime: ModelRuntime;
  /** Model name to SHA-256. */
  readonly models: Readonly<Record<string, string>>;
}

/** See `PhotoEngine.develop`. */
export async function developPhoto(
  bytes: Uint8Array,
  { standard, rules }: DevelopOptions,
  { runtime, models }: EngineParts,
): Promise<DevelopOutcome> {
  const watch = startStopwatch();

  const { photo, early, person } = await examineLargeEnough(bytes, { standard, rules }, runtime, watch);
  const record = (operations: readonly Operation[], jpeg?: Uint8Array): PhotoRecord =>
    recordOf(bytes, photo, operations, jpeg, models, watch);

  if (early.outcome === 'blocked' || person === undefined) {
    return { kind: 'blocked', verdict: early, record: record([]) };
  }

  const { framing } = person;
  // Always blocked by the check `framing` before this; it narrows the type.
  if (!framing.ok) return { kind: 'blocked', verdict: early, record: record([]) };

  const framed = await watch.time('frame', () => cropTo(photo, person, framing, standard));
  const figure = await watch.time('second-look', () => bestMask(framed.picture, framed.mask, runtime));
  const cut = await watch.time('cut-out', () => cutOut(framed.picture, figure));
  const verdict = judgeWall(early, cut.wall, rules);

  const encoded = await watch.time('encode', () =>
    encodePhoto(composeOver(cut.foreground, cut.alpha, standard.background), {
      minimumBytes: standard.fileBytes.min,
      maximumBytes: standard.fileBytes.max,
      minimumQuality: standard.jpegQualityAtLeast,
      dotsPerInch: standard.densityDpi,
    }),
  );
  const geometry = await watch.time('verify', () =>
    verifyResult(encoded.bytes, standard, cut.alpha, runtime),
  );

  const operations = [
    ...framed.operations,
    { name: 'replace-background', background: standard.background } as const,
    {
      name: 'encode-jpeg',
      quality: encoded.quality,
      subsampling: encoded.subsampling,
      densityDpi: standard.densityDpi,
    } as const,
  ];
  return {
    kind: 'developed',
    verdict,
    jpeg: encoded.bytes,
    geometry,
    record: record(operations, encoded.bytes),
  };
}

/**
 * Decodes and examines the photo, and once more from more of the original's pixels where the crop turns out to be small:
 * what was reduced for speed must not be enlarged again.
 */
async function examineLargeEnough(
  bytes: Uint8Array,
  options: DevelopOptions,
  runtime: ModelRuntime,
  watch: Stopwatch,
) {
  const examineAt = async (longestSide: number) => {
    const photo = await watch.time('decode', () => decodePhoto(bytes, { longestSide }));
    const { verdict, person } = await examineImage(photo.image, photo.scale, options, runtime, watch);
    return { photo, early: verdict, person };
  };
  const first = await examineAt(WORKING_LONGEST_SIDE);
  const enlargement = first.person?.framing.ok === true ? first.person.framing.framing.scale : 1;
  if (first.photo.scale === 1 || enlargement <= 1) return first;
  const { width, height } = first.photo.image;
  return examineAt(Math.ceil(Math.max(width, height) * enlargement));
}

/** Picture and mask of the crop at the size of the result, and what was done to get there. */
function cropTo(
  photo: DecodedPhoto,
  { figure }: ExaminedPerson,
  { framing }: Extract<FramingOutcome, { ok: true }>,
  standard: DevelopOptions['standard'],
) {
  const { left, top, width, height, scale } = framing;
  const { widthPx, heightPx } = standard;
  const area = { x: left, y: top, width, height };
  const across = figure.width / photo.image.width;
  const down = figure.height / photo.image.height;
  const maskArea = { x: left * across, y: top * down, width: width * across, height: height * down };
  const toOriginal = 1 / photo.scale;
  const operations: Operation[] = [
    ...photo.operations,
    {
      name: 'crop',
      left: left * toOriginal,
      top: top * toOriginal,
      width: width * toOriginal,
      height: height * toOriginal,
    },
    { name: 'scale', factor: scale },
  ];
  return {
    picture: resample(photo.image, area, widthPx, heightPx),
    mask: resamplePlane(figure, maskArea, widthPx, heightPx),
    operations,
  };
}

function recordOf(
  bytes: Uint8Array,
  photo: DecodedPhoto,
  operations: readonly Operation[],
  jpeg: Uint8Array | undefined,
  models: Readonly<Record<string, string>>,
  watch: Stopwatch,
): PhotoRecord {
  const { format, width, height } = photo.original;
  return {
    originalSha256: sha256(bytes),
    resultSha256: jpeg === undefined ? null : sha256(jpeg),
    original: { format, width, height, bytes: bytes.length },
    operations,
    engineVersion: ENGINE_VERSION,
    models,
    stageMilliseconds: { ...watch.milliseconds },
    peakMemoryMegabytes: peakMemoryMegabytes(),
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
