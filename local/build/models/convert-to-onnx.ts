/**
 * Turns a TensorFlow Lite graph into ONNX with the same numbers (or, where a recipe says so, with rounded
 * weights). Pictures change from rows of pixels (NHWC) to planes (NCHW), which is what ONNX Runtime's kernels
 * want; a Transpose is left only where the original itself transposes a picture or folds it into another
 * shape. Only what the asked outputs need is kept. It refuses reshapes from pictures to anything else.
 */
import { eightBitRows } from './eight-bit-rows';
import { foldEnlargements } from './fold-enlargements';
import {
  landmarksToTransformMatrix,
  readTransformMatrixOptions,
  transformLandmarks,
  transformTensorBilinear,
} from './mediapipe-operators';
import { OnnxGraph } from './onnx-graph';
import { splitExpansions } from './split-expansions';
import {
  type Activation,
  floatsOf,
  type Padding,
  type TfliteModel,
  type TfliteOperator,
  type TfliteTensor,
} from './tflite-model';

export interface ModelRecipe {
  /** Name of the file and of the graph. */
  readonly name: string;
  /** Asked outputs: tensor name in the TensorFlow Lite file → name and shape in the ONNX file. */
  readonly outputs: readonly {
    readonly tensor: string;
    readonly name: string;
    readonly shape: readonly number[];
  }[];
  /** Whether the large weights are kept in eight bits, see eight-bit-rows.ts. */
  readonly eightBitWeights?: boolean;
  /** In numbers: expansions of more go through in parts, see split-expansions.ts. Never when left out. */
  readonly largestExpansion?: number;
}

/**
 * In numbers. All smaller weights of person-parts together are 0.3 MB, and the first layers, which all others read, are
 * among them: rounding these too doubles the difference on most pictures (twelve, 2026-11).
 */
const LARGE_TENSOR = 8192;

/** Name of the one input of every model: planes of red, green, blue. */
export const INPUT_NAME = 'picture';

export function convertToOnnx(model: TfliteModel, recipe: ModelRecipe): OnnxGraph {
  const { largestExpansion } = recipe;
  const folded = foldEnlargements(model);
  const fitted = largestExpansion === undefined ? folded : splitExpansions(folded, largestExpansion);
  return new Conversion(fitted, recipe).run();
}

class Conversion {
  private readonly graph: OnnxGraph;
  /** TensorFlow Lite tensor → name of the ONNX value that holds it (as planes when it is a picture). */
  private readonly names = new Map<number, string>();
  /** Tensors that still wait for an enlargement, with its target size: see `resize`. */
  private readonly pendingResize = new Map<number, number>();

  constructor(
    private readonly model: TfliteModel,
    private readonly recipe: ModelRecipe,
  ) {
    this.graph = new OnnxGraph(recipe.name);
  }

  run(): OnnxGraph {
    const [input] = this.model.inputs;
    const [, height, width, channels] = this.tensor(input!).shape;
    this.names.set(input!, this.graph.input(INPUT_NAME, [1, channels!, height!, width!]));
    const wanted = this.recipe.outputs.map((output) => this.tensorNamed(output.tensor));
    const needed = this.ancestors(wanted);
    for (const operator of this.model.operators) {
      if (operator.outputs.some((output) => needed.has(output)))
        this.names.set(operator.outputs[0]!, this.convert(operator));
    }
    this.recipe.outputs.forEach((output, i) => {
      this.graph.node('Reshape', [this.name(wanted[i]!), this.graph.integers(output.shape)], {}, output.name);
      this.graph.output(output.name, output.shape);
    });
    return this.graph;
  }

  /** Adds the nodes of one operator and gives the name of its result. */
  private convert(operator: TfliteOperator): string {
    const [first, second] = operator.inputs;
    switch (operator.kind) {
      case 'CONV_2D':
      case 'DEPTHWISE_CONV_2D':
        return this.convolve(operator);
      case 'MAX_POOL_2D':
      case 'AVERAGE_POOL_2D':
        return this.pool(operator);
      case 'RESIZE_BILINEAR':
        return this.resize(operator);
      case 'CUSTOM':
        return this.custom(operator);
      case 'ADD':
        return this.graph.node('Add', this.besideEachOther(operator));
      case 'MUL':
        return this.graph.node('Mul', this.besideEachOther(operator));
      case 'TRANSPOSE_CONV':
        return this.transposeConvolve(operator.inputs[2]!, operator.inputs[1]!, operator.inputs[3]!);
      case 'RESIZE_NEAREST_NEIGHBOR':
        return this.repeatPixels(operator);
      case 'SOFTMAX':
        // Along the last axis in TensorFlow Lite, which is the planes' axis here.
        return this.graph.node('Softmax', [this.name(first!)], { axis: 1 });
      case 'SUM':
        return this.graph.node(
          'ReduceSum',
          [this.name(first!), this.graph.integers(asPlaneAxes(this.tensor(second!)))],
          { keepdims: 1 },
        );
      case 'TRANSPOSE':
        return this.transpose(operator);
      case 'RELU':
        return this.graph.node('Relu', [this.name(first!)]);
      case 'HARD_SWISH':
        return this.graph.node('HardSwish', [this.name(first!)]);
      case 'LOGISTIC':
        return this.graph.node('Sigmoid', [this.name(first!)]);
      case 'PRELU': {
        const slope = floatsOf(this.tensor(second!));
        return this.graph.node('PRelu', [this.name(first!), this.graph.floats(slope, [slope.length, 1, 1])]);
      }
      case 'PAD':
        return this.graph.node('Pad', [
          this.name(first!),
          this.graph.integers(padsAsPlanes(this.tensor(second!))),
        ]);
      case 'RESHAPE':
        return this.reshape(operator);
      case 'STRIDED_SLICE':
        throw new Error('STRIDED_SLICE is only known where no output needs it');
    }
  }

  /** Operands of one size, or one that repeats: a constant vector beside a picture goes with the planes. */
  private besideEachOther({ inputs, outputs }: TfliteOperator): string[] {
    const pictures = this.tensor(outputs[0]!).shape.length === 4;
    return inputs.map((input) => {
      const { constant, shape } = this.tensor(input);
      return pictures && shape.length === 1 && constant instanceof Float32Array
        ? this.graph.floats(constant, [shape[0]!, 1, 1])
        : this.name(input);
    });
  }

  /** A picture's pixels are put in rows first and in planes afterwards: the order of its numbers matters. */
  private reshape({ inputs, outputs }: TfliteOperator): string {
    const from = this.tensor(inputs[0]!).shape;
    const to = this.tensor(outputs[0]!).shape;
    if (from.length === 4 && to.length === 4) {
      const rows = this.graph.node('Transpose', [this.name(inputs[0]!)], { perm: [0, 2, 3, 1] });
      const reshaped = this.graph.node('Reshape', [rows, this.graph.integers(to)]);
      return this.graph.node('Transpose', [reshaped], { perm: [0, 3, 1, 2] });
    }
    if (from.length === 4 && (from[1] !== 1 || from[2] !== 1)) {
      throw new Error('RESHAPE of a picture to something that is none depends on the layout');
    }
    return this.graph.node('Reshape', [
      this.name(inputs[0]!),
      this.graph.integers(this.tensor(outputs[0]!).shape),
    ]);
  }

  /** Swaps axes of a picture. */
  private transpose({ inputs }: TfliteOperator): string {
    const order = asPlaneAxes(this.tensor(inputs[1]!));
    // Entry i of `order` names what becomes axis i of the rows; the entries too are sorted by planes.
    return this.graph.node('Transpose', [this.name(inputs[0]!)], {
      perm: PLANE_AXES.map((axis) => order[axis]!),
    });
  }

  private convolve(
    operator: TfliteOperator & {
      readonly padding: Padding;
      readonly stride: number;
      readonly activation: Activation;
    },
  ): string {
    const [input, weights, bias] = operator.inputs.map((index) => this.tensor(index));
    const [outputs, height, width, inputs] = weights!.shape as [number, number, number, number];
    const depthwise = operator.kind === 'DEPTHWISE_CONV_2D';
    // TensorFlow Lite keeps [out, h, w, in], or [1, h, w, channel] when depthwise; ONNX [out, in / groups, h, w].
    const source = floatsOf(weights!);
    const count = depthwise ? inputs : outputs;
    const perGroup = depthwise ? 1 : inputs;
    const planes = new Float32Array(source.length);
    for (let o = 0, at = 0; o < count; o++) {
      for (let i = 0; i < perGroup; i++) {
        for (let p = 0; p < height * width; p++) {
          planes[at++] = depthwise ? source[p * inputs + o]! : source[(o * height * width + p) * inputs + i]!;
        }
      }
    }
    const [inputHeight, inputWidth] = [input!.shape[1]!, input!.shape[2]!];
    const vertical = padding(operator.padding, inputHeight, height, operator.stride);
    const horizontal = padding(operator.padding, inputWidth, width, operator.stride);
    const convolved = this.graph.node(
      'Conv',
      [
        this.name(operator.inputs[0]!, 'may wait'),
        this.weights(planes, [count, perGroup, height, width]),
        this.graph.floats(floatsOf(bias!), [count]),
      ],
      {
        kernel_shape: [height, width],
        pads: [vertical[0], horizontal[0], vertical[1], horizontal[1]],
        strides: [operator.stride, operator.stride],
        group: depthwise ? inputs : 1,
      },
    );
    const pending = this.pendingResize.get(operator.inputs[0]!);
    const result = pending === undefined ? convolved : this.enlarge(convolved, pending);
    return operator.activation === 'relu' ? this.graph.node('Relu', [result]) : result;
  }

  private pool(
    operator: TfliteOperator & {
      readonly padding: Padding;
      readonly stride: number;
      readonly window: number;
    },
  ): string {
    const [, height, width] = this.tensor(operator.inputs[0]!).shape;
    const input = this.name(operator.inputs[0]!);
    const { window, stride } = operator;
    if (operator.kind === 'AVERAGE_POOL_2D') {
      if (window !== height || window !== width) throw new Error('only global average pooling is known');
      return this.graph.node('GlobalAveragePool', [input]);
    }
    const [top, bottom] = padding(operator.padding, height!, window, stride);
    const [left, right] = padding(operator.padding, width!, window, stride);
    const attributes = {
      kernel_shape: [window, window],
      pads: [top, left, bottom, right],
      strides: [stride, stride],
    };
    return this.graph.node('MaxPool', [input], attributes);
  }

  /**
   * Bilinear enlargement and a 1×1 convolution commute (the weights of the interpolation add up to one),
   * so where only such a convolution reads the result, it runs first, on a quarter of the pixels.
   */
  private resize(operator: TfliteOperator): string {
    const [input] = operator.inputs;
    const [output] = operator.outputs;
    const factor = this.tensor(output!).shape[1]! / this.tensor(input!).shape[1]!;
    const readers = this.model.operators.filter((reader) => reader.inputs.includes(output!));
    const onlyPointwise = readers.every(
      (reader) =>
        reader.kind === 'CONV_2D' &&
        reader.stride === 1 &&
        this.tensor(reader.inputs[1]!)
          .shape.slice(1, 3)
          .every((side) => side === 1),
    );
    if (onlyPointwise) {
      this.pendingResize.set(output!, factor);
      return this.name(input!);
    }
    return this.enlarge(this.name(input!), factor);
  }

  private enlarge(input: string, factor: number): string {
    const scales = this.graph.floats([1, 1, factor, factor], [4]);
    return this.graph.node('Resize', [input, '', scales], {
      mode: 'linear',
      coordinate_transformation_mode: 'half_pixel',
    });
  }

  /** Doubling by repeating each pixel. */
  private repeatPixels({ inputs, outputs }: TfliteOperator): string {
    const factor = this.tensor(outputs[0]!).shape[1]! / this.tensor(inputs[0]!).shape[1]!;
    const scales = this.graph.floats([1, 1, factor, factor], [4]);
    return this.graph.node('Resize', [this.name(inputs[0]!), '', scales], {
      mode: 'nearest',
      nearest_mode: 'floor',
      coordinate_transformation_mode: 'asymmetric',
    });
  }

  private custom(operator: TfliteOperator & { readonly kind: 'CUSTOM' }): string {
    const [first, second] = operator.inputs;
    const { graph } = this;
    switch (operator.name) {
      case 'Landmarks2TransformMatrix':
        return landmarksToTransformMatrix(
          graph,
          this.name(first!),
          readTransformMatrixOptions(operator.options),
        );
      case 'TransformTensorBilinear': {
        const side = this.tensor(first!).shape[1]!;
        return transformTensorBilinear(graph, this.name(first!), this.name(second!), operator.options, side);
      }
      case 'TransformLandmarks': {
        const count = this.tensor(first!).shape[1]!;
        return transformLandmarks(graph, this.name(first!), this.name(second!), count);
      }
      case 'Convolution2DTransposeBias':
        return this.transposeConvolve(first!, second!, operator.inputs[2]!);
      default:
        throw new Error(`custom operator ${operator.name} is not known to this converter`);
    }
  }

  /**
   * A transposed convolution with a 2×2 kernel and stride 2 touches every output pixel once: a 1×1
   * convolution to four times the planes whose pixels are then interleaved. (ConvTranspose would scatter.)
   */
  private transposeConvolve(input: number, weights: number, bias: number): string {
    const [outputs, height, width, inputs] = this.tensor(weights).shape as [number, number, number, number];
    if (height !== 2 || width !== 2) throw new Error('only 2×2 transposed convolution is known');
    const planes = this.weights(floatsOf(this.tensor(weights)), [4 * outputs, inputs, 1, 1]);
    const offsets = [...floatsOf(this.tensor(bias))].flatMap((offset) => [offset, offset, offset, offset]);
    const four = this.graph.node(
      'Conv',
      [this.name(input), planes, this.graph.floats(offsets, [4 * outputs])],
      {
        kernel_shape: [1, 1],
      },
    );
    return this.graph.node('DepthToSpace', [four], { blocksize: 2, mode: 'CRD' });
  }

  private weights(values: Float32Array, shape: readonly [number, ...number[]]): string {
    return this.recipe.eightBitWeights && values.length >= LARGE_TENSOR
      ? this.graph.fromEightBits(eightBitRows(values, shape[0]), shape)
      : this.graph.floats(values, shape);
  }

  private name(index: number, enlargement: 'done' | 'may wait' = 'done'): string {
    if (enlargement === 'done' && this.pendingResize.has(index))
      throw new Error('read before its enlargement');
    const known = this.names.get(index);
    if (known !== undefined) return known;
    const { constant, shape, name } = this.tensor(index);
    if (!(constant instanceof Float32Array)) throw new Error(`tensor ${name} is read before it is computed`);
    return this.graph.floats(constant, shape);
  }

  private tensor(index: number): TfliteTensor {
    return this.model.tensors[index]!;
  }

  private tensorNamed(name: string): number {
    const index = this.model.tensors.findIndex((tensor) => tensor.name === name);
    if (index < 0) throw new Error(`the model has no tensor ${name}`);
    return index;
  }

  private ancestors(wanted: readonly number[]): Set<number> {
    const needed = new Set(wanted);
    for (const operator of [...this.model.operators].reverse()) {
      if (operator.outputs.some((output) => needed.has(output)))
        operator.inputs.forEach((input) => needed.add(input));
    }
    return needed;
  }
}

/** Where the axes of rows of pixels (picture, row, column, channel) lie in planes, and back. */
const PLANE_AXES = [0, 3, 1, 2];
const ROW_AXES = [0, 2, 3, 1];

/** Axes of rows of pixels, held in a constant, as axes of planes. */
function asPlaneAxes({ constant, name }: TfliteTensor): number[] {
  if (!(constant instanceof Int32Array)) throw new Error(`axes in ${name} are computed`);
  return [...constant].map((axis) => ROW_AXES[axis]!);
}

/** TensorFlow's "same" padding: as much after as before, the odd pixel after. */
function padding(kind: Padding, size: number, window: number, stride: number): [number, number] {
  if (kind === 'valid') return [0, 0];
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + window - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** Pairs of (before, after) per NHWC axis as ONNX's befores then afters per NCHW axis. */
function padsAsPlanes(paddings: TfliteTensor): number[] {
  if (!(paddings.constant instanceof Int32Array)) throw new Error('PAD with computed paddings');
  const pairs = paddings.constant;
  return [0, 1].flatMap((side) => [0, 3, 1, 2].map((axis) => pairs[2 * axis + side]!));
}
