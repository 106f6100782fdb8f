/**
 * Cuts a turned rectangle out of a picture into the planes a model reads. What lies outside the picture
 * is either black or the nearest edge pixel, as the model was trained. Bilinear, from the level of the
 * pyramid whose pixels are at most twice as fine as needed.
 */
import { type PlanarPicture } from './model-runtime';
import { type RgbaImage } from '../image/rgba-image';
import { type PicturePyramid } from './picture-pyramid';

/** A rectangle in pixels of the full picture, where (0, 0) is the corner of the first pixel. */
export interface Region {
  readonly centreX: number;
  readonly centreY: number;
  readonly width: number;
  readonly height: number;
  /** Clockwise in the picture, radians. */
  readonly rotation: number;
}

export interface Sampling {
  /** Size of the result. */
  readonly width: number;
  readonly height: number;
  /** Value of black and of white, e.g. 0 and 1. */
  readonly black: number;
  readonly white: number;
  readonly outside: 'black' | 'edge';
}

export function sampleRegion(picture: PicturePyramid, region: Region, target: Sampling): PlanarPicture {
  const density = Math.max(target.width / region.width, target.height / region.height);
  const { image, scale } = picture.level(density);
  const lattice = latticeOf(region, scale, target);
  const planes = new Float32Array(3 * target.width * target.height);
  for (let row = 0; row < target.height; row++) {
    sampleRow(image, lattice, row, target, planes);
  }
  return { planes, width: target.width, height: target.height };
}

/** Where the samples lie, in pixels of the picture's level, counted from the middle of its first pixel. */
interface Lattice {
  readonly firstX: number;
  readonly firstY: number;
  /** From one sample of a row to the next. */
  readonly columnX: number;
  readonly columnY: number;
  /** From one row to the next. */
  readonly rowX: number;
  readonly rowY: number;
}

function latticeOf(
  { centreX, centreY, width, height, rotation }: Region,
  scale: number,
  target: Sampling,
): Lattice {
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  const stepX = (width * scale) / target.width;
  const stepY = (height * scale) / target.height;
  const [columnX, columnY, rowX, rowY] = [stepX * cos, stepX * sin, -stepY * sin, stepY * cos];
  const [right, down] = [target.width / 2 - 0.5, target.height / 2 - 0.5];
  return {
    firstX: centreX * scale - 0.5 - columnX * right - rowX * down,
    firstY: centreY * scale - 0.5 - columnY * right - rowY * down,
    columnX,
    columnY,
    rowX,
    rowY,
  };
}

/** One row of all three planes. */
function sampleRow(
  { width, height, data }: RgbaImage,
  { firstX, firstY, columnX, columnY, rowX, rowY }: Lattice,
  row: number,
  target: Sampling,
  planes: Float32Array,
): void {
  const { black, outside } = target;
  const gain = (target.white - black) / 255;
  const area = target.width * target.height;
  const [lastX, lastY] = [width - 1, height - 1];
  for (let column = 0, at = row * target.width; column < target.width; column++, at++) {
    const x = firstX + column * columnX + row * rowX;
    const y = firstY + column * columnY + row * rowY;
    if (outside === 'black' && (x < -0.5 || y < -0.5 || x > lastX + 0.5 || y > lastY + 0.5)) {
      planes[at] = planes[at + area] = planes[at + 2 * area] = black;
      continue;
    }
    const insideX = x < 0 ? 0 : x > lastX ? lastX : x;
    const insideY = y < 0 ? 0 : y > lastY ? lastY : y;
    const left = insideX | 0;
    const top = insideY | 0;
    const shareX = insideX - left;
    const shareY = insideY - top;
    const topLeft = (top * width + left) * 4;
    const right = left < lastX ? 4 : 0;
    const below = top < lastY ? width * 4 : 0;
    const weight4 = shareX * shareY;
    const weight3 = shareY - weight4;
    const weight2 = shareX - weight4;
    const weight1 = 1 - shareX - weight3;
    const topRight = topLeft + right;
    const bottomLeft = topLeft + below;
    const bottomRight = bottomLeft + right;
    planes[at] =
      black +
      gain *
        (weight1 * data[topLeft]! +
          weight2 * data[topRight]! +
          weight3 * data[bottomLeft]! +
          weight4 * data[bottomRight]!);
    planes[at + area] =
      black +
      gain *
        (weight1 * data[topLeft + 1]! +
          weight2 * data[topRight + 1]! +
          weight3 * data[bottomLeft + 1]! +
          weight4 * data[bottomRight + 1]!);
    planes[at + 2 * area] =
      black +
      gain *
        (weight1 * data[topLeft + 2]! +
          weight2 * data[topRight + 2]! +
          weight3 * data[bottomLeft + 2]! +
          weight4 * data[bottomRight + 2]!);
  }
}

/** The same picture with left and right exchanged. */
export function mirrored({ planes, width, height }: PlanarPicture): PlanarPicture {
  const turned = planes.slice();
  for (let row = 0; row < turned.length; row += width) turned.subarray(row, row + width).reverse();
  return { planes: turned, width, height };
}

/** A point of the region's own frame (0 … 1 from edge to edge) in pixels of the full picture. */
export function pointOfRegion(region: Region, x: number, y: number): { x: number; y: number } {
  const [cos, sin] = [Math.cos(region.rotation), Math.sin(region.rotation)];
  const [alongX, alongY] = [(x - 0.5) * region.width, (y - 0.5) * region.height];
  return { x: region.centreX + alongX * cos - alongY * sin, y: region.centreY + alongX * sin + alongY * cos };
}
