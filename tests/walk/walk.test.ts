/**
 * Walks through seasons of a school in which anything happens at any time: students, a station's teacher, reviewers, the
 * office and the night act in whatever order, calls die at any request, find the platform refusing, are overtaken by
 * others or are sent again. After each step everything that is stored has to hold together, and every season has to be
 * able to end well.
 *
 * A failure prints its seed, its path, the steps that are left of it after shrinking, and the trace of all calls:
 *   WALK_SEED=7 WALK_PATH=3:0:1 npx jest tests/walk   takes that walk again
 *   WALK_SECONDS=600 npx jest tests/walk              walks for ten minutes, from a new seed each time
 * Ids and keys are random, so that a walk which hangs on their order may have to be taken several times.
 */
import './stage';
import fc, { type RunDetails } from 'fast-check';
import { watchPlatform } from './platform-requests';
import { requireInvariants } from './invariants/require-invariants';
import { requirePagesAgree } from './invariants/pages';
import { endSeason, passNights } from './season-end';
import { KNOWN_WALKS } from './known-walks';
import { anyWalk, take, type Walk } from './steps';
import { everythingStored } from './stored';
import { World } from './world';
import { startTestCloud, type TestCloud } from '../support/start-test-cloud';
import { demonstrationEnvironment } from '../../local/demo/demonstration';

const { WALK_SEED, WALK_PATH, WALK_SECONDS, WALK_STEPS } = process.env;
const isLong = WALK_SECONDS !== undefined;
/** What `npm test` has for it. */
const SECONDS = Number(WALK_SECONDS ?? 35);
const STEPS = Number(WALK_STEPS ?? 100);
const SEED = Number(WALK_SEED ?? (isLong ? Date.now() % 1e9 : 1));
const WALKS = KNOWN_WALKS.length + (isLong ? 1_000 : 2);

let cloud: TestCloud;
beforeAll(async () => {
  const environment = {
    SCF_NAMESPACE: 'local',
    REMINDER_TEMPLATE_ID: 'template',
    ...demonstrationEnvironment(),
  };
  Object.assign(process.env, environment);
  watchPlatform();
  cloud = await startTestCloud({ wechat: () => ({ errcode: 0, errmsg: 'ok' }) });
});
afterAll(() => cloud.close());

const STEPS_BETWEEN_LOOKS_AT_PAGES = 8;

async function takeWalk({ season, steps }: Walk): Promise<void> {
  const world = await World.open(season);
  try {
    let stored = await everythingStored(world);
    const look = async () => {
      stored = await requireInvariants(world, stored);
    };
    for (const [place, step] of steps.entries()) {
      await take(world, step);
      await look();
      if (place % STEPS_BETWEEN_LOOKS_AT_PAGES === 0) await requirePagesAgree(world, stored);
    }
    await endSeason(world);
    await look();
    await passNights(world, look);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${world.trace.join('\n')}`, { cause: error });
  }
}

/** As short as can be read: one line a step, then what the last walk of the shrinking said. */
function report({ seed, counterexamplePath, counterexample, errorInstance }: RunDetails<[Walk]>): string {
  const steps = counterexample?.[0].steps.map((step) => JSON.stringify(step)).join('\n');
  const season = JSON.stringify(counterexample?.[0].season);
  const again = `WALK_SEED=${seed} WALK_PATH=${counterexamplePath ?? ''}`;
  return `${again}\n${season}\n${steps ?? ''}\n${(errorInstance as Error).message}`;
}

test(
  'whatever happens in a season, everything holds together and everybody is delivered',
  async () => {
    const end = performance.now() + SECONDS * 1000;
    // When time is over nothing fails any more: neither a walk more is taken nor one that shrinks a failure further.
    const walkInTime = fc.asyncProperty(anyWalk(STEPS), async (walk) => {
      if (performance.now() < end) await takeWalk(walk);
    });
    const path = WALK_PATH === undefined ? {} : { path: WALK_PATH };
    const examples = KNOWN_WALKS.map((walk): [Walk] => [walk]);
    const details = await fc.check(walkInTime, { seed: SEED, numRuns: WALKS, examples, ...path });
    if (details.counterexample !== null) throw new Error(report(details));
  },
  (SECONDS + 60) * 1000,
);
