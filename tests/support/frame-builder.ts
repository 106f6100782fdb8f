/**
 * Camera frames as RGBA bytes, painted as a lit figure before a wall where the outline asks the head to be.
 */
import { type Rectangle } from '../../miniprogram/shared/framing/overlay';

export interface FrameScene {
  readonly width?: number;
  readonly height?: number;
  /** Grey values 0–255. */
  readonly wall?: number;
  readonly leftHalf?: number;
  readonly rightHalf?: number;
  /** Dark vertical bars on the wall, so that movement can be seen. */
  readonly bars?: boolean;
  /** Everything moves this many pixels to the right. */
  readonly shift?: number;
}

/** A frame whose head fills the given rectangle. */
export function frameOf(head: Rectangle, scene: FrameScene = {}): Uint8ClampedArray {
  const {
    width = 480,
    height = 640,
    wall = 200,
    leftHalf = 170,
    rightHalf = 170,
    bars = false,
    shift = 0,
  } = scene;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = (x - shift - head.left) / head.width - 0.5;
      const v = (y - head.top) / head.height - 0.5;
      const inHead = u * u + v * v <= 0.25;
      const bar = bars && Math.floor((x - shift + 4800) / 20) % 2 === 0;
      const grey = inHead ? (u < 0 ? leftHalf : rightHalf) : bar ? wall / 2 : wall;
      data.fill(grey, (y * width + x) * 4, (y * width + x) * 4 + 3);
      data[(y * width + x) * 4 + 3] = 255;
    }
  }
  return data;
}
