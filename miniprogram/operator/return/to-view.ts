/** Sending an accepted photo back: whose, why, and whether the student can still answer. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { RETURN_WORDS, STAFF_REVIEW_WORDS } from '../../copy/operator-review-words';
import { ReviewQueue } from '../../shared/contract/operator/review';
import { RejectReason } from '../../shared/contract/submission-view';
import { Instant } from '../../shared/identity/ids';
import { BatchPageState } from '../define-batch-page';
import { ReasonView, missingWords, reasonViews } from '../review/to-view';

export interface ReturnState extends BatchPageState {
  /** The batch's deadline; null before it is known. */
  readonly closesAt: Instant | null;
  readonly studentNumber: string;
  readonly reasons: readonly RejectReason[];
  readonly remark: string;
  /** The person tapped "send" with something missing. */
  readonly asked: boolean;
  /** Whose photo was sent back last; empty for none. */
  readonly returned: string;
  /** The newest own decision at that moment; null where it is not known. */
  readonly undoable: ReviewQueue['undoable'][number] | null;
  readonly busy: boolean;
  readonly now: Instant;
  readonly telephone: string;
}

export interface ReturnView {
  readonly studentNumber: string;
  readonly reasons: readonly ReasonView[];
  readonly remark: string;
  readonly remarkLabel: string;
  readonly remarkPlaceholder: string;
  readonly missing: string;
  readonly over: boolean;
  readonly done: string;
  /** The photo that was sent back last can be taken back, if it is soon. */
  readonly canUndo: boolean;
  readonly busy: boolean;
  readonly failure: FailureView | null;
}

export function toView(state: ReturnState): ReturnView {
  const { closesAt, now, reasons, returned } = state;
  return {
    studentNumber: state.studentNumber,
    reasons: reasonViews(reasons),
    remark: state.remark,
    remarkLabel: reasons.includes('other') ? STAFF_REVIEW_WORDS.remarkNeeded : STAFF_REVIEW_WORDS.remark,
    remarkPlaceholder: STAFF_REVIEW_WORDS.remarkPlaceholder,
    missing: state.asked ? missingToReturn(state) : '',
    over: closesAt !== null && closesAt <= now,
    done: returned === '' ? '' : RETURN_WORDS.done(returned),
    canUndo: returned !== '' && state.undoable?.decision === 'returned',
    busy: state.busy,
    failure: failureView(state.failure, state.telephone),
  };
}

/** Empty when it may be sent. */
export function missingToReturn(state: Pick<ReturnState, 'studentNumber' | 'reasons' | 'remark'>): string {
  return state.studentNumber.trim() === '' ? RETURN_WORDS.needNumber : missingWords(state);
}
