/**
 * The engine with the portable inference library and with the native one beside it, in one run. The native one is no
 * dependency: it is measured where `onnxruntime-node` can be found, such as in a folder that NODE_PATH names.
 */
import { createRequire } from 'node:module';
import { type InferenceBackend } from '../../cloudfunctions/photo-engine/inference/model-runtime';
import { createPhotoEngine } from '../../cloudfunctions/photo-engine/photo-engine';
import { modelFolder } from '../../local/cli/support/model-folder';
import { type Benchmark, markdownTable } from './benchmark';
import { engineTimes, type EngineTimes } from './engine-times';
import { PHOTO_INPUTS, portraitOf } from './photo-inputs';

const LIBRARIES = { wasm: 'portable (wasm)', native: 'native' } as const satisfies Record<
  InferenceBackend,
  string
>;
/** Where the models run. */
const STAGES_WITH_MODELS = ['face', 'person', 'second-look', 'verify'] as const;

interface LibraryFigures extends EngineTimes {
  readonly input: string;
  readonly library: InferenceBackend;
}

/** Null where the native library is not installed. */
export async function inferenceLibrariesBenchmark(): Promise<Benchmark | null> {
  if (!isInstalled('onnxruntime-node')) return null;
  const engines = {
    wasm: createPhotoEngine({ modelFolder: modelFolder(), backend: 'wasm' }),
    native: createPhotoEngine({ modelFolder: modelFolder(), backend: 'native' }),
  };
  const figures: LibraryFigures[] = [];
  for (const input of PHOTO_INPUTS.filter(({ expected }) => expected === 'developed')) {
    const portrait = await portraitOf(input);
    for (const library of ['wasm', 'native'] as const) {
      figures.push({ input: input.input, library, ...(await engineTimes(engines[library], portrait)) });
    }
  }
  return {
    title: 'Native inference beside the portable one',
    markdown: table(figures),
    figures,
    times: figures.map(({ input, library, processorMilliseconds }) => ({
      what: `${input}, ${library}`,
      milliseconds: processorMilliseconds,
    })),
  };
}

function table(figures: readonly LibraryFigures[]): string {
  const rows = figures.map(({ input, library, processorMilliseconds, stages }) => [
    input,
    LIBRARIES[library],
    Math.round(processorMilliseconds),
    ...STAGES_WITH_MODELS.map((stage) => Math.round(stages[stage] ?? 0)),
  ]);
  return [
    'Processor time of the engine alone, milliseconds, warm, one core, medians of seven photos; of its stages those in which',
    'models run, by the clock.',
    '',
    markdownTable(['input', 'library', 'together', ...STAGES_WITH_MODELS], rows),
  ].join('\n');
}

function isInstalled(name: string): boolean {
  try {
    createRequire(__filename).resolve(name);
    return true;
  } catch {
    return false;
  }
}
