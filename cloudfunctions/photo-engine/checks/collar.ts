/**
 * No strapless, no deep neckline. The native value is the share of skin in the middle of the chest, from 0.6 to 1.2 of
 * the distance eyes–chin below the chin. A remark only; the student's own tick says the rest.
 */
import { isSkin, LEAST_TORSO_PIXELS, type TorsoPixel, torsoPixels } from '../measure/clothes';
import { type Check } from './check-input';

const FROM = 0.6;
const TO = 1.2;
// No neckline is as low as that: cloth of the skin's own colour, which cannot be told from it.
const ALL_SKIN = 0.95;

export const checkCollar: Check = (input) => {
  const { face, skin } = input;
  const torso = torsoPixels(input);
  const chest = torso.filter(
    ({ x, y }) =>
      y >= face.chin.y + FROM * face.eyesToChin &&
      y <= face.chin.y + TO * face.eyesToChin &&
      Math.abs(x - face.eyes.x) < face.faceWidth,
  );
  if (chest.length < LEAST_TORSO_PIXELS) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  const skinShare = (pixels: readonly TorsoPixel[]) =>
    pixels.filter(({ colour }) => isSkin(colour, skin)).length / pixels.length;
  if (skinShare(torso) > ALL_SKIN) return { kind: 'not-assessed', reason: 'nothing-to-measure' };
  return { kind: 'measured', values: { skin: skinShare(chest) } };
};
