/** Expansions in parts: the same numbers, smaller pictures, nothing else touched. */
import { MODELS } from '../../../../local/build/models/model-sources';
import { readModelSource } from '../../../../local/build/models/read-model-source';
import { splitExpansions } from '../../../../local/build/models/split-expansions';
import {
  readTfliteModel,
  type TfliteModel,
  type TfliteOperator,
  type TfliteTensor,
} from '../../../../local/build/models/tflite-model';
import { executeTflite } from './reference-executor';

const SIDE = 5;
const WIDE = 6;

/** Numbers without a pattern, the same every time. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * 12.9898 + seed * 78.233));
}

/** Three channels, widened to six, filtered, narrowed to four; `also` are further operators on these tensors. */
function expansion({ narrowReLU = false, also = [] as readonly TfliteOperator[] } = {}): TfliteModel {
  const picture = (name: string, channels: number): TfliteTensor => ({
    name,
    shape: [1, SIDE, SIDE, channels],
  });
  const constant = (name: string, ...shape: readonly number[]): TfliteTensor => ({
    name,
    shape,
    constant: numbers(
      shape.reduce((product, size) => product * size, 1),
      name.length,
    ),
  });
  const step = { padding: 'same', stride: 1 } as const;
  return {
    description: 'an expansion',
    tensors: [
      picture('picture', 3),
      constant('widening', WIDE, 1, 1, 3),
      constant('offsets', WIDE),
      picture('wide', WIDE),
      constant('filters', 1, 3, 3, WIDE),
      constant('more offsets', WIDE),
      picture('filtered', WIDE),
      constant('narrow weights', 4, 1, 1, WIDE),
      constant('last offsets', 4),
      picture('result', 4),
      picture('another', WIDE),
    ],
    operators: [
      { kind: 'CONV_2D', ...step, activation: 'relu', inputs: [0, 1, 2], outputs: [3] },
      { kind: 'DEPTHWISE_CONV_2D', ...step, activation: 'relu', inputs: [3, 4, 5], outputs: [6] },
      {
        kind: 'CONV_2D',
        ...step,
        activation: narrowReLU ? 'relu' : 'none',
        inputs: [6, 7, 8],
        outputs: [9],
      },
      ...also,
    ],
    inputs: [0],
    outputs: [9],
  };
}

const numbersIn = ({ shape }: TfliteTensor): number => shape.reduce((product, size) => product * size, 1);

describe('expansions in parts', () => {
  const input = numbers(SIDE * SIDE * 3, 1);
  const whole = executeTflite(expansion(), input).get('result')!;

  it.each([1, 2, 3, 6])('%i parts give the numbers of the whole', (parts) => {
    const split = splitExpansions(expansion(), (SIDE * SIDE * WIDE) / parts);
    expect(split.operators.filter(({ kind }) => kind === 'ADD')).toHaveLength(parts - 1);
    const results = executeTflite(split, input).get('result')!;
    results.forEach((value, i) => {
      expect(value).toBeCloseTo(whole[i]!, 5);
    });
  });

  it('leaves alone what fits', () => {
    expect(splitExpansions(expansion(), SIDE * SIDE * WIDE)).toEqual(expansion());
  });

  it('leaves alone what another operator needs whole, and sums that an activation follows', () => {
    const readTwice = expansion({ also: [{ kind: 'RELU', inputs: [6], outputs: [10] }] });
    expect(splitExpansions(readTwice, 1)).toEqual(readTwice);
    expect(splitExpansions({ ...expansion(), outputs: [3, 9] }, 1)).toEqual({
      ...expansion(),
      outputs: [3, 9],
    });
    expect(splitExpansions(expansion({ narrowReLU: true }), 1)).toEqual(expansion({ narrowReLU: true }));
  });

  it('keeps every picture of the parts model within the limit of its recipe', () => {
    const { source, recipe } = MODELS.find(({ recipe: { name } }) => name === 'person-parts')!;
    const model = readTfliteModel(readModelSource(source).bytes);
    const limit = recipe.largestExpansion!;
    const largest = ({ tensors, operators }: TfliteModel): number =>
      Math.max(
        ...operators
          .filter(({ kind }) => kind === 'DEPTHWISE_CONV_2D')
          .map(({ inputs }) => numbersIn(tensors[inputs[0]!]!)),
      );
    expect(largest(model)).toBe(4 * limit);
    expect(largest(splitExpansions(model, limit))).toBe(limit);
  });
});
