/** Counts whole seconds down to zero, for people who photograph themselves. */
import { wait } from './wait';

export interface Countdown {
  /** True when it reached zero, false when it was stopped. */
  readonly finished: Promise<boolean>;
  readonly stop: () => void;
}

/** @param onSecond called with each number, the first one at once */
export function startCountdown(seconds: number, onSecond: (left: number) => void): Countdown {
  let stopped = false;
  const isStopped = (): boolean => stopped;
  async function run(): Promise<boolean> {
    for (let left = seconds; left > 0; left--) {
      if (isStopped()) return false;
      onSecond(left);
      await wait(1_000);
    }
    return !isStopped();
  }
  return {
    finished: run(),
    stop: () => {
      stopped = true;
    },
  };
}
