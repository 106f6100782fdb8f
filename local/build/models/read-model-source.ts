/** Reads one model source out of an installed package. Refuses paths that the archive does not list. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type ModelSource } from './model-sources';

export interface SourceBytes {
  readonly bytes: Uint8Array;
  readonly version: string;
}

/** Throws Error when the package is not installed or its archive does not hold the file. */
export function readModelSource(source: ModelSource): SourceBytes {
  const folder = packageFolder(source.package);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const file = readFileSync(join(folder, source.file));
  if (!source.packed) return { bytes: file, version };
  const { path, loader } = source.packed;
  const listing = /"files": (\[[^\]]*\])/.exec(readFileSync(join(folder, loader), 'utf8'))?.[1];
  const entries = JSON.parse(listing ?? '[]') as { filename: string; start: number; end: number }[];
  const entry = entries.find(({ filename }) => filename === path);
  if (!entry) throw new Error(`${source.package} ${version} does not hold ${path}`);
  return { bytes: file.subarray(entry.start, entry.end), version };
}

/** Packages that list their exports hide their package.json from `resolve`, so the folders are searched. */
function packageFolder(name: string): string {
  const folders = createRequire(__filename).resolve.paths(name) ?? [];
  const found = folders
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')));
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}
