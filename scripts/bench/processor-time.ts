/**
 * How much processor time one photo costs the engine, warm, all threads together. The clock on the wall says how busy
 * a shared machine was; this hardly changes with it. In this process: the deployed function runs the same code.
 */
import { createPhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { modelFolder } from '../../local/cli/support/model-folder';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { median } from './benchmark';

/** V8 compiles the hot loops anew during the first photos. */
const WARM_UP = 3;
const RUNS = 7;

const engine = createPhotoEngine({ modelFolder: modelFolder() });

/** Milliseconds, median of seven photos. */
export async function processorTime(portrait: Uint8Array): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    const before = process.cpuUsage();
    await engine.develop(portrait, { standard: photoStandardFor(), rules: CHECK_RULES });
    const { user, system } = process.cpuUsage(before);
    if (run >= WARM_UP) times.push((user + system) / 1000);
  }
  return median(times);
}
