/**
 * The second half of the chain: a crop becomes the finished file, and the file is measured. The crop was planned by a
 * first look at the hair, which may be a pixel or two off; where the finished picture misses a position for that, it is
 * framed once more by what it shows. Refuses to judge: whether the file is good enough is said elsewhere.
 */
import {
  type Framing,
  type FramingOutcome,
  framePortrait,
} from '../../miniprogram/shared/framing/frame-portrait';
import { portraitFrom, positionsOutside } from '../../miniprogram/shared/framing/result-geometry';
import { type PhotoStandard } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type DecodedPhoto } from './decode/decode-photo';
import { type Operation } from './develop-outcome';
import { encodePhoto } from './encode/encode-photo';
import { type ExaminedPerson } from './examine-image';
import { resample, resamplePlane } from './image/resample';
import { type ModelRuntime } from './inference/model-runtime';
import { composeOver } from './matte/compose';
import { cutOut } from './matte/cut-out';
import { type WallMeasures } from './matte/wall';
import { bestMask } from './person/best-mask';
import { type Stopwatch } from './stopwatch';
import { measureResult, type MeasuredResult } from './verify/measure-result';

export interface FinishedPortrait {
  readonly ok: true;
  readonly jpeg: Uint8Array;
  readonly operations: readonly Operation[];
  readonly wall: WallMeasures;
  /** Null: the finished picture does not show exactly one person. */
  readonly measured: MeasuredResult | null;
}

export type NoFraming = Extract<FramingOutcome, { readonly ok: false }>;

interface FinishOptions {
  readonly standard: PhotoStandard;
  readonly runtime: ModelRuntime;
  readonly watch: Stopwatch;
}

/**
 * The finished file, framed by what it shows itself where the plan missed.
 * @param planned the crop by the first look
 * @returns the file and its measures, or why no crop is inside the standard after all
 */
export async function finishPortrait(
  photo: DecodedPhoto,
  person: ExaminedPerson,
  planned: Framing,
  options: FinishOptions,
): Promise<FinishedPortrait | NoFraming> {
  const { standard } = options;
  const first = await finishCrop(photo, person, planned, options);
  const shown = first.measured?.geometry;
  if (shown === undefined || positionsOutside(shown, standard).length === 0) return first;
  const again = framePortrait(portraitFrom(shown, planned, person.portrait, standard), standard);
  return again.ok ? finishCrop(photo, person, again.framing, options) : again;
}

/** One crop: framed, looked at again, cut out, encoded over the batch's background, measured. */
async function finishCrop(
  photo: DecodedPhoto,
  person: ExaminedPerson,
  framing: Framing,
  { standard, runtime, watch }: FinishOptions,
): Promise<FinishedPortrait> {
  const framed = await watch.time('frame', () => cropTo(photo, person, framing, standard));
  const figure = await watch.time('second-look', () => bestMask(framed.picture, framed.mask, runtime));
  const cut = await watch.time('cut-out', () => cutOut(framed.picture, figure));
  const encoded = await watch.time('encode', () =>
    encodePhoto(composeOver(cut.foreground, cut.alpha, standard.background), {
      minimumBytes: standard.fileBytes.min,
      maximumBytes: standard.fileBytes.max,
      minimumQuality: standard.jpegQualityAtLeast,
      dotsPerInch: standard.densityDpi,
    }),
  );
  const measured = await watch.time('verify', () =>
    measureResult(encoded.bytes, standard.background, cut.alpha, runtime),
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
  return { ok: true, jpeg: encoded.bytes, operations, wall: cut.wall, measured };
}

/** Picture and mask of the crop at the size of the result, and what was done to get there. */
function cropTo(
  photo: DecodedPhoto,
  { figure }: ExaminedPerson,
  { left, top, width, height, scale }: Framing,
  { widthPx, heightPx }: PhotoStandard,
) {
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
