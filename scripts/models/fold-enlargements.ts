/**
 * Rewrites a TensorFlow Lite graph so that it computes less. A transposed convolution and a 1×1 convolution that alone
 * reads it are linear together, so they become one transposed convolution, which has fewer channels at the larger size.
 * The numbers stay the same but for rounding. It leaves alone every place that is not exactly of that form.
 */
import { onlyReader } from './only-reader';
import { floatsOf, type TfliteModel, type TfliteOperator, type TfliteTensor } from './tflite-model';

/** The two operators, each with its weights and offsets. */
interface LinearPair {
  readonly enlargement: TfliteOperator;
  readonly mixing: TfliteOperator;
}

/** The model with every such pair as one operator. */
export function foldEnlargements(model: TfliteModel): TfliteModel {
  const tensors = [...model.tensors];
  const mixings = new Set<TfliteOperator>();
  const operators = model.operators.flatMap((enlargement): readonly TfliteOperator[] => {
    if (mixings.has(enlargement)) return [];
    const mixing = mixingAfter(model, enlargement);
    if (!mixing) return [enlargement];
    mixings.add(mixing);
    const [size, , picture] = enlargement.inputs as [number, number, number, number];
    const { weights, offsets } = together(model, { enlargement, mixing });
    const added = tensors.push(weights, offsets);
    return [{ ...enlargement, inputs: [size, added - 2, picture, added - 1], outputs: mixing.outputs }];
  });
  return { ...model, tensors, operators };
}

function mixingAfter(model: TfliteModel, operator: TfliteOperator): TfliteOperator | undefined {
  if (operator.kind !== 'TRANSPOSE_CONV') return undefined;
  const reader = onlyReader(model, operator);
  if (reader?.kind !== 'CONV_2D' || reader.stride !== 1 || reader.activation !== 'none') return undefined;
  const [, height, width] = model.tensors[reader.inputs[1]!]!.shape;
  return height === 1 && width === 1 ? reader : undefined;
}

/** The product of the two: weights [out, height, width, in] and offsets [out]. */
function together(
  { tensors }: TfliteModel,
  { enlargement, mixing }: LinearPair,
): { readonly weights: TfliteTensor; readonly offsets: TfliteTensor } {
  const first = tensors[enlargement.inputs[1]!]!;
  const second = tensors[mixing.inputs[1]!]!;
  const [between, ...kernel] = first.shape as [number, number, number, number];
  const outputs = second.shape[0]!;
  const length = kernel.reduce((product, size) => product * size, 1);
  const kernels = floatsOf(first);
  const kernelOffsets = floatsOf(tensors[enlargement.inputs[3]!]!);
  const mix = floatsOf(second);
  const offsets = Float64Array.from(floatsOf(tensors[mixing.inputs[2]!]!));
  const weights = new Float64Array(outputs * length);
  for (let to = 0; to < outputs; to++) {
    for (let via = 0; via < between; via++) {
      const share = mix[to * between + via]!;
      offsets[to]! += share * kernelOffsets[via]!;
      for (let at = 0; at < length; at++) weights[to * length + at]! += share * kernels[via * length + at]!;
    }
  }
  const name = `${second.name} over ${first.name}`;
  return {
    weights: { name, shape: [outputs, ...kernel], constant: Float32Array.from(weights) },
    offsets: { name: `${name}, offsets`, shape: [outputs], constant: Float32Array.from(offsets) },
  };
}
