/**
 * How V8 keeps house in an instance of `photo`: its own heap is small (22 MB), and each photo leaves three to four times
 * as much in pictures beside it. Imported before everything else: loading the bundle already makes the heap grow. Changes
 * no result and refuses nothing: of a flag that it does not know V8 only says so on stderr. Measured with `npm run
 * bench -- photo-function` (Node 20, 2026-11; the log is in docs/benchmarks.md).
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// The space for new objects stays at its first size. What the engine leaves there is small and short-lived; it would
// all the same grow to 48 MB and stay so.
setFlagsFromString('--semi-space-growth-factor=1');

// V8 collects everything when heap and pictures together have grown by a share of the heap, which is 8 MB here: four
// times a photo, each time 27 ms of the one core. With this share it is once or not at all; the rest is `collectSoonAfter`.
setFlagsFromString('--heap-growing-percent=400');

// A collection that finds nothing of a photo alive forgets what its objects looked like, and the machine code that relied
// on it is dropped. What a literal makes is remembered from the first use of its function on, instead of when it is hot.
setFlagsFromString('--no-lazy-feedback-allocation');

setFlagsFromString('--expose-gc');
const collect = runInNewContext("typeof gc === 'function' ? gc : () => undefined") as () => void;

/** By then the requests to the storage are on their way: the collection runs while they are answered. */
const SOON_MS = 10;

/** The work's own result; a little after it, however it ended, all that it left behind is collected. */
export async function collectSoonAfter<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } finally {
    // An instance that is to end need not wait for it.
    setTimeout(collect, SOON_MS).unref();
  }
}
