import { attemptsLeft } from '../../miniprogram/shared/submission/attempts';
import { SUBMISSION_STATES } from '../../miniprogram/shared/submission/submission-machine';

test.each([
  { limit: 3, state: 'bound', attempts: 0, left: 3 },
  { limit: 3, state: 'developed', attempts: 2, left: 1 },
  { limit: 3, state: 'shot', attempts: 3, left: 0 },
  { limit: 3, state: 'confirmed', attempts: 3, left: 0 },
  // The reviewer asked for another photo: it must be possible.
  { limit: 3, state: 'rejected', attempts: 3, left: 1 },
  { limit: 3, state: 'rejected', attempts: 5, left: 1 },
  { limit: 3, state: 'rejected', attempts: 1, left: 2 },
] as const)('$attempts of $limit used, $state: $left left', ({ limit, left, ...life }) => {
  expect(attemptsLeft(limit, life)).toBe(left);
});

test.each(SUBMISSION_STATES)('%s: without a limit there is none', (state) => {
  expect(attemptsLeft(null, { state, attempts: 99 })).toBeNull();
});
