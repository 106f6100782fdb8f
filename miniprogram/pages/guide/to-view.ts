/** What the guide shows: the rules as cards and the ticks that only a person can give. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { COMMON_WORDS } from '../../copy/app-words';
import { GUIDE_WORDS, GuideCard, guideCards } from '../../copy/guide-words';
import { rejectionLines } from '../../copy/rejection-words';
import { TickWords, tickWords } from '../../copy/tick-words';
import { Words } from '../../copy/words';
import { isOver } from '../../services/next-step';
import { SubmissionView } from '../../shared/contract/submission-view';
import { Instant, SubmissionId } from '../../shared/identity/ids';
import { DEFAULT_PHOTO_SETTINGS } from '../../shared/photo-standard/photo-standard';
import { PERSON_TICKS, PersonTick } from '../../shared/verdict/check-ids';
import { PageState } from '../define-page';

export interface GuideState extends PageState {
  /** Null where the address names none: the page gives way. */
  readonly submissionId: SubmissionId | null;
  readonly submission: SubmissionView | null;
  readonly ticks: readonly PersonTick[];
  readonly now: Instant;
  readonly telephone: string;
}

export interface TickView extends TickWords {
  readonly id: PersonTick;
  readonly checked: boolean;
}

export interface GuideView {
  readonly cards: readonly GuideCard[];
  readonly ticks: readonly TickView[];
  readonly allTicked: boolean;
  /** What the reviewer asked for, until another photo is confirmed. */
  readonly reasons: readonly Words[];
  readonly remark: string;
  readonly attempts: string;
  readonly canShoot: boolean;
  readonly closed: boolean;
  /** Empty where a photo can be taken, or where no number is known. */
  readonly callText: string;
  readonly failure: FailureView | null;
}

export function toView(state: GuideState): GuideView {
  const { submission, ticks, now } = state;
  const attemptsLeft = submission?.attemptsLeft ?? null;
  const closed = submission !== null && isOver(submission, now);
  const settings = submission?.batch.photoSettings ?? DEFAULT_PHOTO_SETTINGS;
  return {
    cards: guideCards(settings),
    ticks: PERSON_TICKS.map((id) => ({
      id,
      checked: ticks.includes(id),
      ...tickWords(id, settings.background),
    })),
    allTicked: missingTicks(ticks) === 0,
    ...rejectionLines(submission?.rejection ?? null),
    attempts: attemptsLeft === null ? '' : GUIDE_WORDS.attemptsLeft(attemptsLeft),
    canShoot: submission !== null && !closed && attemptsLeft !== 0,
    closed,
    callText:
      (closed || attemptsLeft === 0) && state.telephone !== ''
        ? COMMON_WORDS.callNumber(state.telephone)
        : '',
    failure: failureView(state.failure, state.telephone),
  };
}

export function missingTicks(ticks: readonly PersonTick[]): number {
  return PERSON_TICKS.length - ticks.length;
}

/** The ticks after one was tapped, always in the kernel's order. */
export function toggled(ticks: readonly PersonTick[], tick: PersonTick): PersonTick[] {
  return PERSON_TICKS.filter((one) => (one === tick ? !ticks.includes(one) : ticks.includes(one)));
}
