/**
 * How a head is turned: the weighted similarity (Procrustes) fit of the canonical face to the landmarks,
 * read as three angles. The fit ignores perspective, and pitch carries a personal bias of about −2 … +14°
 * (measured on the studio portraits), so it must be judged loosely. It refuses degenerate landmarks.
 */
import { CANONICAL_FACE } from './canonical-face';
import { type Landmarks } from './face-mesh';

/** Degrees; zero is straight into the camera. */
export interface HeadPose {
  /** Positive: turned to the right of the picture. */
  readonly yaw: number;
  /** Positive: looking down. */
  readonly pitch: number;
  /** Positive: tilted clockwise in the picture. */
  readonly roll: number;
}

type Vector = readonly [number, number, number];

const SOURCE = CANONICAL_FACE.map(({ x, y, z }): Vector => [x, y, z]);
const WEIGHTS = CANONICAL_FACE.map(({ weight }) => weight);
const TOTAL_WEIGHT = WEIGHTS.reduce((sum, weight) => sum + weight, 0);
const SOURCE_CENTRE = weightedCentre(SOURCE);

/** Throws RangeError when the landmarks span no face (all in one point, or not finite). */
export function headPose(landmarks: Landmarks): HeadPose {
  const rotation = rotationOfFit(landmarks);
  // Where the face looks and where its top points, in a frame with x right, y up, z to the camera.
  const [forwardX, forwardY, forwardZ] = rotate(rotation, [0, 0, 1]);
  const yaw = Math.atan2(forwardX, forwardZ);
  const pitch = Math.atan2(-forwardY, Math.hypot(forwardX, forwardZ));
  // Against a head that is turned and nodded the same way but not tilted.
  const right: Vector = [Math.cos(yaw), 0, -Math.sin(yaw)];
  const [upX, upY, upZ] = rotate(rotation, [0, 1, 0]);
  const levelUp: Vector = [Math.sin(yaw) * Math.sin(pitch), Math.cos(pitch), Math.cos(yaw) * Math.sin(pitch)];
  const roll = Math.atan2(
    upX * right[0] + upZ * right[2],
    upX * levelUp[0] + upY * levelUp[1] + upZ * levelUp[2],
  );
  return { yaw: degrees(yaw), pitch: degrees(pitch), roll: degrees(roll) };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}

/** A unit quaternion (w, x, y, z). */
type Quaternion = readonly [number, number, number, number];

/**
 * Horn's closed form (Journal of the Optical Society of America A 4, 1987): the best rotation is the
 * eigenvector of the largest eigenvalue of a symmetric 4×4 matrix of the point sets' covariances.
 */
function rotationOfFit(landmarks: Landmarks): Quaternion {
  const seen = CANONICAL_FACE.map(({ landmark }): Vector => [
    landmarks[3 * landmark]!,
    -landmarks[3 * landmark + 1]!,
    -landmarks[3 * landmark + 2]!,
  ]);
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = covariances(seen);
  return largestEigenvector([
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ]);
}

type Covariances = readonly [number, number, number, number, number, number, number, number, number];

/** Weighted, of the canonical face's x, y, z (by row) with the seen face's (by column). */
function covariances(seen: readonly Vector[]): Covariances {
  const seenCentre = weightedCentre(seen);
  const sums: [number, number, number, number, number, number, number, number, number] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0,
  ];
  for (let i = 0; i < seen.length; i++) {
    for (let a = 0; a < 3; a++) {
      const weighted = WEIGHTS[i]! * (SOURCE[i]![a]! - SOURCE_CENTRE[a]!);
      for (let b = 0; b < 3; b++) sums[3 * a + b]! += weighted * (seen[i]![b]! - seenCentre[b]!);
    }
  }
  return sums;
}

function weightedCentre(points: readonly Vector[]): Vector {
  const sum: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < points.length; i++) {
    for (let axis = 0; axis < 3; axis++) sum[axis]! += WEIGHTS[i]! * points[i]![axis]!;
  }
  return [sum[0] / TOTAL_WEIGHT, sum[1] / TOTAL_WEIGHT, sum[2] / TOTAL_WEIGHT];
}

/**
 * Power iteration by repeated squaring of the shifted matrix: 40 squarings separate eigenvalues that
 * differ by one part in 10^10, and the answer is the same on every machine.
 */
function largestEigenvector(matrix: readonly (readonly number[])[]): Quaternion {
  const size = Math.sqrt(matrix.flat().reduce((sum, value) => sum + value * value, 0));
  if (!(size > 0) || !Number.isFinite(size)) throw new RangeError('landmarks span no face');
  // Shifted by their norm, all eigenvalues are ≥ 0 and the largest is also the largest in size.
  let power = matrix.map((row, i) => row.map((value, j) => value / size + (i === j ? 1 : 0)));
  for (let squaring = 0; squaring < 40; squaring++) {
    power = scaledSquare(power);
  }
  // Every column is now a multiple of the eigenvector; the longest is the most exact.
  const columns = [0, 1, 2, 3].map((j) => power.map((row) => row[j]!));
  const lengths = columns.map((column) => Math.hypot(...column));
  const best = lengths.indexOf(Math.max(...lengths));
  const [w, x, y, z] = columns[best]!.map((value) => value / lengths[best]!) as [
    number,
    number,
    number,
    number,
  ];
  return [w, x, y, z];
}

/** A square matrix times itself, its largest entry brought to 1. */
function scaledSquare(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  let largest = 0;
  const square: number[][] = [];
  for (let i = 0; i < size; i++) {
    const row: number[] = [];
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += matrix[i]![k]! * matrix[k]![j]!;
      row.push(sum);
      largest = Math.max(largest, Math.abs(sum));
    }
    square.push(row);
  }
  for (const row of square) for (let j = 0; j < size; j++) row[j]! /= largest;
  return square;
}

/** q v q*. */
function rotate([w, x, y, z]: Quaternion, [vx, vy, vz]: Vector): Vector {
  const [tx, ty, tz] = [2 * (y * vz - z * vy), 2 * (z * vx - x * vz), 2 * (x * vy - y * vx)];
  return [vx + w * tx + y * tz - z * ty, vy + w * ty + z * tx - x * tz, vz + w * tz + x * ty - y * tx];
}
