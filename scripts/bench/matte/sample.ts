/**
 * One photo as a phone would have taken it: a person before a drawn wall with a soft shadow, sensor noise and JPEG,
 * framed as the engine frames it, with the person mask of this very photo. The seed is the person's and the wall's
 * name, so that every run sees the same photos.
 */
import { decodeTurboJpeg } from '../../../cloudfunctions/photo-engine/decode/turbo-jpeg';
import { encodeMozJpeg } from '../../../cloudfunctions/photo-engine/encode/moz-jpeg';
import { type Plane, resample, resamplePlane } from '../../../cloudfunctions/photo-engine/image/resample';
import { createImage, type RgbaImage } from '../../../cloudfunctions/photo-engine/image/rgba-image';
import { type ModelRuntime } from '../../../cloudfunctions/photo-engine/inference/model-runtime';
import { PicturePyramid } from '../../../cloudfunctions/photo-engine/inference/picture-pyramid';
import { personMask } from '../../../cloudfunctions/photo-engine/person/person-mask';
import { type Sitter } from './ground-truth';
import { type FramedSitter, STANDARD } from './sitters';
import { type Random, seeded, throwShadow, type Wall } from './walls';

export interface Sample {
  /** The whole photo, decoded. */
  readonly photo: RgbaImage;
  /** The crop at the size of the result, and the person mask of it. */
  readonly picture: RgbaImage;
  readonly mask: Plane;
}

/** The wall loses up to this share of its light where the shadow falls. */
const STRONGEST_SHADOW = 0.25;
/** Standard deviation of the sensor's noise, levels 0–255 (a phone indoors). */
const NOISE = 2;
/** A phone's own JPEG, libjpeg's scale. */
const QUALITY = 90;

export async function takePhoto(
  { sitter, face, crop }: FramedSitter,
  wall: Wall,
  runtime: ModelRuntime,
): Promise<Sample> {
  const random = seeded(seedOf(`${sitter.name} ${wall.name}`));
  const scene = placeBefore(sitter, wall, random);
  const photo = decodeTurboJpeg(await encodeMozJpeg(scene, QUALITY, '4:2:0'), 8);
  const size = { width: Math.round(photo.width / 2), height: Math.round(photo.height / 2) };
  const figure = await personMask(new PicturePyramid(photo), runtime, face, size);
  const { widthPx, heightPx } = STANDARD;
  const halved = { x: crop.x / 2, y: crop.y / 2, width: crop.width / 2, height: crop.height / 2 };
  return {
    photo,
    picture: resample(photo, crop, widthPx, heightPx),
    mask: resamplePlane(figure, halved, widthPx, heightPx),
  };
}

/** αF + (1 − α)B, with noise. */
function placeBefore({ foreground, alpha }: Sitter, wall: Wall, random: Random): RgbaImage {
  const { width, height } = foreground;
  const background = wall.draw(width, height, random);
  throwShadow(background, alpha, STRONGEST_SHADOW * random(), random);
  const scene = createImage(width, height);
  for (let at = 0; at < alpha.data.length; at++) {
    const a = alpha.data[at]!;
    for (let c = 0; c < 3; c++) {
      const value = a * foreground.data[at * 4 + c]! + (1 - a) * background.data[at * 4 + c]!;
      scene.data[at * 4 + c] = value + NOISE * bell(random);
    }
    scene.data[at * 4 + 3] = 255;
  }
  return scene;
}

/** About normal with variance 1: the sum of three uniform numbers. */
function bell(random: Random): number {
  return 2 * (random() + random() + random() - 1.5);
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
