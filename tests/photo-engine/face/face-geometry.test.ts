import fc from 'fast-check';
import { LANDMARKS } from '../../../cloudfunctions/photo-engine/face/attention-landmarks';
import { faceGeometry } from '../../../cloudfunctions/photo-engine/face/face-geometry';
import {
  CHEEK_EDGES,
  CHIN,
  FACE_OVAL,
  LEFT_EYE_CORNERS,
  RIGHT_EYE_CORNERS,
} from '../../../cloudfunctions/photo-engine/face/landmark-indices';

/** A face as round numbers: eyes 100 apart and level, chin 120 below them, oval a circle. */
function simpleFace(): Float32Array {
  const landmarks = new Float32Array(LANDMARKS * 3);
  const put = (index: number, x: number, y: number): void => {
    landmarks.set([x, y, 0], 3 * index);
  };
  FACE_OVAL.forEach((index, i) => {
    const angle = (i / FACE_OVAL.length) * 2 * Math.PI - Math.PI / 2;
    put(index, 200 + 90 * Math.cos(angle), 220 + 90 * Math.sin(angle));
  });
  put(LEFT_EYE_CORNERS.outer, 130, 200);
  put(LEFT_EYE_CORNERS.inner, 170, 200);
  put(RIGHT_EYE_CORNERS.inner, 230, 200);
  put(RIGHT_EYE_CORNERS.outer, 270, 200);
  put(CHIN, 200, 320);
  put(CHEEK_EDGES.left, 110, 220);
  put(CHEEK_EDGES.right, 290, 220);
  return landmarks;
}

function transformed(
  landmarks: Float32Array,
  size: number,
  angle: number,
  x: number,
  y: number,
): Float32Array {
  const [cos, sin] = [size * Math.cos(angle), size * Math.sin(angle)];
  return landmarks.map((value, i) => {
    if (i % 3 === 0) return value * cos - landmarks[i + 1]! * sin + x;
    return i % 3 === 1 ? landmarks[i - 1]! * sin + value * cos + y : value * size;
  });
}

describe('measures of a face', () => {
  it('are taken from the corners of the eyes, the chin and the outline', () => {
    expect(faceGeometry(simpleFace())).toMatchObject({
      leftEye: { x: 150, y: 200 },
      rightEye: { x: 250, y: 200 },
      eyes: { x: 200, y: 200 },
      chin: { x: 200, y: 320 },
      interEyeDistance: 100,
      eyesToChin: 120,
      cheekWidth: 180,
      eyeLineAngle: 0,
    });
    expect(faceGeometry(simpleFace()).faceWidth).toBeCloseTo(180, 3);
  });

  it('grow with the picture, turn with it, and do not depend on the place', () => {
    const before = faceGeometry(simpleFace());
    const place = fc.double({ min: -500, max: 500, noNaN: true });
    const cases = [
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      fc.double({ min: -1.5, max: 1.5, noNaN: true }),
      place,
      place,
    ] as const;
    fc.assert(
      fc.property(...cases, (size, angle, x, y) => {
        const after = faceGeometry(transformed(simpleFace(), size, angle, x, y));
        for (const measure of ['interEyeDistance', 'eyesToChin', 'cheekWidth', 'faceWidth'] as const) {
          expect(after[measure] / size).toBeCloseTo(before[measure], 1);
        }
        expect(after.eyeLineAngle).toBeCloseTo(angle, 3);
      }),
    );
  });
});
