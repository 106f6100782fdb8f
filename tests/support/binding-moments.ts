/**
 * Lets something happen while somebody binds: the list was read, nothing is written. Import it before everything else:
 * what is replaced here must be so before the use cases load it. The moment comes once.
 */
import type * as attemptsModule from '../../cloudfunctions/submission/spent-attempts';

export const moments: { binding?: () => Promise<unknown> } = {};

type Attempts = typeof attemptsModule;

jest.mock('../../cloudfunctions/submission/spent-attempts', (): Attempts => {
  const attempts = jest.requireActual<Attempts>('../../cloudfunctions/submission/spent-attempts');
  return {
    ...attempts,
    spentAttempts: async (scope, id) => {
      const { binding } = moments;
      delete moments.binding;
      await binding?.();
      return attempts.spentAttempts(scope, id);
    },
  };
});
