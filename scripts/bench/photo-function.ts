/**
 * The deployed photo function on the embedded cloud, as a phone sees it: the first photo of a fresh instance, then warm
 * ones, with the time of each stage and the most memory that the instance had in use. One core: see `bench.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type PhotoRecord, STAGES } from '../../cloudfunctions/photo-engine/develop-outcome';
import { createPhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { collection } from '../../cloudfunctions/platform/database';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { modelFolder } from '../../local/cli/support/model-folder';
import { studentPhone } from '../../local/cli/support/student-phone';
import { startCloud } from '../../local/cloud/start-cloud';
import { demonstrationEnvironment } from '../../local/demo/demonstration';
import { seedDemonstration } from '../../local/demo/seed-demonstration';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { buildFunctions } from '../../local/build/functions/build-functions';
import { type Benchmark, type BenchmarkTime, markdownTable, median } from './benchmark';
import { type CheckCost, checkCosts } from './check-costs';
import { type ColdStart, coldStart } from './cold-start';
import { PHOTO_INPUTS, type PhotoInput, portraitOf } from './photo-inputs';
import { engineTimes } from './engine-times';
import { stageMedians } from './stage-medians';

const ROOT = resolve(__dirname, '../..');
/** After the first photo: V8 compiles the hot loops anew during these. */
const WARM_UP_RUNS = 3;
const WARM_RUNS = 7;
const DEAREST_CHECKS = 5;

interface MeasuredInput {
  readonly input: string;
  readonly bytes: number;
  readonly coldMilliseconds: number;
  /** The function from its first line to its answer, database included, without the transfer of pictures. */
  readonly warmMilliseconds: number;
  /** The engine alone, all its stages: no storage, no database. */
  readonly engineMilliseconds: number;
  readonly stages: Record<string, number>;
  readonly peakMegabytes: number;
}

interface InputFigures extends MeasuredInput {
  /** Processor time of the engine: hardly changed by what else the machine does. */
  readonly processorMilliseconds: number;
}

export async function photoFunctionBenchmark(): Promise<Benchmark> {
  await buildFunctions();
  const measured: MeasuredInput[] = [];
  for (const input of PHOTO_INPUTS) measured.push(await measure(input, await portraitOf(input)));
  // Last: the engine's own threads and memory in this process would slow down the cloud that runs in it.
  const engine = createPhotoEngine({ modelFolder: modelFolder() });
  const figures: InputFigures[] = [];
  for (const [index, input] of PHOTO_INPUTS.entries()) {
    const { processorMilliseconds } = await engineTimes(engine, await portraitOf(input));
    figures.push({ ...measured[index]!, processorMilliseconds });
  }
  const start = coldStart();
  const checks = await checkCosts(await portraitOf(PHOTO_INPUTS[0]!));
  return {
    title: 'Photo function, one core',
    markdown: [timesTable(figures), coldTable(start, figures[0]!), checksTable(checks)].join('\n\n'),
    figures: { inputs: figures, coldStart: start, checks },
    times: [...figures.flatMap(inputTimes), ...startTimes(start), ...checks.map(checkTime)],
  };
}

function inputTimes({ input, stages, ...one }: InputFigures): BenchmarkTime[] {
  return [
    { what: `${input}, warm`, milliseconds: one.warmMilliseconds },
    { what: `${input}, engine`, milliseconds: one.engineMilliseconds },
    { what: `${input}, engine CPU`, milliseconds: one.processorMilliseconds },
    { what: `${input}, cold`, milliseconds: one.coldMilliseconds },
    ...Object.entries(stages).map(([stage, milliseconds]) => ({ what: `${input}, ${stage}`, milliseconds })),
  ];
}

function startTimes({ processStart, moduleLoad, modelLoad }: ColdStart): BenchmarkTime[] {
  return [
    { what: 'cold start, process start', milliseconds: processStart },
    { what: 'cold start, module load', milliseconds: moduleLoad },
    { what: 'cold start, model load', milliseconds: modelLoad },
  ];
}

function checkTime({ check, milliseconds }: CheckCost): BenchmarkTime {
  return { what: `check ${check}`, milliseconds };
}

function timesTable(figures: readonly InputFigures[]): string {
  const rows = figures.map((one) => [
    one.input,
    Math.round(one.warmMilliseconds),
    Math.round(one.engineMilliseconds),
    Math.round(one.processorMilliseconds),
    Math.round(one.coldMilliseconds),
    one.peakMegabytes,
    ...STAGES.map((stage) => (stage in one.stages ? Math.round(one.stages[stage]!) : '–')),
  ]);
  return [
    `Milliseconds; medians of ${WARM_RUNS} warm calls, from the fifth photo of an instance on. "warm" is the whole function by`,
    'its own log line, the database of the embedded cloud on the same core included, without the transfer of pictures to',
    'and from the storage; "engine" is the sum of its stages; "engine CPU" is the processor time of the same, in a process',
    'of its own, which another job on the machine hardly changes; "cold" is the whole first call of a fresh instance as',
    'the phone sees it, start of the process, storage and database included.',
    '',
    markdownTable(['input', 'warm', 'engine', 'engine CPU', 'cold', 'peak MB', ...STAGES], rows),
  ].join('\n');
}

function coldTable({ processStart, moduleLoad, modelLoad }: ColdStart, first: InputFigures): string {
  const rest = first.coldMilliseconds - processStart - moduleLoad - modelLoad;
  return [
    `The cold start of the ${first.input} in parts (medians of five fresh processes; the first photo is the rest of the`,
    'call above, its code not yet compiled):',
    '',
    markdownTable(
      ['process start', 'module load', 'model load', 'first photo and cloud', 'together'],
      [[processStart, moduleLoad, modelLoad, rest, first.coldMilliseconds].map(Math.round)],
    ),
  ].join('\n');
}

function checksTable(checks: readonly CheckCost[]): string {
  const dearest = checks.slice(0, DEAREST_CHECKS);
  const others = checks.slice(DEAREST_CHECKS).reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [
    `The ${DEAREST_CHECKS} dearest checks within "judge", warm, in a process of their own:`,
    '',
    markdownTable(
      [...dearest.map(({ check }) => check), `${checks.length - dearest.length} others`],
      [[...dearest.map(({ milliseconds }) => milliseconds.toFixed(1)), others.toFixed(1)]],
    ),
  ].join('\n');
}

async function measure({ input, expected }: PhotoInput, portrait: Uint8Array): Promise<MeasuredInput> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const functionMilliseconds: number[] = [];
  const cloud = await startCloud({
    dataDir: folder,
    functionsDir: join(ROOT, 'dist/cloudfunctions'),
    environment: () => demonstrationEnvironment(),
    onLog: ({ text }) => {
      const time = submitTime(text);
      if (time !== undefined) functionMilliseconds.push(time);
    },
  });
  try {
    const { code, idTail } = await seedDemonstration(cloud);
    const phone = studentPhone(cloud.client('bench-student'));
    await phone.student('consent', { version: CONSENT_VERSION, facePhoto: true });
    const payloadBase64 = Buffer.from(code.payload).toString('base64');
    const resolution = await phone.student('resolveCode', {
      code: { kind: 'payload', payloadBase64 },
      idTail,
    });
    const { id } = await phone.student('bind', { resolutionId: resolution.id });
    const records: PhotoRecord[] = [];
    let coldMilliseconds = 0;
    for (let run = 0; run < 1 + WARM_UP_RUNS + WARM_RUNS; run++) {
      const uploaded = await phone.upload('portrait', portrait);
      const started = performance.now();
      const answer = await phone.photo('submit', { submissionId: id, ...uploaded, ticks: [] });
      if (run === 0) coldMilliseconds = performance.now() - started;
      const stored = await collection<PhotoDocument>('photos').get(answer.photo.id);
      if (stored?.status !== expected)
        throw new Error(`the benchmark's portrait was not ${expected}: ${input}`);
      if (run > WARM_UP_RUNS) records.push(stored.record);
    }
    return {
      input,
      bytes: portrait.length,
      coldMilliseconds,
      warmMilliseconds: median(functionMilliseconds.slice(1 + WARM_UP_RUNS)),
      engineMilliseconds: median(records.map(engineTime)),
      stages: stageMedians(records),
      peakMegabytes: Math.max(...records.map((record) => record.peakMemoryMegabytes)),
    };
  } finally {
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds of one submitted photo, from the function's log line: what it took less the pictures' way. */
function submitTime(line: string): number | undefined {
  if (!/"function":"photo".*"action":"submit"/.test(line)) return undefined;
  const numberOf = (name: string) => Number(new RegExp(`"${name}":(\\d+)`).exec(line)?.[1] ?? 0);
  return numberOf('milliseconds') - numberOf('transferMilliseconds');
}

function engineTime({ stageMilliseconds }: PhotoRecord): number {
  return STAGES.reduce((sum, stage) => sum + (stageMilliseconds[stage] ?? 0), 0);
}
