/**
 * Rewrites a TensorFlow Lite graph so that it computes less. A transposed convolution and a 1×1 convolution that alone
 * reads it are linear together, so they become one transposed convolution, which has fewer channels at the larger size.
 * The numbers stay the same but for rounding. It leaves alone every place that is not exactly of that form.
 */
import { onlyReader } from './only-reader';
import { floatsOf, type TfliteModel, type TfliteOperator, type TfliteTensor } from './tflite-model';

/** The constants of two operators that can become one. */
interface LinearPair {
  readonly mixing: TfliteOperator;
  /** [between, height, width, in] and [between]. */
  readonly kernels: TfliteTensor;
  readonly kernelOffsets: TfliteTensor;
  /** [out, 1, 1, between] and [out], out < between. */
  readonly mix: TfliteTensor;
  readonly mixOffsets: TfliteTensor;
}

/** The model with every such pair as one operator. */
export function foldEnlargements(model: TfliteModel): TfliteModel {
  const tensors = [...model.tensors];
  const add = (tensor: TfliteTensor): number => tensors.push(tensor) - 1;
  const mixings = new Set<TfliteOperator>();
  const operators = model.operators.flatMap((enlargement): readonly TfliteOperator[] => {
    if (mixings.has(enlargement)) return [];
    const pair = pairFrom(model, enlargement);
    if (!pair) return [enlargement];
    mixings.add(pair.mixing);
    const { outputs } = pair.mixing;
    const { name, shape } = model.tensors[outputs[0]!]!;
    const size = add({ name: `${name}, size`, shape: [4], constant: Int32Array.from(shape) });
    const { weights, offsets } = productOf(pair);
    const picture = enlargement.inputs[2]!;
    return [{ ...enlargement, inputs: [size, add(weights), picture, add(offsets)], outputs }];
  });
  return { ...model, tensors, operators };
}

function pairFrom(model: TfliteModel, enlargement: TfliteOperator): LinearPair | undefined {
  if (enlargement.kind !== 'TRANSPOSE_CONV') return undefined;
  const mixing = onlyReader(model, enlargement);
  if (mixing?.kind !== 'CONV_2D' || mixing.stride !== 1 || mixing.activation !== 'none') return undefined;
  const tensor = (index: number | undefined) => (index === undefined ? undefined : model.tensors[index]);
  const kernels = tensor(enlargement.inputs[1]);
  const kernelOffsets = tensor(enlargement.inputs[3]);
  const mix = tensor(mixing.inputs[1]);
  const mixOffsets = tensor(mixing.inputs[2]);
  // Offsets may be left out and weights computed; no model here has either.
  if (!isConstant(kernels) || !isConstant(kernelOffsets) || !isConstant(mix) || !isConstant(mixOffsets))
    return undefined;
  const [outputs, height, width, between] = mix.shape;
  if (height !== 1 || width !== 1 || outputs! >= between!) return undefined;
  return { mixing, kernels, kernelOffsets, mix, mixOffsets };
}

function isConstant(tensor: TfliteTensor | undefined): tensor is TfliteTensor {
  return tensor?.constant instanceof Float32Array;
}

/** Both in one: weights [out, height, width, in] and offsets [out]. */
function productOf({ kernels, kernelOffsets, mix, mixOffsets }: LinearPair): {
  readonly weights: TfliteTensor;
  readonly offsets: TfliteTensor;
} {
  const [between, ...kernel] = kernels.shape as [number, number, number, number];
  const outputs = mix.shape[0]!;
  const length = kernel.reduce((product, size) => product * size, 1);
  const values = floatsOf(kernels);
  const valueOffsets = floatsOf(kernelOffsets);
  const shares = floatsOf(mix);
  const offsets = Float64Array.from(floatsOf(mixOffsets));
  const weights = new Float64Array(outputs * length);
  for (let to = 0; to < outputs; to++) {
    for (let via = 0; via < between; via++) {
      const share = shares[to * between + via]!;
      offsets[to]! += share * valueOffsets[via]!;
      for (let at = 0; at < length; at++) weights[to * length + at]! += share * values[via * length + at]!;
    }
  }
  const name = `${mix.name} over ${kernels.name}`;
  return {
    weights: { name, shape: [outputs, ...kernel], constant: Float32Array.from(weights) },
    offsets: { name: `${name}, offsets`, shape: [outputs], constant: Float32Array.from(offsets) },
  };
}
