import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createModelRuntime,
  inferenceBackend,
} from '../../../cloudfunctions/photo-engine/inference/create-model-runtime';
import {
  MODEL_NAMES,
  type ModelName,
  outputOf,
  type PlanarPicture,
} from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { WASM_BINARY } from '../../../cloudfunctions/photo-engine/inference/wasm-runtime';
import { MODEL_FOLDER, testModelRuntime } from '../../support/model-runtime';

const runtime = testModelRuntime();

/** A picture of stripes, so that the models have something to answer to. */
function stripes(name: ModelName): PlanarPicture {
  const side = name.startsWith('person-') ? 256 : 192;
  const planes = Float32Array.from({ length: 3 * side * side }, (_, i) => ((i % side) % 32) / 32);
  return { planes, width: side, height: side };
}

describe('running models', () => {
  it('reads the setting, and refuses words it does not know', () => {
    expect([undefined, '', 'wasm', 'native'].map(inferenceBackend)).toEqual([
      'wasm',
      'wasm',
      'wasm',
      'native',
    ]);
    expect(() => inferenceBackend('Native')).toThrow(/INFERENCE_BACKEND/);
  });

  it('names its library for the record', () => {
    expect(runtime.library).toMatch(/^onnxruntime-web \d+\.\d+\.\d+$/);
  });

  it('loads a model once, also when asked twice at the same time', async () => {
    const [first, second] = await Promise.all([runtime.model('person-mask'), runtime.model('person-mask')]);
    expect(second).toBe(first);
  });

  it('starts with any number of models asked for at once', async () => {
    const fresh = createModelRuntime(MODEL_FOLDER);
    await expect(Promise.all(MODEL_NAMES.map((name) => fresh.model(name)))).resolves.toHaveLength(
      MODEL_NAMES.length,
    );
  });

  it('gives the same numbers for the same picture every time', async () => {
    const model = await runtime.model('face-detector');
    const [first, second] = [
      await model.run(stripes('face-detector')),
      await model.run(stripes('face-detector')),
    ];
    expect(second).toEqual(first);
    expect(second.scores).not.toBe(first.scores);
  });

  it('keeps calls apart that come at once, also from several runtimes', async () => {
    const alone = await Promise.all(
      MODEL_NAMES.map(async (name) => (await runtime.model(name)).run(stripes(name))),
    );
    const crowded = MODEL_NAMES.flatMap((name) =>
      [runtime, createModelRuntime(MODEL_FOLDER)].map((own) => ({ own, name })),
    );
    const answers = await Promise.all(
      crowded.map(async ({ own, name }) => (await own.model(name)).run(stripes(name))),
    );
    answers.forEach((answer, i) => {
      expect(answer).toEqual(alone[Math.floor(i / 2)]);
    });
  });

  it('fails by name when a file is missing, and works once it is there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'models-'));
    try {
      const runtimeOfFolder = createModelRuntime(folder);
      await expect(runtimeOfFolder.model('person-mask')).rejects.toThrow(/person-mask\.onnx/);
      for (const file of ['person-mask.onnx.planes', WASM_BINARY])
        await copyFile(join(MODEL_FOLDER, file), join(folder, file));
      await expect(runtimeOfFolder.model('person-mask')).resolves.toBeDefined();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('tells which output a model does not give', () => {
    expect(() => outputOf({ scores: new Float32Array(3) }, 'scores', 4)).toThrow(
      /scores has 3 values, expected 4/,
    );
    expect(() => outputOf({}, 'boxes', 4)).toThrow(/boxes has no values/);
  });
});
