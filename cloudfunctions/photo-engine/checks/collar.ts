/**
 * No strapless, no deep neckline. The native value is the share of skin in the middle of the chest, from 0.6 to 1.2 of
 * the distance eyes–chin below the chin. A remark only; the student's own tick says the rest.
 */
import { type FaceGeometry } from '../face/face-geometry';
import { countOf } from '../image/flags';
import { LEAST_TORSO_PIXELS, pixelsWith, skinFlags, type TorsoPixels, torsoPixels } from '../measure/clothes';
import { type Lab } from '../measure/lab';
import { type Check } from './check-input';

const FROM = 0.6;
const TO = 1.2;
// No neckline is as low as that: cloth of the skin's own colour, which cannot be told from it.
const ALL_SKIN = 0.95;

export const checkCollar: Check = (input) => {
  const { face, skin } = input;
  const torso = torsoPixels(input);
  const chest = pixelsWith(chestFlags(torso, face), 1, torso);
  if (chest.x.length < LEAST_TORSO_PIXELS) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  if (skinShare(torso, skin) > ALL_SKIN) return { kind: 'not-assessed', reason: 'nothing-to-measure' };
  return { kind: 'measured', values: { skin: skinShare(chest, skin) } };
};

/** 1 for each pixel of the torso in the middle of the chest, 0 for others. */
function chestFlags({ x, y }: TorsoPixels, { chin, eyes, eyesToChin, faceWidth }: FaceGeometry): Uint8Array {
  const from = chin.y + FROM * eyesToChin;
  const to = chin.y + TO * eyesToChin;
  const flags = new Uint8Array(x.length);
  for (let i = 0; i < flags.length; i++)
    if (y[i]! >= from && y[i]! <= to && Math.abs(x[i]! - eyes.x) < faceWidth) flags[i] = 1;
  return flags;
}

function skinShare(pixels: TorsoPixels, skin: Lab): number {
  return countOf(skinFlags(pixels, skin)) / pixels.x.length;
}
