/**
 * Places 478 landmarks on one face with MediaPipe's attention mesh (the plain mesh reads closed eyes as
 * open). It looks several times: first where the detector points, then centred and turned upright by what it
 * saw, as MediaPipe does from frame to frame. It refuses to say whether the face is good: it gives
 * points and how sure the model is that a face is there.
 */
import { outputOf, type ModelRuntime } from '../inference/model-runtime';
import { type PicturePyramid } from '../inference/picture-pyramid';
import { pointOfRegion, type Region, sampleRegion } from '../inference/sample-region';
import {
  LANDMARKS, LEFT_EYE, LEFT_IRIS_START, LID_POINTS, LIPS, MESH_POINTS, RIGHT_EYE, RIGHT_IRIS_START,
} from './attention-landmarks'; // prettier-ignore
import { type DetectedFace } from './detect-faces';

/** 478 points, three numbers each: x and y in pixels of the full picture, z in the same unit, smaller is nearer. */
export type Landmarks = Float32Array;

export interface FaceMesh {
  readonly landmarks: Landmarks;
  /** 0 … 1: the model's belief that the region shows a face. */
  readonly presence: number;
}

const SIDE = 192;
/** scale_x, scale_y of face_detection_front_detection_to_roi.pbtxt and face_landmark_landmarks_to_roi.pbtxt. */
const MARGIN = 1.5;
/** Outer corners of the eyes on the picture's left and right. */
const LEFT_EYE_OUTER = 33;
const RIGHT_EYE_OUTER = 263;

/**
 * Looks per face. Where the first look falls changes the answer: with the region shifted by up to 4 % and
 * scaled by up to 8 %, the landmarks of one portrait scatter by 0.43 % of the face width after one look, 0.19 %
 * after two and 0.10 % after three, the lid gap by 0.0027, 0.0017 and 0.0007 T (17 studio portraits, 10 shifts
 * each). A look costs 8 ms.
 */
const LOOKS = 3;

/** The mesh of a detected face. */
export async function faceMesh(
  picture: PicturePyramid,
  runtime: ModelRuntime,
  face: DetectedFace,
): Promise<FaceMesh> {
  let mesh = await meshIn(picture, runtime, regionOfDetection(face));
  for (let look = 1; look < LOOKS; look++) {
    mesh = await meshIn(picture, runtime, regionOfLandmarks(mesh.landmarks));
  }
  return mesh;
}

/** One look at one region. */
export async function meshIn(
  picture: PicturePyramid,
  runtime: ModelRuntime,
  region: Region,
): Promise<FaceMesh> {
  const sampling = { width: SIDE, height: SIDE, black: 0, white: 1, outside: 'edge' } as const;
  const model = await runtime.model('face-mesh');
  const outputs = await model.run(sampleRegion(picture, region, sampling));
  const landmarks = refine(outputs);
  for (let at = 0; at < landmarks.length; at += 3) toPicture(landmarks, at, region);
  const [presenceLogit] = outputOf(outputs, 'presence', 1);
  return { landmarks, presence: 1 / (1 + Math.exp(-presenceLogit!)) };
}

/** Turns one point, in pixels of the region as the model sees it, into one of the full picture. */
function toPicture(landmarks: Landmarks, at: number, region: Region): void {
  const { x, y } = pointOfRegion(region, landmarks[at]! / SIDE, landmarks[at + 1]! / SIDE);
  landmarks[at] = x;
  landmarks[at + 1] = y;
  landmarks[at + 2] = (landmarks[at + 2]! * region.width) / SIDE;
}

export function regionOfDetection({ box, leftEye, rightEye }: DetectedFace): Region {
  const side = MARGIN * Math.max(box.right - box.left, box.bottom - box.top);
  return {
    centreX: (box.left + box.right) / 2,
    centreY: (box.top + box.bottom) / 2,
    width: side,
    height: side,
    rotation: Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x),
  };
}

export function regionOfLandmarks(landmarks: Landmarks): Region {
  const [left, right] = [3 * LEFT_EYE_OUTER, 3 * RIGHT_EYE_OUTER];
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < landmarks.length; i += 3) {
    minX = Math.min(minX, landmarks[i]!);
    maxX = Math.max(maxX, landmarks[i]!);
    minY = Math.min(minY, landmarks[i + 1]!);
    maxY = Math.max(maxY, landmarks[i + 1]!);
  }
  const side = MARGIN * Math.max(maxX - minX, maxY - minY);
  return {
    centreX: (minX + maxX) / 2,
    centreY: (minY + maxY) / 2,
    width: side,
    height: side,
    rotation: Math.atan2(landmarks[right + 1]! - landmarks[left + 1]!, landmarks[right]! - landmarks[left]!),
  };
}

/** The coarse mesh with lips, eyes and irises put in their places: 478 × (x, y, z) in pixels of the region. */
function refine(outputs: Readonly<Record<string, Float32Array>>): Float32Array {
  const own = new Float32Array(LANDMARKS * 3);
  own.set(outputOf(outputs, 'mesh', MESH_POINTS * 3));
  put(outputs, 'lips', LIPS, own);
  put(outputs, 'leftEye', LEFT_EYE, own);
  put(outputs, 'rightEye', RIGHT_EYE, own);
  for (const [name, start, eye] of [
    ['leftIris', LEFT_IRIS_START, LEFT_EYE],
    ['rightIris', RIGHT_IRIS_START, RIGHT_EYE],
  ] as const) {
    const places = [0, 1, 2, 3, 4].map((i) => start + i);
    put(outputs, name, places, own);
    let depths = 0;
    for (const lid of eye.slice(0, LID_POINTS)) depths += own[3 * lid + 2]!;
    const depth = depths / LID_POINTS;
    for (const place of places) own[3 * place + 2] = depth;
  }
  return own;
}

/** The points of one output over those of the mesh that they refine. */
function put(
  outputs: Readonly<Record<string, Float32Array>>,
  name: string,
  places: readonly number[],
  mesh: Float32Array,
): void {
  const points = outputOf(outputs, name, places.length * 2);
  for (let i = 0; i < places.length; i++) {
    mesh[3 * places[i]!] = points[2 * i]!;
    mesh[3 * places[i]! + 1] = points[2 * i + 1]!;
  }
}
