/**
 * Not blurred. The native value is how much of the face's detail is fine detail: the mean of |I − box3| over the mean
 * of |I − box15|, on the face brought to an inter-eye distance of 113 px.
 */
import { contour, landmark } from '../face/face-geometry';
import { FACE_OVAL, MOUTH_CORNERS, NOSE_TIP } from '../face/landmark-indices';
import { alignedGrey, alignmentOf, areaAround, toAligned } from '../measure/aligned-face';
import { boxBlur } from '../measure/box-blur';
import { convexHull, forEachRun } from '../measure/polygon';
import { type Check } from './check-input';

// Windows of 3 and 15 pixels.
const FINE_RADIUS = 1;
const COARSE_RADIUS = 7;

export const checkSharp: Check = ({ image, landmarks, face }) => {
  const alignment = alignmentOf([
    face.leftEye,
    face.rightEye,
    landmark(landmarks, NOSE_TIP),
    landmark(landmarks, MOUTH_CORNERS.left),
    landmark(landmarks, MOUTH_CORNERS.right),
  ]);
  const oval = convexHull(contour(landmarks, FACE_OVAL).map((point) => toAligned(alignment, point)));
  const area = areaAround(oval, COARSE_RADIUS);
  if (area.width === 0 || area.height === 0) return { kind: 'not-assessed', reason: 'part-outside-picture' };
  const grey = alignedGrey(image, alignment, area);
  const fine = boxBlur(grey, area.width, area.height, FINE_RADIUS);
  const coarse = boxBlur(grey, area.width, area.height, COARSE_RADIUS);
  let fineDetail = 0;
  let coarseDetail = 0;
  const inside = oval.map(({ x, y }) => ({ x: x - area.left, y: y - area.top }));
  forEachRun(inside, area.width, area.height, (y, from, to) => {
    for (let i = y * area.width + from; i < y * area.width + to; i++) {
      fineDetail += Math.abs(grey[i]! - fine[i]!);
      coarseDetail += Math.abs(grey[i]! - coarse[i]!);
    }
  });
  if (coarseDetail === 0) return { kind: 'not-assessed', reason: 'light-too-low' };
  return { kind: 'measured', values: { detail: fineDetail / coarseDetail }, remedy: 'hold-still' };
};
