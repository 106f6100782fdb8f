import { attemptsLeft, isStuck } from '../../miniprogram/shared/submission/attempts';
import { SUBMISSION_STATES } from '../../miniprogram/shared/submission/submission-machine';

const ASKED = { reasons: ['light'], remark: '' };
const LET_PASS = [{ check: 'eyes-open' }];

test.each([
  { limit: 3, state: 'bound', attempts: 0, rejection: null, left: 3 },
  { limit: 3, state: 'developed', attempts: 2, rejection: null, left: 1 },
  { limit: 3, state: 'shot', attempts: 3, rejection: null, left: 0 },
  { limit: 3, state: 'confirmed', attempts: 3, rejection: null, left: 0 },
  // The reviewer asked for another photo: it must be possible.
  { limit: 3, state: 'rejected', attempts: 3, rejection: ASKED, left: 1 },
  { limit: 3, state: 'rejected', attempts: 5, rejection: ASKED, left: 1 },
  { limit: 3, state: 'rejected', attempts: 1, rejection: ASKED, left: 2 },
  // A blocked photo is no answer, however many there are; neither is beginning again.
  { limit: 3, state: 'shot', attempts: 4, rejection: ASKED, left: 1 },
  { limit: 3, state: 'shot', attempts: 9, rejection: ASKED, left: 1 },
  { limit: 3, state: 'bound', attempts: 9, rejection: ASKED, left: 1 },
  // A finished picture is one.
  { limit: 3, state: 'developed', attempts: 4, rejection: ASKED, left: 0 },
] as const)(
  '$attempts of $limit used, $state, asked for: $rejection.reasons: $left left',
  ({ limit, left, ...submission }) => {
    expect(attemptsLeft(limit, { overrides: [], ...submission })).toBe(left);
  },
);

test.each([
  // A check is let pass for the next photo: it must be possible, until one is finished.
  { state: 'shot', attempts: 3, left: 1 },
  { state: 'shot', attempts: 7, left: 1 },
  { state: 'shot', attempts: 1, left: 2 },
  { state: 'developed', attempts: 4, left: 0 },
  { state: 'confirmed', attempts: 4, left: 0 },
] as const)('$attempts of 3 used, $state, a check is let pass: $left left', ({ left, ...submission }) => {
  expect(attemptsLeft(3, { rejection: null, overrides: LET_PASS, ...submission })).toBe(left);
});

test.each(SUBMISSION_STATES)('%s: without a limit there is none', (state) => {
  expect(attemptsLeft(null, { state, attempts: 99, rejection: null, overrides: [] })).toBeNull();
});

test.each([
  { limit: null, state: 'shot', attempts: 2, stuck: false },
  { limit: null, state: 'shot', attempts: 3, stuck: true },
  { limit: 2, state: 'shot', attempts: 1, stuck: false },
  // Nobody with these has a third.
  { limit: 2, state: 'shot', attempts: 2, stuck: true },
  { limit: 5, state: 'shot', attempts: 3, stuck: true },
  // A finished picture waits.
  { limit: null, state: 'developed', attempts: 9, stuck: false },
] as const)('$attempts of $limit used, $state: stuck is $stuck', ({ limit, stuck, ...submission }) => {
  expect(isStuck(limit, submission)).toBe(stuck);
});
