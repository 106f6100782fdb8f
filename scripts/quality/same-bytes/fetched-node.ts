/**
 * Other versions of Node, from the npm registry's own packages of them, into a temporary folder. Development only. Refuses
 * to stop where the registry does not give one: it says so, and the caller goes without.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The path of that Node's program, fetched unless an earlier run left it. @param version e.g. 18.20.8 */
export function fetchedNode(version: string): string | undefined {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(tmpdir(), `graduation-photo-capture-node-${version}`);
  const program = join(folder, 'node_modules', name, 'bin/node');
  if (existsSync(program)) return program;
  const making = `${folder}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  const { status, stderr } = spawnSync(
    'npm',
    [
      ...['install', '--prefix', making, '--no-save', '--no-audit', '--no-fund', '--no-package-lock'],
      ...['--ignore-scripts', `${name}@${version}`],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    rmSync(making, { recursive: true, force: true });
    console.warn(`SKIPPED: Node ${version} (the npm registry did not give it)\n${stderr.slice(-600)}`);
    return undefined;
  }
  renameSync(making, folder);
  return program;
}
