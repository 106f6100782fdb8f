/**
 * A small builder for ONNX graphs: nodes, constants, inputs, outputs, and the file's bytes. Field
 * numbers are those of onnx/onnx.proto3 (ONNX 1.11, IR version 8). It writes only the standard operator
 * set, so that one file serves onnxruntime-web, onnxruntime-node and the phone's own runtime.
 */
import { type EightBitRows } from './eight-bit-rows';
import { littleEndianFloats, littleEndianInt64s, MessageWriter } from '../../protobuf/protobuf-wire';

/** Opset 16 is the first with GridSample, and what every runtime in question understands. */
export const ONNX_OPSET = 16;
const IR_VERSION = 8;
const FLOAT = 1;
const INT8 = 3;
const INT64 = 7;

/** Whole numbers become INT attributes; fractional ones are wrapped as `{ float }` to be explicit. */
export type AttributeValue = number | readonly number[] | string | { readonly float: number };

export class OnnxGraph {
  private readonly nodes: MessageWriter[] = [];
  /** Nodes that read constants alone. */
  private readonly widenings: MessageWriter[] = [];
  private readonly initializers: MessageWriter[] = [];
  private readonly graphInputs: MessageWriter[] = [];
  private readonly graphOutputs: MessageWriter[] = [];
  private readonly constants = new Map<string, string>();
  private counter = 0;

  constructor(private readonly name: string) {}

  input(name: string, shape: readonly number[]): string {
    this.graphInputs.push(valueInfo(name, shape));
    return name;
  }

  output(name: string, shape: readonly number[]): void {
    this.graphOutputs.push(valueInfo(name, shape));
  }

  /** A constant fp32 tensor; equal constants are stored once. */
  floats(values: ArrayLike<number>, shape: readonly number[]): string {
    return this.constant(FLOAT, littleEndianFloats(values), shape);
  }

  /** A constant int64 tensor (shapes, axes, indices). */
  integers(values: readonly number[]): string {
    return this.constant(INT64, littleEndianInt64s(values), [values.length]);
  }

  /** Numbers kept in eight bits and read as fp32: the constants and the node between them. `shape` begins with the rows. */
  fromEightBits({ levels, steps }: EightBitRows, shape: readonly number[]): string {
    const bytes = new Uint8Array(levels.buffer, levels.byteOffset, levels.length);
    const stored = this.constant(INT8, bytes, shape);
    const widened = `widened_${stored}`;
    const read = [stored, this.floats(steps, [steps.length])];
    this.widenings.push(nodeOf('DequantizeLinear', read, { axis: 0 }, widened));
    return widened;
  }

  /** Adds a node with one output and gives the output's name. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
    output = `${operator}_${++this.counter}`,
  ): string {
    this.nodes.push(nodeOf(operator, inputs, attributes, output));
    return output;
  }

  /** The .onnx file. */
  serialise(producer: string): Uint8Array {
    const graph = new MessageWriter();
    // ONNX Runtime computes, of what a node reads, that which was written last first: widened weights that stand in
    // front of all else are widened just before they are read, and not all at the start (seen in its profile, 1.30, 2026-11).
    for (const node of [...this.widenings, ...this.nodes]) graph.message(1, node);
    graph.string(2, this.name);
    for (const initializer of this.initializers) graph.message(5, initializer);
    for (const input of this.graphInputs) graph.message(11, input);
    for (const output of this.graphOutputs) graph.message(12, output);
    return new MessageWriter()
      .integer(1, IR_VERSION)
      .string(2, producer)
      .message(7, graph)
      .message(8, new MessageWriter().string(1, '').integer(2, ONNX_OPSET))
      .finish();
  }

  private constant(type: number, raw: Uint8Array, shape: readonly number[]): string {
    const key = `${type}:${shape.join('×')}:${Buffer.from(raw).toString('latin1')}`;
    const known = this.constants.get(key);
    if (known) return known;
    const name = `constant_${this.constants.size + 1}`;
    const tensor = new MessageWriter();
    if (shape.length > 0) tensor.integers(1, shape);
    this.initializers.push(tensor.integer(2, type).string(8, name).bytes(9, raw));
    this.constants.set(key, name);
    return name;
  }
}

function nodeOf(
  operator: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>>,
  output: string,
): MessageWriter {
  const node = new MessageWriter();
  for (const input of inputs) node.string(1, input);
  node.string(2, output).string(3, output).string(4, operator);
  for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
  return node;
}

/** enum AttributeProto.AttributeType. */
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_INTS = 7;

function attribute(name: string, value: AttributeValue): MessageWriter {
  const message = new MessageWriter().string(1, name);
  if (typeof value === 'number') return message.integer(3, value).integer(20, ATTRIBUTE_INT);
  if (typeof value === 'string') return message.string(4, value).integer(20, ATTRIBUTE_STRING);
  if ('float' in value) return message.float(2, value.float).integer(20, ATTRIBUTE_FLOAT);
  return message.integers(8, value).integer(20, ATTRIBUTE_INTS);
}

function valueInfo(name: string, shape: readonly number[]): MessageWriter {
  const dimensions = new MessageWriter();
  for (const size of shape) {
    const dimension = new MessageWriter();
    dimensions.message(1, dimension.integer(1, size));
  }
  const tensor = new MessageWriter().integer(1, FLOAT).message(2, dimensions);
  return new MessageWriter().string(1, name).message(2, new MessageWriter().message(1, tensor));
}
