/**
 * The rigid points of MediaPipe's canonical face, by which the pose of a head is fitted: mostly nose, eye
 * corners and jaw, which talking and smiling move least. Positions are centimetres of a mean face, x to
 * the picture's right, y up, z towards the camera; weights are MediaPipe's Procrustes weights. Transcribed
 * from geometry_pipeline_metadata_landmarks.binarypb in @mediapipe/face_mesh 0.4.1657299874 (Apache-2.0);
 * a test reads them there again.
 */

export interface CanonicalPoint {
  readonly landmark: number;
  readonly weight: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

// prettier-ignore
export const CANONICAL_FACE: readonly CanonicalPoint[] = [
  { landmark: 4, weight: 0.07091, x: 0, y: -0.46317, z: 7.58658 },
  { landmark: 6, weight: 0.0321, x: 0, y: 2.473255, z: 5.788627 },
  { landmark: 10, weight: 0.008447, x: 0, y: 8.261778, z: 4.481535 },
  { landmark: 33, weight: 0.058724, x: -4.445859, y: 2.663991, z: 3.173422 },
  { landmark: 54, weight: 0.007667, x: -6.279331, y: 6.615427, z: 1.42585 },
  { landmark: 67, weight: 0.009078, x: -3.523964, y: 8.005976, z: 3.729163 },
  { landmark: 117, weight: 0.009792, x: -5.258659, y: 0.945811, z: 2.974312 },
  { landmark: 119, weight: 0.014565, x: -3.300681, y: 0.861641, z: 3.872784 },
  { landmark: 121, weight: 0.018591, x: -1.820731, y: 1.467954, z: 4.224124 },
  { landmark: 127, weight: 0.005198, x: -7.743095, y: 2.364999, z: -2.005167 },
  { landmark: 129, weight: 0.120625, x: -1.785794, y: -0.978284, z: 4.85047 },
  { landmark: 132, weight: 0.00556, x: -7.270895, y: -2.890917, z: -2.252455 },
  { landmark: 133, weight: 0.053286, x: -1.856432, y: 2.585245, z: 3.757904 },
  { landmark: 136, weight: 0.06689, x: -5.085276, y: -7.17859, z: 0.714711 },
  { landmark: 143, weight: 0.014817, x: -6.407571, y: 2.236021, z: 1.560843 },
  { landmark: 147, weight: 0.014263, x: -6.234883, y: -1.94443, z: 1.663542 },
  { landmark: 198, weight: 0.025462, x: -1.246815, y: 0.230297, z: 5.681036 },
  { landmark: 205, weight: 0.047252, x: -3.832928, y: -1.537326, z: 4.137731 },
  { landmark: 263, weight: 0.058724, x: 4.445859, y: 2.663991, z: 3.173422 },
  { landmark: 284, weight: 0.007667, x: 6.279331, y: 6.615427, z: 1.42585 },
  { landmark: 297, weight: 0.009078, x: 3.523964, y: 8.005976, z: 3.729163 },
  { landmark: 346, weight: 0.009792, x: 5.258659, y: 0.945811, z: 2.974312 },
  { landmark: 348, weight: 0.014565, x: 3.300681, y: 0.861641, z: 3.872784 },
  { landmark: 350, weight: 0.018591, x: 1.820731, y: 1.467954, z: 4.224124 },
  { landmark: 356, weight: 0.005198, x: 7.743095, y: 2.364999, z: -2.005167 },
  { landmark: 358, weight: 0.120625, x: 1.785794, y: -0.978284, z: 4.85047 },
  { landmark: 361, weight: 0.00556, x: 7.270895, y: -2.890917, z: -2.252455 },
  { landmark: 362, weight: 0.053286, x: 1.856432, y: 2.585245, z: 3.757904 },
  { landmark: 365, weight: 0.06689, x: 5.085276, y: -7.17859, z: 0.714711 },
  { landmark: 372, weight: 0.014817, x: 6.407571, y: 2.236021, z: 1.560843 },
  { landmark: 376, weight: 0.014263, x: 6.234883, y: -1.94443, z: 1.663542 },
  { landmark: 420, weight: 0.025462, x: 1.246815, y: 0.230297, z: 5.681036 },
  { landmark: 425, weight: 0.047252, x: 3.832928, y: -1.537326, z: 4.137731 },
];
