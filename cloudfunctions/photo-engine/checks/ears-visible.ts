/**
 * Both ears free. The native value is the share of skin beside the face's outline at the height of the ears, on the
 * side that shows less of it. A weak signal: only advice.
 */
import { landmark } from '../face/face-geometry';
import { CHEEK_EDGES } from '../face/landmark-indices';
import { isNotSkin } from '../measure/not-skin';
import { personAt } from '../measure/person-at';
import { labAt } from '../measure/skin-sample';
import { type Check, type CheckInput } from './check-input';

// Beside the cheek's edge, outwards and down to the lobe, in inter-eye distances.
const FROM = 0.02;
const TO = 0.16;
const UP = 0.25;
const DOWN = 0.55;
const PERSON = 0.5;

/** An ear of which less than this lies in the picture says nothing about hair. */
const LEAST_IN_PICTURE = 0.5;

export const checkEarsVisible: Check = (input) => {
  const ears = [earSkin(input, -1), earSkin(input, 1)].filter((share) => share !== undefined);
  if (ears.length === 0) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  return { kind: 'measured', values: { skin: Math.min(...ears) } };
};

/**
 * Share of the place of one ear that is this person's skin; side −1 is the left of the picture. Undefined where the
 * picture does not reach that far.
 */
function earSkin(input: CheckInput, side: -1 | 1): number | undefined {
  const { image, landmarks, face, skin } = input;
  const ied = face.interEyeDistance;
  const edge = landmark(landmarks, side === -1 ? CHEEK_EDGES.left : CHEEK_EDGES.right);
  let shown = 0;
  let count = 0;
  let looks = 0;
  const step = Math.max(1, Math.round(ied / 80));
  for (let y = Math.round(edge.y - UP * ied); y < edge.y + DOWN * ied; y += step) {
    for (let d = FROM * ied; d < TO * ied; d += step) {
      const x = Math.round(edge.x + side * d);
      looks++;
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
      count++;
      if (personAt(input, x, y) > PERSON && !isNotSkin(labAt(image, x, y), skin)) shown++;
    }
  }
  return count < LEAST_IN_PICTURE * looks ? undefined : shown / count;
}
