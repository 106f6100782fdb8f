/**
 * The chain from a photo to the official picture, readable from top to bottom. Each step has its own folder.
 *
 *   1 decode    the file, upright, at the scale that is needed
 *   2 face      how many people; the landmarks and the pose of the largest face
 *   3 person    which pixels belong to the person, and to nobody else in the picture
 *   4 judge     the crop that meets the standard, if there is one, and every check; a blocked photo ends here
 *   5 frame     the crop at the size of the result
 *   6 look      at the person again, where the wall is not plain and light
 *   7 cut out   the person along the hair, with the person's own colours
 *   8 encode    over the batch's background, as the file the standard asks for
 *   9 verify    the finished file measured again: framed once more (5) by what it shows, where a position misses; what
 *               misses the standard then is refused
 *
 * It crops, scales and replaces the background, and refuses to do anything else to a person's face.
 */
import { createHash } from 'node:crypto';
import { decodePhoto, type DecodedPhoto, WORKING_LONGEST_SIDE } from './decode/decode-photo';
import { type DevelopOutcome, type Operation, type PhotoRecord } from './develop-outcome';
import { ENGINE_VERSION } from './engine-version';
import { examineImage } from './examine-image';
import { type ModelRuntime } from './inference/model-runtime';
import { finishPortrait } from './finish-portrait';
import { judgeFraming, judgeWall } from './judge-photo';
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

  const finished = await finishPortrait(photo, person, framing.framing, { standard, runtime, watch });
  if (!finished.ok) {
    return { kind: 'blocked', verdict: judgeFraming(early, finished, rules), record: record([]) };
  }
  return {
    kind: 'developed',
    verdict: judgeWall(early, finished.wall, rules),
    jpeg: finished.jpeg,
    geometry: verifyResult(finished.measured, standard),
    record: record(finished.operations, finished.jpeg),
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
