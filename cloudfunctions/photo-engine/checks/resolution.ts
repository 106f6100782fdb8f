/**
 * Enough pixels for the finished picture. The native value is the enlargement that the crop needs: above 1 the
 * camera was too far away (or its picture too small) and the result would be soft.
 */
import { type Check } from './check-input';

export const checkResolution: Check = ({ framing, portrait, standard, workingScale }) => {
  // Where no crop exists, the smallest allowed face tells what the finished picture would need at least.
  const scale = framing.ok ? framing.framing.scale : standard.faceWidthPx.min / portrait.faceWidth;
  return { kind: 'measured', values: { scale: scale * workingScale }, remedies: { scale: 'come-closer' } };
};
