/**
 * How often the check `wall` warns without need: compliant portraits as they were taken, before their even studio wall.
 * Writes nothing; the warning's other half, bad cut-outs that are flagged, comes from the composites.
 */
import { readFileSync } from 'node:fs';
import { createPhotoEngine } from '../../../cloudfunctions/photo-engine/photo-engine';
import { modelFolder } from '../../../local/cli/support/model-folder';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { isCompliant, labelledPortraits } from '../../quality/portraits';
import { STANDARD } from './sitters';

export interface StudioAlarms {
  readonly developed: number;
  /** Names of the portraits that `wall` warned of. */
  readonly warned: readonly string[];
}

/** @returns undefined where the portraits are not on this machine */
export async function studioAlarms(): Promise<StudioAlarms | undefined> {
  const portraits = labelledPortraits('full');
  if (portraits === undefined) return undefined;
  const engine = createPhotoEngine({ modelFolder: modelFolder() });
  const warned: string[] = [];
  let developed = 0;
  for (const { file, path } of portraits.filter(isCompliant)) {
    const outcome = await engine.develop(readFileSync(path), { standard: STANDARD, rules: CHECK_RULES });
    if (outcome.kind !== 'developed') continue;
    developed++;
    const wall = outcome.verdict.checks.find(({ id }) => id === 'wall');
    if (wall?.outcome !== 'passed') warned.push(file);
  }
  return { developed, warned };
}
