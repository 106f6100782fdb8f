/**
 * What the build knows of a deployed function: its folder, its settings and the files that must lie beside it.
 * Every folder of cloudfunctions/functions/ with an index.ts is a function; there is no hand-written list.
 */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface DeployedFunction {
  readonly name: string;
  /** Absolute path of index.ts. */
  readonly entry: string;
  /** Absolute path of config.json: permissions, time limit, memory, timers. */
  readonly config: string;
  /** Name beside the bundle → absolute path of its source. */
  readonly filesBeside: ReadonlyMap<string, string>;
}

/**
 * Where a file beside a bundle comes from: `./…` is a path from the repository's root, anything else a path inside
 * an npm package, e.g. `@cwasm/jpeg-turbo/jpeg-turbo.wasm`.
 */
export type FilesBeside = Readonly<Record<string, string>>;

/** All functions of the repository, by name. Throws when one lacks its config.json or a file it asks for. */
export function findFunctions(root: string): DeployedFunction[] {
  const folder = join(root, 'cloudfunctions', 'functions');
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.ts')));
  return names.sort().map((name) => describeFunction(root, name));
}

function describeFunction(root: string, name: string): DeployedFunction {
  const folder = join(root, 'cloudfunctions', 'functions', name);
  const config = join(folder, 'config.json');
  if (!existsSync(config)) throw new Error(`cloudfunctions/functions/${name} has no config.json`);
  const filesBeside = new Map<string, string>();
  for (const [target, source] of Object.entries(readFilesBeside(folder))) {
    filesBeside.set(target, locate(root, source));
  }
  return { name, entry: join(folder, 'index.ts'), config, filesBeside };
}

function readFilesBeside(folder: string): FilesBeside {
  const list = join(folder, 'files-beside.ts');
  if (!existsSync(list)) return {};
  // The CommonJS loader, because tsx and jest both teach it TypeScript and both take a plain path.
  const module = createRequire(__filename)(list) as { readonly FILES_BESIDE: FilesBeside };
  return module.FILES_BESIDE;
}

function locate(root: string, source: string): string {
  const path = source.startsWith('./') ? join(root, source) : locateInPackage(root, source);
  if (!existsSync(path)) throw new Error(`a function needs ${source}, which does not exist`);
  return path;
}

// Packages with an `exports` map hide their files from require.resolve, so the package's folder is looked up instead.
function locateInPackage(root: string, source: string): string {
  const parts = source.split('/');
  const nameLength = source.startsWith('@') ? 2 : 1;
  const packageName = parts.slice(0, nameLength).join('/');
  const folders = createRequire(join(root, 'package.json')).resolve.paths(packageName) ?? [];
  const found = folders.map((folder) => join(folder, ...parts)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`a function needs ${source}, which is not installed`);
  return found;
}
