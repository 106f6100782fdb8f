import { Builder } from 'flatbuffers';
import { MODELS } from '../../../../local/build/models/model-sources';
import { readModelSource } from '../../../../local/build/models/read-model-source';
import { readTfliteModel } from '../../../../local/build/models/tflite-model';

/** Of enum BuiltinOperator in the schema; the table of refusals holds others. */
const CONV_2D = 3;

/** Fields of Conv2DOptions: padding, stride along both axes, activation, dilation along both axes. */
const ONE_STEP = { 0: 0, 1: 1, 2: 1, 3: 0, 4: 1, 5: 1 };

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

  it.each([
    [0, 'none'],
    [1, 'relu'],
  ])('reads activation %i of a convolution as %s', (code, activation) => {
    const [operator] = readTfliteModel(oneOperator(CONV_2D, { ...ONE_STEP, 3: code })).operators;
    expect(operator).toMatchObject({ kind: 'CONV_2D', stride: 1, activation });
  });

  it.each([
    ['a convolution limited to 6', CONV_2D, { ...ONE_STEP, 3: 3 }, /activation 3 in CONV_2D is not known/],
    ['a convolution with gaps', CONV_2D, { ...ONE_STEP, 4: 2, 5: 2 }, /dilation in CONV_2D/],
    ['a transposed convolution with ReLU', 67, { ...ONE_STEP, 3: 1 }, /fused activation in TRANSPOSE_CONV/],
    ['an addition with ReLU', 0, { 0: 1 }, /fused activation in ADD/],
    ['a sum that drops its axis', 74, {}, /SUM that drops its axis/],
    ['nearest pixels by their corners', 97, {}, /RESIZE_NEAREST_NEIGHBOR without half-pixel centres/],
    ['a softmax of doubled values', 25, { 0: 0x40000000 }, /SOFTMAX that scales its input/],
    ['an operator that no model here has', 2, {}, /operator of unknown kind/],
  ])('refuses %s', (_, code, options, message) => {
    expect(() => readTfliteModel(oneOperator(code, options))).toThrow(message);
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

/**
 * A model of one operator and nothing else. All fields of its options are written as 32 bits: little-endian,
 * so that a reader of one byte finds the same value.
 */
function oneOperator(code: number, options: Readonly<Record<number, number>>): Uint8Array {
  const builder = new Builder();
  const table = (
    fields: Readonly<Record<number, number>>,
    tables: Readonly<Record<number, number>>,
  ): number => {
    builder.startObject(6);
    for (const [field, value] of Object.entries(fields)) builder.addFieldInt32(Number(field), value, -1);
    for (const [field, offset] of Object.entries(tables)) builder.addFieldOffset(Number(field), offset, 0);
    return builder.endObject();
  };
  const listOf = (only: number): number => {
    builder.startVector(4, 1, 4);
    builder.addOffset(only);
    return builder.endVector();
  };
  const codes = listOf(table({ 3: code }, {}));
  const operators = listOf(table({ 0: 0 }, { 4: table(options, {}) }));
  const graphs = listOf(table({}, { 3: operators }));
  builder.finish(table({}, { 1: codes, 2: graphs }), 'TFL3');
  return builder.asUint8Array();
}
