/**
 * What each check costs within the stage "judge", on the working picture of one photo. In this process and warm: the
 * deployed function runs the same code, but cannot say it check by check without paying for the clock.
 */
import { type CheckInput } from '../../cloudfunctions/photo-engine/checks/check-input';
import { decodePhoto } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { observeImage } from '../../cloudfunctions/photo-engine/examine-image';
import { createModelRuntime } from '../../cloudfunctions/photo-engine/inference/create-model-runtime';
import { EARLY_CHECKS, type EarlyCheckId } from '../../cloudfunctions/photo-engine/judge-photo';
import { startStopwatch } from '../../cloudfunctions/photo-engine/stopwatch';
import { modelFolder } from '../../local/cli/support/model-folder';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { median } from './benchmark';

export interface CheckCost {
  readonly check: EarlyCheckId;
  readonly milliseconds: number;
}

/** The compiler needs some rounds until it has made its best of every check. */
const WARM_UP = 15;
const ROUNDS = 15;

/** Every check with the median of its times, the dearest first. @throws Error when nobody is in the picture */
export async function checkCosts(portrait: Uint8Array): Promise<CheckCost[]> {
  const photo = await decodePhoto(portrait);
  const runtime = createModelRuntime(modelFolder());
  const seen = await observeImage(photo.image, photo.scale, photoStandardFor(), runtime, startStopwatch());
  if (seen === null) throw new Error('the benchmark portrait shows nobody');
  const checks = Object.keys(EARLY_CHECKS) as EarlyCheckId[];
  return checks
    .map((check) => ({ check, milliseconds: timeOf(check, seen.input) }))
    .sort((one, other) => other.milliseconds - one.milliseconds);
}

function timeOf(check: EarlyCheckId, input: CheckInput): number {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    // A fresh input: what checks share is then paid by each, as by the first of them in a real photo.
    const fresh = { ...input };
    const started = performance.now();
    EARLY_CHECKS[check](fresh);
    if (round >= WARM_UP) times.push(performance.now() - started);
  }
  return median(times);
}
