/** The head turned aside, in degrees; positive towards the right of the picture. */
import { type Check } from './check-input';

export const checkHeadYaw: Check = ({ pose }) => ({ kind: 'measured', values: { yaw: pose.yaw } });
