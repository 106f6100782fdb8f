/**
 * The head leaning to a shoulder, in degrees; positive clockwise in the picture. The standard forbids rotating the
 * picture, so a leaning head is retaken, never levelled.
 */
import { type Check } from './check-input';

export const checkHeadRoll: Check = ({ pose }) => ({ kind: 'measured', values: { roll: pose.roll } });
