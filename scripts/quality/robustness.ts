/**
 * `npm run robustness`: every picture of the measuring data and any number of broken and hostile files through the
 * whole engine: each must get a verdict or a coded refusal, in bounded time and memory. Writes its part of
 * docs/quality.md; exit code 1 when a bound is broken.
 */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { peakMemoryMegabytes } from '../../cloudfunctions/photo-engine/peak-memory';
import { createPhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { modelFolder } from '../../local/cli/support/model-folder';
import { pictureFiles } from '../../local/cli/support/picture-files';
import { sharedData } from '../../tests/support/shared-data';
import { answerTo, seedFiles } from './answer-to';
import { hostileFile } from './hostile-files';
import { writePart } from './quality-document';
import { isRobust, robustnessReport, type RobustnessRun } from './robustness-report';

const HELP = `Every picture of the measuring data and generated hostile files through the engine.

  npm run robustness -- [--files 10000] [--from 0] [--no-data] [--no-report]

  --files N     how many generated files
  --from N      the first of them, so that parts can be repeated
  --no-data     generated files only
  --no-report   prints, and leaves docs/quality.md as it is`;

const DOCUMENT = resolve(__dirname, '../../docs/quality.md');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      files: { type: 'string', default: '10000' },
      from: { type: 'string', default: '0' },
      'no-data': { type: 'boolean', default: false },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const run = await examineAll(Number(values.from), Number(values.files), !values['no-data']);
  const report = robustnessReport(run);
  console.log(report);
  if (!values['no-report']) writePart(DOCUMENT, { robustness: report });
  if (!isRobust(run)) process.exitCode = 1;
}

async function examineAll(from: number, files: number, withData: boolean): Promise<RobustnessRun> {
  const engine = createPhotoEngine({ modelFolder: modelFolder() });
  await engine.warm();
  let slowest = { name: '', seconds: 0 };
  const take = async (counts: Map<string, number>, name: string, bytes: Uint8Array) => {
    const { outcome, seconds } = await answerTo(engine, bytes);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (outcome.startsWith('CRASH')) console.log(`${name}: ${outcome}`);
    if (seconds > slowest.seconds) slowest = { name, seconds };
  };
  const data = new Map<string, number>();
  const folder = withData ? sharedData('.') : undefined;
  for (const file of folder === undefined ? [] : pictureFiles([folder])) {
    await take(data, join(basename(resolve(file, '..')), basename(file)), readFileSync(file));
  }
  const generated = new Map<string, number>();
  const seeds = seedFiles();
  for (let i = from; i < from + files; i++) {
    await take(generated, `generated file ${i}`, hostileFile(i, seeds));
  }
  return { data, generated, from, slowest, memoryMegabytes: peakMemoryMegabytes() };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
