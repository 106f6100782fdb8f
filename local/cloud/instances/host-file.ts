/** Turns instance-host.ts into a file that plain node runs; the loader of TypeScript would cost every cold start. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

/** Writes the host script into a folder of the data directory and returns its path. */
export function writeHostFile(folder: string): string {
  const source = readFileSync(join(__dirname, 'instance-host.ts'), 'utf8');
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs', target: 'node20' });
  mkdirSync(folder, { recursive: true });
  const path = join(
    folder,
    `instance-host-${createHash('sha256').update(code).digest('hex').slice(0, 12)}.cjs`,
  );
  writeFileSync(path, code);
  return path;
}
