/**
 * Every picture of the measuring data and any number of broken and hostile files through the whole engine: each must
 * get a verdict or a coded refusal, within five seconds, in bounded memory. Prints a summary; exit code 1 when not.
 *
 *   npx tsx scripts/quality/robustness.ts [--files 10000] [--from 0] [--no-data]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createPhotoEngine, type PhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { modelFolder } from '../../local/cli/support/model-folder';
import { pictureFiles } from '../../local/cli/support/picture-files';
import { isDomainError } from '../../miniprogram/shared/errors';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';
import { sharedData } from '../../tests/support/shared-data';
import { hostileFile } from './hostile-files';

const FIXTURES = resolve(__dirname, '../../tests/fixtures/portraits');
const LONGEST_SECONDS = 5;
const MOST_MEMORY_MEGABYTES = 800;

export interface Answer {
  /** `developed`, `blocked`, a refusal's code, or `CRASH <name>` for what is neither. */
  readonly outcome: string;
  /** Of processor time: other work on the machine does not count. */
  readonly seconds: number;
}

/** One file through the engine. Never throws. */
export async function answerTo(engine: PhotoEngine, bytes: Uint8Array): Promise<Answer> {
  const before = process.cpuUsage();
  const outcome = await engine.develop(bytes, { standard: photoStandardFor(), rules: CHECK_RULES }).then(
    ({ kind }): string => kind,
    (error: unknown) =>
      isDomainError(error) ? error.code : `CRASH ${error instanceof Error ? error.message : 'unknown'}`,
  );
  const { user, system } = process.cpuUsage(before);
  return { outcome, seconds: (user + system) / 1e6 };
}

/** The committed portraits, from which broken files are made. */
export function seedFiles(): Uint8Array[] {
  return readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.jpg'))
    .map((name) => readFileSync(join(FIXTURES, name)));
}

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

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
