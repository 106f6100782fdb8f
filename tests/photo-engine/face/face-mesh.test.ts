import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectFaces } from '../../../cloudfunctions/photo-engine/face/detect-faces';
import { faceGeometry, landmark } from '../../../cloudfunctions/photo-engine/face/face-geometry';
import { type FaceMesh, faceMesh, meshIn } from '../../../cloudfunctions/photo-engine/face/face-mesh';
import { headPose } from '../../../cloudfunctions/photo-engine/face/head-pose';
import {
  LEFT_IRIS,
  LEFT_LID_PAIRS,
  RIGHT_IRIS,
  RIGHT_LID_PAIRS,
} from '../../../cloudfunctions/photo-engine/face/landmark-indices';
import { type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { PicturePyramid } from '../../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { testModelRuntime } from '../../support/model-runtime';
import { portrait, portraitFile, readPicture } from '../../support/portrait';
import { referenceLandmarks } from '../../support/reference-landmarks';
import { sharedData } from '../../support/shared-data';

type Points = readonly (readonly [x: number, y: number, z: number])[];

const runtime = testModelRuntime();

async function meshOf(image: RgbaImage): Promise<FaceMesh> {
  const picture = new PicturePyramid(image);
  const [face] = await detectFaces(picture, runtime);
  return faceMesh(picture, runtime, face!);
}

/** Mean distance of all points in per cent of the width between the cheeks' edges (points 234 and 454). */
function meanDistance({ landmarks }: FaceMesh, expected: Points): number {
  const faceWidth = Math.hypot(expected[454]![0] - expected[234]![0], expected[454]![1] - expected[234]![1]);
  const sum = expected.reduce((total, [x, y], i) => {
    const point = landmark(landmarks, i);
    return total + Math.hypot(point.x - x, point.y - y);
  }, 0);
  return ((sum / expected.length) * 100) / faceWidth;
}

describe('the face mesh', () => {
  // What @mediapipe/face_mesh itself answers in a browser; see tests/support/record-mediapipe-values.ts.
  const recorded = JSON.parse(readFileSync(portraitFile('mediapipe/landmarks.json'), 'utf8')) as Record<
    string,
    Points
  >;

  it.each(Object.keys(recorded))(
    'of %s is within 0.6 %% of the face width of MediaPipe’s own',
    async (name) => {
      const mesh = await meshOf(portrait(`${name}.jpg`));
      expect(mesh.landmarks).toHaveLength(478 * 3);
      expect(meanDistance(mesh, recorded[name]!)).toBeLessThan(0.6);
      expect(mesh.presence).toBeGreaterThan(0.99);
    },
  );

  it('has each iris inside its eye', async () => {
    const { landmarks } = await meshOf(portrait('f1_front.jpg'));
    const { leftEye, rightEye, interEyeDistance } = faceGeometry(landmarks);
    for (const [eye, iris] of [
      [leftEye, LEFT_IRIS],
      [rightEye, RIGHT_IRIS],
    ] as const) {
      const centre = landmark(landmarks, iris[0]);
      expect(Math.hypot(centre.x - eye.x, centre.y - eye.y)).toBeLessThan(0.1 * interEyeDistance);
    }
  });

  it('sees closed eyes as closed and open ones as open', async () => {
    const gap = async (name: string): Promise<number> => {
      const { landmarks } = await meshOf(portrait(name));
      const { eyesToChin } = faceGeometry(landmarks);
      const gaps = [...LEFT_LID_PAIRS, ...RIGHT_LID_PAIRS].map(([upper, lower]) =>
        Math.hypot(
          landmark(landmarks, upper).x - landmark(landmarks, lower).x,
          landmark(landmarks, upper).y - landmark(landmarks, lower).y,
        ),
      );
      return Math.max(...gaps) / eyesToChin;
    };
    expect(await gap('m1_eyesclosed.jpg')).toBeLessThan(0.04);
    expect(await gap('m1_front.jpg')).toBeGreaterThan(0.055);
  });

  it('says that a wall is no face', async () => {
    const picture = new PicturePyramid(portrait('nobody.jpg'));
    const region = { centreX: 450, centreY: 560, width: 600, height: 600, rotation: 0 };
    expect((await meshIn(picture, runtime, region)).presence).toBeLessThan(0.1);
  });
});

describe('the pose of rendered heads', () => {
  // The renderings read 4–5° high in yaw and +4 … +7° in pitch (their README); hence the wide bounds.
  it.each([
    ['f1_front.jpg', 0, 0, 0],
    ['m1_yaw25.jpg', 25, 0, 0],
    ['m1_pitch20.jpg', 0, 20, 0],
    ['m1_roll10.jpg', 0, 0, 10],
  ])('%s: yaw %d, pitch %d, roll %d', async (name, yaw, pitch, roll) => {
    const pose = headPose((await meshOf(portrait(name))).landmarks);
    expect(Math.abs(pose.yaw - yaw)).toBeLessThan(6);
    expect(Math.abs(pose.pitch - pitch)).toBeLessThan(9);
    expect(Math.abs(pose.roll - roll)).toBeLessThan(2);
  });
});

const studio = sharedData('portraits');
(studio ? describe : describe.skip)('the studio portraits', () => {
  it('have landmarks within 0.6 % of the face width of an independent executor', async () => {
    const distances: number[] = [];
    for (const [file, expected] of Object.entries(referenceLandmarks()!)) {
      distances.push(meanDistance(await meshOf(readPicture(join(studio!, 'img512', file))), expected));
    }
    distances.sort((a, b) => a - b);
    expect(distances).toHaveLength(100);
    expect(distances[50]).toBeLessThan(0.45);
    // It chose its regions in its own way and looked less often: two of the hundred lie at 0.63 and 0.71 %.
    expect(distances[97]).toBeLessThan(0.6);
    expect(distances[99]).toBeLessThan(0.75);
  });
});
