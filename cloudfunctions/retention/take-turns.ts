/**
 * Lets pieces of work share the time of one run, so that none keeps the others waiting, however much it has to do. Each
 * has a short turn, in their order, and those with more to do have another, until the time is up: what one does not
 * need is the others', and who is left alone has all the rest. Refuses to interrupt a thing that was begun.
 */

/** Does its things one after the other. It yields before each of them: there its turn may end, or the run. */
export type Work = AsyncGenerator<void, void, void>;

/** Short enough for all of them to have a turn long before the time of a run is up. */
export const TURN_MS = 1_000;

/** @returns whether all of it is done */
export async function takeTurns(works: readonly Work[], hasTime: () => boolean): Promise<boolean> {
  let waiting = works;
  while (waiting.length > 0 && hasTime()) {
    const unfinished: Work[] = [];
    for (const work of waiting) {
      const isDone = hasTime() && (await takeTurn(work, hasTime));
      if (!isDone) unfinished.push(work);
    }
    waiting = unfinished;
  }
  return waiting.length === 0;
}

/** @returns whether it is done */
async function takeTurn(work: Work, hasTime: () => boolean): Promise<boolean> {
  const began = performance.now();
  do {
    if ((await work.next()).done === true) return true;
  } while (hasTime() && performance.now() - began < TURN_MS);
  return false;
}
