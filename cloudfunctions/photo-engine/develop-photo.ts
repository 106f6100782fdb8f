/**
 * The chain from a photo to the official picture, readable from top to bottom. Each step has its own folder.
 *
 *   1 decode    the file, upright, at the scale that is needed
 *   2 face      how many people; the landmarks and the pose of the largest face
 *   3 person    which pixels belong to the person
 *   4 frame     the crop that meets the standard, if there is one
 *   5 judge     every check; a blocked photo ends here
 *   6 cut out   the person along the hair, with the person's own colours
 *   7 encode    over the batch's background, as the file the standard asks for
 *   8 verify    the finished file measured again; what misses the standard is refused
 *
 * It crops, scales and replaces the background, and refuses to do anything else to a person's face.
 */
import { createHash } from 'node:crypto';
import { type FramingOutcome, framePortrait } from '../../miniprogram/shared/framing/frame-portrait';
import { decodePhoto, type DecodedPhoto } from './decode/decode-photo';
import { type DevelopOutcome, type Operation, type PhotoRecord } from './develop-outcome';
import { encodePhoto } from './encode/encode-photo';
import { ENGINE_VERSION } from './engine-version';
import { type LargestFace, findPeople } from './face/find-people';
import { portraitMeasures } from './frame/portrait-measures';
import { resample, resamplePlane, type Plane } from './image/resample';
import { type ModelRuntime } from './inference/model-runtime';
import { PicturePyramid } from './inference/picture-pyramid';
import { judgeEmptyPhoto, judgePhoto, judgeWall } from './judge-photo';
import { composeOver } from './matte/compose';
import { cutOut } from './matte/cut-out';
import { skinSample } from './measure/skin-sample';
import { personMask } from './person/person-mask';
import { type DevelopOptions } from './photo-engine';
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

  const photo = await watch.time('decode', () => decodePhoto(bytes));
  const pyramid = new PicturePyramid(photo.image);
  const record = (operations: readonly Operation[], jpeg?: Uint8Array): PhotoRecord =>
    recordOf(bytes, photo, operations, jpeg, models, watch);

  const people = await watch.time('face', () => findPeople(pyramid, runtime));
  if (people.largest === null)
    return { kind: 'blocked', verdict: judgeEmptyPhoto(rules), record: record([]) };
  const { landmarks, geometry: face, pose } = people.largest;

  const figure = await watch.time('person', () => figureOf(pyramid, runtime, people.largest!));
  const figureScale = figure.width / photo.image.width;
  const portrait = portraitMeasures(landmarks, face, figure, figureScale);

  const framing = framePortrait(portrait, standard);

  const early = await watch.time('judge', () =>
    judgePhoto(
      {
        image: photo.image,
        workingScale: photo.scale,
        standard,
        people: people.count,
        landmarks,
        face,
        pose,
        skin: skinSample(photo.image, landmarks, face.interEyeDistance),
        personAt: (x, y) => valueAt(figure, x * figureScale, y * figureScale),
        portrait,
        framing,
      },
      rules,
    ),
  );
  if (early.outcome === 'blocked' || !framing.ok)
    return { kind: 'blocked', verdict: early, record: record([]) };

  const framed = await watch.time('frame', () => cropTo(photo, figure, figureScale, framing, standard));
  const cut = await watch.time('cut-out', () => cutOut(framed.picture, framed.mask));
  const verdict = judgeWall(early, cut.wall, rules);

  const encoded = await watch.time('encode', () =>
    encodePhoto(composeOver(cut.foreground, cut.alpha, standard.background), {
      minimumBytes: standard.fileBytes.min,
      maximumBytes: standard.fileBytes.max,
      minimumQuality: standard.jpegQualityAtLeast,
      dotsPerInch: standard.densityDpi,
    }),
  );
  const geometry = await watch.time('verify', () => verifyResult(encoded.bytes, standard, runtime));

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

// The mask is a soft guess from 256-pixel looks; at half the working size nothing of it is lost.
const FIGURE_REDUCTION = 2;

function figureOf(pyramid: PicturePyramid, runtime: ModelRuntime, { geometry }: LargestFace): Promise<Plane> {
  const width = Math.max(1, Math.round(pyramid.full.width / FIGURE_REDUCTION));
  const height = Math.max(1, Math.round(pyramid.full.height / FIGURE_REDUCTION));
  return personMask(pyramid, runtime, geometry, { width, height });
}

function valueAt(plane: Plane, x: number, y: number): number {
  const column = Math.min(plane.width - 1, Math.floor(x));
  return plane.data[Math.min(plane.height - 1, Math.floor(y)) * plane.width + column]!;
}

/** Picture and mask of the crop at the size of the result, and what was done to get there. */
function cropTo(
  photo: DecodedPhoto,
  figure: Plane,
  figureScale: number,
  { framing }: Extract<FramingOutcome, { ok: true }>,
  standard: DevelopOptions['standard'],
) {
  const { left, top, width, height, scale } = framing;
  const { widthPx, heightPx } = standard;
  const area = { x: left, y: top, width, height };
  const maskArea = {
    x: left * figureScale,
    y: top * figureScale,
    width: width * figureScale,
    height: height * figureScale,
  };
  const toOriginal = 1 / photo.scale;
  const operations: Operation[] = [
    { name: 'apply-exif-orientation', orientation: photo.original.orientation },
    { name: 'reduce', factor: photo.scale },
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
    // Node reports kibibytes.
    peakMemoryMegabytes: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
