/**
 * Both ears free. The native value is the share of skin beside the face's outline at the height of the ears, on the
 * side that shows less of it. A weak signal: only advice.
 */
import { landmark } from '../face/face-geometry';
import { CHEEK_EDGES } from '../face/landmark-indices';
import { isNotSkin } from '../measure/not-skin';
import { labAt } from '../measure/skin-sample';
import { type Check, type CheckInput } from './check-input';

// Beside the cheek's edge, outwards and down to the lobe, in inter-eye distances.
const FROM = 0.02;
const TO = 0.16;
const UP = 0.25;
const DOWN = 0.55;
const PERSON = 0.5;

export const checkEarsVisible: Check = (input) => ({
  kind: 'measured',
  values: { skin: Math.min(earSkin(input, -1), earSkin(input, 1)) },
});

/** Share of the place of one ear that is this person's skin; side −1 is the left of the picture. */
function earSkin({ image, landmarks, face, skin, personAt }: CheckInput, side: -1 | 1): number {
  const ied = face.interEyeDistance;
  const edge = landmark(landmarks, side === -1 ? CHEEK_EDGES.left : CHEEK_EDGES.right);
  let shown = 0;
  let count = 0;
  const step = Math.max(1, Math.round(ied / 80));
  for (let y = Math.round(edge.y - UP * ied); y < edge.y + DOWN * ied; y += step) {
    for (let d = FROM * ied; d < TO * ied; d += step) {
      const x = Math.round(edge.x + side * d);
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
      count++;
      if (personAt(x, y) > PERSON && !isNotSkin(labAt(image, x, y), skin)) shown++;
    }
  }
  return count === 0 ? 0 : shown / count;
}
