/**
 * `npm run tune`: sets the ranges of the checks on labelled photos, e.g. from the phones that students really use.
 * Prints how well each check parts good from bad photos and writes check-settings.json with the evidence. Changes
 * nothing that runs: a batch takes the file's overrides when its operator wants it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodePhoto } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { ENGINE_VERSION } from '../../cloudfunctions/photo-engine/engine-version';
import { examineImage } from '../../cloudfunctions/photo-engine/examine-image';
import { createModelRuntime } from '../../cloudfunctions/photo-engine/inference/create-model-runtime';
import { type ModelRuntime } from '../../cloudfunctions/photo-engine/inference/model-runtime';
import { startStopwatch } from '../../cloudfunctions/photo-engine/stopwatch';
import {
  type Command,
  type CommandOutput,
  runWhenStarted,
  UsageError,
} from '../../local/cli/support/command';
import { EXIT } from '../../local/cli/support/exit-code';
import { modelFolder } from '../../local/cli/support/model-folder';
import {
  fileProblem,
  isFileError,
  readNamedFile,
  requireWritableFile,
} from '../../local/cli/support/named-files';
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
import { type LabelledPhoto, NotLabels, readLabelTable } from './label-table';
import { rangeText, SETTINGS_FORMAT, writeSettingsFile } from '../../local/cli/support/settings-file';
import { type LabelledValues, tuneMeasure, type TunedMeasure } from './tune-check';

const USAGE = `Sets the ranges of the checks on labelled photos.

  npm run tune -- FOLDER --labels CSV [--false-alarm 0.02] [--out check-settings.json]

  FOLDER          the photos
  --labels CSV    columns: file (name inside FOLDER), then any of ${CHECK_IDS.join(', ')}, and "all";
                  cells: good, bad or empty (not known). "all" good holds for every check that has no cell of its own
  --false-alarm   share of the good photos that may get a remark, default 0.02; needs at least 1 / share good photos

A column or a cell that is none of these is refused before anything is measured; a photo that is missing, or gives no
verdict, is left out with a line. Try the settings on other photos with npm run assess -- … --settings FILE. Checks of
the standard itself (single-face, resolution, framing) and the wall are never set here.`;

export const tuneCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        labels: { type: 'string' },
        'false-alarm': { type: 'string', default: '0.02' },
        out: { type: 'string', default: 'check-settings.json' },
      },
    });
    const falseAlarm = Number(values['false-alarm']);
    const [folder, ...more] = positionals;
    if (folder === undefined) throw new UsageError('Which folder are the photos in?');
    if (more.length > 0) throw new UsageError(`One folder of photos; ${more.join(', ')} is too much.`);
    if (values.labels === undefined) throw new UsageError('Where are the labels? --labels is missing.');
    if (!(falseAlarm > 0 && falseAlarm < 1))
      throw new UsageError('--false-alarm is a share between 0 and 1.');
    const labelled = labelsIn(values.labels);
    // Measuring takes a second a photo; a place that cannot be written must not be found out after it.
    requireWritableFile(values.out);
    const { measured, photos } = await measureAll(folder, labelled, output);
    if (photos === 0) throw new UsageError(`None of the photos of ${values.labels} could be measured.`);
    const overrides = tuneAll(measured, falseAlarm, output);
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
    output.out(`${photos} photos; ${Object.keys(overrides).length} checks set in ${values.out}`);
    return EXIT.done;
  },
};

function labelsIn(path: string): readonly LabelledPhoto[] {
  try {
    return readLabelTable(readNamedFile(path));
  } catch (error) {
    throw error instanceof NotLabels ? new UsageError(`${path}: ${error.message}.`) : error;
  }
}

/** By check and measure. */
type Measured = ReadonlyMap<string, LabelledValues>;

async function measureAll(
  folder: string,
  labelled: readonly LabelledPhoto[],
  output: CommandOutput,
): Promise<{ readonly measured: Measured; readonly photos: number }> {
  const runtime = createModelRuntime(modelFolder(), 'wasm');
  const measured = new Map<string, { good: number[]; bad: number[] }>();
  let photos = 0;
  for (const { file, labelFor } of labelled) {
    const found = await measuresOf(join(folder, file), runtime, output);
    if (found === null) continue;
    photos++;
    for (const { id, name, value } of found) {
      const label = labelFor(id);
      if (label === undefined) continue;
      const key = `${id}.${name}`;
      const lists = measured.get(key) ?? { good: [], bad: [] };
      lists[label].push(value);
      measured.set(key, lists);
    }
  }
  return { measured, photos };
}

/** Null, with a line, for a file that is not there or gives no verdict. */
async function measuresOf(file: string, runtime: ModelRuntime, output: CommandOutput) {
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
    if (isFileError(error)) output.error(`Left out: ${fileProblem(error, file)}`);
    else if (isDomainError(error)) output.error(`Left out: ${file}: ${error.code}.`);
    else throw error;
    return null;
  }
}

function tuneAll(measured: Measured, falseAlarm: number, output: CommandOutput): CheckOverrides {
  const overrides: Partial<Record<CheckId, CheckOverride>> = {};
  for (const id of CHECK_IDS) {
    const measures: Record<string, MeasureOverride> = {};
    for (const [name, rule] of Object.entries(CHECK_RULES[id].measures)) {
      const lists = measured.get(`${id}.${name}`);
      if (lists === undefined) continue;
      const tuned = tuneMeasure(rule, lists, widestRange(id, name), falseAlarm);
      output.out(curveText(`${id} ${name}`, lists, tuned));
      if (tuned.override) measures[name] = tuned.override;
    }
    if (Object.keys(measures).length > 0) overrides[id] = { measures };
  }
  return overrides;
}

function curveText(
  title: string,
  { good, bad }: LabelledValues,
  { auc, curve, override, kept }: TunedMeasure,
): string {
  const area = Number.isNaN(auc) ? '' : `, AUC ${auc.toFixed(3)}`;
  const points = curve.map(({ falseAlarm, limits, caught }) => {
    const share = Number.isNaN(caught) ? '' : `  caught ${(100 * caught).toFixed(1)} %`;
    return `  ${(100 * falseAlarm).toFixed(0).padStart(3)} % false alarms  ${rangeText(limits)}${share}`;
  });
  return [
    '',
    `${title}: ${good.length} good, ${bad.length} bad${area}`,
    ...points,
    override ? `  set: ${rangeText(override.allowed ?? {})}` : `  kept as it is: ${kept ?? ''}`,
  ].join('\n');
}

runWhenStarted(tuneCommand, __filename);
