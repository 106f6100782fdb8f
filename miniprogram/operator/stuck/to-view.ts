/** Students whose photos are blocked again and again, and the checks that may be softened for one of them. Pure. */
import { ComparePicture } from '../../components/compare-view/compare-picture';
import { Fact } from '../../components/fact-list/fact';
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { CHECK_WORDS } from '../../copy/check-words';
import { STUCK_WORDS } from '../../copy/operator-review-words';
import { studentFacts } from '../../copy/student-facts';
import { CheckLine, checkLines } from '../../copy/verdict-words';
import { BATCH_LIMITS, isShortText } from '../../shared/batch/batch-rules';
import { maySoften } from '../../shared/batch/check-settings';
import { StuckSubmission } from '../../shared/contract/operator/review';
import { Page } from '../../shared/contract/read-on';
import { SubmissionId } from '../../shared/identity/ids';
import { CheckId } from '../../shared/verdict/check-ids';
import { checksWith } from '../../shared/verdict/verdict';
import { BatchPageState } from '../define-batch-page';
import { reviewPictures } from '../review/to-view';

export interface StuckState extends BatchPageState {
  readonly list: Page<StuckSubmission> | null;
  readonly openId: SubmissionId | null;
  readonly checks: readonly CheckId[];
  readonly reason: string;
  readonly asked: boolean;
  /** Whose checks were softened last; empty for none. */
  readonly softened: string;
  readonly busy: boolean;
  /** More of the list is being read. */
  readonly readingMore: boolean;
  readonly telephone: string;
}

export interface StuckView {
  readonly loading: boolean;
  readonly empty: boolean;
  readonly students: readonly {
    readonly id: string;
    readonly title: string;
    readonly attempts: string;
    readonly open: boolean;
  }[];
  readonly facts: readonly Fact[];
  readonly pictures: readonly ComparePicture[];
  readonly lines: readonly CheckLine[];
  readonly choices: readonly { readonly id: CheckId; readonly text: string; readonly checked: boolean }[];
  readonly fixed: string;
  readonly reason: string;
  readonly missing: string;
  readonly done: string;
  readonly busy: boolean;
  readonly hasMore: boolean;
  readonly moreBusy: boolean;
  readonly failure: FailureView | null;
}

export function openSubmission({
  list,
  openId,
}: Pick<StuckState, 'list' | 'openId'>): StuckSubmission | null {
  return list?.items.find(({ submissionId }) => submissionId === openId) ?? null;
}

export function toView(state: StuckState): StuckView {
  const { list, openId, checks, reason, asked, busy } = state;
  const open = openSubmission(state);
  const blocking = open === null ? [] : checksWith(open.photo.verdict, 'blocked');
  const fixed = blocking.filter((check) => !maySoften(check)).map((check) => CHECK_WORDS[check].name);
  return {
    loading: list === null && state.failure === null,
    empty: list?.items.length === 0,
    students: (list?.items ?? []).map(({ submissionId, student, attempts }) => ({
      id: submissionId,
      title: `${student.studentNumber} ${student.maskedName}`,
      attempts: STUCK_WORDS.attempts(attempts),
      open: submissionId === openId,
    })),
    facts: open === null ? [] : studentFacts(open.student),
    pictures: open === null ? [] : reviewPictures(open.originalLink, null),
    lines: open === null ? [] : checkLines(open.photo.verdict).filter(({ tone }) => tone !== 'good'),
    choices: blocking
      .filter(maySoften)
      .map((id) => ({ id, text: CHECK_WORDS[id].name, checked: checks.includes(id) })),
    fixed: fixed.length === 0 ? '' : STUCK_WORDS.fixed(fixed.join('、')),
    reason,
    missing: asked ? missingWords(state) : '',
    done: state.softened === '' ? '' : STUCK_WORDS.done(state.softened),
    busy,
    hasMore: (list?.next ?? null) !== null,
    moreBusy: state.readingMore,
    failure: failureView(state.failure, state.telephone),
  };
}

/** What is still to be given; empty: it may be sent. */
export function missingWords({ checks, reason }: Pick<StuckState, 'checks' | 'reason'>): string {
  if (checks.length === 0) return STUCK_WORDS.needChecks;
  return isShortText(reason, BATCH_LIMITS.reasonCharacters) ? '' : STUCK_WORDS.needReason;
}
