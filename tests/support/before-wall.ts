/** A committed portrait at the size of the result, put before a busy wall by its true alpha. */
import {
  createPlane,
  type Plane,
  resample,
  resamplePlane,
} from '../../cloudfunctions/photo-engine/image/resample';
import { type RgbaImage } from '../../cloudfunctions/photo-engine/image/rgba-image';
import { portrait, portraitAlpha } from './portrait';

const SIZE = { width: 480, height: 640 } as const;
/** Width and height of the drawn tiles, pixels. */
const TILE = { width: 31, height: 17 } as const;

export interface BeforeWall {
  readonly picture: RgbaImage;
  /** 0–1. */
  readonly truth: Plane;
}

/** @param name of a portrait with an alpha, e.g. 'f1_front'; @param wall colour per tile column and row */
export function beforeWall(
  name: string,
  wall: (column: number, row: number) => readonly [number, number, number] = checkered,
): BeforeWall {
  const image = portrait(`${name}.jpg`);
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  const alpha = { width: image.width, height: image.height, data: portraitAlpha(name) };
  const picture = resample(image, whole, SIZE.width, SIZE.height);
  const truth = createPlane(SIZE.width, SIZE.height);
  resamplePlane(alpha, whole, SIZE.width, SIZE.height).data.forEach(
    (value, at) => (truth.data[at] = Math.min(Math.max(value, 0), 1)),
  );
  for (let at = 0; at < truth.data.length; at++) {
    const [x, y] = [at % SIZE.width, Math.floor(at / SIZE.width)];
    const behind = wall(Math.floor(x / TILE.width), Math.floor(y / TILE.height));
    const a = truth.data[at]!;
    for (let c = 0; c < 3; c++)
      picture.data[at * 4 + c] = a * picture.data[at * 4 + c]! + (1 - a) * behind[c]!;
  }
  return { picture, truth };
}

function checkered(column: number, row: number): readonly [number, number, number] {
  return (column + row) % 2 === 0 ? [150, 70, 60] : [205, 190, 170];
}
