/**
 * Not blurred. The native value is how much of the face's detail is fine detail: the mean of |I − box3| over the mean
 * of |I − box15|, on the face brought to an inter-eye distance of 113 px.
 */
import { contour, landmark } from '../face/face-geometry';
import { FACE_OVAL, MOUTH_CORNERS, NOSE_TIP } from '../face/landmark-indices';
import { ALIGNED_SIZE, alignedGrey, alignmentOf, toAligned } from '../measure/aligned-face';
import { boxBlur } from '../measure/box-blur';
import { convexHull, forEachRun } from '../measure/polygon';
import { type Check } from './check-input';

export const checkSharp: Check = ({ image, landmarks, face }) => {
  const alignment = alignmentOf([
    face.leftEye,
    face.rightEye,
    landmark(landmarks, NOSE_TIP),
    landmark(landmarks, MOUTH_CORNERS.left),
    landmark(landmarks, MOUTH_CORNERS.right),
  ]);
  const grey = alignedGrey(image, alignment);
  const oval = convexHull(contour(landmarks, FACE_OVAL).map((point) => toAligned(alignment, point)));
  const fine = boxBlur(grey, ALIGNED_SIZE, ALIGNED_SIZE, 1);
  const coarse = boxBlur(grey, ALIGNED_SIZE, ALIGNED_SIZE, 7);
  let fineDetail = 0;
  let coarseDetail = 0;
  forEachRun(oval, ALIGNED_SIZE, ALIGNED_SIZE, (y, from, to) => {
    for (let i = y * ALIGNED_SIZE + from; i < y * ALIGNED_SIZE + to; i++) {
      fineDetail += Math.abs(grey[i]! - fine[i]!);
      coarseDetail += Math.abs(grey[i]! - coarse[i]!);
    }
  });
  if (coarseDetail === 0) return { kind: 'not-assessed', reason: 'light-too-low' };
  return { kind: 'measured', values: { detail: fineDetail / coarseDetail }, remedy: 'hold-still' };
};
