/**
 * ICC matrix profiles byte by byte, files that carry them, and the way from sRGB into their spaces: what a wide-gamut
 * phone writes, with the truth known. Primaries under D50 as in the profiles' own tags.
 */
import { type RgbaImage, createImage } from '../../cloudfunctions/photo-engine/image/rgba-image';

type Triple = readonly [number, number, number];

export interface RgbSpace {
  readonly red: Triple;
  readonly green: Triple;
  readonly blue: Triple;
  /** A power, or sRGB's own curve. */
  readonly curve: number | 'srgb';
}

// sRGB2014.icc, Apple's Display P3.icc, Adobe's AdobeRGB1998.icc.
export const SRGB: RgbSpace = {
  red: [0.43607, 0.22249, 0.01392],
  green: [0.38515, 0.71687, 0.09708],
  blue: [0.14307, 0.06061, 0.7141],
  curve: 'srgb',
};
export const DISPLAY_P3: RgbSpace = {
  red: [0.51512, 0.2412, -0.00105],
  green: [0.29198, 0.69225, 0.04189],
  blue: [0.1571, 0.06657, 0.78407],
  curve: 'srgb',
};
export const ADOBE_RGB: RgbSpace = {
  red: [0.60974, 0.31111, 0.01947],
  green: [0.20528, 0.62567, 0.06087],
  blue: [0.14919, 0.06322, 0.74457],
  curve: 2.19921875,
};

export interface ProfileParts {
  /** The colour model that the header names. */
  readonly model?: 'RGB ' | 'GRAY' | 'CMYK';
  /** Content of the three curves' tags instead of the space's own. */
  readonly curve?: Buffer;
  /** Tags to leave out. */
  readonly without?: readonly string[];
}

/** A matrix profile of this space. */
export function iccProfile(
  space: RgbSpace,
  { model = 'RGB ', curve, without = [] }: ProfileParts = {},
): Buffer {
  const curveTag = curve ?? (space.curve === 'srgb' ? srgbCurve() : gammaCurve(space.curve));
  const tags = (
    [
      ['rXYZ', xyz(space.red)],
      ['gXYZ', xyz(space.green)],
      ['bXYZ', xyz(space.blue)],
      ['rTRC', curveTag],
      ['gTRC', curveTag],
      ['bTRC', curveTag],
    ] as const
  ).filter(([name]) => !without.includes(name));
  const header = Buffer.alloc(128);
  header.write('mntr', 12, 'latin1');
  header.write(model, 16, 'latin1');
  header.write('XYZ ', 20, 'latin1');
  header.write('acsp', 36, 'latin1');
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length);
  let at = header.length + table.length;
  tags.forEach(([name, content], i) => {
    table.write(name, 4 + 12 * i, 'latin1');
    table.writeUInt32BE(at, 8 + 12 * i);
    table.writeUInt32BE(content.length, 12 + 12 * i);
    at += content.length;
  });
  const profile = Buffer.concat([header, table, ...tags.map(([, content]) => content)]);
  profile.writeUInt32BE(profile.length);
  return profile;
}

function xyz(values: Triple): Buffer {
  const content = Buffer.alloc(20);
  content.write('XYZ ', 'latin1');
  values.forEach((value, i) => content.writeInt32BE(Math.round(value * 65536), 8 + 4 * i));
  return content;
}

/** `curv` with one entry: a power in u8Fixed8. */
export function gammaCurve(gamma: number): Buffer {
  const content = Buffer.alloc(14);
  content.write('curv', 'latin1');
  content.writeUInt32BE(1, 8);
  content.writeUInt16BE(Math.round(gamma * 256), 12);
  return content;
}

/** `curv` with a table of so many entries of sRGB's curve. */
export function tableCurve(entries: number): Buffer {
  const content = Buffer.alloc(12 + 2 * entries);
  content.write('curv', 'latin1');
  content.writeUInt32BE(entries, 8);
  for (let i = 0; i < entries; i++) {
    content.writeUInt16BE(Math.round(65535 * linear(i / (entries - 1), 'srgb')), 12 + 2 * i);
  }
  return content;
}

/** `para` of this kind with these parameters (ICC.1:2022, table 68). */
export function parametricCurve(kind: number, parameters: readonly number[]): Buffer {
  const content = Buffer.alloc(12 + 4 * parameters.length);
  content.write('para', 'latin1');
  content.writeUInt16BE(kind, 8);
  parameters.forEach((value, i) => content.writeInt32BE(Math.round(value * 65536), 12 + 4 * i));
  return content;
}

function srgbCurve(): Buffer {
  return parametricCurve(3, [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]);
}

/** The JPEG with the profile behind its first marker, in so many APP2 pieces; `order` changes how they stand. */
export function withProfile(
  jpeg: Uint8Array,
  profile: Uint8Array,
  pieces = 1,
  order: (segments: Buffer[]) => Buffer[] = (segments) => segments,
): Buffer {
  const length = Math.ceil(profile.length / pieces);
  const segments = Array.from({ length: pieces }, (_, i) => {
    const part = profile.subarray(i * length, (i + 1) * length);
    const head = Buffer.alloc(18);
    head.writeUInt16BE(0xffe2);
    head.writeUInt16BE(part.length + 16, 2);
    head.write('ICC_PROFILE\0', 4, 'latin1');
    head.set([i + 1, pieces], 16);
    return Buffer.concat([head, part]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...order(segments), jpeg.subarray(2)]);
}

/** The same colours, written in the levels of another space; what it cannot show is clipped. */
export function inSpace(image: RgbaImage, space: RgbSpace): RgbaImage {
  const back = inverse([space.red, space.green, space.blue]);
  const result = createImage(image.width, image.height);
  for (let at = 0; at < image.data.length; at += 4) {
    const light = [0, 1, 2].map((channel) => linear(image.data[at + channel]! / 255, 'srgb'));
    const seen = [0, 1, 2].map(
      (row) => SRGB.red[row]! * light[0]! + SRGB.green[row]! * light[1]! + SRGB.blue[row]! * light[2]!,
    );
    for (let channel = 0; channel < 3; channel++) {
      const own = back[channel]!.reduce((sum, factor, i) => sum + factor * seen[i]!, 0);
      result.data[at + channel] = 255 * coded(Math.min(Math.max(own, 0), 1), space.curve);
    }
    result.data[at + 3] = image.data[at + 3]!;
  }
  return result;
}

function linear(level: number, curve: RgbSpace['curve']): number {
  if (curve !== 'srgb') return level ** curve;
  return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
}

function coded(light: number, curve: RgbSpace['curve']): number {
  if (curve !== 'srgb') return light ** (1 / curve);
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** Rows of the inverse of the matrix with these columns: cross products over the determinant. */
function inverse([red, green, blue]: readonly [Triple, Triple, Triple]): readonly Triple[] {
  const cross = (a: Triple, b: Triple): Triple => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const [first, second, third] = [cross(green, blue), cross(blue, red), cross(red, green)];
  const determinant = red[0] * first[0] + red[1] * first[1] + red[2] * first[2];
  const over = ([a, b, c]: Triple): Triple => [a / determinant, b / determinant, c / determinant];
  return [over(first), over(second), over(third)];
}
