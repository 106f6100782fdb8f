/** The median time of each of the engine's stages over several photos. Leaves out stages that did not run for all. */
import { type PhotoRecord, STAGES } from '../../cloudfunctions/photo-engine/develop-outcome';
import { median } from './benchmark';

/** Stages that ran, in their order. */
export function stageMedians(records: readonly PhotoRecord[]): Record<string, number> {
  const ran = STAGES.filter((stage) =>
    records.every((record) => record.stageMilliseconds[stage] !== undefined),
  );
  return Object.fromEntries(
    ran.map((stage) => [stage, median(records.map((record) => record.stageMilliseconds[stage]!))]),
  );
}
