/**
 * Eyes open and looking at the camera. The native value is the smaller eye's largest lid gap as a share of the
 * distance from the eyes to the chin (ISO/IEC 29794-5, eyes open).
 */
import { landmark } from '../face/face-geometry';
import { LEFT_LID_PAIRS, RIGHT_LID_PAIRS } from '../face/landmark-indices';
import { distance } from '../measure/polygon';
import { type Check } from './check-input';

export const checkEyesOpen: Check = ({ landmarks, face }) => {
  const gapOf = (pairs: readonly (readonly [number, number])[]) =>
    Math.max(
      ...pairs.map(([upper, lower]) => distance(landmark(landmarks, upper), landmark(landmarks, lower))),
    );
  const gap = Math.min(gapOf(LEFT_LID_PAIRS), gapOf(RIGHT_LID_PAIRS));
  return { kind: 'measured', values: { gap: gap / face.eyesToChin } };
};
