import { MODELS } from '../../../scripts/models/model-sources';
import { readModelSource } from '../../../scripts/models/read-model-source';
import { readTfliteModel } from '../../../scripts/models/tflite-model';

describe('reading TensorFlow Lite files', () => {
  it.each(MODELS.map(({ recipe, source }) => [recipe.name, source] as const))(
    '%s is read whole',
    (_, source) => {
      const model = readTfliteModel(readModelSource(source).bytes);
      expect(model.tensors[model.inputs[0]!]!.shape).toEqual([1, expect.any(Number), expect.any(Number), 3]);
      // Every tensor that an operator reads is an input, a constant, or computed before.
      const known = new Set(model.inputs);
      for (const { inputs, outputs } of model.operators) {
        for (const input of inputs)
          expect(known.has(input) || model.tensors[input]!.constant !== undefined).toBe(true);
        outputs.forEach((output) => known.add(output));
      }
      for (const output of model.outputs) expect(known.has(output)).toBe(true);
    },
  );

  it('widens weights exactly as many as the shape says', () => {
    const { bytes } = readModelSource(MODELS[0]!.source);
    for (const { shape, constant } of readTfliteModel(bytes).tensors) {
      if (constant instanceof Float32Array)
        expect(constant).toHaveLength(shape.reduce((product, size) => product * size, 1));
    }
  });

  it('refuses files of another kind', () => {
    expect(() => readTfliteModel(new Uint8Array(100))).toThrow(/not a TensorFlow Lite model/);
    expect(() => readTfliteModel(new Uint8Array(3))).toThrow(/not a TensorFlow Lite model/);
  });

  it('names the package that does not hold an asset', () => {
    const source = {
      ...MODELS[1]!.source,
      packed: { ...MODELS[1]!.source.packed!, path: '/elsewhere.tflite' },
    };
    expect(() => readModelSource(source)).toThrow(
      /@mediapipe\/face_mesh .* does not hold \/elsewhere\.tflite/,
    );
    expect(() => readModelSource({ package: '@mediapipe/none', file: 'x' })).toThrow(/not installed/);
  });
});
