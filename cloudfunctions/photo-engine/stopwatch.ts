/** Times the stages of one photo. */
import { type Stage } from './develop-outcome';

export interface Stopwatch {
  /** Runs one stage and adds its time, also when it throws. */
  time<Result>(stage: Stage, work: () => Result | Promise<Result>): Promise<Result>;
  readonly milliseconds: Readonly<Partial<Record<Stage, number>>>;
}

export function startStopwatch(): Stopwatch {
  const milliseconds: Partial<Record<Stage, number>> = {};
  return {
    milliseconds,
    async time(stage, work) {
      const start = performance.now();
      try {
        return await work();
      } finally {
        milliseconds[stage] = (milliseconds[stage] ?? 0) + Math.round((performance.now() - start) * 10) / 10;
      }
    },
  };
}
