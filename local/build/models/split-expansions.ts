/**
 * Rewrites a TensorFlow Lite graph so that it needs less memory while it runs. A network of this family
 * widens a picture to several times its channels, filters each channel on its own and narrows the picture
 * again; the wide pictures in between are by far the largest. The channels in between do not depend on each
 * other, so they can go through a part at a time, and what the parts give is added up. The numbers stay the
 * same but for the order of a sum. It leaves alone every place that is not exactly of that form.
 */
import { onlyReader } from './only-reader';
import { type TfliteModel, type TfliteOperator, type TfliteTensor } from './tflite-model';

type Convolution = Extract<TfliteOperator, { readonly kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D' }>;

/** Where a picture is widened, filtered and narrowed, one operator each. */
interface Expansion {
  readonly widen: Convolution;
  readonly filter: Convolution;
  readonly narrow: Convolution;
}

/** The model with every expansion cut into parts of at most `largest` numbers (whole channels, equal parts). */
export function splitExpansions(model: TfliteModel, largest: number): TfliteModel {
  const tensors = [...model.tensors];
  const add = (tensor: TfliteTensor): number => tensors.push(tensor) - 1;
  const replaced = new Set<TfliteOperator>();
  const operators = model.operators.flatMap((operator) => {
    const expansion = expansionFrom(model, operator);
    if (!expansion) return replaced.has(operator) ? [] : [operator];
    const parts = partsOf(tensors[expansion.widen.outputs[0]!]!.shape, largest);
    if (parts === 1) return [operator];
    replaced.add(expansion.filter).add(expansion.narrow);
    return inParts(expansion, parts, tensors, add);
  });
  return { ...model, tensors, operators };
}

function expansionFrom(model: TfliteModel, widen: TfliteOperator): Expansion | undefined {
  const filter = onlyReader(model, widen);
  const narrow = filter && onlyReader(model, filter);
  if (widen.kind !== 'CONV_2D' || filter?.kind !== 'DEPTHWISE_CONV_2D' || narrow?.kind !== 'CONV_2D')
    return undefined;
  const pointwise = [widen, narrow].every(
    ({ inputs, stride }) => stride === 1 && model.tensors[inputs[1]!]!.shape[1] === 1,
  );
  return pointwise && narrow.activation === 'none' ? { widen, filter, narrow } : undefined;
}

/** The least number of equal parts that fit; single channels where even these do not. */
function partsOf([, height, width, channels]: readonly number[], largest: number): number {
  for (let parts = 1; parts < channels!; parts++) {
    if (channels! % parts === 0 && (height! * width! * channels!) / parts <= largest) return parts;
  }
  return channels!;
}

function inParts(
  { widen, filter, narrow }: Expansion,
  parts: number,
  tensors: readonly TfliteTensor[],
  add: (tensor: TfliteTensor) => number,
): TfliteOperator[] {
  const slice = (index: number, axis: number, part: number): number =>
    add(sliced(tensors[index]!, axis, part, parts));
  const like = (index: number, name: string): number => add({ name, shape: tensors[index]!.shape });
  const [result] = narrow.outputs;
  const offsets = tensors[narrow.inputs[2]!]!;
  const noOffsets = add({ ...offsets, constant: new Float32Array(offsets.shape[0]!) });
  const operators: TfliteOperator[] = [];
  const sums: TfliteOperator[] = [];
  let sum: number | undefined;
  for (let part = 0; part < parts; part++) {
    const wide = slice(widen.outputs[0]!, 3, part);
    const filtered = slice(filter.outputs[0]!, 3, part);
    const narrowed = like(result!, `${tensors[result!]!.name} (part ${part + 1})`);
    operators.push(
      {
        ...widen,
        inputs: [widen.inputs[0]!, slice(widen.inputs[1]!, 0, part), slice(widen.inputs[2]!, 0, part)],
        outputs: [wide],
      },
      {
        ...filter,
        inputs: [wide, slice(filter.inputs[1]!, 3, part), slice(filter.inputs[2]!, 0, part)],
        outputs: [filtered],
      },
      {
        ...narrow,
        inputs: [filtered, slice(narrow.inputs[1]!, 3, part), part === 0 ? narrow.inputs[2]! : noOffsets],
        outputs: [narrowed],
      },
    );
    if (sum !== undefined) {
      const total =
        part === parts - 1 ? result! : like(result!, `${tensors[result!]!.name} (${part + 1} parts)`);
      sums.push({ kind: 'ADD', inputs: [sum, narrowed], outputs: [total] });
      sum = total;
    } else sum = narrowed;
  }
  // The sums last: ONNX Runtime computes, of what a node reads, that which was written last first, with all that it
  // needs; so it finishes the sum so far before it begins the next part (seen in its memory, 1.30, 2026-11).
  return [...operators, ...sums];
}

/** One of `parts` equal pieces of a tensor along an axis, its constant too. */
function sliced(
  { name, shape, constant }: TfliteTensor,
  axis: number,
  part: number,
  parts: number,
): TfliteTensor {
  const size = shape[axis]! / parts;
  const piece = {
    name: `${name} [${part + 1}/${parts}]`,
    shape: shape.map((all, i) => (i === axis ? size : all)),
  };
  if (!(constant instanceof Float32Array)) return piece;
  const run = shape.slice(axis).reduce((product, next) => product * next, 1);
  const pieceRun = run / parts;
  const values = new Float32Array(constant.length / parts);
  for (let from = part * pieceRun, to = 0; to < values.length; from += run, to += pieceRun)
    values.set(constant.subarray(from, from + pieceRun), to);
  return { ...piece, constant: values };
}
