/**
 * A portrait with everything that the spoilers and the checks need to know about it, found once by the real models.
 * Undefined where nobody is seen.
 */
import { findPeople } from '../../cloudfunctions/photo-engine/face/find-people';
import { type RgbaImage } from '../../cloudfunctions/photo-engine/image/rgba-image';
import { type ModelRuntime } from '../../cloudfunctions/photo-engine/inference/model-runtime';
import { PicturePyramid } from '../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { skinSample } from '../../cloudfunctions/photo-engine/measure/skin-sample';
import { personMask } from '../../cloudfunctions/photo-engine/person/person-mask';
import { type KnownPortrait } from './spoil-features';

export async function knownPortrait(
  image: RgbaImage,
  runtime: ModelRuntime,
): Promise<KnownPortrait | undefined> {
  const pyramid = new PicturePyramid(image);
  const { largest } = await findPeople(pyramid, runtime);
  if (largest === null) return undefined;
  const { landmarks, geometry: face } = largest;
  const [width, height] = [image.width >> 1, image.height >> 1];
  const figure = await personMask(pyramid, runtime, face, { width, height });
  return {
    image,
    landmarks,
    face,
    skin: skinSample(image, landmarks, face.interEyeDistance),
    figure,
  };
}
