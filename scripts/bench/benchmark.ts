/** What one benchmark gives back: a table for people and the numbers behind it. */

export interface Benchmark {
  readonly title: string;
  /** Markdown: one table and, where needed, a sentence. */
  readonly markdown: string;
  readonly figures: unknown;
  /** What took how long; none where a benchmark counts only. */
  readonly times: readonly BenchmarkTime[];
}

export interface BenchmarkTime {
  /** The same from run to run. */
  readonly what: string;
  readonly milliseconds: number;
}

/** A benchmark that was run, with where and when: figures of different days stand in one document. */
export interface MeasuredBenchmark extends Omit<Benchmark, 'times'> {
  /** Its name for the command. */
  readonly name: string;
  /** "Measured …": date, machine and the reference step of the same run. */
  readonly measured: string;
  /** Of the reference step, in the same run. */
  readonly referenceMilliseconds: number;
  readonly times: readonly (BenchmarkTime & {
    /** To the reference step. */
    readonly ratio: number;
  })[];
}

export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
