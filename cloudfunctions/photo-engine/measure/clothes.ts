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

export interface TorsoPixel {
  readonly x: number;
  readonly y: number;
  readonly colour: Lab;
}

// Certainly the person, not its edge.
const PERSON = 0.9;
// Below this height the neck has ended for most people: 0.25 of the distance from the eyes to the chin.
const NECK = 0.25;
// Skin of neck and chest is darker than the cheeks; colour alone decides, lightness hardly counts.
const SKIN_COLOUR = 9;
const SKIN_LIGHTNESS = 35;

/** Several checks look at the torso of the same photo. */
const torsos = new WeakMap<ClothesInput, readonly TorsoPixel[]>();

/** Pixels of the torso on a grid of a twentieth of the inter-eye distance, from below the chin to the bottom. */
export function torsoPixels(input: ClothesInput): readonly TorsoPixel[] {
  const known = torsos.get(input);
  if (known !== undefined) return known;
  const { image, face } = input;
  const step = Math.max(1, Math.round(face.interEyeDistance / 20));
  const top = Math.round(face.chin.y + NECK * face.eyesToChin);
  const pixels: TorsoPixel[] = [];
  for (let y = top; y < image.height; y += step) {
    for (let x = 0; x < image.width; x += step) {
      if (personAt(input, x, y) >= PERSON) pixels.push({ x, y, colour: labAt(image, x, y) });
    }
  }
  torsos.set(input, pixels);
  return pixels;
}

/** Whether a colour is this person's skin. */
export function isSkin(colour: Lab, skin: Lab): boolean {
  const colourDistance = Math.hypot(colour.a - skin.a, colour.b - skin.b);
  return colourDistance < SKIN_COLOUR && Math.abs(colour.lightness - skin.lightness) < SKIN_LIGHTNESS;
}

/** The clothes' pixels: the torso without what has the colour of this person's skin. */
export function clothesPixels(input: ClothesInput): TorsoPixel[] {
  const clothes: TorsoPixel[] = [];
  for (const pixel of torsoPixels(input)) if (!isSkin(pixel.colour, input.skin)) clothes.push(pixel);
  return clothes;
}

/** Fewer pixels of the grid than this say nothing. */
export const LEAST_TORSO_PIXELS = 50;

/** Why nothing can be said about the clothes: they are not in the picture, or have the colour of this person's skin. */
export function unseenClothes(input: ClothesInput): 'part-outside-picture' | 'nothing-to-measure' {
  return torsoPixels(input).length < LEAST_TORSO_PIXELS ? 'part-outside-picture' : 'nothing-to-measure';
}

/** Median colour, each coordinate on its own. */
export function medianColour(pixels: readonly TorsoPixel[]): Lab {
  const lightness = new Float64Array(pixels.length);
  const a = new Float64Array(pixels.length);
  const b = new Float64Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const { colour } = pixels[i]!;
    lightness[i] = colour.lightness;
    a[i] = colour.a;
    b[i] = colour.b;
  }
  return { lightness: median(lightness), a: median(a), b: median(b) };
}

/** ΔE 1976 between the clothes and a colour. */
export function distanceTo(pixels: readonly TorsoPixel[], colour: Lab): number {
  return deltaE(medianColour(pixels), colour);
}
