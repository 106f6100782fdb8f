/**
 * No stripes or checks. The native value is how strongly the clothes repeat themselves: share of the strongest
 * frequency times its amplitude in grey levels, the median over tiles at an inter-eye distance of 106 px.
 */
import { type RgbaImage } from '../image/rgba-image';
import { isSkin, unseenClothes } from '../measure/clothes';
import { patternStrength, TILE } from '../measure/pattern';
import { median } from '../measure/median';
import { personAt } from '../measure/person-at';
import { labAt } from '../measure/skin-sample';
import { type Check, type CheckInput } from './check-input';

const EYE_DISTANCE = 106;
const BELOW_CHIN = 0.25;
// Places per side at which a tile is asked whether it is cloth.
const LOOKS = 6;
const PERSON = 0.9;
// A tile counts when at most this share of it is skin, and all of it is person.
const MOST_SKIN = 0.15;
const LEAST_TILES = 3;
// Enough for a median; a picture with much cloth has many more.
const MOST_TILES = 16;

export const checkPlainClothes: Check = (input) => {
  const strengths = clothesTiles(input).map(patternStrength);
  if (strengths.length < LEAST_TILES) return { kind: 'not-assessed', reason: unseenClothes(input) };
  return { kind: 'measured', values: { pattern: median(strengths) } };
};

/** Grey tiles of cloth below the chin. */
function clothesTiles(input: CheckInput): Float32Array[] {
  const { image, face } = input;
  const side = (TILE * face.interEyeDistance) / EYE_DISTANCE;
  const top = face.chin.y + BELOW_CHIN * face.eyesToChin;
  const places: { x: number; y: number }[] = [];
  for (let y = top; y + side <= image.height; y += side) {
    for (let x = 0; x + side <= image.width; x += side) {
      if (isCloth(input, x, y, side)) places.push({ x, y });
    }
  }
  const every = Math.ceil(places.length / MOST_TILES);
  return places.filter((_, i) => i % every === 0).map(({ x, y }) => greyTile(image, x, y, side));
}

function isCloth(input: CheckInput, left: number, top: number, side: number): boolean {
  const { image, skin } = input;
  let skinPixels = 0;
  for (let j = 0; j < LOOKS; j++) {
    for (let i = 0; i < LOOKS; i++) {
      const x = Math.floor(left + ((i + 0.5) / LOOKS) * side);
      const y = Math.floor(top + ((j + 0.5) / LOOKS) * side);
      if (personAt(input, x, y) < PERSON) return false;
      if (isSkin(labAt(image, x, y), skin)) skinPixels++;
    }
  }
  return skinPixels / LOOKS ** 2 <= MOST_SKIN;
}

/** The square at the tile's size, each value the mean of what lies under it, so that fine cloth does not alias. */
function greyTile({ data, width }: RgbaImage, left: number, top: number, side: number): Float32Array {
  const tile = new Float32Array(TILE * TILE);
  const step = side / TILE;
  const samples = Math.max(1, Math.round(step));
  for (let y = 0, at = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++, at++) {
      let sum = 0;
      for (let j = 0; j < samples; j++) {
        const row = Math.floor(top + (y + (j + 0.5) / samples) * step) * width;
        for (let i = 0; i < samples; i++) {
          const pixel = (row + Math.floor(left + (x + (i + 0.5) / samples) * step)) * 4;
          sum += 0.299 * data[pixel]! + 0.587 * data[pixel + 1]! + 0.114 * data[pixel + 2]!;
        }
      }
      tile[at] = sum / (samples * samples);
    }
  }
  return tile;
}
