/**
 * Where the clothes are: person, below the chin, not the colour of this person's skin. Long hair over the shoulders is
 * counted in. Found on a coarse grid; a measure for colour and pattern, not an outline.
 */
import { type FaceGeometry } from '../face/face-geometry';
import { deltaE, type Lab } from './lab';
import { median } from './median';
import { type Figure, personAt } from './person-at';
import { labAt } from './skin-sample';

export interface ClothesInput extends Figure {
  readonly skin: Lab;
  readonly face: FaceGeometry;
}

/** Pixels in reading order, each at the same place of every list. */
export interface TorsoPixels {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly lightness: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

// Certainly the person, not its edge.
const PERSON = 0.9;
// Below this height the neck has ended for most people: 0.25 of the distance from the eyes to the chin.
const NECK = 0.25;
// Skin of neck and chest is darker than the cheeks; colour alone decides, lightness hardly counts.
const SKIN_COLOUR = 9;
const SKIN_LIGHTNESS = 35;

/** Several checks look at the torso of the same photo. */
const torsos = new WeakMap<ClothesInput, TorsoPixels>();

/** Pixels of the torso on a grid of a twentieth of the inter-eye distance, from below the chin to the bottom. */
export function torsoPixels(input: ClothesInput): TorsoPixels {
  const known = torsos.get(input);
  if (known !== undefined) return known;
  const { image, face } = input;
  const step = Math.max(1, Math.round(face.interEyeDistance / 20));
  const top = Math.max(0, Math.round(face.chin.y + NECK * face.eyesToChin));
  const pixels = createPixels(
    Math.ceil(image.width / step) * Math.max(0, Math.ceil((image.height - top) / step)),
  );
  let count = 0;
  for (let y = top; y < image.height; y += step) count = addTorsoRow(input, y, step, pixels, count);
  const torso = firstOf(pixels, count);
  torsos.set(input, torso);
  return torso;
}

function createPixels(most: number): TorsoPixels {
  const list = () => new Float64Array(most);
  return { x: list(), y: list(), lightness: list(), a: list(), b: list() };
}

function firstOf({ x, y, lightness, a, b }: TorsoPixels, count: number): TorsoPixels {
  return {
    x: x.subarray(0, count),
    y: y.subarray(0, count),
    lightness: lightness.subarray(0, count),
    a: a.subarray(0, count),
    b: b.subarray(0, count),
  };
}

/** @returns how many pixels there are with those of this row */
function addTorsoRow(input: ClothesInput, y: number, step: number, into: TorsoPixels, count: number): number {
  for (let x = 0; x < input.image.width; x += step) {
    if (personAt(input, x, y) < PERSON) continue;
    const colour = labAt(input.image, x, y);
    into.x[count] = x;
    into.y[count] = y;
    into.lightness[count] = colour.lightness;
    into.a[count] = colour.a;
    into.b[count] = colour.b;
    count++;
  }
  return count;
}

/** Whether a colour is this person's skin. */
export function isSkin({ lightness, a, b }: Lab, skin: Lab): boolean {
  const colourDistance = Math.hypot(a - skin.a, b - skin.b);
  return colourDistance < SKIN_COLOUR && Math.abs(lightness - skin.lightness) < SKIN_LIGHTNESS;
}

/** Which of these pixels have the colour of this person's skin: 1, others 0. */
export function skinFlags({ lightness, a, b }: TorsoPixels, skin: Lab): Uint8Array {
  const flags = new Uint8Array(lightness.length);
  for (let i = 0; i < flags.length; i++)
    if (isSkin({ lightness: lightness[i]!, a: a[i]!, b: b[i]! }, skin)) flags[i] = 1;
  return flags;
}

/** The pixels whose flag is this one. */
export function pixelsWith(flags: Uint8Array, wanted: 0 | 1, from: TorsoPixels): TorsoPixels {
  const kept = createPixels(flags.length);
  let count = 0;
  for (let i = 0; i < flags.length; i++) if (flags[i] === wanted) copyPixel(from, i, kept, count++);
  return firstOf(kept, count);
}

function copyPixel(from: TorsoPixels, i: number, into: TorsoPixels, to: number): void {
  into.x[to] = from.x[i]!;
  into.y[to] = from.y[i]!;
  into.lightness[to] = from.lightness[i]!;
  into.a[to] = from.a[i]!;
  into.b[to] = from.b[i]!;
}

/** The clothes' pixels: the torso without what has the colour of this person's skin. */
export function clothesPixels(input: ClothesInput): TorsoPixels {
  const torso = torsoPixels(input);
  return pixelsWith(skinFlags(torso, input.skin), 0, torso);
}

/** Fewer pixels of the grid than this say nothing. */
export const LEAST_TORSO_PIXELS = 50;

/** Why nothing can be said about the clothes: they are not in the picture, or have the colour of this person's skin. */
export function unseenClothes(input: ClothesInput): 'part-outside-picture' | 'nothing-to-measure' {
  return torsoPixels(input).x.length < LEAST_TORSO_PIXELS ? 'part-outside-picture' : 'nothing-to-measure';
}

/** ΔE 1976 between a colour and the clothes' median colour, each of whose coordinates is a median of its own. */
export function distanceTo({ lightness, a, b }: TorsoPixels, colour: Lab): number {
  return deltaE({ lightness: median(lightness), a: median(a), b: median(b) }, colour);
}
