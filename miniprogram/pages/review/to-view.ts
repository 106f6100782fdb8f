/** What the review page shows: a photo on its way, or its verdict with original and finished photo. Pure. */
import { ComparePicture } from '../../components/compare-view/compare-picture';
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { COMMON_WORDS } from '../../copy/app-words';
import { rejectionLines } from '../../copy/rejection-words';
import { REVIEW_WORDS } from '../../copy/review-words';
import { CheckLine, LineTone, VERDICT_WORDS, checkLines } from '../../copy/verdict-words';
import { Words } from '../../copy/words';
import { isSuperseded } from '../../services/confirm-photo';
import { isOver } from '../../services/next-step';
import { PhotoAddresses } from '../../services/photo-links';
import { Sending, UploadProgress } from '../../services/portrait-upload/portrait-uploads';
import { maySoften } from '../../shared/batch/check-settings';
import { Failure } from '../../shared/failure';
import { PhotoView, SubmissionView } from '../../shared/contract/submission-view';
import { Instant, SubmissionId } from '../../shared/identity/ids';
import { allows } from '../../shared/submission/submission-machine';
import { Verdict, checksWith } from '../../shared/verdict/verdict';
import { PageState } from '../define-page';

export interface ReviewState extends PageState {
  /** Null where the address names none: the page gives way. */
  readonly submissionId: SubmissionId | null;
  readonly submission: SubmissionView | null;
  /** What sends a photo, to be hurried or stopped. */
  readonly running: Sending | null;
  /** The photo being sent: its picture on this phone and how far it is. */
  readonly sending: { readonly path: string; readonly progress: UploadProgress } | null;
  /** The newest photo, or the earlier finished one that a blocked retake left standing. */
  readonly showing: 'latest' | 'developed';
  readonly links: PhotoAddresses | null;
  /** The photo just sent was refused for good. */
  readonly unused: boolean;
  readonly confirming: boolean;
  /** What stopped the yes, also while something else is shown. */
  readonly unconfirmed: Failure | null;
  readonly now: Instant;
  readonly telephone: string;
}

export const NOTHING_YET: Omit<ReviewState, 'now' | 'telephone'> = {
  submissionId: null,
  submission: null,
  running: null,
  sending: null,
  showing: 'latest',
  links: null,
  unused: false,
  confirming: false,
  unconfirmed: null,
  failure: null,
};

/** Asked once more before the final yes. */
export const CONFIRM_QUESTION = {
  title: REVIEW_WORDS.askTitle,
  text: REVIEW_WORDS.askText,
  yes: REVIEW_WORDS.askYes,
  no: REVIEW_WORDS.askNo,
} as const;

/** Asked once more before a photo goes that has not been sent. */
export const DISCARD_QUESTION = {
  title: REVIEW_WORDS.discardTitle,
  text: REVIEW_WORDS.discardText,
  yes: REVIEW_WORDS.discardYes,
  no: REVIEW_WORDS.discardNo,
} as const;

export interface SendingView {
  readonly picture: string;
  readonly title: string;
  readonly text: string;
  /** −1: it works, but nobody can say how far. */
  readonly percent: number;
  readonly percentText: string;
  readonly waiting: boolean;
  /** Another photo may be taken instead. */
  readonly canDiscard: boolean;
  /** Where the cloud refused it a person may help: their number; empty otherwise, or where none is known. */
  readonly telephone: string;
  readonly callText: string;
}

export interface ReviewView {
  readonly sending: SendingView | null;
  readonly empty: boolean;
  readonly headline: Words | null;
  readonly tone: LineTone;
  /** What the reviewer asked for, to compare the new photo with. */
  readonly reasons: readonly Words[];
  readonly remark: string;
  readonly pictures: readonly ComparePicture[];
  readonly finished: boolean;
  readonly lines: readonly CheckLine[];
  readonly attempts: string;
  /** The main button's words; empty where nothing can be confirmed. */
  readonly confirm: string;
  readonly confirming: boolean;
  readonly canRetake: boolean;
  readonly retakeFirst: boolean;
  readonly earlier: Words | null;
  readonly showingEarlier: boolean;
  readonly closed: boolean;
  /** No attempt is left and nothing can be confirmed here: only a person helps. */
  readonly exhausted: boolean;
  /** What blocks again and again is something that the staff may let pass, and somebody can be called. */
  readonly waiver: Words | null;
  readonly canCall: boolean;
  /** Whom the page's button calls, whichever of the two is shown. */
  readonly telephone: string;
  readonly failure: FailureView | null;
}

export function toView(state: ReviewState): ReviewView {
  const { submission, now } = state;
  // A photo on its way has the place of the newest; an earlier finished one can be looked at beside it.
  const photo = state.sending && state.showing === 'latest' ? null : shownPhoto(state);
  const verdict = photo?.verdict ?? null;
  const over = submission !== null && isOver(submission, now);
  const confirmable = canConfirm(state) && !over;
  const attemptsLeft = submission?.attemptsLeft ?? null;
  const wantsPhoto = submission !== null && !over && allows(submission.state, 'photo-developed');
  const canRetake = wantsPhoto && attemptsLeft !== 0;
  const noneLeft = wantsPhoto && attemptsLeft === 0 && state.sending === null;
  const exhausted = noneLeft && !confirmable;
  const sending = sendingView(state, over);
  const stuck = wantsPhoto && submission.isStuck === true && verdict !== null && blockedByChoice(verdict);
  const canCall = (over || noneLeft || stuck) && state.telephone !== '' && !sending?.telephone;
  const waiting = sending?.waiting ?? false;
  const hasEarlier = waiting ? isFinished(submission) : hasEarlierPhoto(submission);
  const earlier = (!over || waiting) && state.showing === 'latest' && hasEarlier;
  return {
    sending,
    empty: submission !== null && photo === null && state.sending === null && state.failure === null,
    headline: verdict && sending === null ? headline(verdict, { over, noneLeft, confirmable }) : null,
    tone: verdict ? TONES[verdict.outcome] : 'unknown',
    ...rejectionLines(sending === null ? (submission?.rejection ?? null) : null),
    pictures: photo ? pictures(state, photo) : [],
    finished: photo !== null && isDeveloped(submission, photo),
    lines: verdict ? checkLines(verdict) : [],
    attempts: attemptsLeft === null ? '' : REVIEW_WORDS.attemptsLeft(attemptsLeft),
    confirm: confirmable
      ? verdict?.outcome === 'warned'
        ? REVIEW_WORDS.confirmAnyway
        : REVIEW_WORDS.confirm
      : '',
    confirming: state.confirming,
    canRetake: canRetake && !state.sending,
    retakeFirst: !confirmable,
    earlier: earlier ? { title: REVIEW_WORDS.earlierTitle, next: earlierWords(waiting, canRetake) } : null,
    showingEarlier: state.showing === 'developed' && hasEarlier,
    closed: over,
    exhausted,
    waiver: stuck && canCall ? WAIVER : null,
    canCall,
    telephone: sending?.telephone || state.telephone,
    failure: reviewFailure(state),
  };
}

/**
 * The page loads again by itself where another photo took the place of the one that was shown. A yes that did not
 * arrive says so first: the page beneath looks finished.
 */
function reviewFailure({ failure, unconfirmed, telephone }: ReviewState): FailureView | null {
  const view = failureView(failure, telephone, 'person');
  if (view === null) return null;
  if (isSuperseded(failure)) return { ...view, next: REVIEW_WORDS.superseded };
  if (failure !== unconfirmed || !view.canRetry) return view;
  return { ...view, title: REVIEW_WORDS.unconfirmed, next: `${view.title}。${view.next}` };
}

function earlierWords(waiting: boolean, canRetake: boolean): string {
  if (waiting) return REVIEW_WORDS.earlierWaiting;
  return canRetake ? REVIEW_WORDS.earlierNext : REVIEW_WORDS.earlierOnly;
}

interface Possible {
  readonly over: boolean;
  readonly noneLeft: boolean;
  readonly confirmable: boolean;
}

/** What the verdict says, without asking for a step that is no longer possible. */
function headline({ outcome }: Verdict, { over, noneLeft, confirmable }: Possible): Words {
  const words = VERDICT_WORDS[outcome];
  if (over) return { ...words, next: REVIEW_WORDS.closedNext };
  if (!noneLeft) return words;
  return { ...words, next: confirmable ? REVIEW_WORDS.lastNext : REVIEW_WORDS.exhaustedNext };
}

const WAIVER: Words = { title: REVIEW_WORDS.waiverTitle, next: REVIEW_WORDS.waiverNext };

/** By something beside what no picture can do without. */
function blockedByChoice(verdict: Verdict): boolean {
  return checksWith(verdict, 'blocked').some(maySoften);
}

const TONES: Record<Verdict['outcome'], LineTone> = { passed: 'good', warned: 'warn', blocked: 'bad' };

/** The photo that the page is about now. */
export function shownPhoto({
  submission,
  showing,
}: Pick<ReviewState, 'submission' | 'showing'>): PhotoView | null {
  return (showing === 'developed' ? submission?.developedPhoto : submission?.latestPhoto) ?? null;
}

function isDeveloped(submission: SubmissionView | null, photo: PhotoView): boolean {
  return submission?.developedPhoto?.id === photo.id;
}

/** A finished photo waits for the yes. */
function isFinished(submission: SubmissionView | null): boolean {
  return submission?.state === 'developed' && submission.developedPhoto !== null;
}

/** A finished photo stands behind a newer one that was not good enough. */
function hasEarlierPhoto(submission: SubmissionView | null): boolean {
  return isFinished(submission) && submission?.latestPhoto?.id !== submission?.developedPhoto?.id;
}

/** The shown photo is finished and waits for the yes. */
export function canConfirm(state: Pick<ReviewState, 'submission' | 'showing' | 'sending'>): boolean {
  const { submission, sending } = state;
  const photo = shownPhoto(state);
  return (
    sending === null &&
    submission !== null &&
    photo !== null &&
    isDeveloped(submission, photo) &&
    allows(submission.state, 'confirm')
  );
}

function sendingView({ sending, telephone }: ReviewState, over: boolean): SendingView | null {
  if (sending === null) return null;
  const { path: picture, progress } = sending;
  const moving = { picture, waiting: false, canDiscard: false, telephone: '', callText: '' };
  if (progress.phase === 'judging') {
    const { judgingTitle: title, judgingText: text } = REVIEW_WORDS;
    return { ...moving, title, text, percent: -1, percentText: '' };
  }
  if (progress.phase === 'uploading') {
    const { sendingTitle: title, sendingText: text } = REVIEW_WORDS;
    const percentText = REVIEW_WORDS.progress(progress.percent);
    return { ...moving, title, text, percent: progress.percent, percentText };
  }
  return {
    picture,
    percent: 0,
    percentText: '',
    waiting: true,
    ...stoppedView(progress.failure, telephone, over),
  };
}

/** Why the photo waits on this phone, and what can be done there besides waiting. */
function stoppedView(
  failure: Failure,
  telephone: string,
  over: boolean,
): Pick<SendingView, 'title' | 'text' | 'canDiscard' | 'telephone' | 'callText'> {
  const offline = failure.kind === 'problem' && failure.problem === 'offline';
  const refused = failure.kind === 'refused' ? failure : null;
  const view = failureView(failure, telephone, 'person');
  const toCall = refused === null ? '' : view.telephone;
  return {
    title: offline ? REVIEW_WORDS.waitingTitle : view.title,
    text: offline ? REVIEW_WORDS.waitingText : view.next,
    // After the deadline no other photo can be taken, and this one is still good if it is put off.
    canDiscard: !over && refused?.code !== 'BATCH_CLOSED',
    telephone: toCall,
    callText: toCall === '' ? '' : COMMON_WORDS.callNumber(toCall),
  };
}

function pictures({ links, submission }: ReviewState, photo: PhotoView): ComparePicture[] {
  const mine = links?.photoId === photo.id ? links : null;
  const original: ComparePicture = {
    url: mine?.original ?? '',
    caption: REVIEW_WORDS.original,
    label: REVIEW_WORDS.originalLabel,
    placeholder: COMMON_WORDS.loading,
    fit: 'contain',
  };
  if (!isDeveloped(submission, photo)) return [original];
  return [
    original,
    {
      url: mine?.standard ?? '',
      caption: REVIEW_WORDS.standard,
      label: REVIEW_WORDS.standardLabel,
      placeholder: COMMON_WORDS.loading,
      fit: 'cover',
    },
  ];
}
