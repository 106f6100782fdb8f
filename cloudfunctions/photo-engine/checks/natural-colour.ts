/**
 * No filter, no colour cast. The native value is the distance of the cheeks' mean a*, b* to the box of natural skin,
 * [5, 25] × [5, 35] in Lab D50 (ISO/IEC 29794-5, natural colour): it holds for all skin tones.
 */
import { type Check } from './check-input';

export const checkNaturalColour: Check = ({ skin: { a, b } }) => {
  const outside = (value: number, least: number, most: number) => Math.max(least - value, value - most, 0);
  return { kind: 'measured', values: { distance: Math.hypot(outside(a, 5, 25), outside(b, 5, 35)) } };
};
