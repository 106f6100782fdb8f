/**
 * True alphas and colours of people to put before other walls. Rendered portraits bring their alpha; real ones
 * stand before an even studio wall, which is modelled and subtracted (difference keying), a way that shares
 * nothing with the engine's cut-out. Composites made from them are true by construction: the picture that is
 * cut is αF + (1 − α)B with exactly this α and F.
 */
import { createPlane, type Plane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { dilate } from '../../../cloudfunctions/photo-engine/matte/dilate';
import { pullPush } from './pull-push';

export interface Sitter {
  readonly name: string;
  /** The person's own colours everywhere that alpha is above 0. */
  readonly foreground: RgbaImage;
  readonly alpha: Plane;
}

/** Levels 0–255 as three planes. */
type Colours = readonly [Plane, Plane, Plane];

const WALL_DISTANCE = 30;
const CORE_DEPTH = 12;

/**
 * @param mask where a segmentation saw the person, same size: says where the wall surely is, not where the edge is
 * @param chinY row below which the edge is cloth: sharp, with no wall to be seen through it
 */
export function keyFromEvenWall(name: string, picture: RgbaImage, mask: Plane, chinY: number): Sitter {
  const { width, height } = picture;
  const size = width * height;
  const inside = Uint8Array.from(mask.data, (value) => (value > 0.03 ? 1 : 0));
  const near = dilate(inside, 1, width, height, WALL_DISTANCE);
  const wall = wallColours(picture, near);

  const core = Uint8Array.from(mask.data, (value) => (value > 0.95 ? 1 : 0));
  const notCore = dilate(core, 0, width, height, CORE_DEPTH);
  const difference = createPlane(width, height);
  for (let at = 0; at < size; at++) difference.data[at] = distanceToWall(picture, wall, at);
  const hairWeights = createPlane(width, height);
  for (let at = 0; at < size; at++) {
    hairWeights.data[at] = notCore[at] === 0 && difference.data[at]! > 25 ? 1 : 0;
  }
  const person = [0, 1, 2].map((c) => pullPush(channel(picture, c), hairWeights)) as unknown as Colours;

  const alpha = createPlane(width, height);
  const noise = noiseOf(difference, near);
  for (let at = 0; at < size; at++) {
    alpha.data[at] = projected(picture, wall, person, at, noise);
  }
  closeCloth(alpha, mask, chinY);
  fillCore(alpha, mask, notCore, difference, noise, chinY);
  keepConnected(alpha);
  return { name, alpha, foreground: ownColours(picture, alpha, wall, person) };
}

/** A rendered portrait: alpha is given, the wall is modelled from where alpha is 0. */
export function sitterFromAlpha(name: string, picture: RgbaImage, alpha: Plane): Sitter {
  const { width, height } = picture;
  const seen = Uint8Array.from(alpha.data, (value) => (value > 0 ? 1 : 0));
  const near = dilate(seen, 1, width, height, 6);
  const wall = wallColours(picture, near);
  const weights = createPlane(width, height);
  for (let at = 0; at < alpha.data.length; at++) weights.data[at] = alpha.data[at]! > 0.97 ? 1 : 0;
  const person = [0, 1, 2].map((c) => pullPush(channel(picture, c), weights)) as unknown as Colours;
  return { name, alpha, foreground: ownColours(picture, alpha, wall, person) };
}

/** The wall everywhere: a quartic surface through what is surely wall, plus what that misses, smoothly filled in. */
function wallColours(picture: RgbaImage, near: Uint8Array): Colours {
  const { width, height } = picture;
  return [0, 1, 2].map((c) => {
    const seen = channel(picture, c);
    const surface = quarticThrough(seen, near);
    const rest = createPlane(width, height);
    const weights = createPlane(width, height);
    for (let at = 0; at < rest.data.length; at++) {
      rest.data[at] = seen.data[at]! - surface.data[at]!;
      weights.data[at] = near[at] === 0 && Math.abs(rest.data[at]!) < 12 ? 0.05 : 0;
    }
    const filled = pullPush(rest, weights);
    for (let at = 0; at < rest.data.length; at++) surface.data[at]! += filled.data[at]!;
    return surface;
  }) as unknown as Colours;
}

function channel(picture: RgbaImage, c: number): Plane {
  const plane = createPlane(picture.width, picture.height);
  for (let at = 0; at < plane.data.length; at++) plane.data[at] = picture.data[at * 4 + c]!;
  return plane;
}

/** Least squares of the fifteen monomials up to degree four, twice, the second time without outliers. */
function quarticThrough(seen: Plane, excluded: Uint8Array): Plane {
  const { width, height } = seen;
  let surface: Plane | undefined;
  for (let round = 0; round < 2; round++) {
    const normal = Array.from({ length: 15 }, () => new Float64Array(16));
    for (let y = 2; y < height; y += 4) {
      for (let x = 2; x < width; x += 4) {
        const at = y * width + x;
        if (excluded[at] === 1) continue;
        if (surface !== undefined && Math.abs(seen.data[at]! - surface.data[at]!) > 8) continue;
        const terms = monomials(x / width - 0.5, y / height - 0.5);
        for (let i = 0; i < 15; i++) {
          for (let j = 0; j < 15; j++) normal[i]![j]! += terms[i]! * terms[j]!;
          normal[i]![15]! += terms[i]! * seen.data[at]!;
        }
      }
    }
    const solution = eliminate(normal);
    surface = createPlane(width, height);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const terms = monomials(x / width - 0.5, y / height - 0.5);
        let value = 0;
        for (let i = 0; i < 15; i++) value += terms[i]! * solution[i]!;
        surface.data[at] = value;
      }
    }
  }
  return surface!;
}

function monomials(x: number, y: number): number[] {
  const terms: number[] = [];
  for (let i = 0; i <= 4; i++) for (let j = 0; i + j <= 4; j++) terms.push(x ** i * y ** j);
  return terms;
}

function eliminate(rows: Float64Array[]): number[] {
  const n = rows.length;
  for (let i = 0; i < n; i++) rows[i]![i]! += 1e-9;
  for (let pivot = 0; pivot < n; pivot++) {
    for (let row = 0; row < n; row++) {
      if (row === pivot) continue;
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!;
      for (let column = pivot; column <= n; column++) rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  return rows.map((row, index) => row[n]! / row[index]!);
}

function distanceToWall({ data }: RgbaImage, wall: Colours, at: number): number {
  const red = data[at * 4]! - wall[0].data[at]!;
  const green = data[at * 4 + 1]! - wall[1].data[at]!;
  const blue = data[at * 4 + 2]! - wall[2].data[at]!;
  return Math.hypot(red, green, blue);
}

/** The 95th percentile of the distance on what is surely wall. */
function noiseOf(difference: Plane, near: Uint8Array): number {
  const values: number[] = [];
  for (let at = 0; at < near.length; at += 7) if (near[at] === 0) values.push(difference.data[at]!);
  values.sort((a, b) => a - b);
  return Math.max(2, values[Math.floor(values.length * 0.95)] ?? 2);
}

function projected(picture: RgbaImage, wall: Colours, person: Colours, at: number, noise: number): number {
  let along = 0;
  let length = 0;
  for (let c = 0; c < 3; c++) {
    const reach = person[c]!.data[at]! - wall[c]!.data[at]!;
    along += (picture.data[at * 4 + c]! - wall[c]!.data[at]!) * reach;
    length += reach * reach;
  }
  if (length < 100) return 0;
  const alpha = along / length;
  const floor = (1.3 * noise) / Math.sqrt(length);
  return Math.min(Math.max((alpha - floor) / (0.95 - floor), 0), 1);
}

/** Below the chin the mask decides where the cloth is and the key only places the edge inside its band. */
function closeCloth(alpha: Plane, mask: Plane, chinY: number): void {
  const { width, height } = alpha;
  for (let y = Math.floor(chinY); y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (mask.data[at]! > 0.9) alpha.data[at] = 1;
      else if (mask.data[at]! < 0.02) alpha.data[at]! *= alpha.data[at]! > 0.35 ? 1 : 0;
    }
  }
}

/** Deep inside the person alpha is 1, except where hair lets the wall itself be seen. */
function fillCore(
  alpha: Plane,
  mask: Plane,
  notCore: Uint8Array,
  difference: Plane,
  noise: number,
  chinY: number,
): void {
  const { width } = alpha;
  for (let at = 0; at < alpha.data.length; at++) {
    if (mask.data[at]! < 0.9) continue;
    const deep = notCore[at] === 0;
    const wallSeen = difference.data[at]! < 5 * noise && Math.floor(at / width) < chinY;
    if (deep && !wallSeen) alpha.data[at] = 1;
  }
}

/** Drops what is not connected to the largest opaque part. */
function keepConnected(alpha: Plane): void {
  const { width, height, data } = alpha;
  const reached = new Uint8Array(data.length);
  const stack: number[] = [Math.floor(height * 0.9) * width + Math.floor(width / 2)];
  while (stack.length > 0) {
    const at = stack.pop()!;
    if (reached[at] === 1 || data[at]! < 0.04) continue;
    reached[at] = 1;
    const x = at % width;
    for (const dy of [-1, 0, 1]) {
      for (const dx of [-1, 0, 1]) {
        const other = at + dy * width + dx;
        if (x + dx >= 0 && x + dx < width && other >= 0 && other < data.length) stack.push(other);
      }
    }
  }
  for (let at = 0; at < data.length; at++) if (reached[at] === 0) data[at] = 0;
}

/** F from I = αF + (1 − α)B where alpha allows it, fading into the neighbourhood's colour where it is thin. */
function ownColours(picture: RgbaImage, alpha: Plane, wall: Colours, person: Colours): RgbaImage {
  const result = createImage(picture.width, picture.height);
  for (let at = 0; at < alpha.data.length; at++) {
    const a = alpha.data[at]!;
    for (let c = 0; c < 3; c++) {
      const seen = picture.data[at * 4 + c]!;
      const around = person[c]!.data[at]!;
      const solved = a > 0.05 ? (seen - (1 - a) * wall[c]!.data[at]!) / a : around;
      const held = Math.min(Math.max(solved, around - 45), around + 45);
      const trust = Math.min(Math.max((a - 0.2) / 0.6, 0), 1);
      result.data[at * 4 + c] = a >= 1 ? seen : trust * held + (1 - trust) * around;
    }
    result.data[at * 4 + 3] = 255;
  }
  return result;
}
