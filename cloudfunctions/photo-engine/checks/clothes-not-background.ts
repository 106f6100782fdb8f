/** No clothes in the colour of the batch's background: they would melt into it. ΔE 1976 of the clothes' median colour. */
import { clothesPixels, distanceTo } from '../measure/clothes';
import { labOf } from '../measure/lab';
import { type Check } from './check-input';

// Fewer pixels than this on the grid say nothing about clothes.
const LEAST_PIXELS = 50;

export const checkClothesNotBackground: Check = (input) => {
  const { red, green, blue } = input.standard.background;
  const clothes = clothesPixels(input);
  if (clothes.length < LEAST_PIXELS) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  return { kind: 'measured', values: { difference: distanceTo(clothes, labOf(red, green, blue)) } };
};
