/** CIE Lab under D50, the way OFIQ's natural-colour measure counts it. */
import { linearOf } from './luminance';

export interface Lab {
  readonly lightness: number;
  readonly a: number;
  readonly b: number;
}

// Linear sRGB to XYZ relative to D50 (Bradford-adapted; B. Lindbloom, sRGB matrices).
const X = [0.4360747, 0.3850649, 0.1430804] as const;
const Y = [0.2225045, 0.7168786, 0.0606169] as const;
const Z = [0.0139322, 0.0971045, 0.7141733] as const;
const WHITE = { x: 0.96422, y: 1, z: 0.82521 };

/** Lab of an eight-bit sRGB colour; lightness 0..100. */
export function labOf(red: number, green: number, blue: number): Lab {
  const r = linearOf(red);
  const g = linearOf(green);
  const b = linearOf(blue);
  const fx = cubeRoot((X[0] * r + X[1] * g + X[2] * b) / WHITE.x);
  const fy = cubeRoot((Y[0] * r + Y[1] * g + Y[2] * b) / WHITE.y);
  const fz = cubeRoot((Z[0] * r + Z[1] * g + Z[2] * b) / WHITE.z);
  return { lightness: 116 * fy - 16, a: 500 * (fx - fy), b: 200 * (fy - fz) };
}

// CIE 15: the linear part below (6/29)³.
function cubeRoot(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
}

/** Distance of two colours, ΔE*ab 1976. */
export function deltaE(one: Lab, other: Lab): number {
  return Math.hypot(one.lightness - other.lightness, one.a - other.a, one.b - other.b);
}
