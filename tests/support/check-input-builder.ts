/**
 * Looks at committed portraits the way the chain does, so that one check can be tried alone on real pixels, with
 * single facts changed.
 */
import { type CheckInput } from '../../cloudfunctions/photo-engine/checks/check-input';
import { findPeople } from '../../cloudfunctions/photo-engine/face/find-people';
import { portraitMeasures } from '../../cloudfunctions/photo-engine/frame/portrait-measures';
import { type RgbaImage } from '../../cloudfunctions/photo-engine/image/rgba-image';
import { PicturePyramid } from '../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { skinSample } from '../../cloudfunctions/photo-engine/measure/skin-sample';
import { personMask } from '../../cloudfunctions/photo-engine/person/person-mask';
import { framePortrait } from '../../miniprogram/shared/framing/frame-portrait';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { judgeMeasurement } from '../../miniprogram/shared/verdict/judge-measure';
import { type CheckResult } from '../../miniprogram/shared/verdict/verdict';
import { type Check } from '../../cloudfunctions/photo-engine/checks/check-input';
import { testModelRuntime } from './model-runtime';
import { readPicture, portraitFile } from './portrait';

let runtime: ReturnType<typeof testModelRuntime> | undefined;

/** Everything that checks look at, of any picture with a face. */
export async function checkInputOf(image: RgbaImage): Promise<CheckInput> {
  runtime ??= testModelRuntime();
  const pyramid = new PicturePyramid(image);
  const { count, largest } = await findPeople(pyramid, runtime);
  if (largest === null) throw new Error('no face in the picture');
  const { landmarks, geometry: face, pose } = largest;
  const [width, height] = [image.width >> 1, image.height >> 1];
  const figure = await personMask(pyramid, runtime, face, { width, height });
  const standard = photoStandardFor();
  const portrait = portraitMeasures(landmarks, face, figure, 0.5);
  return {
    image,
    workingScale: 1,
    standard,
    people: count,
    landmarks,
    face,
    pose,
    skin: skinSample(image, landmarks, face.interEyeDistance),
    personAt: (x, y) =>
      figure.data[Math.min(height - 1, Math.floor(y / 2)) * width + Math.min(width - 1, Math.floor(x / 2))]!,
    portrait,
    framing: framePortrait(portrait, standard),
  };
}

/** A committed portrait, looked at once per test file and name. */
export function checkInput(name: string): Promise<CheckInput> {
  const known = seen.get(name);
  if (known !== undefined) return known;
  const looked = checkInputOf(readPicture(portraitFile(`${name}.jpg`)));
  seen.set(name, looked);
  return looked;
}
const seen = new Map<string, Promise<CheckInput>>();

/** The same portrait with other pixels: landmarks, person and skin stay those of the good photo. */
export function withPixels(input: CheckInput, image: RgbaImage): CheckInput {
  return { ...input, image, skin: skinSample(image, input.landmarks, input.face.interEyeDistance) };
}

/** What one check says by the rules in force. */
export function judged(id: CheckId, check: Check, input: CheckInput): CheckResult {
  return judgeMeasurement(id, CHECK_RULES[id], check(input));
}
