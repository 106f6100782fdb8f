/**
 * The first half of the chain, on pixels: who is in the picture, which pixels are the person, whether a crop meets the
 * standard, and the verdict of every check. Changes nothing; what is needed to develop the photo comes back with it.
 */
import {
  type FramingOutcome,
  framePortrait,
  type PortraitMeasures,
} from '../../miniprogram/shared/framing/frame-portrait';
import { type PhotoStandard } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type Verdict } from '../../miniprogram/shared/verdict/verdict';
import { type CheckInput } from './checks/check-input';
import { findPeople, type LargestFace } from './face/find-people';
import { portraitMeasures } from './frame/portrait-measures';
import { type Plane } from './image/resample';
import { type RgbaImage } from './image/rgba-image';
import { type ModelRuntime } from './inference/model-runtime';
import { PicturePyramid } from './inference/picture-pyramid';
import { judgeEmptyPhoto, judgePhoto } from './judge-photo';
import { skinSample } from './measure/skin-sample';
import { belowTheEyes } from './person/below-the-eyes';
import { keepSitter } from './person/keep-sitter';
import { personMask } from './person/person-mask';
import { type DevelopOptions } from './develop-options';
import { type Stopwatch } from './stopwatch';

export interface Examination {
  /** Without `wall`, which is judged on the cut-out. */
  readonly verdict: Verdict;
  /** Absent when nobody was found. */
  readonly person?: ExaminedPerson;
}

export interface ExaminedPerson {
  readonly face: LargestFace;
  /** 0..1, of the whole picture, smaller than it. */
  readonly figure: Plane;
  readonly portrait: PortraitMeasures;
  readonly framing: FramingOutcome;
}

/**
 * @param image upright working picture
 * @param workingScale working pixels per pixel of the original, ≤ 1
 */
export async function examineImage(
  image: RgbaImage,
  workingScale: number,
  { standard, rules }: DevelopOptions,
  runtime: ModelRuntime,
  watch: Stopwatch,
): Promise<Examination> {
  const seen = await observeImage(image, workingScale, standard, runtime, watch);
  if (seen === null) return { verdict: judgeEmptyPhoto(rules) };
  const verdict = await watch.time('judge', () => judgePhoto(seen.input, rules));
  return { verdict, person: seen.person };
}

export interface Observation {
  /** What the checks look at. */
  readonly input: CheckInput;
  readonly person: ExaminedPerson;
}

/** Everything that is judged, before it is judged; null where nobody was found. Parameters as for `examineImage`. */
export async function observeImage(
  image: RgbaImage,
  workingScale: number,
  standard: PhotoStandard,
  runtime: ModelRuntime,
  watch: Stopwatch,
): Promise<Observation | null> {
  const pyramid = new PicturePyramid(image);
  const people = await watch.time('face', () => findPeople(pyramid, runtime));
  const face = people.largest;
  if (face === null) return null;
  const { landmarks, geometry, pose } = face;

  const figure = await watch.time('person', () => figureOf(pyramid, runtime, face));
  return watch.time('judge', () => {
    const portrait = portraitMeasures(landmarks, geometry, figure, image);
    const framing = framePortrait(portrait, standard);
    const input = {
      image,
      workingScale,
      standard,
      people: people.count,
      landmarks,
      face: geometry,
      pose,
      skin: skinSample(image, landmarks, geometry.interEyeDistance),
      figure,
      portrait,
      framing,
    };
    return { input, person: { face, figure, portrait, framing } };
  });
}

// The mask is a soft guess from 256-pixel looks; at half the working size nothing of it is lost.
const FIGURE_REDUCTION = 2;

async function figureOf(
  pyramid: PicturePyramid,
  runtime: ModelRuntime,
  { geometry }: LargestFace,
): Promise<Plane> {
  const { full } = pyramid;
  const width = Math.max(1, Math.round(full.width / FIGURE_REDUCTION));
  const height = Math.max(1, Math.round(full.height / FIGURE_REDUCTION));
  const everybody = await personMask(pyramid, runtime, geometry, { width, height });
  return keepSitter(everybody, belowTheEyes(geometry.eyes, full, everybody));
}
