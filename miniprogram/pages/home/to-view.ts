/** What the first page shows. Pure: state in, view out. */
import { BatchView, batchView } from '../../components/batch-card/batch-view';
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import {
  SubmissionCardView,
  submissionCardView,
} from '../../components/submission-card/submission-card-view';
import { COMMON_WORDS } from '../../copy/app-words';
import { CONSENT_WORDS } from '../../copy/consent-words';
import { HOME_WORDS, STEPS, StepWords } from '../../copy/home-words';
import { Words } from '../../copy/words';
import { SubscriptionAnswer } from '../../platform/subscription';
import { isHeldBack } from '../../services/next-step';
import { BatchWindow, windowOf } from '../../shared/batch/batch';
import { Overview } from '../../shared/contract/student';
import { SubmissionView } from '../../shared/contract/submission-view';
import { Instant, SubmissionId } from '../../shared/identity/ids';
import { SubmissionState } from '../../shared/submission/submission-machine';
import { PageState } from '../define-page';
import { ReminderView, reminderView } from './reminder-view';

export interface HomeState extends PageState {
  /** No other page is on top. */
  readonly visible: boolean;
  /** The newest known; null before the very first answer. */
  readonly overview: Overview | null;
  readonly now: Instant;
  /** Submissions whose photo waits on this phone to be sent. */
  readonly sending: readonly SubmissionId[];
  /** The submission whose button was tapped and is at work. */
  readonly busy: SubmissionId | null;
  readonly telephone: string;
  /** The failure is that of looking for news, not of something that the person asked for. */
  readonly refreshFailed: boolean;
  /** WeChat's window about the reminder is open, or its yes on the way to the cloud. */
  readonly asking: boolean;
  /** What it was last answered on this page. */
  readonly answer: SubscriptionAnswer | null;
}

/** Before anything was asked for. */
export const NOTHING_ASKED = {
  refreshFailed: false,
  busy: null,
  asking: false,
  answer: null,
  failure: null,
} as const;

export interface StepView extends StepWords {
  readonly state: 'done' | 'now' | 'later';
  readonly stateText: string;
}

export interface HomeView {
  readonly loading: boolean;
  readonly lead: string;
  readonly cards: readonly SubmissionCardView[];
  /** Below the cards; null where a reminder would bring nothing. */
  readonly reminder: ReminderView | null;
  readonly asking: boolean;
  readonly batches: readonly BatchView[];
  readonly steps: readonly StepView[];
  /** A photo waits for its owner to agree again. */
  readonly heldBack: boolean;
  /** The button at the bottom; only before anything is bound. */
  readonly canStart: boolean;
  readonly canAddAnother: boolean;
  /** Why there is nothing to start. */
  readonly nothingOpen: Words | null;
  /** With nothing to start, a code can still lead to the photo that a station took. */
  readonly canLookUp: boolean;
  readonly stale: Words | null;
  readonly failure: FailureView | null;
  readonly busy: SubmissionId | null;
  readonly callText: string;
}

export function toView(state: HomeState): HomeView {
  const { overview, now, telephone } = state;
  const submissions = overview?.submissions ?? [];
  const batches = overview?.batches ?? [];
  const windows = batches.map((batch) => windowOf(batch, now));
  const anyOpen = windows.includes('open');
  const nothingToStart = overview !== null && submissions.length === 0 && !anyOpen;
  const failed = state.failure !== null;
  // With something to show, a network that brought no news is worth a line, not a wall.
  const isStale = overview !== null && state.refreshFailed && isNetwork(state);
  return {
    loading: overview === null && !failed,
    lead: submissions.length > 0 ? HOME_WORDS.leadAgain : HOME_WORDS.lead,
    cards: submissions.map((submission) => cardOf(submission, state)),
    heldBack: submissions.some((submission) => isHeldBack(submission, overview?.consent ?? null)),
    reminder: reminderView(overview, state.answer, now),
    asking: state.asking,
    batches: submissions.length > 0 ? [] : inOrder(batches.map((batch) => batchView(batch, now))),
    steps: stepViews(submissions.map((submission) => submission.state)),
    canStart: submissions.length === 0 && anyOpen,
    canAddAnother: submissions.length > 0 && anyOpen,
    nothingOpen: nothingToStart ? nothingOpen(windows) : null,
    // The list leaves out what has been over for long; before anything has begun there is no photo.
    canLookUp: nothingToStart && (windows.length === 0 || windows.includes('closed')),
    stale: isStale ? STALE : null,
    failure: isStale ? null : failureView(state.failure, telephone),
    busy: state.busy,
    callText: telephone === '' ? '' : COMMON_WORDS.callNumber(telephone),
  };
}

function cardOf(submission: SubmissionView, { overview, now, sending }: HomeState): SubmissionCardView {
  const card = submissionCardView(submission, now, sending.includes(submission.id));
  return isHeldBack(submission, overview?.consent ?? null) ? { ...card, ...HELD_BACK } : card;
}

const HELD_BACK: Pick<SubmissionCardView, 'tone' | 'icon' | 'next'> = {
  tone: 'attention',
  icon: 'alert',
  next: CONSENT_WORDS.heldBackNext,
};

const WINDOW_ORDER: readonly BatchWindow[] = ['open', 'not-open-yet', 'closed'];

/** What can be done now stands first. */
function inOrder(batches: readonly BatchView[]): BatchView[] {
  return WINDOW_ORDER.flatMap((window) => batches.filter((batch) => batch.window === window));
}

const STALE: Words = { title: HOME_WORDS.staleTitle, next: HOME_WORDS.staleNext };

const isNetwork = ({ failure }: HomeState): boolean =>
  failure?.kind === 'problem' && (failure.problem === 'offline' || failure.problem === 'timed-out');

/** Where one is over and another is still to come, the coming one is what people ask about. */
function nothingOpen(windows: readonly BatchWindow[]): Words {
  if (windows.length === 0) return { title: HOME_WORDS.noBatchTitle, next: HOME_WORDS.noBatchNext };
  return windows.includes('not-open-yet')
    ? { title: HOME_WORDS.notYetTitle, next: HOME_WORDS.notYetNext }
    : { title: HOME_WORDS.closedTitle, next: HOME_WORDS.closedNext };
}

/** How many of the steps each state has behind it. */
const STEPS_DONE: Record<SubmissionState, number> = {
  bound: 2,
  shot: 2,
  developed: 3,
  confirmed: 4,
  rejected: 2,
  accepted: 4,
  exported: 4,
  delivered: 5,
  withdrawn: 2,
};

/** With several submissions the one that is least far decides: that is where something is left to do. */
function stepViews(states: readonly SubmissionState[]): StepView[] {
  const done = states.length === 0 ? 0 : Math.min(...states.map((state) => STEPS_DONE[state]));
  return STEPS.map((step, index) => {
    const place = index < done ? 'done' : index === done && states.length > 0 ? 'now' : 'later';
    const stateText = place === 'done' ? HOME_WORDS.stepDone : place === 'now' ? HOME_WORDS.stepNow : '';
    return { ...step, state: place, stateText };
  });
}
