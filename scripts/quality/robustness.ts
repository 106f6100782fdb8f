/**
 * `npm run robustness`: every picture of the measuring data and any number of broken and hostile files through the
 * whole engine: each must get a verdict or a coded refusal, in bounded time and memory; exit code 1 when a bound is
 * broken. With --write into its part of docs/quality.md. Refuses to write a part.
 */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { peakMemoryMegabytes } from '../../cloudfunctions/photo-engine/peak-memory';
import { createPhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { type Command, type CommandOutput, runWhenStarted } from '../../local/cli/support/command';
import { EXIT } from '../../local/cli/support/exit-code';
import { modelFolder } from '../../local/cli/support/model-folder';
import { pictureFiles } from '../../local/cli/support/picture-files';
import { wholeNumber } from '../../local/cli/support/whole-number';
import { sharedData } from '../../tests/support/shared-data';
import { answerTo, seedFiles } from './answer-to';
import { requireComplete, WRITE_HELP } from './complete-run';
import { hostileFile } from './hostile-files';
import { writePart } from './quality-document';
import { isRobust, robustnessReport, type RobustnessRun } from './robustness-report';

/** How many generated files the document speaks of, from the first. */
const ALL_FILES = 10_000;

const USAGE = `Every picture of the measuring data and generated hostile files through the engine. The measuring data lies outside
the repository: without it the generated files alone are tried.

  npm run robustness -- [--write] [--files ${ALL_FILES}] [--from 0] [--no-data]

  --write     ${WRITE_HELP}
  --files N   how many generated files
  --from N    the first of them, so that parts can be repeated
  --no-data   generated files only`;

const DOCUMENT = resolve(__dirname, '../../docs/quality.md');

export const robustnessCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        write: { type: 'boolean', default: false },
        files: { type: 'string', default: String(ALL_FILES) },
        from: { type: 'string', default: '0' },
        'no-data': { type: 'boolean', default: false },
      },
    });
    const files = wholeNumber('files', values.files);
    const from = wholeNumber('from', values.from, 0);
    const data = values['no-data'] ? undefined : sharedData('.');
    const pictures = data === undefined ? [] : pictureFiles([data]);
    if (values.write)
      requireComplete(
        pictures.length > 0 ? undefined : 'without the measuring data',
        from === 0 && files >= ALL_FILES ? undefined : `not all of the first ${ALL_FILES} generated files`,
      );
    const run = await examineAll(from, files, pictures, output);
    const report = robustnessReport(run);
    output.out(report);
    if (values.write) writePart(DOCUMENT, { robustness: report });
    return isRobust(run) ? EXIT.done : EXIT.otherFailure;
  },
};

async function examineAll(
  from: number,
  files: number,
  pictures: readonly string[],
  output: CommandOutput,
): Promise<RobustnessRun> {
  const engine = createPhotoEngine({ modelFolder: modelFolder() });
  await engine.warm();
  let slowest = { name: '', seconds: 0 };
  const take = async (counts: Map<string, number>, name: string, bytes: Uint8Array) => {
    const { outcome, seconds } = await answerTo(engine, bytes);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (outcome.startsWith('CRASH')) output.out(`${name}: ${outcome}`);
    if (seconds > slowest.seconds) slowest = { name, seconds };
  };
  const data = new Map<string, number>();
  for (const file of pictures) {
    await take(data, join(basename(resolve(file, '..')), basename(file)), readFileSync(file));
  }
  const generated = new Map<string, number>();
  const seeds = seedFiles();
  for (let i = from; i < from + files; i++) {
    await take(generated, `generated file ${i}`, hostileFile(i, seeds));
  }
  return { data, generated, from, slowest, memoryMegabytes: peakMemoryMegabytes() };
}

runWhenStarted(robustnessCommand, __filename);
