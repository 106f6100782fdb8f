/**
 * The people who are put before other walls: rendered portraits with the alpha they were rendered with, and studio
 * portraits keyed from their even wall. Each comes with the crop that the engine would take of it, and with what a
 * perfect cut-out would give. Refuses people whom the standard has no crop for: the engine never cuts them out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Jimp } from 'jimp';
import { decodePhoto } from '../../../cloudfunctions/photo-engine/decode/decode-photo';
import { examineImage } from '../../../cloudfunctions/photo-engine/examine-image';
import { type FaceGeometry } from '../../../cloudfunctions/photo-engine/face/face-geometry';
import {
  createPlane,
  type Plane,
  type Rectangle,
  resample,
  resamplePlane,
} from '../../../cloudfunctions/photo-engine/image/resample';
import { type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { type ModelRuntime } from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { composeOver } from '../../../cloudfunctions/photo-engine/matte/compose';
import { startStopwatch } from '../../../cloudfunctions/photo-engine/stopwatch';
import { photoStandardFor } from '../../../miniprogram/shared/photo-standard/photo-standard';
import { CHECK_RULES } from '../../../miniprogram/shared/verdict/check-rules';
import { sharedData } from '../../../tests/support/shared-data';
import { keyFromEvenWall, type Sitter, sitterFromAlpha } from './ground-truth';

export const STANDARD = photoStandardFor();

export interface SitterFile {
  readonly name: string;
  readonly path: string;
  /** The rendered alpha; absent for studio portraits, which are keyed. */
  readonly alphaPath?: string;
}

export interface FramedSitter {
  readonly sitter: Sitter;
  readonly face: FaceGeometry;
  /** The crop, pixels of the sitter's photo. */
  readonly crop: Rectangle;
  /** True alpha of the crop at the size of the result, 0–1. */
  readonly truth: Plane;
  /** The true person over the standard's blue at the size of the result. */
  readonly wanted: RgbaImage;
}

/** Rendered people seen from the front; the other renderings repeat their hair. */
const RENDERED = ['f1_front', 'f2_front', 'm1_front', 'm2_front'];

/** Rendered first, then studio portraits with a neutral face, by number. */
export function sitterFiles(): SitterFile[] {
  const rendered = sharedData('rendered');
  const portraits = sharedData('portraits/full');
  const drawn = (rendered === undefined ? [] : RENDERED).map((name) => ({
    name,
    path: join(rendered!, `${name}.jpg`),
    alphaPath: join(rendered!, 'alpha', `${name}.png`),
  }));
  const real = (portraits === undefined ? [] : readdirSync(portraits))
    .filter((file) => file.endsWith('_03.jpg'))
    .sort()
    .map((file) => ({ name: file.slice(0, -4), path: join(portraits!, file) }));
  return [...drawn, ...real];
}

/** @returns undefined when no face is found or the standard has no crop */
export async function frameSitter(
  { name, path, alphaPath }: SitterFile,
  runtime: ModelRuntime,
): Promise<FramedSitter | undefined> {
  const { image } = await decodePhoto(readFileSync(path));
  const watch = startStopwatch();
  const { person } = await examineImage(image, 1, { standard: STANDARD, rules: CHECK_RULES }, runtime, watch);
  if (person === undefined || !person.framing.ok) return undefined;
  const { width, height } = image;
  const { geometry } = person.face;
  const whole = { x: 0, y: 0, width: person.figure.width, height: person.figure.height };
  const sitter =
    alphaPath === undefined
      ? keyFromEvenWall(name, image, resamplePlane(person.figure, whole, width, height), geometry.chin.y)
      : sitterFromAlpha(name, image, await alphaFrom(alphaPath));
  const { framing } = person.framing;
  const crop = { x: framing.left, y: framing.top, width: framing.width, height: framing.height };
  const onBlue = composeOver(sitter.foreground, sitter.alpha, STANDARD.background);
  return {
    sitter,
    face: geometry,
    crop,
    truth: framedPlane(sitter.alpha, crop),
    wanted: frameOnBlue(onBlue, crop),
  };
}

/** A plane of the photo inside the crop at the size of the result, held to 0–1; 0 where the crop leaves the photo. */
export function framedPlane(plane: Plane, crop: Rectangle): Plane {
  const { widthPx, heightPx } = STANDARD;
  const framed = resamplePlane(plane, crop, widthPx, heightPx);
  for (let y = 0, at = 0; y < heightPx; y++) {
    const outsideY = isOutside(crop.y + ((y + 0.5) * crop.height) / heightPx, plane.height);
    for (let x = 0; x < widthPx; x++, at++) {
      const outside = outsideY || isOutside(crop.x + ((x + 0.5) * crop.width) / widthPx, plane.width);
      framed.data[at] = outside ? 0 : Math.min(Math.max(framed.data[at]!, 0), 1);
    }
  }
  return framed;
}

function isOutside(position: number, length: number): boolean {
  return position < 0 || position >= length;
}

function frameOnBlue(onBlue: RgbaImage, crop: Rectangle): RgbaImage {
  const { red, green, blue } = STANDARD.background;
  const framed = resample(onBlue, crop, STANDARD.widthPx, STANDARD.heightPx);
  for (let at = 0; at < framed.data.length; at += 4) {
    if (framed.data[at + 3] === 0) framed.data.set([red, green, blue, 255], at);
  }
  return framed;
}

async function alphaFrom(path: string): Promise<Plane> {
  const { bitmap } = await Jimp.read(path);
  const plane = createPlane(bitmap.width, bitmap.height);
  // The renderings keep alpha as a grey picture.
  for (let at = 0; at < plane.data.length; at++) plane.data[at] = bitmap.data[at * 4]! / 255;
  return plane;
}
