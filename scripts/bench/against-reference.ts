/**
 * Puts beside every time of a benchmark its ratio to the reference step of the same run: what can be compared between
 * runs, machines being different and shared.
 */
import { type Benchmark, type MeasuredBenchmark } from './benchmark';

/** More than any of these times is worth. */
const DIGITS = 4;

export function againstReference(
  { times, ...benchmark }: Benchmark,
  run: Pick<MeasuredBenchmark, 'name' | 'measured' | 'referenceMilliseconds'>,
): MeasuredBenchmark {
  const ratioOf = (milliseconds: number) =>
    Number((milliseconds / run.referenceMilliseconds).toPrecision(DIGITS));
  return {
    ...run,
    ...benchmark,
    times: times.map((time) => ({ ...time, ratio: ratioOf(time.milliseconds) })),
  };
}
