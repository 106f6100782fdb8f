/**
 * Finds the team's measuring data, which lies beside the checkout and is never committed.
 * Refuses to fail where it is absent: callers skip, loudly.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../../shared/data');

/** Absolute path of a folder or file of the shared data, or undefined (with a warning) where it is absent. */
export function sharedData(relative: string): string | undefined {
  const path = resolve(ROOT, relative);
  if (existsSync(path)) return path;
  console.warn(`SKIPPED: measurements on ../shared/data/${relative} (not on this machine)`);
  return undefined;
}
