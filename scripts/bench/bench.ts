/**
 * `npm run bench`: runs the benchmarks one after the other, each in a process of its own, prints their tables and
 * writes bench/latest.json; with --write also docs/benchmarks.md. Names after -- choose some of them; what is known of
 * the others stays in both files. Refuses to judge: the wanted figures stand beside the measured ones.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type MeasuredBenchmark } from './benchmark';
import { withSections } from './benchmark-document';
import { runInOwnGroup } from './process-group';
import { referenceMilliseconds } from './reference-step';
import { type SectionName, SECTIONS } from './sections';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'bench');
const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');
const ORDER = Object.keys(SECTIONS);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean', default: false }, section: { type: 'string' } },
  });
  if (values.section !== undefined) {
    await runSection(values.section);
    return;
  }
  mkdirSync(FOLDER, { recursive: true });
  const names = (positionals.length > 0 ? positionals : ORDER).map(requireName);
  const results: MeasuredBenchmark[] = [];
  for (const name of names) {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${name} …`);
    const result = await runInOwnProcess(name);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
    if (result === null) console.warn(`SKIPPED: ${name} (its data is not on this machine)`);
    else {
      console.log(`\n## ${result.title}\n\n${result.measured}\n\n${result.markdown}`);
      results.push(result);
      keepLatest(result);
    }
  }
  if (values.write) writeFileSync(DOCUMENT, withSections(readFileSync(DOCUMENT, 'utf8'), results, ORDER));
}

/** In the section's own process. The reference step runs beside the section, on the same core. */
async function runSection(section: string): Promise<void> {
  const name = requireName(section);
  const measured = machineText(referenceMilliseconds());
  const result = await SECTIONS[name].run();
  writeFileSync(sectionFile(name), JSON.stringify(result === null ? null : { name, measured, ...result }));
}

async function runInOwnProcess(name: SectionName): Promise<MeasuredBenchmark | null> {
  const command = ['--import', 'tsx', __filename, '--section', name];
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
  throw new Error(`no benchmark ${name}; there are ${Object.keys(SECTIONS).join(', ')}`);
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
    `(${cpu?.model.trim() ?? 'unknown'}), ${memory} GB, ${process.platform}, Node ${process.version}. ` +
    `Reference step (twenty box blurs of a million values): ${reference.toFixed(0)} ms.`
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
