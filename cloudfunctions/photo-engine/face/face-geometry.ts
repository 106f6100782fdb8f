/**
 * The measures of a face that framing and checks share, taken from its landmarks once. Pixels of the full
 * picture. It judges nothing.
 */
import { type Point } from './detect-faces';
import { type Landmarks } from './face-mesh';
import { CHEEK_EDGES, CHIN, FACE_OVAL, LEFT_EYE_CORNERS, RIGHT_EYE_CORNERS } from './landmark-indices';

export interface FaceGeometry {
  /** Middle between the corners of each eye (ISO/IEC 29794-5 and OFIQ use the corners, not the iris). */
  readonly leftEye: Point;
  readonly rightEye: Point;
  /** Middle between the eyes. */
  readonly eyes: Point;
  readonly chin: Point;
  /** IED: distance of the eye centres. */
  readonly interEyeDistance: number;
  /** T: distance from the middle between the eyes to the chin. */
  readonly eyesToChin: number;
  /** Distance between the edges of the cheeks (landmarks 234 and 454). */
  readonly cheekWidth: number;
  /** Width of the face's outline across the line of the eyes: the widest a frontal face gets. */
  readonly faceWidth: number;
  /** Angle of the line of the eyes, radians, clockwise in the picture. */
  readonly eyeLineAngle: number;
}

/** Landmark `index` as a point. */
export function landmark(landmarks: Landmarks, index: number): Point {
  return { x: landmarks[3 * index]!, y: landmarks[3 * index + 1]! };
}

/** Several landmarks as points, e.g. a contour. */
export function contour(landmarks: Landmarks, indices: readonly number[]): Point[] {
  return indices.map((index) => landmark(landmarks, index));
}

export function faceGeometry(landmarks: Landmarks): FaceGeometry {
  const at = (index: number): Point => landmark(landmarks, index);
  const leftEye = middle(at(LEFT_EYE_CORNERS.outer), at(LEFT_EYE_CORNERS.inner));
  const rightEye = middle(at(RIGHT_EYE_CORNERS.inner), at(RIGHT_EYE_CORNERS.outer));
  const eyes = middle(leftEye, rightEye);
  const chin = at(CHIN);
  const eyeLineAngle = Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x);
  const [alongX, alongY] = [Math.cos(eyeLineAngle), Math.sin(eyeLineAngle)];
  const across = contour(landmarks, FACE_OVAL).map(({ x, y }) => x * alongX + y * alongY);
  return {
    leftEye,
    rightEye,
    eyes,
    chin,
    interEyeDistance: distance(leftEye, rightEye),
    eyesToChin: distance(eyes, chin),
    cheekWidth: distance(at(CHEEK_EDGES.left), at(CHEEK_EDGES.right)),
    faceWidth: Math.max(...across) - Math.min(...across),
    eyeLineAngle,
  };
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
