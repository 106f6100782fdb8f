/**
 * Looks at committed portraits the way the chain does, so that one check can be tried alone on real pixels, with
 * single facts changed.
 */
import { type Check, type CheckInput } from '../../cloudfunctions/photo-engine/checks/check-input';
import { observeImage } from '../../cloudfunctions/photo-engine/examine-image';
import { type RgbaImage } from '../../cloudfunctions/photo-engine/image/rgba-image';
import { skinSample } from '../../cloudfunctions/photo-engine/measure/skin-sample';
import { startStopwatch } from '../../cloudfunctions/photo-engine/stopwatch';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { judgeMeasurement } from '../../miniprogram/shared/verdict/judge-measure';
import { type CheckResult } from '../../miniprogram/shared/verdict/verdict';
import { testModelRuntime } from './model-runtime';
import { readPicture, portraitFile } from './portrait';

let runtime: ReturnType<typeof testModelRuntime> | undefined;

/** Everything that checks look at, of any picture with a face. */
export async function checkInputOf(image: RgbaImage): Promise<CheckInput> {
  runtime ??= testModelRuntime();
  const seen = await observeImage(image, 1, photoStandardFor(), runtime, startStopwatch());
  if (seen === null) throw new Error('no face in the picture');
  return seen.input;
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
