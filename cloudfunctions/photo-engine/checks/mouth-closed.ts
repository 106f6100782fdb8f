/**
 * Lips closed, no teeth. Two signals: the gap of the inner lips, and the area between them that looks like teeth,
 * that is, as bright as the skin but clearly less red. Parted lips without teeth are only remarked.
 */
import { contour, landmark } from '../face/face-geometry';
import { type Landmarks } from '../face/face-mesh';
import { CHEEK_CENTRES, CHEEKS_BESIDE_MOUTH, INNER_LIP_PAIRS, INNER_LIPS } from '../face/landmark-indices';
import { type RgbaImage } from '../image/rgba-image';
import { type Lab } from '../measure/lab';
import { distance, type Point, runsInside, squareAround } from '../measure/polygon';
import { median } from '../measure/median';
import { labAt } from '../measure/skin-sample';
import { type Check } from './check-input';

const CHEEKS = [...Object.values(CHEEK_CENTRES), ...Object.values(CHEEKS_BESIDE_MOUTH)];

// Teeth against the cheeks' median: at most this share of their redness, at least this share of their lightness.
// On 100 studio portraits the area is then ≤ .0024 IED² without teeth and ≥ .018 with teeth, for all skin tones.
const TEETH_REDNESS = 0.75;
const TEETH_LIGHTNESS = 0.7;

export const checkMouthClosed: Check = ({ image, landmarks, face }) => {
  const { interEyeDistance } = face;
  const gap = Math.max(
    ...INNER_LIP_PAIRS.map(([upper, lower]) =>
      distance(landmark(landmarks, upper), landmark(landmarks, lower)),
    ),
  );
  const teeth = teethArea(image, landmarks, interEyeDistance) / interEyeDistance ** 2;
  return {
    kind: 'measured',
    values: { gap: gap / interEyeDistance, teeth },
    remedies: { gap: 'close-lips', teeth: 'hide-teeth' },
  };
};

/** Pixels between the lips that look like teeth. */
function teethArea(image: RgbaImage, landmarks: Landmarks, interEyeDistance: number): number {
  const skin = skinColour(image, landmarks, interEyeDistance);
  let area = 0;
  for (const { lightness, a: redness } of coloursInside(image, contour(landmarks, INNER_LIPS))) {
    if (redness < skin.redness * TEETH_REDNESS && lightness > skin.lightness * TEETH_LIGHTNESS) area++;
  }
  return area;
}

function skinColour(image: RgbaImage, landmarks: Landmarks, interEyeDistance: number) {
  const lightness: number[] = [];
  const redness: number[] = [];
  for (const cheek of CHEEKS) {
    for (const colour of coloursInside(
      image,
      squareAround(landmark(landmarks, cheek), 0.1 * interEyeDistance),
    )) {
      lightness.push(colour.lightness);
      redness.push(colour.a);
    }
  }
  return { lightness: median(lightness), redness: median(redness) };
}

function coloursInside(image: RgbaImage, area: readonly Point[]): Lab[] {
  const colours: Lab[] = [];
  for (const { y, from, to } of runsInside(area, image.width, image.height)) {
    for (let x = from; x < to; x++) colours.push(labAt(image, x, y));
  }
  return colours;
}
