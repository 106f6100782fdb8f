/** A random secret that belongs to a data folder, so that sessions and links outlive a restart. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const BYTES = 32;

/** Reads the secret of a folder or makes one; only the owner of the files may read it. */
export function keptSecret(path: string): Buffer {
  if (existsSync(path)) {
    const kept = readFileSync(path);
    if (kept.length === BYTES) return kept;
  }
  const made = randomBytes(BYTES);
  writeFileSync(path, made, { mode: 0o600 });
  return made;
}
