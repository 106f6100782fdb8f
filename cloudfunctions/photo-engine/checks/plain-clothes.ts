/**
 * No stripes or checks. The native value is how strongly the clothes repeat themselves: share of the strongest
 * frequency times its amplitude in grey levels, the median over tiles at an inter-eye distance of 106 px.
 */
import { resample } from '../image/resample';
import { type RgbaImage } from '../image/rgba-image';
import { isSkin } from '../measure/clothes';
import { labOf } from '../measure/lab';
import { patternStrength, TILE } from '../measure/pattern';
import { median } from '../measure/skin-sample';
import { type Check, type CheckInput } from './check-input';

const EYE_DISTANCE = 106;
const PERSON = 0.9;
// A tile counts when at most this share of it is skin, and all of it is person.
const MOST_SKIN = 0.15;
const LEAST_TILES = 3;

export const checkPlainClothes: Check = (input) => {
  const strengths = clothesTiles(input).map(patternStrength);
  if (strengths.length < LEAST_TILES) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  return { kind: 'measured', values: { pattern: median(strengths) } };
};

/** Grey tiles of cloth below the chin. */
function clothesTiles(input: CheckInput): Float32Array[] {
  const { image, face, skin } = input;
  const scale = EYE_DISTANCE / face.interEyeDistance;
  const top = Math.min(image.height - 1, face.chin.y + 0.25 * face.eyesToChin);
  const area = { x: 0, y: top, width: image.width, height: image.height - top };
  const width = Math.round(area.width * scale);
  const height = Math.round(area.height * scale);
  if (width < TILE || height < TILE) return [];
  const torso = resample(image, area, width, height);
  const isSkinPixel = (x: number, y: number) => {
    const at = (y * width + x) * 4;
    return isSkin(labOf(torso.data[at]!, torso.data[at + 1]!, torso.data[at + 2]!), skin);
  };
  const tiles: Float32Array[] = [];
  for (let y = 0; y + TILE <= height; y += TILE) {
    for (let x = 0; x + TILE <= width; x += TILE) {
      if (isCloth(input, x, y, top, scale, isSkinPixel)) tiles.push(greyTile(torso, x, y));
    }
  }
  return tiles;
}

function isCloth(
  { personAt }: CheckInput,
  left: number,
  up: number,
  top: number,
  scale: number,
  isSkinPixel: (x: number, y: number) => boolean,
): boolean {
  let skin = 0;
  let count = 0;
  for (let y = up; y < up + TILE; y += 6) {
    for (let x = left; x < left + TILE; x += 6) {
      if (personAt((x + 0.5) / scale, top + (y + 0.5) / scale) < PERSON) return false;
      if (isSkinPixel(x, y)) skin++;
      count++;
    }
  }
  return skin / count <= MOST_SKIN;
}

function greyTile({ data, width }: RgbaImage, left: number, up: number): Float32Array {
  const tile = new Float32Array(TILE * TILE);
  for (let y = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++) {
      const at = ((up + y) * width + left + x) * 4;
      tile[y * TILE + x] = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    }
  }
  return tile;
}
