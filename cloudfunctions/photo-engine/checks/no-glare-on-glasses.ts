/**
 * No reflections on glasses. Two signals: how much of an iris is hidden by white light (beyond the small catch-light
 * that every eye has), and how much white lies on the lenses around the eyes.
 */
import { type Point } from '../face/detect-faces';
import { landmark } from '../face/face-geometry';
import { LEFT_IRIS, RIGHT_IRIS } from '../face/landmark-indices';
import { type RgbaImage } from '../image/rgba-image';
import { distance } from '../measure/polygon';
import { type Check } from './check-input';

// A reflection is white: its weakest channel is above this.
const WHITE = 235;
// Half sides of a lens around the eye, in inter-eye distances.
const LENS_HALF_WIDTH = 0.42;
const LENS_HALF_HEIGHT = 0.3;

export const checkNoGlareOnGlasses: Check = ({ image, landmarks, face }) => {
  const irises = [LEFT_IRIS, RIGHT_IRIS].map((indices) => {
    const centre = landmark(landmarks, indices[0]);
    const radius =
      indices.slice(1).reduce((sum, index) => sum + distance(centre, landmark(landmarks, index)), 0) / 4;
    return { centre, radius };
  });
  const covered = irises.map(({ centre, radius }) => whiteShareOfCircle(image, centre, radius));
  const lenses = [face.leftEye, face.rightEye].map(
    (eye, i) => whiteAround(image, eye, face.interEyeDistance, irises[i]!) / face.interEyeDistance ** 2,
  );
  return { kind: 'measured', values: { iris: Math.max(...covered), lens: Math.max(...lenses) } };
};

function isWhite({ data, width }: RgbaImage, x: number, y: number): boolean {
  const at = (y * width + x) * 4;
  return Math.min(data[at]!, data[at + 1]!, data[at + 2]!) > WHITE;
}

function whiteShareOfCircle(image: RgbaImage, centre: Point, radius: number): number {
  let white = 0;
  let count = 0;
  const { left, right, top, bottom } = pixelsAround(image, centre, radius, radius);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      if (Math.hypot(x + 0.5 - centre.x, y + 0.5 - centre.y) > radius) continue;
      count++;
      if (isWhite(image, x, y)) white++;
    }
  }
  return count === 0 ? 0 : white / count;
}

/** White pixels on one lens outside the iris. */
function whiteAround(
  image: RgbaImage,
  eye: Point,
  interEyeDistance: number,
  iris: { readonly centre: Point; readonly radius: number },
): number {
  let white = 0;
  const [halfWidth, halfHeight] = [LENS_HALF_WIDTH * interEyeDistance, LENS_HALF_HEIGHT * interEyeDistance];
  const { left, right, top, bottom } = pixelsAround(image, eye, halfWidth, halfHeight);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      if (Math.hypot(x + 0.5 - iris.centre.x, y + 0.5 - iris.centre.y) <= iris.radius) continue;
      if (isWhite(image, x, y)) white++;
    }
  }
  return white;
}

/** First and last column and row of the pixels around a point that lie in the picture. */
function pixelsAround({ width, height }: RgbaImage, centre: Point, halfWidth: number, halfHeight: number) {
  return {
    left: Math.max(0, Math.floor(centre.x - halfWidth)),
    right: Math.min(width - 1, Math.ceil(centre.x + halfWidth)),
    top: Math.max(0, Math.floor(centre.y - halfHeight)),
    bottom: Math.min(height - 1, Math.ceil(centre.y + halfHeight)),
  };
}
