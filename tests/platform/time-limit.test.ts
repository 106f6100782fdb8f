/** Nobody waits for ever, and what came in time is not held until the time is over. */
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { within } from '../../cloudfunctions/platform/time-limit';

const A_MINUTE = 60_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('what ends in time has its own outcome', async () => {
  await expect(within(A_MINUTE, () => Promise.resolve('a picture'))).resolves.toBe('a picture');
  await expect(within(A_MINUTE, () => Promise.reject(new Error('is down')))).rejects.toThrow('is down');
});

test('what does not is given up, and told to end', async () => {
  let signal: AbortSignal | undefined;
  const never = (limit: AbortSignal) => {
    signal = limit;
    return new Promise<never>(() => undefined);
  };
  await expect(within(20, never)).rejects.toThrow('No answer within 0.02 s');
  expect(signal!.aborted).toBe(true);
});

test.each([
  ['result', (thing: object) => Promise.resolve(thing)],
  ['failure', (thing: object) => Promise.reject(thing as Error)],
])('a %s is let go as soon as its work is over, long before the time is', async (_, settle) => {
  const seen = await (async () => {
    const outcome = { bytes: new Uint8Array(1_000_000) };
    await within(A_MINUTE, () => settle(outcome)).catch(() => undefined);
    return new WeakRef(outcome);
  })();
  await setImmediate();
  collectGarbage();
  expect(seen.deref()).toBeUndefined();
});
