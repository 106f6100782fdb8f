/**
 * Bad photos that need to know where the face is: light from one side, a bright window behind, shining skin, glare,
 * a fringe, a covered ear, patterned and recoloured shirts. Seeded; the same portrait gives the same picture.
 */
import { type FaceGeometry, landmark } from '../../cloudfunctions/photo-engine/face/face-geometry';
import { type Landmarks } from '../../cloudfunctions/photo-engine/face/face-mesh';
import { LEFT_IRIS, RIGHT_IRIS } from '../../cloudfunctions/photo-engine/face/landmark-indices';
import { createImage, type RgbaImage } from '../../cloudfunctions/photo-engine/image/rgba-image';
import { isSkin } from '../../cloudfunctions/photo-engine/measure/clothes';
import { type Lab, labOf } from '../../cloudfunctions/photo-engine/measure/lab';
import { type Figure, personAt } from '../../cloudfunctions/photo-engine/measure/person-at';
import { type Rgb } from '../../miniprogram/shared/photo-standard/official-standard';
import { relit } from './spoil-portrait';

export interface KnownPortrait extends Figure {
  readonly landmarks: Landmarks;
  readonly face: FaceGeometry;
  readonly skin: Lab;
}

/** Light on the right half of the face divided by `ratio`, fading over the nose. */
export function sideLit({ image, face }: KnownPortrait, ratio: number): RgbaImage {
  const width = 0.3 * face.interEyeDistance;
  return relit(image, (x) => {
    const share = Math.min(1, Math.max(0, (x - face.eyes.x) / width + 0.5));
    return 1 + share * (1 / ratio - 1);
  });
}

/** The person darker by this many stops before a bright window. */
export function backlit(portrait: KnownPortrait, stops: number): RgbaImage {
  const { image } = portrait;
  const dark = relit(image, () => 2 ** -stops);
  const result = createImage(image.width, image.height);
  for (let y = 0, at = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, at += 4) {
      const person = personAt(portrait, x, y);
      for (let channel = at; channel < at + 3; channel++) {
        result.data[channel] = person * dark.data[channel]! + (1 - person) * 245;
      }
      result.data[at + 3] = 255;
    }
  }
  return result;
}

/** The person before a plain wall of this colour, in the same light. */
export function beforePlainWall(portrait: KnownPortrait, wall: Rgb): RgbaImage {
  // Inside the mask's blur: nothing of the studio's white wall may stay beside the person.
  const cover = (person: number) => Math.min(1, Math.max(0, (person - 0.6) / 0.3));
  return blended(portrait.image, wall, (x, y) => 1 - cover(personAt(portrait, x, y)));
}

/** White spots with soft edges on forehead, cheeks and nose; radius in inter-eye distances. */
export function shining(
  { image, landmarks, face }: KnownPortrait,
  radius: number,
  strength: number,
): RgbaImage {
  const spots = [151, 50, 280, 4].map((index) => landmark(landmarks, index));
  return blended(image, { red: 255, green: 250, blue: 245 }, (x, y) => {
    const nearest = Math.min(...spots.map((spot) => Math.hypot(x - spot.x, y - spot.y)));
    return strength * Math.exp(-((nearest / (radius * face.interEyeDistance)) ** 2));
  });
}

/** A white reflection over one iris; its radius in iris radii. */
export function glared({ image, landmarks }: KnownPortrait, size: number): RgbaImage {
  const centre = landmark(landmarks, RIGHT_IRIS[0]);
  const edge = landmark(landmarks, RIGHT_IRIS[1]);
  const radius = Math.hypot(edge.x - centre.x, edge.y - centre.y) * size;
  return blended(image, { red: 255, green: 255, blue: 255 }, (x, y) =>
    Math.hypot((x - centre.x) / 1.4, y - centre.y) < radius ? 1 : 0,
  );
}

/** A white reflection on the lower half of the lens on the right, below the iris; its radius in inter-eye distances. */
export function lensGlared({ image, face }: KnownPortrait, radius: number): RgbaImage {
  const ied = face.interEyeDistance;
  const centre = { x: face.rightEye.x, y: face.rightEye.y + 0.2 * ied };
  return blended(image, { red: 255, green: 255, blue: 255 }, (x, y) =>
    Math.hypot(x - centre.x, y - centre.y) < radius * ied ? 1 : 0,
  );
}

/** Strands of hair from above down to the irises (`reach` 1) or to the brows (`reach` 0). */
export function fringed({ image, landmarks, face }: KnownPortrait, reach: number, hair: Rgb): RgbaImage {
  const brows = landmark(landmarks, 105).y;
  const irises = (landmark(landmarks, LEFT_IRIS[0]).y + landmark(landmarks, RIGHT_IRIS[0]).y) / 2;
  const bottom = brows + 0.04 * face.interEyeDistance + reach * (irises - brows);
  const top = face.eyes.y - 1.1 * face.eyesToChin;
  const strand = Math.max(2, face.interEyeDistance / 40);
  return blended(image, hair, (x, y) => {
    if (Math.abs(x - face.eyes.x) > 0.52 * face.faceWidth || y < top) return 0;
    const uneven = 0.04 * face.interEyeDistance * noise(Math.floor(x / strand));
    return y < bottom + uneven ? 0.9 + 0.1 * noise(Math.floor(x / strand) + 1000) : 0;
  });
}

/** Hair over the ear on the right of the picture. */
export function earCovered({ image, landmarks, face }: KnownPortrait, hair: Rgb): RgbaImage {
  const edge = landmark(landmarks, 454);
  return blended(image, hair, (x, y) =>
    x > edge.x - 0.02 * face.interEyeDistance &&
    x < edge.x + 0.4 * face.interEyeDistance &&
    Math.abs(y - edge.y) < 0.8 * face.interEyeDistance
      ? 0.97
      : 0,
  );
}

/** The shirt in another colour, its folds kept. */
export function reshirted(portrait: KnownPortrait, colour: Rgb): RgbaImage {
  return onShirt(portrait, (shade) => ({
    red: colour.red * shade,
    green: colour.green * shade,
    blue: colour.blue * shade,
  }));
}

/** Stripes (or checks) of this period in inter-eye distances; `contrast` 0..1 is the darkest stripe's depth. */
export function patterned(
  portrait: KnownPortrait,
  period: number,
  contrast: number,
  checks: boolean,
): RgbaImage {
  const length = period * portrait.face.interEyeDistance;
  return onShirt(portrait, (shade, x, y) => {
    const dark = (position: number) => (Math.floor((2 * position) / length) % 2 === 0 ? contrast : 0);
    const left = shade * (1 - Math.min(1, dark(y) + (checks ? dark(x) : 0)));
    return { red: 235 * left, green: 235 * left, blue: 240 * left };
  });
}

function onShirt(portrait: KnownPortrait, paint: (shade: number, x: number, y: number) => Rgb): RgbaImage {
  const { image, face, skin } = portrait;
  const result = createImage(image.width, image.height);
  result.data.set(image.data);
  for (let y = Math.floor(face.chin.y + 0.1 * face.eyesToChin); y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const at = (y * image.width + x) * 4;
      const [red, green, blue] = [image.data[at]!, image.data[at + 1]!, image.data[at + 2]!];
      const person = personAt(portrait, x, y);
      if (person < 0.5 || isSkin(labOf(red, green, blue), skin)) continue;
      // The portraits wear white: what is left of 250 is the fold's shade.
      const painted = paint(Math.min(1, (red + green + blue) / 3 / 250), x, y);
      result.data[at] = painted.red;
      result.data[at + 1] = painted.green;
      result.data[at + 2] = painted.blue;
    }
  }
  return result;
}

function blended(image: RgbaImage, colour: Rgb, shareAt: (x: number, y: number) => number): RgbaImage {
  const result = createImage(image.width, image.height);
  for (let y = 0, at = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++, at += 4) {
      const share = shareAt(x, y);
      result.data[at] = image.data[at]! * (1 - share) + colour.red * share;
      result.data[at + 1] = image.data[at + 1]! * (1 - share) + colour.green * share;
      result.data[at + 2] = image.data[at + 2]! * (1 - share) + colour.blue * share;
      result.data[at + 3] = 255;
    }
  }
  return result;
}

/** −1..1, fixed for each whole number. */
function noise(index: number): number {
  const hash = Math.imul(index ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  return (hash / 0xffffffff) * 2 - 1;
}
