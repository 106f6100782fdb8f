/**
 * Packages that measurements compare with and that are no dependency: fetched from the npm registry into a temporary
 * folder, without their install scripts, and kept there for the next run. Refuses to stop where the registry does not give
 * them: it says so, and the caller goes without.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @param what names the folder and, in the warning, what is missing
 * @param packages as npm takes them, e.g. `pngjs@7.0.0`
 * @returns the folder whose node_modules holds them; undefined when they cannot be had
 */
export function fetchPackages(what: string, packages: readonly string[]): string | undefined {
  const folder = folderOf(what);
  if (existsSync(folder)) return folder;
  const making = `${folder}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  const { status, stderr, error } = spawnSync(
    'npm',
    [
      ...['install', '--prefix', making, '--no-save', '--no-audit', '--no-fund', '--no-package-lock'],
      ...['--ignore-scripts', '--omit=optional', '--legacy-peer-deps', ...packages],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    rmSync(making, { recursive: true, force: true });
    const reason = error?.message ?? stderr.slice(-600);
    console.warn(`SKIPPED: ${what} (the npm registry did not give it)\n${reason}`);
    return undefined;
  }
  // Another process may have been faster; its folder is as good.
  if (existsSync(folder)) rmSync(making, { recursive: true, force: true });
  else renameSync(making, folder);
  return folder;
}

/** Where `fetchPackages` puts them. */
export function folderOf(what: string): string {
  return join(tmpdir(), `graduation-photo-capture-${what.replaceAll(' ', '-')}`);
}
