/** What the last page shows: the picture, where it stands, what comes next, and the ways back. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { TimeLineEntry, timeLineEntries } from '../../components/time-line/time-line-entries';
import { COMMON_WORDS } from '../../copy/app-words';
import { CONSENT_WORDS } from '../../copy/consent-words';
import { DONE_WORDS } from '../../copy/done-words';
import { HOME_WORDS } from '../../copy/home-words';
import { joined } from '../../copy/pieces';
import { rejectionLines } from '../../copy/rejection-words';
import { REVIEW_WORDS } from '../../copy/review-words';
import { STATE_WORDS } from '../../copy/state-words';
import { Words } from '../../copy/words';
import { YesNo } from '../../platform/feedback';
import { isClosed, isHeldBack, isOver } from '../../services/next-step';
import { ConsentState, DownloadLink } from '../../shared/contract/student';
import { SubmissionView } from '../../shared/contract/submission-view';
import { Instant, SubmissionId } from '../../shared/identity/ids';
import { CONFIRMED_STATES, SubmissionState } from '../../shared/submission/submission-machine';
import { PageState } from '../define-page';

export interface DoneState extends PageState {
  /** Null where the address names none: the page gives way. */
  readonly submissionId: SubmissionId | null;
  readonly submission: SubmissionView | null;
  /** As last known; null before the first page has asked. */
  readonly consent: ConsentState | null;
  /** The finished picture's address; null before it is known. */
  readonly picture: DownloadLink | null;
  /** The address led to nothing. */
  readonly pictureFailed: boolean;
  readonly saving: boolean;
  readonly saved: boolean;
  readonly working: boolean;
  /** The photo just taken arrived after another one was confirmed. */
  readonly unused: boolean;
  readonly now: Instant;
  readonly telephone: string;
}

/** Asked once more before the photo is taken back, with what is possible afterwards. */
export function withdrawQuestion(submission: SubmissionView | null, now: Instant): YesNo {
  return {
    title: DONE_WORDS.withdrawTitle,
    text: withdrawText(submission, now),
    yes: DONE_WORDS.withdrawYes,
    no: DONE_WORDS.withdrawNo,
  };
}

function withdrawText(submission: SubmissionView | null, now: Instant): string {
  if (submission !== null && isClosed(submission, now)) return DONE_WORDS.withdrawLateText;
  return submission?.attemptsLeft === 0 ? DONE_WORDS.withdrawLastText : DONE_WORDS.withdrawText;
}

/** Before the first answer. */
export const NOTHING_KNOWN = {
  submissionId: null,
  submission: null,
  consent: null,
  picture: null,
  pictureFailed: false,
  saving: false,
  saved: false,
  working: false,
  unused: false,
  failure: null,
} as const;

export interface DoneView {
  readonly state: Words | null;
  readonly tone: 'good' | 'info' | 'warn';
  /** The photo waits for its owner to agree again. */
  readonly heldBack: boolean;
  /** Why the page does not show the photo that was just taken. */
  readonly unused: Words | null;
  readonly picture: string;
  /** Instead of a picture that did not appear. */
  readonly pictureMissing: string;
  readonly canSave: boolean;
  readonly saveText: string;
  readonly saving: boolean;
  readonly saved: boolean;
  readonly person: string;
  readonly reasons: readonly Words[];
  readonly remark: string;
  readonly canRetake: boolean;
  readonly canRestart: boolean;
  readonly canWithdraw: boolean;
  /** After the deadline only a person helps; empty otherwise, or where no number is known. */
  readonly callText: string;
  /** Not confirmed yet: the page was opened too early. */
  readonly toReview: boolean;
  readonly working: boolean;
  readonly entries: readonly TimeLineEntry[];
  readonly next: readonly string[];
  readonly failure: FailureView | null;
}

export function toView(view: DoneState): DoneView {
  const { submission, now, saved } = view;
  const state = submission?.state ?? null;
  const confirmed = state !== null && CONFIRMED_STATES.includes(state);
  const over = submission !== null && isOver(submission, now);
  const heldBack = submission !== null && isHeldBack(submission, view.consent);
  const student = submission?.student;
  return {
    state:
      state === null
        ? null
        : {
            title: STATE_WORDS[state].label,
            next: heldBack ? CONSENT_WORDS.heldBackNext : nextWords(state, over),
          },
    tone:
      state === null
        ? 'info'
        : state === 'rejected'
          ? 'warn'
          : STATE_WORDS[state].tone === 'good'
            ? 'good'
            : 'info',
    heldBack,
    unused: view.unused ? unusedWords(confirmed) : null,
    picture: view.pictureFailed ? '' : (view.picture?.url ?? ''),
    pictureMissing: view.pictureFailed ? REVIEW_WORDS.pictureMissing : '',
    canSave: confirmed,
    saveText: view.saving ? DONE_WORDS.saving : saved ? DONE_WORDS.savedAgain : DONE_WORDS.save,
    saving: view.saving,
    saved,
    person: student ? joined(student.schoolName, student.level, student.maskedName) : '',
    ...rejectionLines(submission?.rejection ?? null),
    canRetake: state === 'rejected' && !over,
    canRestart: state === 'withdrawn' && !over,
    canWithdraw: state === 'confirmed',
    callText: over && view.telephone !== '' ? COMMON_WORDS.callNumber(view.telephone) : '',
    toReview: state === 'bound' || state === 'shot' || state === 'developed',
    working: view.working,
    entries: submission === null ? [] : timeLineEntries(submission),
    next:
      confirmed && !heldBack
        ? [...(state === 'confirmed' ? [DONE_WORDS.nextInReview] : []), ...DONE_WORDS.next]
        : [],
    failure: failureView(view.failure, view.telephone),
  };
}

function unusedWords(confirmed: boolean): Words {
  return { title: DONE_WORDS.unused, next: confirmed ? DONE_WORDS.unusedNext : DONE_WORDS.unusedElse };
}

function nextWords(state: SubmissionState, over: boolean): string {
  if (!over) return STATE_WORDS[state].next;
  if (state === 'withdrawn') return DONE_WORDS.withdrawnLate;
  return state === 'rejected' ? DONE_WORDS.rejectedLate : HOME_WORDS.closedNext;
}
