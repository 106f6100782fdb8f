/**
 * Where a person goes on with a submission: one rule for the first page's cards and for every page that was opened
 * at the wrong moment.
 */
import { Route } from '../platform/navigation';
import { windowOf } from '../shared/batch/batch';
import { CONSENT_VERSION, ConsentState } from '../shared/contract/student';
import { SubmissionView } from '../shared/contract/submission-view';
import { Instant, SubmissionId } from '../shared/identity/ids';
import { SubmissionState } from '../shared/submission/submission-machine';
import { rememberedTicks } from './tick-store';

/** Both agreements, to the wording that is in force. */
export function hasConsent(consent: ConsentState): boolean {
  return consent.version === CONSENT_VERSION && consent.givenAt !== null && consent.facePhotoGivenAt !== null;
}

/** Confirmed by the student and not packed yet: what packages still leave out where the agreement was taken back. */
const TO_BE_PACKED: readonly SubmissionState[] = ['confirmed', 'accepted'];

/**
 * The photo stays back until its owner agrees again. The cloud's rule (`consent/taken-back.ts`): what was said last
 * counts, to whichever wording. Nobody who has a submission has never agreed, because binding asks for it.
 */
export function isHeldBack({ state }: SubmissionView, consent: ConsentState | null): boolean {
  return TO_BE_PACKED.includes(state) && consent !== null && consent.facePhotoGivenAt === null;
}

export type NextStep =
  | { readonly kind: 'open'; readonly route: Route }
  /** A withdrawn submission is started again first. */
  | { readonly kind: 'restart' }
  /** Nothing can be done here any more; a person helps. */
  | { readonly kind: 'call' };

type StepPage = 'guide' | 'review' | 'done' | 'restart';

const PAGE_OF_STATE: Record<SubmissionState, StepPage> = {
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

/** States in which the student still has to do something before the deadline. */
const OPEN_STATES: readonly SubmissionState[] = ['bound', 'shot', 'developed', 'rejected', 'withdrawn'];

/**
 * @param sending a photo of this submission waits on this phone to be sent
 */
export function nextStep(submission: SubmissionView, now: Instant, sending: boolean): NextStep {
  const { id: submissionId, state } = submission;
  if (sending) return { kind: 'open', route: { page: 'review', submissionId } };
  const page = PAGE_OF_STATE[state];
  if (isOver(submission, now) || isExhausted(submission)) {
    // What was made so far can still be looked at; without anything to see, only the telephone helps.
    return page === 'done' || (page === 'review' && submission.latestPhoto !== null)
      ? { kind: 'open', route: { page, submissionId } }
      : { kind: 'call' };
  }
  return page === 'restart' ? { kind: 'restart' } : { kind: 'open', route: { page, submissionId } };
}

/** The way to another photo: by the guide where this phone has not asked yet for what only the person can say of it. */
export function retakeRoute(submissionId: SubmissionId): Route {
  return { page: rememberedTicks(submissionId) === null ? 'guide' : 'shoot', submissionId };
}

/** The deadline has passed. */
export function isClosed({ batch, closesAt }: SubmissionView, now: Instant): boolean {
  return windowOf({ opensAt: batch.opensAt, closesAt }, now) === 'closed';
}

/** A photo is still wanted and no attempt for it is left. */
export function isExhausted({ state, attemptsLeft }: SubmissionView): boolean {
  return attemptsLeft === 0 && (state === 'bound' || state === 'shot');
}

/** The window has closed and the student is not done. */
export function isOver(submission: SubmissionView, now: Instant): boolean {
  return OPEN_STATES.includes(submission.state) && isClosed(submission, now);
}
