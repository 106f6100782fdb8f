/**
 * The deployed photo function on the embedded cloud, as a phone sees it: the first photo of a fresh instance, then warm
 * ones, with the time of each stage and the most memory that the instance had in use. One core: see `bench.ts`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type PhotoRecord, STAGES } from '../../cloudfunctions/photo-engine/develop-outcome';
import { resample } from '../../cloudfunctions/photo-engine/image/resample';
import { decodePhoto } from '../../cloudfunctions/photo-engine/decode/decode-photo';
import { collection } from '../../cloudfunctions/platform/database';
import { type PhotoDocument } from '../../cloudfunctions/submission/photo-document';
import { studentPhone } from '../../local/cli/support/student-phone';
import { startCloud } from '../../local/cloud/start-cloud';
import { demonstrationEnvironment } from '../../local/demo/demonstration';
import { seedDemonstration } from '../../local/demo/seed-demonstration';
import { CONSENT_VERSION } from '../../miniprogram/shared/contract/student';
import { asJpeg } from '../../tests/support/spoil-portrait';
import { type Benchmark, markdownTable, median } from './benchmark';

const ROOT = resolve(__dirname, '../..');
const WARM_RUNS = 7;

interface InputFigures {
  readonly input: string;
  readonly bytes: number;
  readonly coldMilliseconds: number;
  readonly warmMilliseconds: number;
  readonly stages: Record<string, number>;
  readonly peakMegabytes: number;
}

/** Fixture portraits enlarged to what phones send; the third is what a 48 MP phone writes. */
const INPUTS = [
  { input: '2000 px JPEG', width: 1500, height: 2000 },
  { input: '12 MP JPEG', width: 3024, height: 4032 },
  { input: '48 MP JPEG', width: 6048, height: 8064 },
];

export async function photoFunctionBenchmark(): Promise<Benchmark> {
  const figures: InputFigures[] = [];
  for (const { input, width, height } of INPUTS) figures.push(await measure(input, await portraitOf(width, height)));
  const rows = figures.map((one) => [
    one.input,
    Math.round(one.warmMilliseconds),
    Math.round(one.coldMilliseconds),
    one.peakMegabytes,
    ...STAGES.map((stage) => Math.round(one.stages[stage] ?? 0)),
  ]);
  return {
    title: 'Photo function, one core',
    markdown: [
      'Milliseconds; median of 7 warm calls measured by the function itself (log line) with its stages; cold is the',
      'whole first call of a fresh instance as the phone sees it, storage and process start included.',
      '',
      markdownTable(['input', 'warm', 'cold', 'peak MB', ...STAGES], rows),
    ].join('\n'),
    figures,
  };
}

async function portraitOf(width: number, height: number): Promise<Uint8Array> {
  const { image } = await decodePhoto(readFileSync(join(ROOT, 'tests/fixtures/portraits/f1_front.jpg')));
  const large = resample(image, { x: 0, y: 0, width: image.width, height: image.height }, width, height);
  addSensorNoise(large.data);
  return asJpeg(large);
}

/** ±3 levels from a fixed sequence: a camera's picture does not compress like an enlarged rendering. */
function addSensorNoise(data: Uint8ClampedArray): void {
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    if (i % 4 === 3) continue;
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = data[i]! + ((state >>> 16) % 7) - 3;
  }
}

async function measure(input: string, portrait: Uint8Array): Promise<InputFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const functionMilliseconds: number[] = [];
  const cloud = await startCloud({
    dataDir: folder,
    functionsDir: join(ROOT, 'dist/cloudfunctions'),
    environment: () => demonstrationEnvironment(),
    onLog: ({ text }) => {
      const time = /"function":"photo".*"action":"submit".*"milliseconds":(\d+)/.exec(text)?.[1];
      if (time !== undefined) functionMilliseconds.push(Number(time));
    },
  });
  try {
    const { code, idTail } = await seedDemonstration(cloud);
    const phone = studentPhone(cloud.client('bench-student'));
    await phone.student('consent', { version: CONSENT_VERSION, facePhoto: true });
    const payloadBase64 = Buffer.from(code.payload).toString('base64');
    const resolution = await phone.student('resolveCode', { code: { kind: 'payload', payloadBase64 }, idTail });
    const { id } = await phone.student('bind', { resolutionId: resolution.id });
    const records: PhotoRecord[] = [];
    let coldMilliseconds = 0;
    for (let run = 0; run <= WARM_RUNS; run++) {
      const uploaded = await phone.upload('portrait', portrait);
      const started = performance.now();
      const answer = await phone.photo('submit', { submissionId: id, ...uploaded, ticks: [] });
      if (run === 0) coldMilliseconds = performance.now() - started;
      const stored = await collection<PhotoDocument>('photos').get(answer.photo.id);
      if (stored?.status !== 'developed') throw new Error(`the benchmark's portrait was not developed: ${input}`);
      if (run > 0) records.push(stored.record);
    }
    const stages = Object.fromEntries(
      STAGES.map((stage) => [stage, median(records.map((record) => record.stageMilliseconds[stage] ?? 0))]),
    );
    return {
      input,
      bytes: portrait.length,
      coldMilliseconds,
      warmMilliseconds: median(functionMilliseconds.slice(1)),
      stages,
      peakMegabytes: Math.max(...records.map((record) => record.peakMemoryMegabytes)),
    };
  } finally {
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
