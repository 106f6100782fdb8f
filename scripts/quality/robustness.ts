/**
 * Every picture of the measuring data and any number of broken and hostile files through the whole engine: each must
 * get a verdict or a coded refusal, within five seconds, in bounded memory. Prints a summary; exit code 1 when not.
 *
 *   npx tsx scripts/quality/robustness.ts [--files 10000] [--from 0] [--no-data]
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createPhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { modelFolder } from '../../local/cli/support/model-folder';
import { pictureFiles } from '../../local/cli/support/picture-files';
import { sharedData } from '../../tests/support/shared-data';
import { answerTo, seedFiles } from './answer-to';
import { hostileFile } from './hostile-files';

const LONGEST_SECONDS = 5;
const MOST_MEMORY_MEGABYTES = 800;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      files: { type: 'string', default: '10000' },
      from: { type: 'string', default: '0' },
      'no-data': { type: 'boolean', default: false },
    },
  });
  const engine = createPhotoEngine({ modelFolder: modelFolder() });
  await engine.warm();
  const outcomes = new Map<string, number>();
  let slowest = { name: '', seconds: 0 };
  const take = async (name: string, bytes: Uint8Array) => {
    const { outcome, seconds } = await answerTo(engine, bytes);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (outcome.startsWith('CRASH')) console.log(`${name}: ${outcome}`);
    if (seconds > slowest.seconds) slowest = { name, seconds };
  };
  const data = values['no-data'] ? undefined : sharedData('.');
  for (const file of data === undefined ? [] : pictureFiles([data])) await take(file, readFileSync(file));
  const seeds = seedFiles();
  const from = Number(values.from);
  for (let i = from; i < from + Number(values.files); i++) await take(`file ${i}`, hostileFile(i, seeds));

  const memory = Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
  for (const [outcome, count] of [...outcomes].sort((a, b) => b[1] - a[1]))
    console.log(`${count}  ${outcome}`);
  console.log(`slowest ${slowest.seconds.toFixed(2)} s (${slowest.name}), most memory ${memory} MB`);
  const crashed = [...outcomes.keys()].some((outcome) => outcome.startsWith('CRASH'));
  if (crashed || slowest.seconds > LONGEST_SECONDS || memory > MOST_MEMORY_MEGABYTES) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
