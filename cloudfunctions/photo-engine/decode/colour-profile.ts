/**
 * Pixels of a wide-gamut phone (Display P3 and any other matrix profile) brought to sRGB, the space in which
 * every rule of the engine and every reader of the finished photo think.
 * Refuses to guess: a profile that it cannot compute with (tables, other colour models) is reported as such and
 * the pixels stay as they are.
 */
import { ByteReader, HeaderTruncated } from '../../picture-header/byte-reader';

/** An RGB space by its three curves and its primaries under D50, as a matrix profile has them (ICC.1:2022, 8.3.3). */
export interface MatrixProfile {
  /** Per channel: coded level 0–255 → linear 0–1. */
  readonly curves: readonly [Float32Array, Float32Array, Float32Array];
  /** Linear RGB → XYZ (D50), three rows of three. */
  readonly toXyz: Matrix;
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** Linear sRGB from XYZ (D50): the inverse of the primaries in the sRGB profile of the ICC (sRGB2014.icc). */
const SRGB_FROM_XYZ: Matrix = [
  3.1341359, -1.6173863, -0.4906619, -0.978795, 1.9161399, 0.0334427, 0.0719453, -0.2289914, 1.4052427,
];

/**
 * @param profile the bytes of an ICC profile
 * @returns its curves and primaries, or undefined where it is not an RGB matrix profile or is broken
 */
export function parseMatrixProfile(profile: Uint8Array): MatrixProfile | undefined {
  try {
    const file = new ByteReader(profile);
    if (!file.hasText(16, 'RGB ') || !file.hasText(20, 'XYZ ') || !file.hasText(36, 'acsp')) return undefined;
    const red = columnOf(file, 'rXYZ');
    const green = columnOf(file, 'gXYZ');
    const blue = columnOf(file, 'bXYZ');
    const curves = [curveOf(file, 'rTRC'), curveOf(file, 'gTRC'), curveOf(file, 'bTRC')] as const;
    return {
      curves,
      toXyz: [red[0], green[0], blue[0], red[1], green[1], blue[1], red[2], green[2], blue[2]],
    };
  } catch (error) {
    if (error instanceof HeaderTruncated) return undefined;
    throw error;
  }
}

/** Whether no channel of any of 125 evenly spread colours moves by more than this many levels on the way to sRGB. */
const SAME_WITHIN_LEVELS = 2;

/**
 * Converts in place. Colours outside sRGB are clipped per channel.
 * @param pixels RGBA of the profile's space
 * @returns true when the pixels were changed, false when the profile is sRGB under another name
 */
export function convertToSrgb(pixels: Uint8ClampedArray, profile: MatrixProfile): boolean {
  const probe = new Uint8ClampedArray(125 * 4);
  for (let colour = 0; colour < 125; colour++) {
    probe.set(
      [(colour % 5) * 63, (Math.floor(colour / 5) % 5) * 63, Math.floor(colour / 25) * 63, 255],
      colour * 4,
    );
  }
  const moved = probe.slice();
  convertPixels(moved, profile);
  if (moved.every((value, index) => Math.abs(value - probe[index]!) <= SAME_WITHIN_LEVELS)) return false;
  convertPixels(pixels, profile);
  return true;
}

function convertPixels(pixels: Uint8ClampedArray, { curves, toXyz }: MatrixProfile): void {
  const [a, b, c, d, e, f, g, h, i] = multiply(SRGB_FROM_XYZ, toXyz);
  const [redCurve, greenCurve, blueCurve] = curves;
  const coded = srgbCode();
  for (let at = 0; at < pixels.length; at += 4) {
    const red = redCurve[pixels[at]!]!;
    const green = greenCurve[pixels[at + 1]!]!;
    const blue = blueCurve[pixels[at + 2]!]!;
    pixels[at] = coded[index(a * red + b * green + c * blue)]!;
    pixels[at + 1] = coded[index(d * red + e * green + f * blue)]!;
    pixels[at + 2] = coded[index(g * red + h * green + i * blue)]!;
  }
}

/** Fine enough that the steep dark end of the curve moves by less than half a level per entry. */
const CODE_STEPS = 8191;

function index(linear: number): number {
  return linear <= 0 ? 0 : linear >= 1 ? CODE_STEPS : (linear * CODE_STEPS + 0.5) | 0;
}

let codeTable: Uint8ClampedArray | undefined;

/** IEC 61966-2-1: linear light → coded level, as a table. */
function srgbCode(): Uint8ClampedArray {
  codeTable ??= Uint8ClampedArray.from({ length: CODE_STEPS + 1 }, (_, step) => {
    const linear = step / CODE_STEPS;
    return 255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);
  });
  return codeTable;
}

function multiply(left: Matrix, right: Matrix): Matrix {
  const cell = (row: number, column: number): number =>
    left[row * 3]! * right[column]! +
    left[row * 3 + 1]! * right[3 + column]! +
    left[row * 3 + 2]! * right[6 + column]!;
  return [
    cell(0, 0),
    cell(0, 1),
    cell(0, 2),
    cell(1, 0),
    cell(1, 1),
    cell(1, 2),
    cell(2, 0),
    cell(2, 1),
    cell(2, 2),
  ];
}

/** The content of a tag; throws HeaderTruncated where the profile lacks it. */
function tag(file: ByteReader, name: string): ByteReader {
  const count = Math.min(file.uint32(128), 200);
  for (let entry = 0; entry < count; entry++) {
    const at = 132 + entry * 12;
    if (file.hasText(at, name)) return file.slice(file.uint32(at + 4), file.uint32(at + 8));
  }
  throw new HeaderTruncated();
}

function columnOf(file: ByteReader, name: string): [number, number, number] {
  const content = tag(file, name);
  return [fixed(content, 8), fixed(content, 12), fixed(content, 16)];
}

/** s15Fixed16Number. */
function fixed(content: ByteReader, at: number): number {
  return content.int32(at) / 65536;
}

/** A curve as 256 samples: `curv` is a gamma or a table, `para` one of five formulas (ICC.1:2022, 10.6 and 10.18). */
function curveOf(file: ByteReader, name: string): Float32Array {
  const content = tag(file, name);
  const evaluate = content.hasText(0, 'para') ? formula(content) : table(content);
  return Float32Array.from({ length: 256 }, (_, level) => Math.min(Math.max(evaluate(level / 255), 0), 1));
}

function table(content: ByteReader): (x: number) => number {
  if (!content.hasText(0, 'curv')) throw new HeaderTruncated();
  const count = content.uint32(8);
  if (count === 0) return (x) => x;
  if (count === 1) {
    const gamma = content.uint16(12) / 256;
    return (x) => x ** gamma;
  }
  return (x) => {
    const place = x * (count - 1);
    const low = Math.min(Math.floor(place), count - 2);
    const below = content.uint16(12 + low * 2) / 65535;
    const above = content.uint16(14 + low * 2) / 65535;
    return below + (above - below) * (place - low);
  };
}

function formula(content: ByteReader): (x: number) => number {
  const kind = content.uint16(8);
  if (kind > 4) throw new HeaderTruncated();
  const count = [1, 3, 4, 5, 7][kind]!;
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: count }, (_, place) =>
    fixed(content, 12 + place * 4),
  );
  switch (kind) {
    case 0:
      return (x) => x ** g;
    case 1:
      return (x) => (x >= -b / a ? (a * x + b) ** g : 0);
    case 2:
      return (x) => (x >= -b / a ? (a * x + b) ** g + c : c);
    case 3:
      return (x) => (x >= d ? (a * x + b) ** g : c * x);
    default:
      return (x) => (x >= d ? (a * x + b) ** g + e : c * x + f);
  }
}
