/**
 * Makes one deployed function self-contained: one index.js that needs nothing but Node, its package.json and
 * config.json, and the binaries it reads beside itself. Unchanged functions are left alone.
 * Refuses to minify: the log's stacks must name our functions, and the package stays small anyway.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { bundleEntry } from './bundle-entry';
import { type DeployedFunction } from './deployed-function';

export interface BundledFunction {
  readonly name: string;
  readonly folder: string;
  readonly rebuilt: boolean;
  readonly unpackedBytes: number;
  /** What an upload weighs, estimated by deflating each file. */
  readonly zippedBytes: number;
  /** Source files in the bundle, relative to the repository's root. */
  readonly sources: readonly string[];
}

/** What the last build of a function read and wrote, so that the next one can tell that nothing changed. */
interface BuildMemory {
  readonly recipe: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly report: BundledFunction;
}

/** Bundles one function into `dist/cloudfunctions/<name>/`. */
export async function bundleFunction(
  root: string,
  deployed: DeployedFunction,
  recipe: string,
): Promise<BundledFunction> {
  const memoryFile = join(root, 'dist', '.build', `${deployed.name}.json`);
  const remembered = readMemory(memoryFile);
  if (remembered !== undefined && isUpToDate(root, remembered, recipe))
    return { ...remembered.report, rebuilt: false };

  const folder = join(root, 'dist', 'cloudfunctions', deployed.name);
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, 'dist', '.build'), { recursive: true });
  const { code, metafile } = await bundleEntry(root, deployed.entry);
  writeWhole(root, join(folder, 'index.js'), code);
  writeWhole(root, join(folder, 'package.json'), packageJson(deployed.name));
  copyWhole(root, deployed.config, join(folder, 'config.json'));
  for (const [name, source] of deployed.filesBeside) copyWhole(root, source, join(folder, name));
  removeStrangers(folder, ['index.js', 'package.json', 'config.json', ...deployed.filesBeside.keys()]);

  const sources = Object.keys(metafile.inputs).sort();
  const report = { name: deployed.name, folder, rebuilt: true, ...sizesOf(folder), sources };
  const listFile = join(deployed.entry, '..', 'files-beside.ts');
  const inputs = [
    ...sources.map((source) => join(root, source)),
    deployed.config,
    ...(existsSync(listFile) ? [listFile] : []),
    ...deployed.filesBeside.values(),
  ];
  const memory: BuildMemory = {
    recipe,
    inputs: Object.fromEntries(inputs.map((path) => [relative(root, path), stampOf(path)])),
    report,
  };
  writeWhole(root, memoryFile, JSON.stringify(memory));
  return report;
}

// No dependencies: everything is inside the bundle, so the platform's npm install has nothing to do.
function packageJson(name: string): string {
  return `${JSON.stringify({ name, version: '1.0.0', private: true, main: 'index.js' }, null, 2)}\n`;
}

/** Changes when the build itself changes. */
export function recipeOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

function readMemory(file: string): BuildMemory | undefined {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')) as BuildMemory;
}

function isUpToDate(root: string, memory: BuildMemory, recipe: string): boolean {
  if (memory.recipe !== recipe || !existsSync(join(memory.report.folder, 'index.js'))) return false;
  return Object.entries(memory.inputs).every(([path, stamp]) => stampOf(join(root, path)) === stamp);
}

function stampOf(path: string): string {
  if (!existsSync(path)) return 'absent';
  const { mtimeMs, size } = statSync(path);
  return `${size}:${mtimeMs}`;
}

// Whoever reads dist/ at this moment (a running local cloud, another build) sees the old file or the new one, never
// half of it. Unfinished files lie in dist/.build, where no other build tidies up.
function writeWhole(root: string, path: string, content: Uint8Array | string): void {
  const unfinished = unfinishedName(root);
  writeFileSync(unfinished, content);
  renameSync(unfinished, path);
}

function copyWhole(root: string, source: string, path: string): void {
  const unfinished = unfinishedName(root);
  copyFileSync(source, unfinished);
  renameSync(unfinished, path);
}

function unfinishedName(root: string): string {
  return join(root, 'dist', '.build', `unfinished-${process.pid}`);
}

function removeStrangers(folder: string, expected: readonly string[]): void {
  for (const name of readdirSync(folder)) {
    if (!expected.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function sizesOf(folder: string): Pick<BundledFunction, 'unpackedBytes' | 'zippedBytes'> {
  const contents = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return {
    unpackedBytes: contents.reduce((sum, content) => sum + content.length, 0),
    zippedBytes: contents.reduce((sum, content) => sum + deflateRawSync(content).length, 0),
  };
}
