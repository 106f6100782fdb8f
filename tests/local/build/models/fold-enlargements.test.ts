/** Two linear steps as one: the same numbers, one operator less, nothing else touched. */
import { foldEnlargements } from '../../../../local/build/models/fold-enlargements';
import { MODELS } from '../../../../local/build/models/model-sources';
import { readModelSource } from '../../../../local/build/models/read-model-source';
import {
  type Activation,
  readTfliteModel,
  type TfliteModel,
  type TfliteOperator,
  type TfliteTensor,
} from '../../../../local/build/models/tflite-model';
import { executeTflite } from './reference-executor';

const SIDE = 3;
const BETWEEN = 5;
const OUTPUTS = 2;

/** Numbers without a pattern, the same every time. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * 12.9898 + seed * 78.233));
}

interface Form {
  readonly activation?: Activation;
  readonly stride?: number;
  /** Height and width that the mixing looks at. */
  readonly window?: readonly [number, number];
  readonly mixed?: number;
  readonly offsets?: 'constant' | 'computed' | 'left out';
  /** Further operators on these tensors. */
  readonly also?: readonly TfliteOperator[];
  readonly outputs?: readonly number[];
}

/** Four channels, enlarged to twice the size with five, mixed to two. */
function enlargement({
  activation = 'none',
  stride = 1,
  window = [1, 1],
  mixed = OUTPUTS,
  offsets = 'constant',
  also = [],
  outputs = [6],
}: Form = {}): TfliteModel {
  const constant = (name: string, ...shape: readonly number[]): TfliteTensor => ({
    name,
    shape,
    constant: numbers(
      shape.reduce((product, size) => product * size, 1),
      name.length,
    ),
  });
  return {
    description: 'an enlargement',
    tensors: [
      { name: 'picture', shape: [1, SIDE, SIDE, 4] },
      { name: 'size', shape: [4], constant: Int32Array.of(1, 2 * SIDE, 2 * SIDE, BETWEEN) },
      constant('kernels', BETWEEN, 2, 2, 4),
      constant('kernel offsets', BETWEEN),
      { name: 'between', shape: [1, 2 * SIDE, 2 * SIDE, BETWEEN] },
      constant('mix', mixed, ...window, BETWEEN),
      { name: 'result', shape: [1, 2 * SIDE, 2 * SIDE, mixed] },
      offsets === 'computed' ? { name: 'offsets', shape: [mixed] } : constant('offsets', mixed),
      { name: 'another', shape: [1, 2 * SIDE, 2 * SIDE, BETWEEN] },
    ],
    operators: [
      { kind: 'TRANSPOSE_CONV', padding: 'same', stride: 2, inputs: [1, 2, 0, 3], outputs: [4] },
      {
        kind: 'CONV_2D',
        padding: 'same',
        stride,
        activation,
        inputs: offsets === 'left out' ? [4, 5] : [4, 5, 7],
        outputs: [6],
      },
      ...also,
    ],
    inputs: [0],
    outputs,
  };
}

describe('an enlargement and the mixing after it', () => {
  it('become one operator with the same numbers', () => {
    const input = numbers(SIDE * SIDE * 4, 1);
    const folded = foldEnlargements(enlargement());
    expect(folded.operators.map(({ kind }) => kind)).toEqual(['TRANSPOSE_CONV']);
    const [size] = folded.operators[0]!.inputs;
    expect(folded.tensors[size!]!.constant).toEqual(Int32Array.of(1, 2 * SIDE, 2 * SIDE, OUTPUTS));
    const wanted = executeTflite(enlargement(), input).get('result')!;
    const results = executeTflite(folded, input).get('result')!;
    expect(results).toHaveLength(wanted.length);
    results.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i]!, 5);
    });
  });

  it.each<[string, Form]>([
    ['an activation follows', { activation: 'relu' }],
    ['the mixing looks above and below', { window: [2, 1] }],
    ['the mixing looks aside', { window: [1, 2] }],
    ['the mixing leaves pixels out', { stride: 2 }],
    ['the mixing gives as many channels as it reads', { mixed: BETWEEN }],
    ['the mixing has no offsets', { offsets: 'left out' }],
    ['the mixing’s offsets are computed', { offsets: 'computed' }],
    ['another operator reads between them', { also: [{ kind: 'RELU', inputs: [4], outputs: [8] }] }],
    ['what lies between them is asked for', { outputs: [4, 6] }],
  ])('stay as they are where %s', (_, form) => {
    expect(foldEnlargements(enlargement(form))).toEqual(enlargement(form));
  });

  it.each([
    ['face-detector', 0],
    ['face-mesh', 0],
    ['person-mask', 0],
    ['person-parts', 1],
  ])('are found in %s: %i', (name, pairs) => {
    const { source } = MODELS.find(({ recipe }) => recipe.name === name)!;
    const model = readTfliteModel(readModelSource(source).bytes);
    expect(model.operators.length - foldEnlargements(model).operators.length).toBe(pairs);
  });
});
