/**
 * The face brought to the size and place of ISO/IEC 29794-5's reference software: a similarity of five points into
 * 616×616 pixels, in which the eyes are 113 px apart. Measures that depend on scale are taken here.
 * Refuses to be output: it is only ever measured.
 */
import { contour, type FaceGeometry } from '../face/face-geometry';
import { type Landmarks } from '../face/face-mesh';
import { MOUTH_CORNERS, NOSE_TIP } from '../face/landmark-indices';
import { createImage, type RgbaImage } from '../image/rgba-image';
import { type Point } from './polygon';

export const ALIGNED_SIZE = 616;

/** Right eye, left eye (as seen: left, right of the picture), nose tip, mouth corners. OFIQ's alignment points. */
const TARGETS: readonly Point[] = [
  { x: 251, y: 272 },
  { x: 364, y: 272 },
  { x: 308, y: 336 },
  { x: 262, y: 402 },
  { x: 355, y: 402 },
];

/** Source = (a·x − b·y + tx, b·x + a·y + ty) for an aligned pixel (x, y). */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/** Least-squares similarity from the aligned picture to the five points of a face in the source. */
export function alignmentOf(landmarks: Landmarks, { leftEye, rightEye }: FaceGeometry): Similarity {
  const points = [
    leftEye,
    rightEye,
    ...contour(landmarks, [NOSE_TIP, MOUTH_CORNERS.left, MOUTH_CORNERS.right]),
  ];
  const n = TARGETS.length;
  const from = mean(TARGETS);
  const to = mean(points);
  let dot = 0;
  let cross = 0;
  let norm = 0;
  for (let i = 0; i < n; i++) {
    const px = TARGETS[i]!.x - from.x;
    const py = TARGETS[i]!.y - from.y;
    const qx = points[i]!.x - to.x;
    const qy = points[i]!.y - to.y;
    dot += px * qx + py * qy;
    cross += px * qy - py * qx;
    norm += px * px + py * py;
  }
  const a = dot / norm;
  const b = cross / norm;
  return { a, b, tx: to.x - a * from.x + b * from.y, ty: to.y - b * from.x - a * from.y };
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((total, point) => ({ x: total.x + point.x, y: total.y + point.y }), {
    x: 0,
    y: 0,
  });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** The aligned position of a source point. */
export function toAligned({ a, b, tx, ty }: Similarity, point: Point): Point {
  const x = point.x - tx;
  const y = point.y - ty;
  const norm = a * a + b * b;
  return { x: (a * x + b * y) / norm, y: (a * y - b * x) / norm };
}

/** A part of the aligned picture: whole pixels, the far edges not included. */
export interface AlignedArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest area around these aligned points, with a border, inside the aligned picture. */
export function areaAround(points: readonly Point[], border: number): AlignedArea {
  const within = (value: number) => Math.min(Math.max(value, 0), ALIGNED_SIZE);
  const left = within(Math.floor(Math.min(...points.map(({ x }) => x))) - border);
  const top = within(Math.floor(Math.min(...points.map(({ y }) => y))) - border);
  const right = within(Math.ceil(Math.max(...points.map(({ x }) => x))) + border);
  const bottom = within(Math.ceil(Math.max(...points.map(({ y }) => y))) + border);
  return { left, top, width: right - left, height: bottom - top };
}

/**
 * Grey values (0..255, gamma-coded luma) of a part of the aligned face. Where the source has more pixels than needed,
 * each aligned pixel is the mean of the source pixels under it, so that scale does not look like sharpness.
 */
export function alignedGrey(image: RgbaImage, similarity: Similarity, area: AlignedArea): Float32Array {
  const samples = Math.max(1, Math.min(4, Math.round(Math.hypot(similarity.a, similarity.b))));
  const source = greyUnder(image, similarity, area);
  const grey = new Float32Array(area.width * area.height);
  for (let y = 0; y < area.height; y++) {
    const row = grey.subarray(y * area.width, (y + 1) * area.width);
    alignRow(source, similarity, area.left, area.top + y, samples, row);
  }
  return grey;
}

/** One row of aligned values from a column on, each the mean of samples × samples places of the source. */
function alignRow(
  source: SourceGrey,
  { a, b, tx, ty }: Similarity,
  left: number,
  y: number,
  samples: number,
  into: Float32Array,
): void {
  for (let x = 0; x < into.length; x++) {
    let sum = 0;
    for (let j = 0; j < samples; j++) {
      const v = y + (j + 0.5) / samples - 0.5;
      for (let i = 0; i < samples; i++) {
        const u = left + x + (i + 0.5) / samples - 0.5;
        sum += greyAt(source, a * u - b * v + tx, b * u + a * v + ty);
      }
    }
    into[x] = sum / (samples * samples);
  }
}

/** Grey values of a part of a picture, so that each pixel is weighed once and not for each of its neighbours. */
interface SourceGrey {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** The pixels that the area's samples can fall on; those nearest to it where it lies outside the picture. */
function greyUnder(
  { width, height, data }: RgbaImage,
  similarity: Similarity,
  area: AlignedArea,
): SourceGrey {
  const { a, b, tx, ty } = similarity;
  const us = [area.left - 1, area.left + area.width];
  const vs = [area.top - 1, area.top + area.height];
  const corners = us.flatMap((u) => vs.map((v) => ({ x: a * u - b * v + tx, y: b * u + a * v + ty })));
  const within = (value: number, length: number) => Math.min(Math.max(Math.floor(value), 0), length - 1);
  const left = within(Math.min(...corners.map(({ x }) => x)), width);
  const right = within(Math.max(...corners.map(({ x }) => x)) + 1, width);
  const top = within(Math.min(...corners.map(({ y }) => y)), height);
  const bottom = within(Math.max(...corners.map(({ y }) => y)) + 1, height);
  const part = { left, top, width: right - left + 1, height: bottom - top + 1 };
  const values = new Float32Array(part.width * part.height);
  for (let y = 0; y < part.height; y++) {
    const row = values.subarray(y * part.width, (y + 1) * part.width);
    greyRow(data, ((top + y) * width + left) * 4, row);
  }
  return { left, top, width: part.width, height: part.height, values };
}

/** The grey values of pixels in a row, from a byte of the picture on. */
function greyRow(data: Uint8ClampedArray, offset: number, into: Float32Array): void {
  for (let x = 0; x < into.length; x++) into[x] = luma(data, offset + x * 4);
}

/** Bilinear luma at a place of the whole picture; outside the part the nearest edge pixel. */
function greyAt({ left, top, width, height, values }: SourceGrey, x: number, y: number): number {
  const cx = Math.min(Math.max(x - left, 0), width - 1);
  const cy = Math.min(Math.max(y - top, 0), height - 1);
  const x0 = Math.floor(cx);
  const y0 = Math.floor(cy);
  const right = x0 < width - 1 ? 1 : 0;
  const below = y0 < height - 1 ? width : 0;
  const fx = cx - x0;
  const fy = cy - y0;
  const at = y0 * width + x0;
  const upper = values[at]! * (1 - fx) + values[at + right]! * fx;
  const lower = values[at + below]! * (1 - fx) + values[at + below + right]! * fx;
  return upper * (1 - fy) + lower * fy;
}

// ITU-R BT.601 luma, the usual grey of OpenCV on which the start values were measured.
function luma(data: Uint8ClampedArray, offset: number): number {
  return 0.299 * data[offset]! + 0.587 * data[offset + 1]! + 0.114 * data[offset + 2]!;
}

/** The aligned face in colour, bilinear as the reference software warps it. */
export function alignedPicture(image: RgbaImage, { a, b, tx, ty }: Similarity): RgbaImage {
  const aligned = createImage(ALIGNED_SIZE, ALIGNED_SIZE);
  for (let y = 0, at = 0; y < ALIGNED_SIZE; y++) {
    for (let x = 0; x < ALIGNED_SIZE; x++, at += 4) {
      // Landmarks count from the corner of the first pixel, samples from its middle.
      const sourceX = Math.min(Math.max(a * x - b * y + tx - 0.5, 0), image.width - 1);
      const sourceY = Math.min(Math.max(b * x + a * y + ty - 0.5, 0), image.height - 1);
      for (let channel = 0; channel < 3; channel++) {
        aligned.data[at + channel] = channelAt(image, sourceX, sourceY, channel);
      }
      aligned.data[at + 3] = 255;
    }
  }
  return aligned;
}

function channelAt({ width, height, data }: RgbaImage, x: number, y: number, channel: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const x1 = Math.min(x0 + 1, width - 1);
  const y1 = Math.min(y0 + 1, height - 1);
  const at = (column: number, row: number) => data[(row * width + column) * 4 + channel]!;
  const top = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * (x - x0);
  const bottom = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * (x - x0);
  return top + (bottom - top) * (y - y0);
}
