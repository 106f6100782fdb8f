/**
 * Reads a TensorFlow Lite file into plain data: tensors, constants widened to single precision, and
 * operators with their options by name. Field numbers are those of tensorflow/lite/schema/schema.fbs
 * (version 3). It refuses operators, element types and options that the four models of this
 * project do not use, so that a changed model stops the build instead of giving wrong numbers.
 */
import { ByteBuffer } from 'flatbuffers';
import { halfBytesToFloats } from './half-float';

export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** The value when it does not depend on the input: weights, paddings, sizes. */
  readonly constant?: Float32Array | Int32Array;
}

export type Padding = 'same' | 'valid';
/** What TensorFlow Lite applies to a convolution's result in the same operator. */
export type Activation = 'none' | 'relu';

/** One operator; `inputs` and `outputs` are positions in `TfliteModel.tensors`. */
export type TfliteOperator = { readonly inputs: readonly number[]; readonly outputs: readonly number[] } & (
  | {
      readonly kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D';
      readonly padding: Padding;
      readonly stride: number;
      readonly activation: Activation;
    }
  | { readonly kind: 'TRANSPOSE_CONV'; readonly padding: Padding; readonly stride: number }
  | {
      readonly kind: 'MAX_POOL_2D' | 'AVERAGE_POOL_2D';
      readonly padding: Padding;
      readonly stride: number;
      readonly window: number;
    }
  | { readonly kind: 'RESIZE_BILINEAR'; readonly halfPixelCentres: true }
  | { readonly kind: 'CUSTOM'; readonly name: string; readonly options: Uint8Array }
  | { readonly kind: PlainKind }
);
type PlainKind = (typeof PLAIN_KINDS)[number];
const PLAIN_KINDS = [
  'ADD',
  'MUL',
  'PAD',
  'PRELU',
  'RELU',
  'HARD_SWISH',
  'LOGISTIC',
  'RESHAPE',
  'RESIZE_NEAREST_NEIGHBOR',
  'SOFTMAX',
  'STRIDED_SLICE',
  'SUM',
  'TRANSPOSE',
] as const;

export interface TfliteModel {
  readonly description: string;
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** enum BuiltinOperator. */
const BUILTIN_OPERATORS: Readonly<Record<number, string>> = {
  0: 'ADD', 1: 'AVERAGE_POOL_2D', 3: 'CONV_2D', 4: 'DEPTHWISE_CONV_2D', 6: 'DEQUANTIZE', 14: 'LOGISTIC',
  17: 'MAX_POOL_2D', 18: 'MUL', 19: 'RELU', 22: 'RESHAPE', 23: 'RESIZE_BILINEAR', 25: 'SOFTMAX', 32: 'CUSTOM',
  34: 'PAD', 39: 'TRANSPOSE', 45: 'STRIDED_SLICE', 54: 'PRELU', 67: 'TRANSPOSE_CONV', 74: 'SUM',
  97: 'RESIZE_NEAREST_NEIGHBOR', 117: 'HARD_SWISH',
}; // prettier-ignore

/** enum TensorType. */
const FLOAT32 = 0;
const FLOAT16 = 1;
const INT32 = 2;

/** Throws Error when the bytes are no TensorFlow Lite model or use something this reader does not know. */
export function readTfliteModel(bytes: Uint8Array): TfliteModel {
  // A plain view: Buffer's own slice() would share memory where Uint8Array's copies.
  const buffer = new ByteBuffer(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  if (bytes.length < 8 || new TextDecoder('latin1').decode(bytes.subarray(4, 8)) !== 'TFL3') {
    throw new Error('not a TensorFlow Lite model (no TFL3 mark)');
  }
  const model = new Table(buffer, buffer.readInt32(0));
  const graph = single(model.tables(2), 'sub-graph');
  const buffers = model.tables(4);
  const codes = model
    .tables(1)
    .map((code) => ({ builtin: Math.max(code.int8(0), code.int32(3)), custom: code.string(1) }));

  const tensors: TfliteTensor[] = graph.tables(0).map((tensor) => {
    const data = buffers[tensor.int32(2)]!.bytes(0);
    const shared = { name: tensor.string(3), shape: tensor.int32s(0) };
    return data.length === 0
      ? shared
      : { ...shared, constant: constantOf(data, tensor.int8(1), shared.name) };
  });

  const operators: TfliteOperator[] = [];
  for (const table of graph.tables(3)) {
    const code = codes[table.int32(0)]!;
    const kind = BUILTIN_OPERATORS[code.builtin];
    const [inputs, outputs] = [table.int32s(1), table.int32s(2)];
    if (kind === 'DEQUANTIZE') {
      // fp16 weights were widened above: the operator's output is the same constant.
      const target = single(outputs, 'output of DEQUANTIZE');
      const { constant } = tensors[single(inputs, 'input of DEQUANTIZE')]!;
      if (!(constant instanceof Float32Array))
        throw new Error('DEQUANTIZE of something that is no fp16 constant');
      tensors[target] = { ...tensors[target]!, constant };
    } else {
      operators.push({ inputs, outputs, ...optionsOf(kind, code.custom, table) });
    }
  }
  return {
    description: model.string(3),
    tensors,
    operators,
    inputs: graph.int32s(1),
    outputs: graph.int32s(2),
  };
}

/** The value of a tensor that is a constant in single precision; throws Error for any other. */
export function floatsOf(tensor: TfliteTensor): Float32Array {
  if (!(tensor.constant instanceof Float32Array))
    throw new Error(`tensor ${tensor.name} is no fp32 constant`);
  return tensor.constant;
}

type OperatorOptions = TfliteOperator extends infer O
  ? O extends TfliteOperator
    ? Omit<O, 'inputs' | 'outputs'>
    : never
  : never;

function optionsOf(kind: string | undefined, custom: string, operator: Table): OperatorOptions {
  const options = operator.table(4);
  if (kind === 'CUSTOM') return { kind, name: custom, options: operator.bytes(5) };
  const plain = PLAIN_KINDS.find((known) => known === kind);
  if (plain) {
    // ADD and MUL carry their activation in field 0; the others that are known here have none.
    if ((plain === 'ADD' || plain === 'MUL') && options?.int8(0))
      throw new Error(`fused activation in ${plain}`);
    if (plain === 'SOFTMAX' && options?.float32(0) !== 1) throw new Error('SOFTMAX that scales its input');
    if (plain === 'SUM' && options?.int8(0) !== 1) throw new Error('SUM that drops its axis');
    if (plain === 'RESIZE_NEAREST_NEIGHBOR' && (options?.int8(0) !== 0 || options.int8(1) !== 1))
      throw new Error('RESIZE_NEAREST_NEIGHBOR without half-pixel centres');
    return { kind: plain };
  }
  if (!options || kind === undefined)
    throw new Error(`operator ${kind ?? 'of unknown kind'} without options`);
  const window2d = {
    padding: options.int8(0) === 0 ? 'same' : 'valid',
    stride: same(options.int32(1), options.int32(2)),
  } as const;
  switch (kind) {
    case 'CONV_2D':
    case 'DEPTHWISE_CONV_2D': {
      const depthwise = kind === 'DEPTHWISE_CONV_2D' ? 1 : 0;
      if (depthwise && options.int32(3) !== 1) throw new Error('depth multiplier other than 1');
      if (same(options.int32(4 + depthwise, 1), options.int32(5 + depthwise, 1)) !== 1)
        throw new Error(`dilation in ${kind}`);
      return { kind, ...window2d, activation: activationOf(options.int8(3 + depthwise), kind) };
    }
    case 'TRANSPOSE_CONV':
      if (options.int8(3) !== 0) throw new Error(`fused activation in ${kind}`);
      return { kind, ...window2d };
    case 'MAX_POOL_2D':
    case 'AVERAGE_POOL_2D':
      if (options.int8(5) !== 0) throw new Error(`fused activation in ${kind}`);
      return { kind, ...window2d, window: same(options.int32(3), options.int32(4)) };
    case 'RESIZE_BILINEAR':
      if (options.int8(2) !== 0 || options.int8(3) !== 1)
        throw new Error('RESIZE_BILINEAR without half-pixel centres');
      return { kind, halfPixelCentres: true };
    default:
      throw new Error(`operator ${kind} is not known to this converter`);
  }
}

/** enum ActivationFunctionType. */
function activationOf(code: number, kind: string): Activation {
  if (code === 0) return 'none';
  if (code === 1) return 'relu';
  throw new Error(`activation ${code} in ${kind} is not known to this converter`);
}

function constantOf(bytes: Uint8Array, type: number, name: string): Float32Array | Int32Array {
  if (type === FLOAT16) return halfBytesToFloats(bytes);
  const copy = bytes.slice().buffer;
  if (type === FLOAT32) return new Float32Array(copy);
  if (type === INT32) return new Int32Array(copy);
  throw new Error(`constant ${name} has element type ${type}, known are fp32, fp16 and int32`);
}

function single<T>(list: readonly T[], what: string): T {
  if (list.length !== 1) throw new Error(`expected one ${what}, found ${list.length}`);
  return list[0]!;
}

function same(a: number, b: number): number {
  if (a !== b) throw new Error(`different values for the two axes: ${a} and ${b}`);
  return a;
}

/** A flatbuffer table read by field number; absent fields give the schema's default. */
class Table {
  constructor(
    private readonly buffer: ByteBuffer,
    private readonly position: number,
  ) {}

  int8(field: number): number {
    const at = this.at(field);
    return at ? this.buffer.readInt8(at) : 0;
  }

  int32(field: number, absent = 0): number {
    const at = this.at(field);
    return at ? this.buffer.readInt32(at) : absent;
  }

  float32(field: number): number {
    const at = this.at(field);
    return at ? this.buffer.readFloat32(at) : 0;
  }

  int32s(field: number): number[] {
    return this.vector(field, 4).map((at) => this.buffer.readInt32(at));
  }

  string(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  bytes(field: number): Uint8Array {
    const at = this.at(field);
    if (!at) return new Uint8Array();
    const start = this.buffer.__vector(at);
    return this.buffer.bytes().subarray(start, start + this.buffer.__vector_len(at));
  }

  table(field: number): Table | undefined {
    const at = this.at(field);
    return at ? new Table(this.buffer, this.buffer.__indirect(at)) : undefined;
  }

  tables(field: number): Table[] {
    return this.vector(field, 4).map((at) => new Table(this.buffer, this.buffer.__indirect(at)));
  }

  private vector(field: number, size: number): number[] {
    const at = this.at(field);
    if (!at) return [];
    const start = this.buffer.__vector(at);
    return Array.from({ length: this.buffer.__vector_len(at) }, (_, i) => start + i * size);
  }

  /** Where the field's value lies, or 0 when the file leaves it out. */
  private at(field: number): number {
    const offset = this.buffer.__offset(this.position, 4 + 2 * field);
    return offset ? this.position + offset : 0;
  }
}
