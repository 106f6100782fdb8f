/**
 * `npm run tune`: sets the ranges of the checks on labelled photos, e.g. from the phones that students really use.
 * Prints how well each check parts good from bad photos and writes check-settings.json with the evidence. Changes
 * nothing that runs: a batch takes the file's overrides when its operator wants it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { decodePhoto } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { ENGINE_VERSION } from '../../cloudfunctions/photo-engine/engine-version';
import { examineImage } from '../../cloudfunctions/photo-engine/examine-image';
import { createModelRuntime } from '../../cloudfunctions/photo-engine/inference/create-model-runtime';
import { type ModelRuntime } from '../../cloudfunctions/photo-engine/inference/model-runtime';
import { startStopwatch } from '../../cloudfunctions/photo-engine/stopwatch';
import { EXIT } from '../../local/cli/support/exit-code';
import { modelFolder } from '../../local/cli/support/model-folder';
import { isDomainError } from '../../miniprogram/shared/errors';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_IDS, type CheckId } from '../../miniprogram/shared/verdict/check-ids';
import {
  type CheckOverride,
  type CheckOverrides,
  type MeasureOverride,
  requireValidOverrides,
  widestRange,
} from '../../miniprogram/shared/verdict/check-overrides';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { rangeText, SETTINGS_FORMAT, writeSettingsFile } from './settings-file';
import { type LabelledValues, tuneMeasure, type TunedMeasure } from './tune-check';

const HELP = `Sets the ranges of the checks on labelled photos.

  npm run tune -- FOLDER --labels CSV [--false-alarm 0.02] [--out check-settings.json]

  FOLDER          the photos
  --labels CSV    columns: file (name inside FOLDER), then any of ${CHECK_IDS.join(', ')}, and "all";
                  cells: good, bad or empty (not known). "all" good holds for every check that has no cell of its own
  --false-alarm   share of the good photos that may get a remark, default 0.02; needs at least 1 / share good photos

Try the settings on other photos with npm run assess -- … --settings FILE. Checks of the standard itself (single-face, resolution, framing) and the wall are never set here.`;

type Label = 'good' | 'bad';

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      labels: { type: 'string' },
      'false-alarm': { type: 'string', default: '0.02' },
      out: { type: 'string', default: 'check-settings.json' },
      help: { type: 'boolean', default: false },
    },
  });
  const falseAlarm = Number(values['false-alarm']);
  const [folder] = positionals;
  if (
    values.help ||
    folder === undefined ||
    values.labels === undefined ||
    !(falseAlarm > 0 && falseAlarm < 1)
  ) {
    console.log(HELP);
    return values.help ? EXIT.done : EXIT.otherFailure;
  }
  const rows = parse(readFileSync(values.labels), {
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
  });
  const runtime = createModelRuntime(modelFolder(), 'wasm');
  const measured = new Map<string, { good: number[]; bad: number[] }>();
  let photos = 0;
  for (const row of rows as Record<string, string>[]) {
    const found = await measuresOf(join(folder, row.file ?? ''), runtime);
    if (found === null) continue;
    photos++;
    for (const { id, name, value } of found) {
      const label = labelOf(row[id]) ?? labelOf(row.all);
      if (label === undefined) continue;
      const key = `${id}.${name}`;
      const lists = measured.get(key) ?? { good: [], bad: [] };
      lists[label].push(value);
      measured.set(key, lists);
    }
  }
  const overrides = tuneAll(measured, falseAlarm);
  requireValidOverrides(CHECK_RULES, overrides);
  const madeAt = new Date().toISOString();
  writeSettingsFile(values.out, {
    format: SETTINGS_FORMAT,
    madeAt,
    engineVersion: ENGINE_VERSION,
    falseAlarm,
    photos,
    overrides,
  });
  console.log(`${photos} photos; ${Object.keys(overrides).length} checks set in ${values.out}`);
  return EXIT.done;
}

function labelOf(cell: string | undefined): Label | undefined {
  return cell === 'good' || cell === 'bad' ? cell : undefined;
}

async function measuresOf(file: string, runtime: ModelRuntime) {
  try {
    const photo = await decodePhoto(readFileSync(file));
    const options = { standard: photoStandardFor(), rules: CHECK_RULES };
    const { verdict } = await examineImage(photo.image, photo.scale, options, runtime, startStopwatch());
    return verdict.checks.flatMap((check) =>
      check.outcome === 'not-assessed'
        ? []
        : check.measures.map(({ name, value }) => ({ id: check.id, name, value })),
    );
  } catch (error) {
    if (!isDomainError(error)) throw error;
    console.warn(`${file}: ${error.code}, left out`);
    return null;
  }
}

function tuneAll(measured: ReadonlyMap<string, LabelledValues>, falseAlarm: number): CheckOverrides {
  const overrides: Partial<Record<CheckId, CheckOverride>> = {};
  for (const id of CHECK_IDS) {
    const measures: Record<string, MeasureOverride> = {};
    for (const [name, rule] of Object.entries(CHECK_RULES[id].measures)) {
      const lists = measured.get(`${id}.${name}`);
      if (lists === undefined) continue;
      const tuned = tuneMeasure(rule, lists, widestRange(id, name), falseAlarm);
      printCurve(`${id} ${name}`, lists, tuned);
      if (tuned.override) measures[name] = tuned.override;
    }
    if (Object.keys(measures).length > 0) overrides[id] = { measures };
  }
  return overrides;
}

function printCurve(
  title: string,
  { good, bad }: LabelledValues,
  { auc, curve, override, kept }: TunedMeasure,
): void {
  const area = Number.isNaN(auc) ? '' : `, AUC ${auc.toFixed(3)}`;
  console.log(`\n${title}: ${good.length} good, ${bad.length} bad${area}`);
  for (const { falseAlarm, limits, caught } of curve) {
    const share = Number.isNaN(caught) ? '' : `  caught ${(100 * caught).toFixed(1)} %`;
    console.log(
      `  ${(100 * falseAlarm).toFixed(0).padStart(3)} % false alarms  ${rangeText(limits)}${share}`,
    );
  }
  console.log(override ? `  set: ${rangeText(override.allowed ?? {})}` : `  kept as it is: ${kept ?? ''}`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = EXIT.otherFailure;
  },
);
