/**
 * Measures of ISO/IEC 29794-5 recomputed from our landmarks, so that the engine can be compared with BSI's reference
 * software OFIQ on the same photos. Reports only: no verdict depends on these mapped values, because OFIQ's 0–100
 * scales are useless as cut-offs for our rules.
 * Formulas and constants: BSI-OFIQ/OFIQ-Project, OFIQlib/modules/measures (MIT); native values named there.
 */
import { type FaceGeometry, landmark } from '../face/face-geometry';
import { type Landmarks } from '../face/face-mesh';
import { type HeadPose } from '../face/head-pose';
import {
  INNER_LIP_PAIRS,
  JAW_LINE,
  LEFT_BROW,
  LEFT_LID_PAIRS,
  RIGHT_BROW,
  RIGHT_LID_PAIRS,
} from '../face/landmark-indices';
import { type RgbaImage } from '../image/rgba-image';
import { alignedPicture, alignmentOf, toAligned } from '../measure/aligned-face';
import { labOf } from '../measure/lab';
import { luminanceHistogram } from '../measure/luminance';
import { distanceFromNaturalSkin } from '../measure/natural-skin';
import { convexHull, distance, type Point, runsInside, squareAround } from '../measure/polygon';

export const OFIQ_MEASURES = [
  'LuminanceMean',
  'LuminanceVariance',
  'UnderExposurePrevention',
  'OverExposurePrevention',
  'DynamicRange',
  'IlluminationUniformity',
  'NaturalColour',
  'EyesOpen',
  'MouthClosed',
  'InterEyeDistance',
  'MarginAboveTheFace',
  'MarginBelowTheFace',
  'HeadPoseYawFrontal',
  'HeadPosePitchFrontal',
  'HeadPoseRollFrontal',
] as const;
export type OfiqMeasure = (typeof OFIQ_MEASURES)[number];
export type OfiqValues = Readonly<Record<OfiqMeasure, number>>;

export interface OfiqInput {
  readonly image: RgbaImage;
  readonly landmarks: Landmarks;
  readonly face: FaceGeometry;
  readonly pose: HeadPose;
}

/** Mapped values, 0..100, of one photo. */
export function ofiqMeasures({ image, landmarks, face, pose }: OfiqInput): OfiqValues {
  const alignment = alignmentOf(landmarks, face);
  const aligned = alignedPicture(image, alignment);
  const place = (index: number) => toAligned(alignment, landmark(landmarks, index));
  const temples = TEMPLES.flatMap(([eyeLevel, browLevel]) => [
    place(eyeLevel),
    temple(place(eyeLevel), place(browLevel)),
  ]);
  const light = lightOf(aligned, convexHull([...UNCOVERED_REGION.map(place), ...temples]));
  const exposure = lightOf(aligned, convexHull(UNCOVERED_REGION.map(place)));
  const lip = Math.max(
    ...INNER_LIP_PAIRS.map(([a, b]) => distance(landmark(landmarks, a), landmark(landmarks, b))),
  );
  const lid = Math.min(lidGap(landmarks, LEFT_LID_PAIRS), lidGap(landmarks, RIGHT_LID_PAIRS));
  const uprightDistance = face.interEyeDistance / Math.max(0.1, Math.cos(radians(pose.yaw)));
  return {
    LuminanceMean: score(sigmoid(light.mean, 0.2, 0.05) * (1 - sigmoid(light.mean, 0.8, 0.05))),
    LuminanceVariance: score(Math.sin((Math.PI * 60 * light.variance) / (60 * light.variance + 1))),
    UnderExposurePrevention: score(1.2 * (0.832 - sigmoid(exposure.dark, 0.92, 0.05))),
    OverExposurePrevention: limit(Math.round(1 / (exposure.bright + 0.01))),
    DynamicRange: limit(Math.round(12.5 * light.entropy)),
    IlluminationUniformity: limit(Math.round(100 * cheekSimilarity(aligned, place) ** 0.3)),
    NaturalColour: score(2 * (1 - sigmoid(colourDistance(aligned, place), 0, 10))),
    EyesOpen: score(sigmoid(lid / face.eyesToChin, 0.02, 0.01)),
    MouthClosed: score(1 - sigmoid(lip / face.eyesToChin, 0.2, 0.06)),
    InterEyeDistance: score(sigmoid(uprightDistance, 70, 20)),
    MarginAboveTheFace: score(sigmoid(face.eyes.y / face.eyesToChin, 1.4, 0.1)),
    MarginBelowTheFace: score(sigmoid((image.height - face.eyes.y) / face.eyesToChin, 1.8, 0.1)),
    HeadPoseYawFrontal: cosineScore(pose.yaw),
    HeadPosePitchFrontal: cosineScore(pose.pitch),
    HeadPoseRollFrontal: cosineScore(pose.roll),
  };
}

/** What OFIQ's exposure measures look at: the face without what covers it, hair at the temples above all. */
const UNCOVERED_REGION = [...JAW_LINE, ...LEFT_BROW, ...RIGHT_BROW];
/**
 * OFIQ's face region is the hull of its 98 landmarks, whose outline begins at the temples, between the eyes' and the
 * brows' height; these are our landmarks at the two heights, and how far from the first to the second it begins.
 *
 * On 100 portraits, LuminanceMean and LuminanceVariance differ by .94 and .60 at the eyes' height, .76 and .64 at the
 * brows', .78–.80 and .57–.59 anywhere from .6 to .7 of the way, the same on either half of the people. Tried besides
 * and no closer in all: OFIQ's mask of 224 pixels with its outline drawn (FaceMeasures.cpp), its least median of squares
 * (utils.cpp) instead of least squares, its landmarks in whole pixels, its warping in steps of 1/32 pixel.
 * DynamicRange differs by .15 here, by .14 on the landmarks of an independent executor of the mesh (`npm run quality`), by
 * .15–.53 with temples at six heights, with the region enlarged or reduced and with raised brows (2026-11).
 */
const TEMPLES = [
  [127, 162],
  [356, 389],
] as const;
const TOWARDS_BROWS = 0.6;

function temple(eyeLevel: Point, browLevel: Point): Point {
  return {
    x: eyeLevel.x + (browLevel.x - eyeLevel.x) * TOWARDS_BROWS,
    y: eyeLevel.y + (browLevel.y - eyeLevel.y) * TOWARDS_BROWS,
  };
}

function lightOf(aligned: RgbaImage, area: readonly Point[]) {
  const { bins, count } = luminanceHistogram(aligned, area);
  let mean = 0;
  let entropy = 0;
  let dark = 0;
  let bright = 0;
  for (let bin = 0; bin < 256; bin++) {
    const share = bins[bin]! / count;
    mean += (share * bin) / 255;
    if (share > 0) entropy -= share * Math.log2(share);
    if (bin <= 25) dark += share;
    if (bin >= 247) bright += share;
  }
  let variance = 0;
  for (let bin = 0; bin < 256; bin++) variance += (bins[bin]! / count) * (bin / 255 - mean) ** 2;
  return { mean, variance, entropy, dark, bright };
}

/**
 * OFIQ's two cheek squares: side .3 of the eye distance, their upper edge halfway between eyes and mouth, each from
 * below the middle of its eye towards the nose. Whole pixels, as there.
 */
function cheekSquares(place: (index: number) => Point): [Point[], Point[]] {
  const leftEye = rounded(between(place(33), place(133)));
  const rightEye = rounded(between(place(362), place(263)));
  const mouth = rounded(between(place(13), place(14)));
  const side = Math.floor(0.3 * distance(leftEye, rightEye));
  const down = Math.floor(distance(between(leftEye, rightEye), mouth) / 2);
  const square = (left: number, top: number) => squareAround({ x: left + side / 2, y: top + side / 2 }, side);
  return [square(leftEye.x, leftEye.y + down), square(rightEye.x - side, rightEye.y + down)];
}

function cheekSimilarity(aligned: RgbaImage, place: (index: number) => Point): number {
  const [left, right] = cheekSquares(place).map((square) => luminanceHistogram(aligned, square));
  let common = 0;
  for (let bin = 0; bin < 256; bin++) {
    common += Math.min(left!.bins[bin]! / left!.count, right!.bins[bin]! / right!.count);
  }
  return common;
}

/** Distance of the cheeks' mean a*, b* from natural skin. */
function colourDistance(aligned: RgbaImage, place: (index: number) => Point): number {
  let a = 0;
  let b = 0;
  let count = 0;
  for (const square of cheekSquares(place)) {
    for (const { y, from, to } of runsInside(square, aligned.width, aligned.height)) {
      for (let x = from; x < to; x++) {
        const offset = (y * aligned.width + x) * 4;
        const lab = labOf(aligned.data[offset]!, aligned.data[offset + 1]!, aligned.data[offset + 2]!);
        a += lab.a;
        b += lab.b;
        count++;
      }
    }
  }
  return distanceFromNaturalSkin(a / count, b / count);
}

function lidGap(landmarks: Landmarks, pairs: readonly (readonly [number, number])[]): number {
  return Math.max(
    ...pairs.map(([upper, lower]) => distance(landmark(landmarks, upper), landmark(landmarks, lower))),
  );
}

function between(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}

function sigmoid(x: number, x0: number, width: number): number {
  return 1 / (1 + Math.exp((x0 - x) / width));
}

function score(share: number): number {
  return limit(Math.round(100 * share));
}

function cosineScore(degrees: number): number {
  return limit(Math.round(100 * Math.max(0, Math.cos(radians(degrees))) ** 2));
}

function limit(value: number): number {
  return Math.min(100, Math.max(0, value));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
