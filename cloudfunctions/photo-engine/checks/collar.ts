/**
 * No strapless, no deep neckline. The native value is the share of skin in the middle of the chest, from 0.6 to 1.2 of
 * the distance eyes–chin below the chin. A remark only; the student's own tick says the rest.
 */
import { isSkin, torsoPixels } from '../measure/clothes';
import { type Check } from './check-input';

const FROM = 0.6;
const TO = 1.2;
const LEAST_PIXELS = 50;

export const checkCollar: Check = (input) => {
  const { face, skin } = input;
  const chest = torsoPixels(input).filter(
    ({ x, y }) =>
      y >= face.chin.y + FROM * face.eyesToChin &&
      y <= face.chin.y + TO * face.eyesToChin &&
      Math.abs(x - face.eyes.x) < face.faceWidth,
  );
  if (chest.length < LEAST_PIXELS) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  return {
    kind: 'measured',
    values: { skin: chest.filter(({ colour }) => isSkin(colour, skin)).length / chest.length },
  };
};
