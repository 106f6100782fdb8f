/**
 * The functions as they are deployed, but for the edges that a walk holds in its hand: the time, the engine's verdict,
 * volumes of two photos instead of 700, and a log that is kept. Imported before everything else: what is replaced here
 * must be so before the functions load it.
 */
import { createHash } from 'node:crypto';
import { fakeEngineThatBlocks, fakeEngineThatDevelops } from '../support/fake-photo-engine';
import type * as clocks from '../../cloudfunctions/platform/clock';
import type * as logs from '../../cloudfunctions/platform/log';
import type * as packages from '../../cloudfunctions/export/export-document';
import { type PhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { type Instant } from '../../miniprogram/shared/identity/ids';

export type EngineOutcome = 'develops' | 'blocks' | 'breaks';

interface Stage {
  /** In milliseconds, as everybody's clock says. */
  now: number;
  /** What the engine says of the next photo. */
  engine: EngineOutcome;
  /** What the functions wrote about failures. */
  failures: (logs.LoggedError & { readonly requestId: string })[];
}

/** Every walk begins here. */
const OPENING = Date.parse('2026-11-24T02:00:00Z');

export const stage: Stage = { now: OPENING, engine: 'develops', failures: [] };

export function resetStage(): void {
  Object.assign(stage, { now: OPENING, engine: 'develops', failures: [] } satisfies Stage);
}

export const passSeconds = (seconds: number): void => {
  stage.now += seconds * 1000;
};

/** So many seconds from the stage's now. */
export const inSeconds = (seconds: number): Instant =>
  new Date(stage.now + seconds * 1000).toISOString() as Instant;

/** What the log says then. */
export const BROKEN = 'the engine breaks';

const develop: PhotoEngine['develop'] = async (bytes, options) => {
  if (stage.engine === 'breaks') throw new Error(BROKEN);
  const engine = stage.engine === 'develops' ? fakeEngineThatDevelops() : fakeEngineThatBlocks();
  const outcome = await engine.develop(bytes, options);
  if (outcome.kind !== 'developed') return outcome;
  // A package compares it.
  const resultSha256 = createHash('sha256').update(outcome.jpeg).digest('hex');
  return { ...outcome, record: { ...outcome.record, resultSha256 } };
};

const engine: PhotoEngine = {
  develop,
  ofiq: () => Promise.resolve(null),
  warm: () => Promise.resolve(),
};

jest.mock('../../cloudfunctions/photo-engine/photo-engine', () => ({ createPhotoEngine: () => engine }));
jest.mock('../../cloudfunctions/photo-engine/inference/create-model-runtime', () => ({
  inferenceBackend: () => 'wasm',
}));

jest.mock('../../cloudfunctions/platform/clock', (): typeof clocks => ({
  ...jest.requireActual<typeof clocks>('../../cloudfunctions/platform/clock'),
  systemClock: { now: () => new Date(stage.now) },
}));

jest.mock('../../cloudfunctions/platform/log', (): typeof logs => ({
  ...jest.requireActual<typeof logs>('../../cloudfunctions/platform/log'),
  logCall: ({ requestId, error }) => {
    if (error) stage.failures.push({ ...error, requestId });
  },
  logFailure: ({ requestId, error }) => {
    stage.failures.push({ ...error, requestId });
  },
}));

jest.mock('../../cloudfunctions/export/export-document', (): typeof packages => ({
  ...jest.requireActual<typeof packages>('../../cloudfunctions/export/export-document'),
  // The type has the number itself.
  PHOTOS_PER_VOLUME: 2 as 700,
}));
