/** The committed portraits: renderings of people who do not exist (tests/fixtures/README.md). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPhotoEngine, type PhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';

const ROOT = join(__dirname, '../..');

export function portrait(name: string): Uint8Array {
  return readFileSync(join(ROOT, 'tests/fixtures/portraits', `${name}.jpg`));
}

let engine: PhotoEngine | undefined;

/** The real engine on the built models, one per test file. */
export function photoEngine(): PhotoEngine {
  engine ??= createPhotoEngine({ modelFolder: join(ROOT, 'dist/models') });
  return engine;
}
