/**
 * Whether a portrait has a crop inside the standard at all, by measures that are not the engine's: the landmarks that came
 * with the data, and an outline keyed from the even studio wall. It says whether a refusal by `framing` is a false alarm.
 * Refuses to use anything of the engine's but the standard's own definitions (what counts as hair top and face width) and
 * its mask as a garbage matte, which says where the wall surely is.
 */
import { readFileSync } from 'node:fs';
import { decodePhoto } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { faceGeometry } from '../../cloudfunctions/photo-engine/face/face-geometry';
import { findPeople } from '../../cloudfunctions/photo-engine/face/find-people';
import { portraitMeasures } from '../../cloudfunctions/photo-engine/frame/portrait-measures';
import { type ModelRuntime } from '../../cloudfunctions/photo-engine/inference/model-runtime';
import { PicturePyramid } from '../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { personMask } from '../../cloudfunctions/photo-engine/person/person-mask';
import { framePortrait } from '../../miniprogram/shared/framing/frame-portrait';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type ReferenceLandmarks } from '../../tests/support/reference-landmarks';
import { keyFromEvenWall } from '../bench/matte/ground-truth';
import { type LabelledPortrait } from './portraits';

/** Side of the copies on which the reference landmarks were found; the portraits are square too. */
const REFERENCE_SIDE = 512;

export interface ReferenceCrop {
  readonly file: string;
  /** How far the standard's ranges are from meeting, pixels of the finished picture; 0 where a crop exists. */
  readonly missingPx: number;
}

/**
 * @param portraits at full size
 * @throws Error for a portrait without reference landmarks, or in which nobody is found
 */
export async function referenceCrops(
  portraits: readonly LabelledPortrait[],
  reference: ReferenceLandmarks,
  runtime: ModelRuntime,
): Promise<ReferenceCrop[]> {
  const crops: ReferenceCrop[] = [];
  for (const portrait of portraits) crops.push(await referenceCrop(portrait, reference, runtime));
  return crops;
}

async function referenceCrop(
  { file, path }: LabelledPortrait,
  reference: ReferenceLandmarks,
  runtime: ModelRuntime,
): Promise<ReferenceCrop> {
  const points = reference[file];
  if (points === undefined) throw new Error(`no reference landmarks for ${file}`);
  const { image } = await decodePhoto(readFileSync(path));
  const pyramid = new PicturePyramid(image);
  const { largest } = await findPeople(pyramid, runtime);
  if (largest === null) throw new Error(`no face in ${file}`);
  const garbageMatte = await personMask(pyramid, runtime, largest.geometry, image);

  const enlargement = image.width / REFERENCE_SIDE;
  const landmarks = Float32Array.from(points.flat(), (value) => value * enlargement);
  const face = faceGeometry(landmarks);
  const { alpha } = keyFromEvenWall(file, image, garbageMatte, face.chin.y);
  const outcome = framePortrait(portraitMeasures(landmarks, face, alpha, alpha), photoStandardFor());
  return { file, missingPx: outcome.ok ? 0 : outcome.missingPx };
}
