/**
 * What one photo costs the engine alone, warm: the processor time of all threads together, and each stage. The clock on the
 * wall says how busy a shared machine was; processor time hardly changes with it. In this process: the deployed function
 * runs the same code.
 */
import { type PhotoRecord } from '../../cloudfunctions/photo-engine/develop-outcome';
import { type PhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { median } from './benchmark';
import { stageMedians } from './stage-medians';

/** V8 compiles the hot loops anew during the first photos. */
const WARM_UP = 3;
const RUNS = 7;

export interface EngineTimes {
  readonly processorMilliseconds: number;
  readonly stages: Readonly<Record<string, number>>;
}

/** Medians of seven photos. */
export async function engineTimes(
  engine: Pick<PhotoEngine, 'develop'>,
  portrait: Uint8Array,
): Promise<EngineTimes> {
  const times: number[] = [];
  const records: PhotoRecord[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    const before = process.cpuUsage();
    const { record } = await engine.develop(portrait, { standard: photoStandardFor(), rules: CHECK_RULES });
    const { user, system } = process.cpuUsage(before);
    if (run < WARM_UP) continue;
    times.push((user + system) / 1000);
    records.push(record);
  }
  return { processorMilliseconds: median(times), stages: stageMedians(records) };
}
