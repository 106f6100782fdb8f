/** What a reviewer sees: one photo with its result, values and ticks, and the decision. Pure. */
import { ComparePicture } from '../../components/compare-view/compare-picture';
import { Fact } from '../../components/fact-list/fact';
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { CHECK_WORDS } from '../../copy/check-words';
import { STAFF_REVIEW_WORDS } from '../../copy/operator-review-words';
import { studentFacts } from '../../copy/student-facts';
import { REJECT_REASON_WORDS } from '../../copy/reject-reason-words';
import { TICK_WORDS } from '../../copy/tick-words';
import { momentWords } from '../../copy/time-words';
import { CheckLine, checkLines } from '../../copy/verdict-words';
import { Words } from '../../copy/words';
import { isSuperseded } from '../../services/confirm-photo';
import { ReviewDecision, ReviewItem, ReviewQueue } from '../../shared/contract/operator/review';
import { DownloadLink } from '../../shared/contract/student';
import { REJECT_REASONS, RejectReason } from '../../shared/contract/submission-view';
import { Failure } from '../../shared/failure';
import { Instant, SubmissionId } from '../../shared/identity/ids';
import { BatchPageState } from '../define-batch-page';

export interface StaffReviewState extends BatchPageState {
  /** Lets the time run on while the page is open. */
  readonly ticking: ReturnType<typeof setInterval> | null;
  readonly queue: ReviewQueue | null;
  readonly item: ReviewItem | null;
  /** There was no photo to take when the queue was asked last. */
  readonly ended: boolean;
  /** The photo that is lent to this page, also before it is shown; given back when the page is left. */
  readonly held: SubmissionId | null;
  /** The last photo that was left for later; the queue goes on behind it. */
  readonly passedOver: SubmissionId | null;
  /** Whose photo is asked for, until it has come; empty: the queue's next one. */
  readonly studentNumber: string;
  readonly loading: boolean;
  readonly rejecting: boolean;
  readonly reasons: readonly RejectReason[];
  readonly remark: string;
  /** The reviewer tapped "reject" with something missing. */
  readonly asked: boolean;
  readonly deciding: boolean;
  readonly now: Instant;
  readonly telephone: string;
}

export interface ReasonView {
  readonly id: RejectReason;
  readonly text: string;
  readonly remark: string;
  readonly checked: boolean;
}

export interface StaffReviewView {
  readonly loading: boolean;
  readonly waiting: string;
  readonly since: string;
  readonly empty: Words | null;
  readonly again: string;
  readonly facts: readonly Fact[];
  readonly pictures: readonly ComparePicture[];
  readonly lines: readonly CheckLine[];
  readonly ticks: readonly string[];
  readonly overrides: readonly string[];
  readonly hasItem: boolean;
  readonly rejecting: boolean;
  readonly reasons: readonly ReasonView[];
  readonly remark: string;
  readonly remarkLabel: string;
  readonly missing: string;
  /** The deadline has passed: a rejection cannot be answered. */
  readonly over: boolean;
  readonly deciding: boolean;
  readonly undoText: string;
  readonly undoButton: string;
  readonly failure: FailureView | null;
}

/** A decision on a photo that was replaced meanwhile is not kept: the page shows the next one already. */
function failureOf({ failure, telephone }: StaffReviewState): FailureView | null {
  const view = failureView(failure, telephone);
  return view !== null && isSuperseded(failure) ? { ...view, next: STAFF_REVIEW_WORDS.superseded } : view;
}

/** What was to be decided on waits no more: replaced, taken back, deleted, or decided on by somebody else. */
export function isGone(failure: Failure | null): boolean {
  if (isSuperseded(failure)) return true;
  const event = failure?.kind === 'refused' ? failure.details['event'] : undefined;
  return event === 'accept' || event === 'reject';
}

const MOST_REASONS = 4;

export function toView(state: StaffReviewState): StaffReviewView {
  const { queue, item, reasons, now } = state;
  const before = queue === null ? 0 : waitingBefore(state, queue);
  // Taking the last one back fetches another photo, and what is being written would be lost.
  const undo = state.rejecting ? null : undoable(state);
  return {
    loading: state.loading && item === null,
    waiting: queue === null ? '' : STAFF_REVIEW_WORDS.waiting(queue.waiting),
    since: queue?.oldestConfirmedAt ? STAFF_REVIEW_WORDS.since(momentWords(queue.oldestConfirmedAt)) : '',
    empty: state.ended && queue !== null ? emptyWords(queue, before) : null,
    again: before > 0 ? STAFF_REVIEW_WORDS.fromTheStart : STAFF_REVIEW_WORDS.again,
    facts: item === null ? [] : studentFacts(item.student),
    pictures: item === null ? [] : reviewPictures(item.originalLink, item.standardLink),
    lines: item === null ? [] : checkLines(item.photo.verdict),
    ticks: (item?.photo.ticks ?? []).map((tick) => TICK_WORDS[tick].statement),
    overrides: (item?.overrides ?? []).map(({ check, reason }) => `${CHECK_WORDS[check].name}：${reason}`),
    hasItem: item !== null,
    rejecting: state.rejecting && item !== null,
    reasons: reasonViews(reasons),
    remark: state.remark,
    remarkLabel: reasons.includes('other') ? STAFF_REVIEW_WORDS.remarkNeeded : STAFF_REVIEW_WORDS.remark,
    missing: state.asked ? missingWords(state) : '',
    over: item !== null && item.closesAt <= now,
    deciding: state.deciding,
    undoText: undo === null ? '' : STAFF_REVIEW_WORDS[undo.decision],
    undoButton: undo === null ? '' : STAFF_REVIEW_WORDS.undo(secondsUntil(undo.until, now)),
    failure: failureOf(state),
  };
}

export function reasonViews(chosen: readonly RejectReason[]): readonly ReasonView[] {
  return REJECT_REASONS.map((id) => ({
    id,
    text: REJECT_REASON_WORDS[id].title,
    remark: REJECT_REASON_WORDS[id].next,
    checked: chosen.includes(id),
  }));
}

/** With this reason ticked, or with its tick taken away. */
export function toggledReason(chosen: readonly RejectReason[], id: RejectReason): readonly RejectReason[] {
  return chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
}

/** A photo that was sent back had passed the review, and does not wait for another one. */
export function undoneWords({ decision }: ReviewQueue['undoable'][number]): string {
  return decision === 'returned' ? STAFF_REVIEW_WORDS.returnUndone : STAFF_REVIEW_WORDS.undone;
}

/** The newest own decision that can still be taken back. */
export function undoable({
  queue,
  now,
}: Pick<StaffReviewState, 'queue' | 'now'>): ReviewQueue['undoable'][number] | null {
  return queue?.undoable.find(({ until }) => secondsUntil(until, now) > 0) ?? null;
}

const secondsUntil = (until: Instant, now: Instant): number =>
  Math.ceil((Date.parse(until) - Date.parse(now)) / 1000);

/** The rejection as it may be sent; null while something is missing. */
export function rejection(state: Pick<StaffReviewState, 'reasons' | 'remark'>): ReviewDecision | null {
  if (missingWords(state) !== '') return null;
  return { kind: 'reject', reasons: state.reasons, remark: state.remark.trim() };
}

export function missingWords({ reasons, remark }: Pick<StaffReviewState, 'reasons' | 'remark'>): string {
  if (reasons.length === 0 || reasons.length > MOST_REASONS) return STAFF_REVIEW_WORDS.needReasons;
  return reasons.includes('other') && remark.trim() === '' ? STAFF_REVIEW_WORDS.needRemark : '';
}

/** At the end of the queue: how many wait before it that nobody else is looking at. */
function waitingBefore({ passedOver }: Pick<StaffReviewState, 'passedOver'>, queue: ReviewQueue): number {
  return passedOver === null ? 0 : queue.waiting - queue.lent;
}

function emptyWords({ waiting }: ReviewQueue, before: number): Words {
  if (before > 0) return { title: STAFF_REVIEW_WORDS.endTitle, next: STAFF_REVIEW_WORDS.endNext(before) };
  return waiting > 0
    ? { title: STAFF_REVIEW_WORDS.lentTitle, next: STAFF_REVIEW_WORDS.lentNext }
    : { title: STAFF_REVIEW_WORDS.emptyTitle, next: STAFF_REVIEW_WORDS.emptyNext };
}

export function reviewPictures(
  original: DownloadLink | null,
  standard: DownloadLink | null,
): ComparePicture[] {
  const pictures: ComparePicture[] = [
    {
      url: original?.url ?? '',
      caption: STAFF_REVIEW_WORDS.original,
      label: STAFF_REVIEW_WORDS.originalLabel,
      placeholder: STAFF_REVIEW_WORDS.loading,
      fit: 'contain',
    },
  ];
  if (standard === null) return pictures;
  return [
    ...pictures,
    {
      url: standard.url,
      caption: STAFF_REVIEW_WORDS.standard,
      label: STAFF_REVIEW_WORDS.standardLabel,
      placeholder: STAFF_REVIEW_WORDS.loading,
      fit: 'cover',
    },
  ];
}
