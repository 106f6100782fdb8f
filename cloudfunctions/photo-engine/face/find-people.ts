/**
 * Who is in the picture: how many people, and everything that is known of the largest face.
 * Refuses to count what is far smaller than the largest face: portraits on a wall, people at the end of a street.
 */
import { type ModelRuntime } from '../inference/model-runtime';
import { type PicturePyramid } from '../inference/picture-pyramid';
import { type DetectedFace, detectFaces } from './detect-faces';
import { type FaceGeometry, faceGeometry } from './face-geometry';
import { faceMesh, type Landmarks } from './face-mesh';
import { type HeadPose, headPose } from './head-pose';

/** Share of the largest face's area from which another face counts as a person. */
const COUNTS_FROM_AREA = 0.05;
/** The mesh's own belief below which a detection was no face. */
const LEAST_PRESENCE = 0.5;

export interface LargestFace {
  readonly landmarks: Landmarks;
  readonly geometry: FaceGeometry;
  readonly pose: HeadPose;
}

export interface People {
  readonly count: number;
  readonly largest: LargestFace | null;
}

export async function findPeople(pyramid: PicturePyramid, runtime: ModelRuntime): Promise<People> {
  const faces = await detectFaces(pyramid, runtime);
  const [largest] = [...faces].sort((a, b) => areaOf(b) - areaOf(a));
  if (largest === undefined) return { count: 0, largest: null };
  const { landmarks, presence } = await faceMesh(pyramid, runtime, largest);
  if (presence < LEAST_PRESENCE) return { count: 0, largest: null };
  const count = faces.filter((face) => areaOf(face) >= COUNTS_FROM_AREA * areaOf(largest)).length;
  return { count, largest: { landmarks, geometry: faceGeometry(landmarks), pose: headPose(landmarks) } };
}

function areaOf({ box }: DetectedFace): number {
  return (box.right - box.left) * (box.bottom - box.top);
}
