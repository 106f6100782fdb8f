/**
 * `npm run bench`: runs the benchmarks one after the other, each in a process of its own, prints their tables and
 * writes bench/latest.json; with --write also docs/benchmarks.md. Names after -- choose some of them.
 * Refuses to judge: the wanted figures stand beside the measured ones.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Benchmark } from './benchmark';
import { referenceMilliseconds } from './reference-step';
import { type SectionName, SECTIONS } from './sections';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'bench');
const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');
/** The command's part of the document stands between these lines; what people wrote around it stays. */
const BEGIN = '<!-- measured by npm run bench -- --write; do not edit below -->';
const END = '<!-- end of the measured part -->';

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
  const names = (positionals.length > 0 ? positionals : Object.keys(SECTIONS)).map(requireName);
  const reference = referenceMilliseconds();
  const results = names.flatMap((name) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${name} …`);
    const result = runInOwnProcess(name);
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
    if (result === null) console.warn(`SKIPPED: ${name} (its data is not on this machine)`);
    else console.log(`\n## ${result.title}\n\n${result.markdown}`);
    return result === null ? [] : [{ name, ...result }];
  });
  const machine = machineText(reference);
  console.log(`\n${machine}`);
  const latest = { date: new Date().toISOString(), machine, referenceMilliseconds: reference, results };
  writeFileSync(join(FOLDER, 'latest.json'), `${JSON.stringify(latest, null, 2)}\n`);
  if (values.write) writeDocument(machine, results);
}

async function runSection(section: string): Promise<void> {
  const result = await SECTIONS[requireName(section)].run();
  writeFileSync(sectionFile(section), JSON.stringify(result));
}

function runInOwnProcess(name: SectionName): Benchmark | null {
  const command = ['--import', 'tsx', __filename, '--section', name];
  const pinned = SECTIONS[name].oneCore && hasTaskset();
  const { status } = pinned
    ? spawnSync('taskset', ['-c', '0', process.execPath, ...command], { stdio: 'inherit', cwd: ROOT })
    : spawnSync(process.execPath, command, { stdio: 'inherit', cwd: ROOT });
  if (status !== 0) throw new Error(`benchmark ${name} failed`);
  return JSON.parse(readFileSync(sectionFile(name), 'utf8')) as Benchmark | null;
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
    `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GB, ` +
    `${process.platform}, Node ${process.version}. Reference step (twenty box blurs of a million values): ${reference.toFixed(0)} ms.`
  );
}

function writeDocument(machine: string, results: readonly Benchmark[]): void {
  const document = readFileSync(DOCUMENT, 'utf8');
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('docs/benchmarks.md has lost its marker lines');
  const measured = results.map(({ title, markdown }) => `## ${title}\n\n${markdown}`).join('\n\n');
  writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${machine}\n\n${measured}\n\n${END}${after}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
