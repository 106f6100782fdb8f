/** No clothes in the colour of the batch's background: they would melt into it. ΔE 1976 of the clothes' median colour. */
import { clothesPixels, distanceTo, LEAST_TORSO_PIXELS, unseenClothes } from '../measure/clothes';
import { labOf } from '../measure/lab';
import { type Check } from './check-input';

export const checkClothesNotBackground: Check = (input) => {
  const { red, green, blue } = input.standard.background;
  const clothes = clothesPixels(input);
  if (clothes.x.length < LEAST_TORSO_PIXELS) return { kind: 'not-assessed', reason: unseenClothes(input) };
  return { kind: 'measured', values: { difference: distanceTo(clothes, labOf(red, green, blue)) } };
};
