/** Small things that end by themselves: resolved codes, remembered requests, locks, counters, seats, invitations. */
import { type Sweep } from '../sweep';
import { collection, command } from '../../platform/database';
import { type CollectionName } from '../../platform/database-schema';
import { secondsAfter } from '../../requests/call';

const MONTH = 30 * 24 * 3600;

/** How long after their end they are kept: what people look back on a while longer. */
const KEPT_SECONDS: readonly (readonly [CollectionName, number])[] = [
  ['resolutions', 0],
  ['requests', 0],
  ['code_locks', 0],
  ['counters', 0],
  ['reminder_permissions', 0],
  ['seats', MONTH],
  ['invitations', MONTH],
];

export const sweepForgotten: Sweep = async function* ({ call, dryRun, tally, attempt }) {
  for (const [name, seconds] of KEPT_SECONDS) {
    yield;
    const filter = { expiresAt: command().lt(secondsAfter(call.now, -seconds)) };
    await attempt(name, async () => {
      const documents = dryRun
        ? await collection(name).count(filter)
        : await collection(name).removeWhere(filter);
      tally.add('forgotten', null, { documents });
    });
  }
};
