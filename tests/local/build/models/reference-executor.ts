/**
 * A slow, plain executor of TensorFlow Lite graphs, only for tests: rows of pixels as the file has them,
 * one loop per operator, written from the operators' definitions and not from the converter. It proves
 * that the ONNX models compute the same numbers. It shares the file reader with the converter; that the
 * reader is right is proved by the values that MediaPipe itself computed (tests/fixtures/portraits).
 */
import { readTransformMatrixOptions } from '../../../../local/build/models/mediapipe-operators';
import {
  type Activation,
  type Padding,
  type TfliteModel,
  type TfliteOperator,
} from '../../../../local/build/models/tflite-model';

/** All tensors that were computed, by name. `input` is one picture, row by row, channels last. */
export function executeTflite(model: TfliteModel, input: Float32Array): Map<string, Float32Array> {
  const values = new Map<number, Float32Array>([[model.inputs[0]!, input]]);
  const shape = (index: number): readonly number[] => model.tensors[index]!.shape;
  const read = (index: number): Float32Array => {
    const value = values.get(index) ?? model.tensors[index]!.constant;
    if (!(value instanceof Float32Array)) throw new Error(`tensor ${index} has no value`);
    return value;
  };
  for (const operator of model.operators) {
    const output = operator.outputs[0]!;
    const result = new Float32Array(shape(output).reduce((product, size) => product * size, 1));
    execute(operator, {
      read,
      shape,
      constant: (index) => model.tensors[index]!.constant,
      result,
      resultShape: shape(output),
    });
    values.set(output, result);
  }
  return new Map([...values].map(([index, value]) => [model.tensors[index]!.name, value]));
}

interface Step {
  readonly read: (index: number) => Float32Array;
  readonly shape: (index: number) => readonly number[];
  readonly constant: (index: number) => Float32Array | Int32Array | undefined;
  readonly result: Float32Array;
  readonly resultShape: readonly number[];
}

function execute(operator: TfliteOperator, step: Step): void {
  const [first, second] = operator.inputs;
  const { result } = step;
  const each = (rule: (value: number, index: number) => number): void => {
    step.read(first!).forEach((value, i) => (result[i] = rule(value, i)));
  };
  switch (operator.kind) {
    case 'CONV_2D':
    case 'DEPTHWISE_CONV_2D':
      convolve(operator, step);
      return;
    case 'MAX_POOL_2D':
    case 'AVERAGE_POOL_2D':
      pool(operator, step);
      return;
    case 'ADD':
      broadcast(step, first!, second!, (a, b) => a + b);
      return;
    case 'MUL':
      broadcast(step, first!, second!, (a, b) => a * b);
      return;
    case 'RELU':
      each((value) => Math.max(0, value));
      return;
    case 'PRELU': {
      const slope = step.read(second!);
      each((value, i) => (value > 0 ? value : value * slope[i % slope.length]!));
      return;
    }
    case 'HARD_SWISH':
      each((value) => (value * Math.min(6, Math.max(0, value + 3))) / 6);
      return;
    case 'LOGISTIC':
      each((value) => 1 / (1 + Math.exp(-value)));
      return;
    case 'RESHAPE':
    case 'STRIDED_SLICE': // in these models it copies everything
      each((value) => value);
      return;
    case 'PAD':
      padChannels(step, first!, second!);
      return;
    case 'RESIZE_BILINEAR':
      resize(step, first!);
      return;
    case 'RESIZE_NEAREST_NEIGHBOR':
      resizeToNearest(step, first!);
      return;
    case 'SOFTMAX':
      softmax(step, first!);
      return;
    case 'SUM':
      sumAlong(step, first!, second!);
      return;
    case 'TRANSPOSE':
      transpose(step, first!, second!);
      return;
    case 'TRANSPOSE_CONV': {
      const [, weights, input, bias] = operator.inputs as [number, number, number, number];
      transposeConvolve(step, input, weights, bias, operator.stride);
      return;
    }
    case 'CUSTOM':
      custom(operator, step);
  }
}

function before(padding: Padding, size: number, window: number, stride: number): number {
  if (padding === 'valid') return 0;
  return Math.max(0, Math.floor(((Math.ceil(size / stride) - 1) * stride + window - size) / 2));
}

function convolve(
  operator: TfliteOperator & { padding: Padding; stride: number; activation: Activation },
  step: Step,
): void {
  const [inputIndex, weightIndex, biasIndex] = operator.inputs as [number, number, number];
  const [, height, width, channels] = step.shape(inputIndex) as [number, number, number, number];
  const [, windowHeight, windowWidth] = step.shape(weightIndex) as [number, number, number, number];
  const [, outHeight, outWidth, outChannels] = step.resultShape as [number, number, number, number];
  const [input, weights, bias] = [step.read(inputIndex), step.read(weightIndex), step.read(biasIndex)];
  const depthwise = operator.kind === 'DEPTHWISE_CONV_2D';
  const top = before(operator.padding, height, windowHeight, operator.stride);
  const left = before(operator.padding, width, windowWidth, operator.stride);
  for (let y = 0, at = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      for (let o = 0; o < outChannels; o++, at++) {
        let sum = bias[o]!;
        for (let wy = 0; wy < windowHeight; wy++) {
          const iy = y * operator.stride + wy - top;
          if (iy < 0 || iy >= height) continue;
          for (let wx = 0; wx < windowWidth; wx++) {
            const ix = x * operator.stride + wx - left;
            if (ix < 0 || ix >= width) continue;
            const pixel = (iy * width + ix) * channels;
            if (depthwise) sum += input[pixel + o]! * weights[(wy * windowWidth + wx) * channels + o]!;
            else {
              const weight = ((o * windowHeight + wy) * windowWidth + wx) * channels;
              for (let c = 0; c < channels; c++) sum += input[pixel + c]! * weights[weight + c]!;
            }
          }
        }
        step.result[at] = operator.activation === 'relu' ? Math.max(0, sum) : sum;
      }
    }
  }
}

function pool(
  operator: TfliteOperator & { padding: Padding; stride: number; window: number },
  step: Step,
): void {
  const [, height, width, channels] = step.shape(operator.inputs[0]!) as [number, number, number, number];
  const [, outHeight, outWidth] = step.resultShape as [number, number, number, number];
  const input = step.read(operator.inputs[0]!);
  const top = before(operator.padding, height, operator.window, operator.stride);
  const left = before(operator.padding, width, operator.window, operator.stride);
  for (let y = 0, at = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      for (let c = 0; c < channels; c++, at++) {
        const seen: number[] = [];
        for (let wy = 0; wy < operator.window; wy++) {
          for (let wx = 0; wx < operator.window; wx++) {
            const [iy, ix] = [y * operator.stride + wy - top, x * operator.stride + wx - left];
            if (iy >= 0 && iy < height && ix >= 0 && ix < width)
              seen.push(input[(iy * width + ix) * channels + c]!);
          }
        }
        step.result[at] =
          operator.kind === 'MAX_POOL_2D'
            ? Math.max(...seen.slice(0, 64))
            : seen.reduce((sum, value) => sum + value, 0) / seen.length;
      }
    }
  }
}

/** Axes are matched from the last one; where an operand has size 1 (or no such axis) it repeats. */
function broadcast(step: Step, a: number, b: number, rule: (a: number, b: number) => number): void {
  const [left, right] = [step.read(a), step.read(b)];
  const leftAt = positions(step.resultShape, stepsOf(step.shape(a), step.resultShape.length, 'repeating'));
  const rightAt = positions(step.resultShape, stepsOf(step.shape(b), step.resultShape.length, 'repeating'));
  for (let i = 0; i < step.result.length; i++) step.result[i] = rule(left[leftAt[i]!]!, right[rightAt[i]!]!);
}

/** How far apart neighbours along each axis lie, filled up with axes of size 1 in front to `rank` axes. */
function stepsOf(shape: readonly number[], rank: number, singles?: 'repeating'): number[] {
  const sizes = [...Array.from({ length: rank - shape.length }, () => 1), ...shape];
  return sizes.map((size, axis) =>
    singles && size === 1 ? 0 : sizes.slice(axis + 1).reduce((product, next) => product * next, 1),
  );
}

/** Where each element of a tensor of `shape`, taken in order, lies when axis i moves by steps[i]. */
function positions(shape: readonly number[], steps: readonly number[]): Int32Array {
  let all = Int32Array.of(0);
  shape.forEach((size, axis) => {
    const finer = new Int32Array(all.length * size);
    all.forEach((start, i) => {
      for (let k = 0; k < size; k++) finer[i * size + k] = start + k * steps[axis]!;
    });
    all = finer;
  });
  return all;
}

function axesIn(step: Step, index: number): number[] {
  const axes = step.constant(index);
  if (!axes) throw new Error('axes are computed');
  return [...axes];
}

/** Axis i of the result is axis order[i] of the input. */
function transpose(step: Step, inputIndex: number, orderIndex: number): void {
  const [input, shape] = [step.read(inputIndex), step.shape(inputIndex)];
  const steps = stepsOf(shape, shape.length);
  const at = positions(
    step.resultShape,
    axesIn(step, orderIndex).map((axis) => steps[axis]!),
  );
  at.forEach((position, i) => (step.result[i] = input[position]!));
}

/** The result keeps the summed axes with size 1. */
function sumAlong(step: Step, inputIndex: number, axesIndex: number): void {
  const shape = step.shape(inputIndex);
  const axes = axesIn(step, axesIndex);
  const kept = stepsOf(
    shape.map((size, axis) => (axes.includes(axis) ? 1 : size)),
    shape.length,
  ).map((size, axis) => (axes.includes(axis) ? 0 : size));
  const sums = new Float64Array(step.result.length);
  const at = positions(shape, kept);
  step.read(inputIndex).forEach((value, i) => (sums[at[i]!]! += value));
  step.result.set(sums);
}

/** Along the last axis: exp(value) over the sum of them. */
function softmax(step: Step, inputIndex: number): void {
  const input = step.read(inputIndex);
  const size = step.resultShape.at(-1)!;
  for (let start = 0; start < input.length; start += size) {
    const row = input.subarray(start, start + size);
    const largest = Math.max(...row);
    const powers = [...row].map((value) => Math.exp(value - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    powers.forEach((power, i) => (step.result[start + i] = power / sum));
  }
}

function padChannels(step: Step, input: number, paddings: number): void {
  const amounts = step.constant(paddings);
  if (!amounts || [...amounts.slice(0, 7)].some((amount) => amount !== 0))
    throw new Error('only channels at the end are padded');
  const channels = step.shape(input)[3]!;
  const padded = step.resultShape[3]!;
  step
    .read(input)
    .forEach((value, i) => (step.result[Math.floor(i / channels) * padded + (i % channels)] = value));
}

function resize(step: Step, inputIndex: number): void {
  const [, height, width, channels] = step.shape(inputIndex) as [number, number, number, number];
  const [, outHeight, outWidth] = step.resultShape as [number, number, number, number];
  const input = step.read(inputIndex);
  const at = (y: number, x: number, c: number): number =>
    input[
      (Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)) * channels + c
    ]!;
  for (let y = 0, out = 0; y < outHeight; y++) {
    const sy = Math.max(0, ((y + 0.5) * height) / outHeight - 0.5);
    for (let x = 0; x < outWidth; x++) {
      const sx = Math.max(0, ((x + 0.5) * width) / outWidth - 0.5);
      for (let c = 0; c < channels; c++, out++)
        step.result[out] = bilinear(sx, sy, (iy, ix) => at(iy, ix, c));
    }
  }
}

/** The pixel under the centre of each pixel of the result. */
function resizeToNearest(step: Step, inputIndex: number): void {
  const [, height, width, channels] = step.shape(inputIndex) as [number, number, number, number];
  const [, outHeight, outWidth] = step.resultShape as [number, number, number, number];
  const input = step.read(inputIndex);
  for (let y = 0, out = 0; y < outHeight; y++) {
    const iy = Math.min(height - 1, Math.floor(((y + 0.5) * height) / outHeight));
    for (let x = 0; x < outWidth; x++, out += channels) {
      const ix = Math.min(width - 1, Math.floor(((x + 0.5) * width) / outWidth));
      const pixel = (iy * width + ix) * channels;
      step.result.set(input.subarray(pixel, pixel + channels), out);
    }
  }
}

function bilinear(x: number, y: number, at: (y: number, x: number) => number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [shareX, shareY] = [x - left, y - top];
  const upper = at(top, left) * (1 - shareX) + at(top, left + 1) * shareX;
  const lower = at(top + 1, left) * (1 - shareX) + at(top + 1, left + 1) * shareX;
  return upper * (1 - shareY) + lower * shareY;
}

function custom(operator: TfliteOperator & { kind: 'CUSTOM' }, step: Step): void {
  const [first, second] = operator.inputs;
  switch (operator.name) {
    case 'Landmarks2TransformMatrix':
      step.result.set(transformMatrix(step.read(first!), operator.options));
      return;
    case 'TransformTensorBilinear':
      transformTensor(step, first!, step.read(second!));
      return;
    case 'TransformLandmarks': {
      const [points, m] = [step.read(first!), step.read(second!)];
      for (let i = 0; i < points.length; i += 2) {
        step.result[i] = m[0]! * points[i]! + m[1]! * points[i + 1]! + m[3]!;
        step.result[i + 1] = m[4]! * points[i]! + m[5]! * points[i + 1]! + m[7]!;
      }
      return;
    }
    case 'Convolution2DTransposeBias':
      // MediaPipe's own form, of which the models use one kernel: 2×2 at stride 2.
      transposeConvolve(step, first!, second!, operator.inputs[2]!, 2);
      return;
    default:
      throw new Error(operator.name);
  }
}

/** shift(centre) · rotate · scale · shift(−half output), as 4×4 row-major. */
function transformMatrix(points: Float32Array, options: Uint8Array): number[] {
  const o = readTransformMatrixOptions(options);
  const xy = (i: number): [number, number] => [points[3 * i]!, points[3 * i + 1]!];
  const [leftX, leftY] = xy(o.leftRotationIndex);
  const [rightX, rightY] = xy(o.rightRotationIndex);
  const angle = Math.atan2(rightY - leftY, rightX - leftX);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const level = o.subset.map(xy).map(([x, y]) => [x * cos + y * sin, -x * sin + y * cos] as const);
  const [xs, ys] = [level.map(([x]) => x), level.map(([, y]) => y)];
  const [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [midX, midY] = [(minX + maxX) / 2, (minY + maxY) / 2];
  const [scaleX, scaleY] = [
    ((maxX - minX) * o.scaleX) / o.outputWidth,
    ((maxY - minY) * o.scaleY) / o.outputHeight,
  ];
  const [a, b, c, d] = [cos * scaleX, -sin * scaleY, sin * scaleX, cos * scaleY];
  const tx = midX * cos - midY * sin - (a * o.outputWidth) / 2 - (b * o.outputHeight) / 2;
  const ty = midX * sin + midY * cos - (c * o.outputWidth) / 2 - (d * o.outputHeight) / 2;
  return [a, b, 0, tx, c, d, 0, ty, 0, 0, 1, 0, 0, 0, 0, 1];
}

function transformTensor(step: Step, inputIndex: number, m: Float32Array): void {
  const [, height, width, channels] = step.shape(inputIndex) as [number, number, number, number];
  const [, outHeight, outWidth] = step.resultShape as [number, number, number, number];
  const input = step.read(inputIndex);
  for (let y = 0, out = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const sx = m[0]! * (x + 0.5) + m[1]! * (y + 0.5) + m[3]! - 0.5;
      const sy = m[4]! * (x + 0.5) + m[5]! * (y + 0.5) + m[7]! - 0.5;
      const outside = sx < 0 || sx > width - 1 || sy < 0 || sy > height - 1;
      for (let c = 0; c < channels; c++, out++) {
        const at = (iy: number, ix: number): number =>
          iy < height && ix < width ? input[(iy * width + ix) * channels + c]! : 0;
        step.result[out] = outside ? 0 : bilinear(sx, sy, at);
      }
    }
  }
}

/** Every input pixel spreads over the window of output pixels that starts at its own position times the stride. */
function transposeConvolve(
  step: Step,
  inputIndex: number,
  weightIndex: number,
  biasIndex: number,
  stride: number,
): void {
  const [, height, width, channels] = step.shape(inputIndex) as [number, number, number, number];
  const [outputs, windowHeight, windowWidth] = step.shape(weightIndex) as [number, number, number, number];
  const [, outHeight, outWidth] = step.resultShape as [number, number, number, number];
  if (outHeight !== height * stride || windowHeight !== stride || windowWidth !== stride)
    throw new Error('windows that overlap or are padded');
  const [input, weights, bias] = [step.read(inputIndex), step.read(weightIndex), step.read(biasIndex)];
  for (let y = 0, at = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const pixel = (Math.floor(y / stride) * width + Math.floor(x / stride)) * channels;
      for (let o = 0; o < outputs; o++, at++) {
        const weight = ((o * windowHeight + (y % stride)) * windowWidth + (x % stride)) * channels;
        let sum = bias[o]!;
        for (let c = 0; c < channels; c++) sum += input[pixel + c]! * weights[weight + c]!;
        step.result[at] = sum;
      }
    }
  }
}
