/** Releasing a binding: whose, and whether the student can still bind afterwards. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { RELEASE_WORDS } from '../../copy/operator-release-words';
import { Instant } from '../../shared/identity/ids';
import { BatchPageState } from '../define-batch-page';

export interface ReleaseState extends BatchPageState {
  /** The batch's deadline; null before it is known. */
  readonly closesAt: Instant | null;
  readonly studentNumber: string;
  /** The person tapped the button, perhaps without a number. */
  readonly asked: boolean;
  /** Whose binding was released last; empty for none. */
  readonly released: string;
  readonly busy: boolean;
  readonly now: Instant;
  readonly telephone: string;
}

export interface ReleaseView {
  readonly studentNumber: string;
  readonly missing: string;
  readonly over: boolean;
  readonly done: string;
  readonly busy: boolean;
  readonly failure: FailureView | null;
}

export function toView(state: ReleaseState): ReleaseView {
  const { asked, busy, closesAt, now, released, studentNumber } = state;
  return {
    studentNumber,
    missing: asked && studentNumber.trim() === '' ? RELEASE_WORDS.needNumber : '',
    over: closesAt !== null && closesAt <= now,
    done: released === '' ? '' : RELEASE_WORDS.done(released),
    busy,
    failure: failureView(state.failure, state.telephone),
  };
}
