/**
 * No strapless, no deep neckline. The native value is the share of skin in the middle of the chest, from 0.6 to 1.2 of
 * the distance eyes–chin below the chin. A remark only; the student's own tick says the rest.
 */
import { type FaceGeometry } from '../face/face-geometry';
import { isSkin, LEAST_TORSO_PIXELS, type TorsoPixel, torsoPixels } from '../measure/clothes';
import { type Lab } from '../measure/lab';
import { type Check } from './check-input';

const FROM = 0.6;
const TO = 1.2;
// No neckline is as low as that: cloth of the skin's own colour, which cannot be told from it.
const ALL_SKIN = 0.95;

export const checkCollar: Check = (input) => {
  const { face, skin } = input;
  const torso = torsoPixels(input);
  const chest = chestPixels(torso, face);
  if (chest.length < LEAST_TORSO_PIXELS) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  if (skinShare(torso, skin) > ALL_SKIN) return { kind: 'not-assessed', reason: 'nothing-to-measure' };
  return { kind: 'measured', values: { skin: skinShare(chest, skin) } };
};

function chestPixels(torso: readonly TorsoPixel[], face: FaceGeometry): TorsoPixel[] {
  const chest: TorsoPixel[] = [];
  const from = face.chin.y + FROM * face.eyesToChin;
  const to = face.chin.y + TO * face.eyesToChin;
  for (const pixel of torso) {
    const { x, y } = pixel;
    if (y >= from && y <= to && Math.abs(x - face.eyes.x) < face.faceWidth) chest.push(pixel);
  }
  return chest;
}

function skinShare(pixels: readonly TorsoPixel[], skin: Lab): number {
  let count = 0;
  for (const { colour } of pixels) if (isSkin(colour, skin)) count++;
  return count / pixels.length;
}
