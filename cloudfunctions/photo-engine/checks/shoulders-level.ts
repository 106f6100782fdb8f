/**
 * Sitting upright. The native value is the slope of the line between the shoulders in degrees: where the figure's
 * outline stands at equal distances to both sides of the face, median over several distances.
 */
import { median } from '../measure/median';
import { personAt } from '../measure/person-at';
import { type Check, type CheckInput } from './check-input';

// Distances from the middle of the face in face widths: beyond the neck and long hair, before the arms fall off.
const DISTANCES = [0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2];
const FIGURE = 0.5;
const LEAST_PAIRS = 3;

export const checkShouldersLevel: Check = (input) => {
  const { portrait } = input;
  const slopes: number[] = [];
  for (const distance of DISTANCES) {
    const reach = distance * portrait.faceWidth;
    const left = outlineAt(input, portrait.faceCentreX - reach);
    const right = outlineAt(input, portrait.faceCentreX + reach);
    if (left !== null && right !== null) slopes.push((Math.atan2(right - left, 2 * reach) * 180) / Math.PI);
  }
  if (slopes.length < LEAST_PAIRS) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  return { kind: 'measured', values: { slope: median(slopes) } };
};

/** The first row from the eyes down that belongs to the figure in this column; null: outside or none. */
function outlineAt(input: CheckInput, x: number): number | null {
  const { image, face } = input;
  if (x < 0 || x >= image.width) return null;
  const from = Math.round(face.chin.y - 0.2 * face.eyesToChin);
  // Hair beside the chin hides the shoulder's line.
  if (personAt(input, x, from) > FIGURE) return null;
  for (let y = from; y < image.height; y++) if (personAt(input, x, y) > FIGURE) return y;
  return null;
}
