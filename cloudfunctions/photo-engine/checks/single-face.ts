/** One person only: somebody else in the picture would end up in, or be cut out of, an official document. */
import { type Check } from './check-input';

export const checkSingleFace: Check = ({ people }) => ({
  kind: 'measured',
  values: { people },
  ...(people > 1 && { remedies: { people: 'several-people' as const } }),
});
