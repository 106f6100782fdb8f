/** What came of every picture of the measuring data and of generated hostile files, as a part of docs/quality.md. */
import { ENGINE_VERSION } from '../../cloudfunctions/photo-engine/engine-version';
import { markdownTable } from '../bench/benchmark';
import { ROBUSTNESS_HEADING } from './quality-document';

export interface RobustnessRun {
  /** Outcome to number of files. */
  readonly data: ReadonlyMap<string, number>;
  readonly generated: ReadonlyMap<string, number>;
  /** The first generated file's number. */
  readonly from: number;
  readonly slowest: { readonly name: string; readonly seconds: number };
  readonly memoryMegabytes: number;
}

/** Of processor time, and of the whole process. */
export const LONGEST_SECONDS = 5;
export const MOST_MEMORY_MEGABYTES = 800;

export function isRobust({ data, generated, slowest, memoryMegabytes }: RobustnessRun): boolean {
  const crashed = [...data.keys(), ...generated.keys()].some((outcome) => outcome.startsWith('CRASH'));
  return !crashed && slowest.seconds <= LONGEST_SECONDS && memoryMegabytes <= MOST_MEMORY_MEGABYTES;
}

export function robustnessReport(run: RobustnessRun): string {
  const { data, generated, from, slowest, memoryMegabytes } = run;
  const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
  const outcomes = [...new Set([...data.keys(), ...generated.keys()])].sort((one, other) => {
    const count = (outcome: string) => (data.get(outcome) ?? 0) + (generated.get(outcome) ?? 0);
    return count(other) - count(one) || (one < other ? -1 : 1);
  });
  const files = total(generated);
  const row =
    total(data) > 0 ? `every picture file of the measuring data (${total(data)})` : 'no measuring data';
  return [
    ROBUSTNESS_HEADING,
    '',
    `Written by \`npm run robustness -- --write\`, photo engine ${ENGINE_VERSION}; do not edit. Through the whole engine, in one process: ${row} and ${files} broken and`,
    `hostile files of the endless row in scripts/quality/hostile-files.ts (numbers ${from} to ${from + files - 1}). Each must get a verdict`,
    `or a coded refusal within ${LONGEST_SECONDS} s of processor time, in less than ${MOST_MEMORY_MEGABYTES} MB.`,
    '',
    markdownTable(
      ['outcome', 'measuring data', 'generated'],
      outcomes.map((outcome) => [outcome, data.get(outcome) ?? 0, generated.get(outcome) ?? 0]),
    ),
    '',
    `- Crashed: ${outcomes.filter((outcome) => outcome.startsWith('CRASH')).join('; ') || 'none'}.`,
    `- Slowest: ${slowest.seconds.toFixed(2)} s (${slowest.name}). Most memory: ${memoryMegabytes} MB.`,
    `- Reached: ${isRobust(run) ? 'yes' : '**no**'}.`,
  ].join('\n');
}
