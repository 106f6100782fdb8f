import { hasConsent, isOver, nextStep, retakeRoute } from '../../../miniprogram/services/next-step';
import { rememberTicks } from '../../../miniprogram/services/tick-store';
import {
  SUBMISSION_STATES,
  type SubmissionState,
} from '../../../miniprogram/shared/submission/submission-machine';
import { installFakeWx } from '../../support/fake-wx';
import {
  CONSENT_GIVEN,
  NOON,
  NO_CONSENT,
  SUBMISSION_ID,
  aPhotoView,
  aSubmissionView,
  at,
} from '../../support/view-builder';

const LATE = at('2027-03-05T00:00:00.000Z');

describe('where a person goes on', () => {
  const pages: Readonly<Record<SubmissionState, string>> = {
    bound: 'guide',
    shot: 'review',
    developed: 'review',
    confirmed: 'done',
    rejected: 'done',
    accepted: 'done',
    exported: 'done',
    delivered: 'done',
    withdrawn: 'restart',
  };
  it.each(SUBMISSION_STATES)('%s', (state) => {
    const step = nextStep(aSubmissionView({ state }), NOON, false);
    expect(step.kind === 'open' ? step.route.page : step.kind).toBe(pages[state]);
  });

  it('goes to the photo that is still on its way first', () => {
    expect(nextStep(aSubmissionView({ state: 'bound' }), NOON, true)).toEqual({
      kind: 'open',
      route: { page: 'review', submissionId: SUBMISSION_ID },
    });
  });

  it.each(['bound', 'withdrawn', 'shot'] as const)(
    '%s after the deadline: only the telephone helps',
    (state) => {
      expect(nextStep(aSubmissionView({ state }), LATE, false)).toEqual({ kind: 'call' });
    },
  );

  it('without an attempt left: to what was judged, else only the telephone helps', () => {
    const none = { attemptsLeft: 0 };
    expect(nextStep(aSubmissionView({ ...none, state: 'bound' }), NOON, false)).toEqual({ kind: 'call' });
    const shot = aSubmissionView({ ...none, state: 'shot', latestPhoto: aPhotoView() });
    expect(nextStep(shot, NOON, false)).toMatchObject({ route: { page: 'review' } });
    // A finished picture needs no attempt, and may be taken back without one.
    for (const state of ['developed', 'withdrawn'] as const) {
      const step = nextStep(aSubmissionView({ ...none, state }), NOON, false);
      expect(step.kind).toBe(state === 'withdrawn' ? 'restart' : 'open');
    }
  });

  it('keeps what was made visible after the deadline', () => {
    const developed = aSubmissionView({ state: 'developed', latestPhoto: aPhotoView() });
    expect(nextStep(developed, LATE, false)).toMatchObject({ route: { page: 'review' } });
    expect(nextStep(aSubmissionView({ state: 'confirmed' }), LATE, false)).toMatchObject({
      route: { page: 'done' },
    });
  });
});

describe('the deadline', () => {
  it('is over for whoever still has something to do', () => {
    expect(isOver(aSubmissionView({ state: 'developed' }), LATE)).toBe(true);
    expect(isOver(aSubmissionView({ state: 'developed' }), NOON)).toBe(false);
    expect(isOver(aSubmissionView({ state: 'accepted' }), LATE)).toBe(false);
  });

  it('follows the submission’s own closing time', () => {
    const extended = aSubmissionView({ state: 'bound', closesAt: at('2027-04-01T00:00:00.000Z') });
    expect(isOver(extended, LATE)).toBe(false);
  });
});

describe('consent', () => {
  it('needs both agreements to the wording in force', () => {
    expect(hasConsent(CONSENT_GIVEN)).toBe(true);
    expect(hasConsent(NO_CONSENT)).toBe(false);
    expect(hasConsent({ ...CONSENT_GIVEN, facePhotoGivenAt: null })).toBe(false);
    expect(hasConsent({ ...CONSENT_GIVEN, version: '2020-01' })).toBe(false);
  });
});

describe('the way to another photo', () => {
  it.each([
    ['by the guide on a phone that has not asked for the ticks', null, 'guide'],
    ['straight to the camera where none could be given', [], 'shoot'],
    ['straight to the camera with those that were given', ['live-photo'], 'shoot'],
  ] as const)('%s', (_way, ticks, page) => {
    const phone = installFakeWx();
    if (ticks !== null) rememberTicks(SUBMISSION_ID, ticks);
    expect(retakeRoute(SUBMISSION_ID)).toEqual({ page, submissionId: SUBMISSION_ID });
    phone.remove();
  });
});
