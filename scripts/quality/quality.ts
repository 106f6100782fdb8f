/**
 * `npm run quality`: measures every check on real portraits and on spoiled ones; with --write into docs/quality.md.
 * The portraits lie outside the project; without them it says so and measures nothing. Refuses to write a part.
 */
import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ENGINE_VERSION } from '../../cloudfunctions/photo-engine/engine-version';
import { createModelRuntime } from '../../cloudfunctions/photo-engine/inference/create-model-runtime';
import { type Command, runWhenStarted } from '../../local/cli/support/command';
import { EXIT } from '../../local/cli/support/exit-code';
import { modelFolder } from '../../local/cli/support/model-folder';
import { wholeNumber } from '../../local/cli/support/whole-number';
import { referenceLandmarks } from '../../tests/support/reference-landmarks';
import { missingRows, requireComplete, WRITE_HELP } from './complete-run';
import { measureVariants, type MeasuredPhoto, type MeasuredRun } from './measure-variants';
import { ofiqAgreement } from './ofiq-agreement';
import { writePart } from './quality-document';
import { isCompliant, type LabelledPortrait, labelledPortraits } from './portraits';
import { referenceCrops } from './reference-crops';
import { qualityReport } from './report';
import { SURROUNDINGS } from './surroundings';
import { VARIANTS } from './variants';

const USAGE = `Measures every check on real and on spoiled portraits. The portraits are measuring data, which lies outside the
repository: without it the command says so and stops.

  npm run quality -- [--write] [--every N] [--jobs N] [--rows FILE] [--report]

  --write       ${WRITE_HELP}
  --every N     spoils every Nth compliant portrait only (default 1: all of them, half an hour of processor time)
  --jobs N      processes, default 2
  --rows FILE   where the raw measures go, default dist/quality/rows.json
  --only A,B    only variants whose name contains one of these
  --report      the report from the rows of an earlier run`;

const ROOT = resolve(__dirname, '../..');

interface Options {
  readonly every: number;
  readonly jobs: number;
  readonly rows: string;
  readonly only: string | undefined;
}

export const qualityCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        write: { type: 'boolean', default: false },
        every: { type: 'string', default: '1' },
        jobs: { type: 'string', default: '2' },
        rows: { type: 'string', default: join(ROOT, 'dist/quality/rows.json') },
        only: { type: 'string' },
        report: { type: 'boolean', default: false },
        part: { type: 'string' },
      },
    });
    const { rows, only, write } = values;
    const options: Options = {
      every: wholeNumber('every', values.every),
      jobs: wholeNumber('jobs', values.jobs),
      rows,
      only,
    };
    // Before half an hour of measuring.
    if (write)
      requireComplete(
        options.every === 1 ? undefined : '--every leaves portraits out',
        only === undefined ? undefined : '--only leaves variants out',
      );
    const portraits = labelledPortraits('full');
    const small = labelledPortraits('img512');
    const reference = referenceLandmarks();
    if (portraits === undefined || small === undefined || reference === undefined) {
      if (write) requireComplete('the measuring data is not on this machine');
      return EXIT.done;
    }
    mkdirSync(dirname(rows), { recursive: true });
    if (values.part !== undefined) {
      writeFileSync(rows, JSON.stringify(await measurePart(portraits, options, Number(values.part))));
      return EXIT.done;
    }
    if (!values.report) {
      const run: MeasuredRun = { engineVersion: ENGINE_VERSION, photos: await measureAll(options) };
      writeFileSync(rows, JSON.stringify(run));
    }
    const run = JSON.parse(readFileSync(rows, 'utf8')) as MeasuredRun;
    // The rows of an earlier run may be a part, too.
    if (write) requireComplete(missingRows(run.photos, portraits));
    const runtime = createModelRuntime(modelFolder(), 'wasm');
    const agreement = only === undefined ? await ofiqAgreement(small, reference, runtime) : [];
    const crops = await referenceCrops(portraits.filter(isCompliant), reference, runtime);
    const report = qualityReport(run, portraits, crops, agreement);
    if (write) writePart(join(ROOT, 'docs/quality.md'), { checks: report });
    output.out(report);
    return EXIT.done;
  },
};

/** Spreads the portraits over processes; each writes its part of the rows. */
async function measureAll({ jobs, every, rows, only }: Options): Promise<MeasuredPhoto[]> {
  modelFolder();
  const parts = Array.from({ length: jobs }, (_, part) => `${rows}.${part}`);
  await Promise.all(
    parts.map(async (file, part) => {
      const worker = fork(
        __filename,
        [
          ...['--part', String(part), '--jobs', String(jobs), '--every', String(every), '--rows', file],
          ...(only === undefined ? [] : ['--only', only]),
        ],
        { execArgv: ['--import', 'tsx'] },
      );
      await new Promise<void>((done, failed) => {
        worker.once('exit', (code) => {
          if (code === 0) done();
          else failed(new Error(`process ${part} ended with ${String(code)}`));
        });
      });
    }),
  );
  return parts.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as MeasuredPhoto[]);
}

async function measurePart(
  portraits: readonly LabelledPortrait[],
  { every, jobs, only }: Options,
  part: number,
): Promise<MeasuredPhoto[]> {
  const runtime = createModelRuntime(modelFolder(), 'wasm');
  const compliant = portraits.filter(isCompliant);
  const made = [...SURROUNDINGS, ...VARIANTS].filter(
    ({ name }) => only === undefined || only.split(',').some((text) => name.includes(text)),
  );
  const photos: MeasuredPhoto[] = [];
  for (const [index, portrait] of portraits.entries()) {
    const place = compliant.indexOf(portrait);
    const spoil = place >= 0 && place % every === 0;
    // A spoiled portrait takes fifty times as long as one that is only looked at: each kind is dealt out by itself.
    if ((spoil ? place / every : index) % jobs !== part) continue;
    const other = compliant[(place + 1) % compliant.length]!;
    photos.push(...(await measureVariants(portrait, other, spoil ? made : [], runtime)));
    if (part === 0) process.stderr.write(`${index + 1}/${portraits.length} ${portrait.file}\n`);
  }
  return photos;
}

runWhenStarted(qualityCommand, __filename);
