/**
 * No filter, no colour cast. The native value is the distance of the cheeks' mean a*, b* from natural skin, the same
 * for all skin tones (ISO/IEC 29794-5, natural colour).
 */
import { distanceFromNaturalSkin } from '../measure/natural-skin';
import { type Check } from './check-input';

export const checkNaturalColour: Check = ({ skin: { a, b } }) => ({
  kind: 'measured',
  values: { distance: distanceFromNaturalSkin(a, b) },
});
