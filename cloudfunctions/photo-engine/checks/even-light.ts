/**
 * No half-dark face. The native value is the light of one side of the face against the other, in stops: the median
 * over mirrored pairs of patches, so that one shadow of the nose or a beard does not decide.
 */
import { landmark } from '../face/face-geometry';
import { meanLuminance } from '../measure/luminance';
import { squareAround } from '../measure/polygon';
import { type Check } from './check-input';

// Mirrored places of even skin: below the eyes, cheeks, beside the nose, forehead, under the cheekbone.
const PAIRS = [
  [50, 280],
  [205, 425],
  [101, 330],
  [108, 337],
  [118, 347],
] as const;
const PATCH_SIDE_IED = 0.2;

export const checkEvenLight: Check = ({ image, landmarks, face }) => {
  const light = (index: number) =>
    meanLuminance(image, squareAround(landmark(landmarks, index), PATCH_SIDE_IED * face.interEyeDistance));
  const stops = PAIRS.map(([one, other]) => Math.log2(light(one) / light(other)))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (stops.length === 0) return { kind: 'not-assessed', reason: 'light-too-low' };
  return { kind: 'measured', values: { cheeks: Math.abs(stops[stops.length >> 1]!) } };
};
