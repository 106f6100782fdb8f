/** The head lowered (positive) or raised, in degrees. Faces differ by up to 16°, so the rule is loose. */
import { type Check } from './check-input';

export const checkHeadPitch: Check = ({ pose }) => ({ kind: 'measured', values: { pitch: pose.pitch } });
