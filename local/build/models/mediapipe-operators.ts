/**
 * MediaPipe's own TensorFlow Lite operators in standard ONNX operators. The meaning of each was taken
 * from its kernel in google-ai-edge/mediapipe, mediapipe/util/tflite/operations/ (version 2 of the three
 * transform operators, read 2026-11); the comments state it as formulas. Points are rows, so a
 * transformation is applied from the right. Refuses three-dimensional landmarks, which no model here has.
 */
import { toObject } from 'flatbuffers/js/flexbuffers';
import { type OnnxGraph } from './onnx-graph';

/** Options of Landmarks2TransformMatrix, stored in the model as a flexbuffer map. */
export interface TransformMatrixOptions {
  readonly leftRotationIndex: number;
  readonly rightRotationIndex: number;
  readonly outputWidth: number;
  readonly outputHeight: number;
  readonly scaleX: number;
  readonly scaleY: number;
  /** Landmarks whose box, grown by the scale, is cut out. */
  readonly subset: readonly number[];
}

export function readTransformMatrixOptions(bytes: Uint8Array): TransformMatrixOptions {
  const map = flexbufferMap(bytes);
  const subset = map.subset_idxs;
  if (!Array.isArray(subset)) throw new Error('Landmarks2TransformMatrix without subset_idxs');
  // The flexbuffer reader gives null for a stored 0.0; every model here aims at an upright crop.
  if ((map.target_rotation_radians ?? 0) !== 0)
    throw new Error('only upright crops are known to this converter');
  return {
    leftRotationIndex: numberIn(map, 'left_rotation_idx'),
    rightRotationIndex: numberIn(map, 'right_rotation_idx'),
    outputWidth: numberIn(map, 'output_width'),
    outputHeight: numberIn(map, 'output_height'),
    scaleX: numberIn(map, 'scale_x'),
    scaleY: numberIn(map, 'scale_y'),
    subset: subset.map(Number),
  };
}

/**
 * Landmarks2TransformMatrix: [1, n, 3] landmarks → [1, 4, 4] matrix that maps a pixel of the crop to the
 * landmarks' picture: shift(centre) · rotate(−r) · scale(size · factor / output) · shift(−output / 2),
 * where r turns the line from the left to the right rotation landmark level, and size and centre are
 * those of the subset's bounding box in the levelled frame.
 */
export function landmarksToTransformMatrix(
  graph: OnnxGraph,
  landmarks: string,
  options: TransformMatrixOptions,
): string {
  const pick = (indices: readonly number[]): string => {
    const chosen = graph.node('Gather', [landmarks, graph.integers(indices)], { axis: 1 });
    const flat = graph.node('Reshape', [chosen, graph.integers([indices.length, 3])]);
    return graph.node('Slice', [flat, graph.integers([0]), graph.integers([2]), graph.integers([1])]);
  };
  // With d = (right − left) / |right − left|, levelling multiplies rows by [[dx, −dy], [dy, dx]].
  const eyeLine = graph.node('Sub', [pick([options.rightRotationIndex]), pick([options.leftRotationIndex])]);
  const direction = graph.node('Div', [
    eyeLine,
    graph.node('ReduceL2', [eyeLine], { axes: [1], keepdims: 1 }),
  ]);
  const normal = graph.node('MatMul', [direction, graph.floats([0, 1, -1, 0], [2, 2])]); // (−dy, dx)
  const unlevel = graph.node('Concat', [direction, normal], { axis: 0 });
  const level = graph.node('Transpose', [unlevel], { perm: [1, 0] });

  const levelled = graph.node('MatMul', [pick(options.subset), level]);
  const largest = graph.node('ReduceMax', [levelled], { axes: [0], keepdims: 1 });
  const smallest = graph.node('ReduceMin', [levelled], { axes: [0], keepdims: 1 });
  const middle = graph.node('Mul', [graph.node('Add', [largest, smallest]), graph.floats([0.5], [1])]);
  const centre = graph.node('MatMul', [middle, unlevel]);
  const factors = [options.scaleX / options.outputWidth, options.scaleY / options.outputHeight];
  const scale = graph.node('Mul', [graph.node('Sub', [largest, smallest]), graph.floats(factors, [1, 2])]);

  // Rows of `linear` are the images of the crop's unit vectors; the matrix holds them as columns.
  const linear = graph.node('Mul', [graph.node('Reshape', [scale, graph.integers([2, 1])]), unlevel]);
  const half = graph.floats([options.outputWidth / 2, options.outputHeight / 2], [1, 2]);
  const origin = graph.node('Sub', [centre, graph.node('MatMul', [half, linear])]);
  const upper = graph.node(
    'Concat',
    [
      graph.node('Transpose', [linear], { perm: [1, 0] }),
      graph.floats([0, 0], [2, 1]),
      graph.node('Transpose', [origin], { perm: [1, 0] }),
    ],
    { axis: 1 },
  );
  const matrix = graph.node('Concat', [upper, graph.floats([0, 0, 1, 0, 0, 0, 0, 1], [2, 4])], { axis: 0 });
  return graph.node('Reshape', [matrix, graph.integers([1, 4, 4])]);
}

/** Rows (x, y, 0, 1) through the first two rows of the matrix → [n, 2]. */
function transformRows(graph: OnnxGraph, rows: string, matrix: string): string {
  const flat = graph.node('Reshape', [matrix, graph.integers([4, 4])]);
  const columns = graph.node('Transpose', [flat], { perm: [1, 0] });
  const firstTwo = graph.node('Slice', [
    columns,
    graph.integers([0]),
    graph.integers([2]),
    graph.integers([1]),
  ]);
  return graph.node('MatMul', [rows, firstTwo]);
}

/**
 * TransformTensorBilinear: cuts an output of the given size out of [1, C, H, W]. Pixel (x, y) of the output
 * reads the input at matrix · (x + ½, y + ½) − ½, bilinearly; positions outside 0 … W−1, 0 … H−1 are zero.
 * `inputSize` is the (square) side of the input.
 */
export function transformTensorBilinear(
  graph: OnnxGraph,
  picture: string,
  matrix: string,
  options: Uint8Array,
  inputSize: number,
): string {
  const map = flexbufferMap(options);
  const [width, height] = [numberIn(map, 'output_width'), numberIn(map, 'output_height')];
  const centres: number[] = [];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) centres.push(x + 0.5, y + 0.5, 0, 1);
  const positions = transformRows(graph, graph.floats(centres, [width * height, 4]), matrix);
  // GridSample's own frame: −1 … 1 from edge to edge (align_corners 0).
  const scaled = graph.node('Mul', [positions, graph.floats([2 / inputSize], [1])]);
  const normalised = graph.node('Sub', [scaled, graph.floats([1], [1])]);
  // GridSample fades to zero over the outermost half pixel, MediaPipe cuts there: move what lies
  // outside far away, where both read zero.
  const reach = graph.node('ReduceMax', [graph.node('Abs', [normalised])], { axes: [1], keepdims: 1 });
  const outside = graph.node('Greater', [reach, graph.floats([(inputSize - 1) / inputSize + 1e-6], [1])]);
  const positionsInside = graph.node('Where', [outside, graph.floats([-4], [1]), normalised]);
  const grid = graph.node('Reshape', [positionsInside, graph.integers([1, height, width, 2])]);
  return graph.node('GridSample', [picture, grid], {
    mode: 'bilinear',
    padding_mode: 'zeros',
    align_corners: 0,
  });
}

/** TransformLandmarks: [1, n, 2] landmarks through the first two rows of the matrix. */
export function transformLandmarks(
  graph: OnnxGraph,
  landmarks: string,
  matrix: string,
  count: number,
): string {
  const tail = graph.floats(
    Array.from({ length: count * 2 }, (_, i) => i % 2),
    [count, 2],
  );
  const flat = graph.node('Reshape', [landmarks, graph.integers([count, 2])]);
  const rows = graph.node('Concat', [flat, tail], { axis: 1 });
  return transformRows(graph, rows, matrix);
}

function flexbufferMap(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const value = toObject(bytes.slice().buffer);
  if (typeof value !== 'object' || value === null) throw new Error('operator options are no flexbuffer map');
  return { ...value };
}

function numberIn(map: Readonly<Record<string, unknown>>, key: string): number {
  const value = map[key];
  if (typeof value !== 'number') throw new Error(`operator option ${key} is missing`);
  return value;
}
