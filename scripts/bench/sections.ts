/** Every benchmark by name, in the order of docs/benchmarks.md. Each runs in a process of its own. */
import { buildFunctions } from '../../local/build/functions/build-functions';
import { type Benchmark, markdownTable, percent } from './benchmark';
import { benchCodePictures } from './code-pictures';
import { runCrashTest } from './crash-test';
import { inferenceLibrariesBenchmark } from './inference-libraries';
import { benchmarkLiveHint } from './live-hint';
import { operatorBenchmark } from './operator';
import { photoFunctionBenchmark } from './photo-function';
import { portraitsBenchmark } from './portraits';

export interface SectionOptions {
  /** Codes that nothing else read are offered to WeChat's engine. */
  readonly lastEngine: boolean;
}

export interface Section {
  /** Pinned to one core, where the system has `taskset`. */
  readonly oneCore: boolean;
  /** Null: its data, or what it measures, is not on this machine. */
  readonly run: (options: SectionOptions) => Promise<Benchmark | null>;
}

export const SECTIONS = {
  'photo-function': { oneCore: true, run: photoFunctionBenchmark },
  'inference-libraries': { oneCore: true, run: inferenceLibrariesBenchmark },
  portraits: { oneCore: false, run: portraitsBenchmark },
  'code-pictures': { oneCore: true, run: codePictures },
  'kill-9': { oneCore: false, run: killNine },
  operator: { oneCore: false, run: operatorBenchmark },
  'live-hint': { oneCore: true, run: () => Promise.resolve(liveHint()) },
  'deployed-size': { oneCore: false, run: deployedSize },
} as const satisfies Record<string, Section>;

const KILL_ROUNDS = 10;

export type SectionName = keyof typeof SECTIONS;

async function codePictures({ lastEngine }: SectionOptions): Promise<Benchmark | null> {
  const figures = await benchCodePictures(lastEngine);
  if (figures.length === 0) return null;
  const rows = figures.map((one) => [
    one.suite,
    `${one.found} of ${one.pictures}`,
    one.pictures === 0 ? '–' : percent(one.found / one.pictures),
    one.wrongOnly,
    one.refused,
    one.medianMilliseconds,
    one.slowestMilliseconds,
  ]);
  const table = markdownTable(
    ['suite', 'read', 'rate', 'only wrong', 'refused', 'median ms', 'slowest ms'],
    rows,
  );
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  return {
    title: lastEngine ? 'Code pictures, with the last engine' : 'Code pictures',
    markdown: `${table}\n\nPeak memory of the process: ${peak} MB.`,
    figures,
    times: figures.flatMap(({ suite, medianMilliseconds, slowestMilliseconds }) => [
      { what: `${suite}, median`, milliseconds: medianMilliseconds },
      { what: `${suite}, slowest`, milliseconds: slowestMilliseconds },
    ]),
  };
}

async function killNine(): Promise<Benchmark> {
  const report = await runCrashTest(KILL_ROUNDS);
  return {
    title: 'Embedded cloud killed under load (kill −9)',
    markdown: markdownTable(
      ['rounds', 'acknowledged writes', 'lost', 'torn'],
      [[report.rounds, report.acknowledged, report.lost, report.torn]],
    ),
    figures: report,
    times: [],
  };
}

function liveHint(): Benchmark {
  const times = benchmarkLiveHint();
  return {
    title: 'Live hint',
    markdown: markdownTable(['frame', 'median ms', '99 % ms'], [[times.frame, times.medianMs, times.p99Ms]]),
    figures: times,
    times: [
      { what: 'median', milliseconds: times.medianMs },
      { what: '99 %', milliseconds: times.p99Ms },
    ],
  };
}

async function deployedSize(): Promise<Benchmark> {
  const built = await buildFunctions();
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(2);
  return {
    title: 'Deployed size',
    markdown: markdownTable(
      ['function', 'zipped MB', 'unpacked MB'],
      built.map((one) => [one.name, megabytes(one.zippedBytes), megabytes(one.unpackedBytes)]),
    ),
    figures: built.map(({ name, zippedBytes, unpackedBytes }) => ({ name, zippedBytes, unpackedBytes })),
    times: [],
  };
}
