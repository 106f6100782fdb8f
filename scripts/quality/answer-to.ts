/** One file through the whole engine, and what came of it: a verdict, a code, or a bug. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type PhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { isDomainError } from '../../miniprogram/shared/errors';
import { photoStandardFor } from '../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_RULES } from '../../miniprogram/shared/verdict/check-rules';

const FIXTURES = resolve(__dirname, '../../tests/fixtures/portraits');

export interface Answer {
  /** `developed`, `blocked`, a refusal's code, or `CRASH <name>` for what is neither. */
  readonly outcome: string;
  /** Of processor time: other work on the machine does not count. */
  readonly seconds: number;
}

/** One file through the engine. Never throws. */
export async function answerTo(engine: PhotoEngine, bytes: Uint8Array): Promise<Answer> {
  const before = process.cpuUsage();
  const outcome = await engine.develop(bytes, { standard: photoStandardFor(), rules: CHECK_RULES }).then(
    ({ kind }): string => kind,
    (error: unknown) =>
      isDomainError(error) ? error.code : `CRASH ${error instanceof Error ? error.message : 'unknown'}`,
  );
  const { user, system } = process.cpuUsage(before);
  return { outcome, seconds: (user + system) / 1e6 };
}

/** The committed portraits, from which broken files are made. */
export function seedFiles(): Uint8Array[] {
  return readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.jpg'))
    .map((name) => readFileSync(join(FIXTURES, name)));
}
