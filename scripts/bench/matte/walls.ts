/**
 * Walls to put people before, drawn by rule from a seed: the same seed gives the same pixels on every machine.
 * Sizes are relative to the picture, so that a brick is a brick at any resolution. Used by the measurement only.
 */
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';

export type WallKind = 'plain' | 'textured' | 'dark';

export interface Wall {
  readonly name: string;
  readonly kind: WallKind;
  /** Only drawn when everything is measured. */
  readonly extra?: true;
  readonly draw: (width: number, height: number, random: Random) => RgbaImage;
}

/** Numbers in [0, 1). */
export type Random = () => number;

/** mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Rgb = readonly [number, number, number];

export const WALLS: readonly Wall[] = [
  { name: 'white', kind: 'plain', draw: (w, h, r) => plaster(w, h, r, [236, 235, 231], 0.06) },
  { name: 'beige', kind: 'plain', draw: (w, h, r) => plaster(w, h, r, [222, 205, 176], 0.12) },
  { name: 'grey', kind: 'plain', draw: (w, h, r) => plaster(w, h, r, [150, 153, 158], 0.1) },
  {
    name: 'pale-blue',
    kind: 'plain',
    extra: true,
    draw: (w, h, r) => plaster(w, h, r, [176, 203, 224], 0.1),
  },
  { name: 'brick', kind: 'textured', draw: brick },
  { name: 'wallpaper', kind: 'textured', extra: true, draw: wallpaper },
  { name: 'bookshelf', kind: 'textured', draw: bookshelf },
  { name: 'blurred-room', kind: 'textured', draw: blurredRoom },
  { name: 'window-behind', kind: 'textured', draw: windowBehind },
  { name: 'dark-wall', kind: 'dark', draw: (w, h, r) => plaster(w, h, r, [48, 46, 47], 0.25) },
  { name: 'dark-clutter', kind: 'dark', extra: true, draw: darkClutter },
];

/** An even wall with light falling off to one side and the fine unevenness of plaster. */
function plaster(width: number, height: number, random: Random, colour: Rgb, fall: number): RgbaImage {
  const angle = random() * 2 * Math.PI;
  const slopeX = Math.cos(angle) * fall;
  const slopeY = Math.sin(angle) * fall;
  const fine = noise(width, height, 3, random);
  const broad = noise(width, height, width / 5, random);
  return paint(width, height, (x, y, at) => {
    const light = 1 + slopeX * (x / width - 0.5) + slopeY * (y / height - 0.5);
    const uneven = 2 * (fine.data[at]! - 0.5) + 6 * (broad.data[at]! - 0.5);
    return [colour[0] * light + uneven, colour[1] * light + uneven, colour[2] * light + uneven];
  });
}

function brick(width: number, height: number, random: Random): RgbaImage {
  const brickHeight = height / 22;
  const brickWidth = brickHeight * 2.6;
  const joint = brickHeight * 0.11;
  const fine = noise(width, height, 2, random);
  const shades = Array.from({ length: 400 }, () => 0.75 + random() * 0.45);
  return paint(width, height, (x, y, at) => {
    const row = Math.floor(y / brickHeight);
    const shifted = x + (row % 2) * (brickWidth / 2);
    const column = Math.floor(shifted / brickWidth);
    const grain = (fine.data[at]! - 0.5) * 40;
    if (y - row * brickHeight < joint || shifted - column * brickWidth < joint) {
      return [186 + grain, 180 + grain, 170 + grain];
    }
    const shade = shades[(row * 31 + column * 7) % shades.length]!;
    return [158 * shade + grain, 82 * shade + grain, 62 * shade + grain];
  });
}

function wallpaper(width: number, height: number, random: Random): RgbaImage {
  const period = width / 14;
  const phase = random() * period;
  return paint(width, height, (x, y) => {
    const stripe = Math.sin(((x + phase) / period) * 2 * Math.PI) > 0.3 ? 1 : 0;
    const petal = Math.cos((x / period) * Math.PI) * Math.cos((y / period) * Math.PI * 0.8) > 0.72 ? 1 : 0;
    return petal === 1 ? [176, 120, 96] : stripe === 1 ? [214, 204, 182] : [232, 226, 210];
  });
}

function bookshelf(width: number, height: number, random: Random): RgbaImage {
  const picture = paint(width, height, () => [92, 66, 44]);
  const shelves = 5;
  for (let shelf = 0; shelf < shelves; shelf++) {
    const bottom = Math.floor(((shelf + 0.93) * height) / shelves);
    const top = Math.floor((shelf * height) / shelves);
    for (let x = 0; x < width;) {
      const thick = Math.floor(width * (0.012 + random() * 0.028));
      const tall = Math.floor((bottom - top) * (0.62 + random() * 0.33));
      const colour: Rgb = [40 + random() * 190, 35 + random() * 170, 30 + random() * 170];
      fillRectangle(picture, x, bottom - tall, thick, tall, colour);
      if (random() > 0.4)
        fillRectangle(
          picture,
          x,
          bottom - Math.floor(tall * 0.7),
          thick,
          Math.floor(tall * 0.12),
          [220, 205, 160],
        );
      fillRectangle(picture, x + thick - 2, bottom - tall, 2, tall, [20, 16, 14]);
      x += thick;
    }
  }
  return blurred(picture, Math.round(width / 450));
}

function blurredRoom(width: number, height: number, random: Random): RgbaImage {
  const picture = paint(width, height, (_, y) => (y < height * 0.72 ? [196, 188, 176] : [128, 96, 70]));
  for (let thing = 0; thing < 14; thing++) {
    const colour: Rgb = [random() * 255, random() * 230, random() * 220];
    const w = width * (0.06 + random() * 0.22);
    const h = height * (0.06 + random() * 0.3);
    fillRectangle(picture, random() * width - w / 2, random() * height - h / 2, w, h, colour);
  }
  return blurred(blurred(picture, Math.round(width / 45)), Math.round(width / 60));
}

function windowBehind(width: number, height: number, random: Random): RgbaImage {
  const picture = paint(width, height, () => [104, 100, 98]);
  const left = width * (0.08 + random() * 0.1);
  const right = width * (0.8 + random() * 0.12);
  fillRectangle(picture, left, 0, right - left, height * 0.7, [252, 253, 255]);
  for (const share of [0, 0.33, 0.66, 1]) {
    fillRectangle(
      picture,
      left + (right - left) * share - width * 0.008,
      0,
      width * 0.016,
      height * 0.7,
      [146, 138, 130],
    );
  }
  for (let tree = 0; tree < 30; tree++) {
    const shade = 150 + random() * 70;
    const size = width * (0.02 + random() * 0.06);
    fillRectangle(
      picture,
      left + random() * (right - left - size),
      height * (0.35 + random() * 0.3),
      size,
      size,
      [shade * 0.85, shade, shade * 0.75],
    );
  }
  return blurred(picture, Math.round(width / 150));
}

function darkClutter(width: number, height: number, random: Random): RgbaImage {
  const picture = paint(width, height, () => [30, 29, 31]);
  for (let thing = 0; thing < 60; thing++) {
    const level = 12 + random() * 75;
    const colour: Rgb = [level * (0.8 + random() * 0.5), level * (0.8 + random() * 0.4), level];
    fillRectangle(
      picture,
      random() * width,
      random() * height,
      width * (0.02 + random() * 0.15),
      height * (0.02 + random() * 0.15),
      colour,
    );
  }
  return blurred(picture, Math.round(width / 200));
}

/** A soft shadow of the person, down and to one side, as a lamp throws it on a near wall. */
export function throwShadow(wall: RgbaImage, alpha: Plane, strength: number, random: Random): void {
  const { width, height } = alpha;
  const shiftX = Math.round((random() - 0.5) * width * 0.08);
  const shiftY = Math.round(height * 0.015);
  const moved = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fromX = Math.min(Math.max(x - shiftX, 0), width - 1);
      const fromY = Math.min(Math.max(y - shiftY, 0), height - 1);
      moved.data[y * width + x] = alpha.data[fromY * width + fromX]!;
    }
  }
  const soft = boxBlur(boxBlur(moved, Math.round(width / 40)), Math.round(width / 40));
  for (let at = 0; at < soft.data.length; at++) {
    for (let c = 0; c < 3; c++) wall.data[at * 4 + c]! *= 1 - strength * soft.data[at]!;
  }
}

function paint(
  width: number,
  height: number,
  colourAt: (x: number, y: number, at: number) => Rgb,
): RgbaImage {
  const picture = createImage(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [red, green, blue] = colourAt(x, y, at);
      picture.data[at * 4] = red;
      picture.data[at * 4 + 1] = green;
      picture.data[at * 4 + 2] = blue;
      picture.data[at * 4 + 3] = 255;
    }
  }
  return picture;
}

function fillRectangle(picture: RgbaImage, x: number, y: number, w: number, h: number, colour: Rgb): void {
  const left = Math.max(0, Math.floor(x));
  const right = Math.min(picture.width, Math.floor(x + w));
  const bottom = Math.min(picture.height, Math.floor(y + h));
  for (let row = Math.max(0, Math.floor(y)); row < bottom; row++) {
    for (let column = left; column < right; column++) {
      picture.data.set(colour, (row * picture.width + column) * 4);
    }
  }
}

/** Smooth noise 0–1 with features of about this many pixels. */
function noise(width: number, height: number, size: number, random: Random): Plane {
  const columns = Math.ceil(width / size) + 2;
  const rows = Math.ceil(height / size) + 2;
  const grid = Float32Array.from({ length: columns * rows }, random);
  const plane = createPlane(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / size);
    const fy = y / size - row;
    for (let x = 0; x < width; x++, at++) {
      const column = Math.floor(x / size);
      const fx = x / size - column;
      const corner = row * columns + column;
      const top = grid[corner]! * (1 - fx) + grid[corner + 1]! * fx;
      const bottom = grid[corner + columns]! * (1 - fx) + grid[corner + columns + 1]! * fx;
      plane.data[at] = top * (1 - fy) + bottom * fy;
    }
  }
  return plane;
}

function blurred(picture: RgbaImage, radius: number): RgbaImage {
  if (radius < 1) return picture;
  const result = createImage(picture.width, picture.height);
  for (let c = 0; c < 4; c++) {
    const plane = createPlane(picture.width, picture.height);
    for (let at = 0; at < plane.data.length; at++) plane.data[at] = picture.data[at * 4 + c]!;
    const soft = boxBlur(plane, radius);
    for (let at = 0; at < plane.data.length; at++) result.data[at * 4 + c] = soft.data[at]!;
  }
  return result;
}

/** Mean over the square of this radius, edges repeated. */
export function boxBlur(plane: Plane, radius: number): Plane {
  const { width, height } = plane;
  const across = createPlane(width, height);
  const norm = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = -radius; x <= radius; x++) sum += plane.data[row + Math.min(Math.max(x, 0), width - 1)]!;
    for (let x = 0; x < width; x++) {
      across.data[row + x] = sum * norm;
      sum +=
        plane.data[row + Math.min(x + radius + 1, width - 1)]! - plane.data[row + Math.max(x - radius, 0)]!;
    }
  }
  const both = createPlane(width, height);
  for (let x = 0; x < width; x++) {
    let sum = 0;
    for (let y = -radius; y <= radius; y++)
      sum += across.data[Math.min(Math.max(y, 0), height - 1) * width + x]!;
    for (let y = 0; y < height; y++) {
      both.data[y * width + x] = sum * norm;
      sum +=
        across.data[Math.min(y + radius + 1, height - 1) * width + x]! -
        across.data[Math.max(y - radius, 0) * width + x]!;
    }
  }
  return both;
}
