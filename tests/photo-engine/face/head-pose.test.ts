import fc from 'fast-check';
import { CANONICAL_FACE } from '../../../cloudfunctions/photo-engine/face/canonical-face';
import { LANDMARKS } from '../../../cloudfunctions/photo-engine/face/attention-landmarks';
import { headPose } from '../../../cloudfunctions/photo-engine/face/head-pose';

interface Placement {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly size: number;
  readonly x: number;
  readonly y: number;
}

/** The canonical face, tilted, then nodded, then turned, enlarged and moved, in picture coordinates (y down, z away). */
function landmarksOf({ yaw, pitch, roll, size, x, y }: Placement): Float32Array {
  const landmarks = new Float32Array(LANDMARKS * 3);
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [cosY, sinY] = [Math.cos(radians(yaw)), Math.sin(radians(yaw))];
  const [cosP, sinP] = [Math.cos(radians(pitch)), Math.sin(radians(pitch))];
  const [cosR, sinR] = [Math.cos(radians(roll)), Math.sin(radians(roll))];
  for (const point of CANONICAL_FACE) {
    // Clockwise for the viewer, then the forehead towards the camera, then the nose to the picture's right.
    const [x1, y1, z1] = [point.x * cosR + point.y * sinR, -point.x * sinR + point.y * cosR, point.z];
    const [x2, y2, z2] = [x1, y1 * cosP - z1 * sinP, y1 * sinP + z1 * cosP];
    const [x3, y3, z3] = [x2 * cosY + z2 * sinY, y2, -x2 * sinY + z2 * cosY];
    landmarks.set([x + size * x3, y - size * y3, -size * z3], 3 * point.landmark);
  }
  return landmarks;
}

const straight: Placement = { yaw: 0, pitch: 0, roll: 0, size: 20, x: 400, y: 500 };

describe('head pose', () => {
  it.each([
    ['straight into the camera', {}],
    ['to the picture’s right', { yaw: 25 }],
    ['down', { pitch: 20 }],
    ['tilted clockwise', { roll: 10 }],
  ])('%s', (_, change) => {
    const pose = headPose(landmarksOf({ ...straight, ...change }));
    const expected = { ...straight, ...change };
    expect(pose.yaw).toBeCloseTo(expected.yaw, 3);
    expect(pose.pitch).toBeCloseTo(expected.pitch, 3);
    expect(pose.roll).toBeCloseTo(expected.roll, 3);
  });

  it('is found for every turn, size and place', () => {
    const angle = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    const placement = fc.record({
      yaw: angle(80),
      pitch: angle(70),
      roll: angle(80),
      size: fc.double({ min: 2, max: 200, noNaN: true }),
      x: angle(3000),
      y: angle(3000),
    });
    fc.assert(
      fc.property(placement, (expected) => {
        const pose = headPose(landmarksOf(expected));
        expect(pose.yaw).toBeCloseTo(expected.yaw, 1);
        expect(pose.pitch).toBeCloseTo(expected.pitch, 1);
        expect(pose.roll).toBeCloseTo(expected.roll, 1);
      }),
    );
  });

  it('refuses landmarks that span no face', () => {
    expect(() => headPose(new Float32Array(LANDMARKS * 3))).toThrow(RangeError);
    expect(() => headPose(new Float32Array(LANDMARKS * 3).fill(Number.NaN))).toThrow(RangeError);
  });
});
