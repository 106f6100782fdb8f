/**
 * Finds the faces of a picture with MediaPipe's full-range detector. It counts and places faces; whether
 * the right number is there is judged elsewhere. Anchors, decoding and the weighted suppression follow
 * google-ai-edge/mediapipe, modules/face_detection/face_detection_full_range*.pbtxt and
 * calculators/util/non_max_suppression_calculator.cc (read 2026-11).
 */
import { outputOf, type ModelRuntime } from '../inference/model-runtime';
import { type PicturePyramid } from '../inference/picture-pyramid';
import { type Region, pointOfRegion, sampleRegion } from '../inference/sample-region';

/** Pixels of the full picture; (0, 0) is the corner of the first pixel. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Edges in pixels of the full picture; may reach beyond it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** "Left" and "right" are the sides of the picture, not of the person. */
export interface DetectedFace {
  /** 0 … 1. */
  readonly score: number;
  /** From the brows to the chin, ear to ear: the hair is outside. */
  readonly box: Box;
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly noseTip: Point;
  readonly mouth: Point;
  readonly leftEar: Point;
  readonly rightEar: Point;
}

const SIDE = 192;
const CELLS = 48;
const ANCHORS = CELLS * CELLS;
const KEYPOINTS = 6;
/** min_score_thresh of the full-range graph. */
const MINIMUM_SCORE = 0.6;
/** min_suppression_threshold: boxes that overlap more than this are one face. */
const SAME_FACE_OVERLAP = 0.3;

/**
 * Room around the picture for a second look. The detector misses faces that fill the frame: of 100 portraits
 * cut to 1.2 face widths it found 70, to 1.0 six; with the picture shown at a third of the size it found all of
 * them, down to 0.7 face widths.
 */
const ROOM = 3;

/** Faces in falling order of score; an empty list when there is none. */
export async function detectFaces(picture: PicturePyramid, runtime: ModelRuntime): Promise<DetectedFace[]> {
  const whole = wholePicture(picture);
  const faces = await detectFacesIn(picture, runtime, whole);
  if (faces.length > 0) return faces;
  return detectFacesIn(picture, runtime, {
    ...whole,
    width: ROOM * whole.width,
    height: ROOM * whole.height,
  });
}

/** The same within a square region, whose outside is black to the detector. */
export async function detectFacesIn(
  picture: PicturePyramid,
  runtime: ModelRuntime,
  region: Region,
): Promise<DetectedFace[]> {
  const sampling = { width: SIDE, height: SIDE, black: -1, white: 1, outside: 'black' } as const;
  const model = await runtime.model('face-detector');
  const outputs = await model.run(sampleRegion(picture, region, sampling));
  const scores = outputOf(outputs, 'scores', ANCHORS);
  const boxes = outputOf(outputs, 'boxes', ANCHORS * (4 + 2 * KEYPOINTS));
  return suppress(decode(scores, boxes)).map((candidate) => inPicture(candidate, region));
}

/** A square around the whole picture: the detector wants the aspect kept. */
function wholePicture({ full }: PicturePyramid): Region {
  const side = Math.max(full.width, full.height);
  return { centreX: full.width / 2, centreY: full.height / 2, width: side, height: side, rotation: 0 };
}

/** A detection in the region's own frame, 0 … 1. */
interface Candidate {
  readonly score: number;
  /** centre x, centre y, width, height, then x and y of six keypoints. */
  readonly values: Float64Array;
}

function decode(scores: Float32Array, boxes: Float32Array): Candidate[] {
  const candidates: Candidate[] = [];
  const minimumLogit = Math.log(MINIMUM_SCORE / (1 - MINIMUM_SCORE));
  for (let anchor = 0; anchor < ANCHORS; anchor++) {
    const logit = scores[anchor]!;
    if (logit < minimumLogit) continue;
    const anchorX = ((anchor % CELLS) + 0.5) / CELLS;
    const anchorY = (Math.floor(anchor / CELLS) + 0.5) / CELLS;
    const values = new Float64Array(4 + 2 * KEYPOINTS);
    // The model's planes: value by value, each for all anchors. Sizes (2 and 3) have no anchor offset.
    for (let value = 0; value < values.length; value++) {
      const origin = value === 2 || value === 3 ? 0 : value % 2 === 0 ? anchorX : anchorY;
      values[value] = boxes[value * ANCHORS + anchor]! / SIDE + origin;
    }
    candidates.push({ score: 1 / (1 + Math.exp(-logit)), values });
  }
  return candidates;
}

/** Weighted suppression: overlapping candidates become their score-weighted mean with the best score. */
function suppress(candidates: readonly Candidate[]): Candidate[] {
  let rest = [...candidates].sort((a, b) => b.score - a.score);
  const faces: Candidate[] = [];
  while (rest.length > 0) {
    const best = rest[0]!;
    const same = rest.filter(
      (candidate) => candidate === best || overlap(best, candidate) > SAME_FACE_OVERLAP,
    );
    rest = rest.filter((candidate) => !same.includes(candidate));
    const total = same.reduce((sum, { score }) => sum + score, 0);
    const values = best.values.map(
      (_, i) => same.reduce((sum, { score, values: v }) => sum + score * v[i]!, 0) / total,
    );
    faces.push({ score: best.score, values });
  }
  return faces;
}

function overlap({ values: a }: Candidate, { values: b }: Candidate): number {
  const side = (axis: 0 | 1): number => {
    const low = Math.max(a[axis]! - a[axis + 2]! / 2, b[axis]! - b[axis + 2]! / 2);
    const high = Math.min(a[axis]! + a[axis + 2]! / 2, b[axis]! + b[axis + 2]! / 2);
    return Math.max(0, high - low);
  };
  const shared = side(0) * side(1);
  return shared / (a[2]! * a[3]! + b[2]! * b[3]! - shared);
}

function inPicture({ score, values }: Candidate, region: Region): DetectedFace {
  const point = (i: number): Point => pointOfRegion(region, values[i]!, values[i + 1]!);
  const centre = point(0);
  const [halfWidth, halfHeight] = [(values[2]! * region.width) / 2, (values[3]! * region.height) / 2];
  return {
    score,
    box: {
      left: centre.x - halfWidth,
      top: centre.y - halfHeight,
      right: centre.x + halfWidth,
      bottom: centre.y + halfHeight,
    },
    leftEye: point(4),
    rightEye: point(6),
    noseTip: point(8),
    mouth: point(10),
    leftEar: point(12),
    rightEar: point(14),
  };
}
