/**
 * `npm run bench`: runs the benchmarks one after the other, each in a process of its own, prints their tables and
 * writes bench/latest.json; with --write also docs/benchmarks.md. Names after -- choose some of them; what is known of
 * the others stays in both files. Refuses to judge: the wanted figures stand beside the measured ones. Refuses to write
 * what is not deployed: figures with the last engine are printed only.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { againstReference } from './against-reference';
import { type MeasuredBenchmark } from './benchmark';
import { withSections } from './benchmark-document';
import { runInOwnGroup } from './process-group';
import { referenceMilliseconds } from './reference-step';
import { type Section, type SectionName, type SectionOptions, SECTIONS } from './sections';
import { ENGINE_VERSION } from '../../cloudfunctions/photo-engine/engine-version';
import { type Command, runWhenStarted, UsageError } from '../../local/cli/support/command';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'bench');
const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');
const ORDER = Object.keys(SECTIONS) as SectionName[];

const USAGE = `Times and rates of everything that can be measured here, printed and kept in bench/latest.json: there
each time stands with its ratio to the reference step of its run, which is what can be compared between runs.

  npm run bench -- [NAME]... [--write] [--last-engine]

  NAME           only these: ${ORDER.join(', ')}
  --write        also into docs/benchmarks.md
  --last-engine  code-pictures with WeChat's engine asked last, as where CAPTURE_CODE_LAST_STAGE=on; printed, and kept in
                 bench/section-code-pictures.json only`;

interface Wanted {
  readonly names: readonly SectionName[];
  readonly write: boolean;
  readonly options: SectionOptions;
}

export const benchCommand: Command = {
  usage: USAGE,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        write: { type: 'boolean', default: false },
        'last-engine': { type: 'boolean', default: false },
        // How this command starts itself for one section; nobody types it.
        section: { type: 'string' },
      },
    });
    const options = { lastEngine: values['last-engine'] };
    if (values.section !== undefined) await runSection(requireName(values.section), options);
    else await runAll(requireSense({ names: positionals.map(requireName), write: values.write, options }));
    return 0;
  },
};

/** @throws UsageError for --last-engine beside other sections, which know nothing of it, or beside --write */
function requireSense({ names, write, options }: Wanted): Wanted {
  if (options.lastEngine && (write || names.join() !== 'code-pictures')) {
    throw new UsageError('--last-engine goes with code-pictures alone, and without --write');
  }
  return { names: names.length > 0 ? names : ORDER, write, options };
}

async function runAll({ names, write, options }: Wanted): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const results: MeasuredBenchmark[] = [];
  for (const name of names) {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${name} …`);
    const result = await runInOwnProcess(name, options);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
    if (result === null) console.warn(`SKIPPED: ${name} (what it measures is not on this machine)`);
    else {
      console.log(`\n## ${result.title}\n\n${result.measured}\n\n${result.markdown}`);
      results.push(result);
      if (!options.lastEngine) keepLatest(result);
    }
  }
  if (write) writeFileSync(DOCUMENT, withSections(readFileSync(DOCUMENT, 'utf8'), results, ORDER));
}

/** In the section's own process. The reference step runs beside the section, on the same core. */
async function runSection(name: SectionName, options: SectionOptions): Promise<void> {
  const reference = referenceMilliseconds();
  const context = { name, measured: machineText(reference), referenceMilliseconds: reference };
  const { run }: Section = SECTIONS[name];
  const result = await run(options);
  writeFileSync(sectionFile(name), JSON.stringify(result && againstReference(result, context)));
}

async function runInOwnProcess(
  name: SectionName,
  { lastEngine }: SectionOptions,
): Promise<MeasuredBenchmark | null> {
  const own = ['--section', name, ...(lastEngine ? ['--last-engine'] : [])];
  const command = ['--import', 'tsx', __filename, ...own];
  const pinned = SECTIONS[name].oneCore && hasTaskset();
  rmSync(sectionFile(name), { force: true });
  const { status, leftBehind } = pinned
    ? await runInOwnGroup('taskset', ['-c', '0', process.execPath, ...command], ROOT)
    : await runInOwnGroup(process.execPath, command, ROOT);
  if (leftBehind) console.warn(`${name} left processes behind; they were ended`);
  if (status !== 0) throw new Error(`benchmark ${name} failed`);
  return JSON.parse(readFileSync(sectionFile(name), 'utf8')) as MeasuredBenchmark | null;
}

/** bench/latest.json: the newest figures of every section that ever ran on this machine. */
function keepLatest(result: MeasuredBenchmark): void {
  const file = join(FOLDER, 'latest.json');
  const known = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { results: MeasuredBenchmark[] }).results
    : [];
  const results = [...known.filter(({ name }) => name !== result.name), result];
  writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString(), results }, null, 2)}\n`);
}

function sectionFile(name: string): string {
  return join(FOLDER, `section-${name}.json`);
}

function requireName(name: string): SectionName {
  if (name in SECTIONS) return name as SectionName;
  throw new UsageError(`no benchmark ${name}; there are ${ORDER.join(', ')}`);
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function machineText(reference: number): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1e9);
  return (
    `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores ` +
    `(${cpu?.model.trim() ?? 'unknown'}), ${memory} GB, ${process.platform}, Node ${process.version}, photo engine ${ENGINE_VERSION}. ` +
    `Reference step (twenty box blurs of a million values): ${reference.toFixed(0)} ms.`
  );
}

runWhenStarted(benchCommand, __filename);
