/**
 * What the framing solver needs to know of a portrait, taken from the landmarks and the person mask.
 * The finished picture is measured with the same definitions, so that plan and proof mean the same thing.
 */
import { type PortraitMeasures } from '../../../miniprogram/shared/framing/frame-portrait';
import { type FaceGeometry, landmark } from '../face/face-geometry';
import { type Landmarks } from '../face/face-mesh';
import { CHEEK_EDGES, LEFT_IRIS, RIGHT_IRIS } from '../face/landmark-indices';
import { type Plane } from '../image/resample';

// A row belongs to the head from this share of the face's width on: strands and the tip of a ponytail do not make the
// head higher, a bun does. The document says 头顶发迹 without a definition; own choice, the same in plan and proof.
const HAIR_ROW_SHARE = 1 / 3;
// Hair is looked for this far to both sides of the face's middle, in face widths.
const HAIR_REACH = 0.85;
/** Above this share a pixel counts as the person. */
export const FIGURE = 0.5;
// The figure touches a side when this share of the rows below the chin reaches it.
const SIDE_ROWS_SHARE = 0.02;

/** The face as the standard measures it. */
export interface FaceSpan {
  /** Cheek to cheek. */
  readonly faceWidth: number;
  readonly faceCentreX: number;
  /** Middle of the pupils: 新华社's checks of the same standard name 瞳孔 and 眼睛中心. */
  readonly eyesY: number;
}

export function faceSpan(landmarks: Landmarks, face: FaceGeometry): FaceSpan {
  const left = landmark(landmarks, CHEEK_EDGES.left);
  const right = landmark(landmarks, CHEEK_EDGES.right);
  const pupils = [landmark(landmarks, LEFT_IRIS[0]), landmark(landmarks, RIGHT_IRIS[0])] as const;
  return {
    faceWidth: face.faceWidth,
    faceCentreX: (left.x + right.x) / 2,
    eyesY: (pupils[0].y + pupils[1].y) / 2,
  };
}

/**
 * Measures in pixels of the picture. `figure` shows the whole picture, 0..1 per pixel, at any size: half of an odd
 * number of rows is rounded, so its columns and its rows each have their own scale.
 */
export function portraitMeasures(
  landmarks: Landmarks,
  face: FaceGeometry,
  figure: Plane,
  picture: { readonly width: number; readonly height: number },
): PortraitMeasures {
  const { faceWidth, faceCentreX, eyesY } = faceSpan(landmarks, face);
  const across = figure.width / picture.width;
  const down = figure.height / picture.height;
  const chinRow = face.chin.y * down;
  const hairTopY = hairTop(figure, faceCentreX * across, faceWidth * across, eyesY * down) / down;
  return {
    imageWidth: picture.width,
    imageHeight: picture.height,
    hairTopY,
    chinY: face.chin.y,
    eyesY,
    faceWidth,
    faceCentreX,
    // Within a hundredth of the head the mask cannot tell an edge that cuts from one that just misses.
    hairCutOff: hairTopY <= 0.01 * (face.chin.y - hairTopY),
    touchesLeft: touchesColumn(figure, 0, chinRow),
    touchesRight: touchesColumn(figure, figure.width - 1, chinRow),
  };
}

/** The first row from the top that belongs to the head; the eyes' height where the mask shows no hair at all. */
export function hairTop(figure: Plane, centreX: number, faceWidth: number, eyesY: number): number {
  const from = Math.max(0, Math.floor(centreX - HAIR_REACH * faceWidth));
  const to = Math.min(figure.width, Math.ceil(centreX + HAIR_REACH * faceWidth));
  const needed = Math.max(1, HAIR_ROW_SHARE * faceWidth);
  for (let y = 0; y < Math.min(figure.height, eyesY); y++) {
    if (figureInRow(figure, y, from, to) >= needed) return y;
  }
  return eyesY;
}

/** How many pixels of this part of a row belong to the figure. */
export function figureInRow(figure: Plane, y: number, from: number, to: number): number {
  let count = 0;
  for (let x = from; x < to; x++) if (figure.data[y * figure.width + x]! > FIGURE) count++;
  return count;
}

function touchesColumn(figure: Plane, x: number, chinY: number): boolean {
  const first = Math.max(0, Math.floor(chinY));
  let rows = 0;
  for (let y = first; y < figure.height; y++) if (figure.data[y * figure.width + x]! > FIGURE) rows++;
  return rows > SIDE_ROWS_SHARE * Math.max(1, figure.height - first);
}
