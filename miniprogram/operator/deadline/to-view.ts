/** Moving a deadline: the new moment, why, and what it means. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { DEADLINE_WORDS } from '../../copy/operator-batch-words';
import { deadlineWords } from '../../copy/time-words';
import { BATCH_LIMITS, isShortText } from '../../shared/batch/batch-rules';
import { closingMoment } from '../../shared/time/shanghai-time';
import { OperatorBatch } from '../../shared/contract/operator/batches';
import { Instant } from '../../shared/identity/ids';
import { BatchPageState } from '../define-batch-page';

export interface DeadlineState extends BatchPageState {
  readonly batch: OperatorBatch | null;
  readonly date: string;
  readonly reason: string;
  readonly asked: boolean;
  readonly busy: boolean;
  readonly now: Instant;
  readonly telephone: string;
}

export interface DeadlineView {
  readonly ready: boolean;
  readonly title: string;
  readonly present: string;
  readonly date: string;
  readonly reason: string;
  readonly meaning: string;
  readonly harsh: boolean;
  readonly dateProblem: string;
  readonly reasonProblem: string;
  readonly busy: boolean;
  readonly failure: FailureView | null;
}

/** The request, or null while something is missing. */
export function newDeadline({ date, reason }: DeadlineState): { closesAt: Instant; reason: string } | null {
  const closesAt = closingMoment(date);
  return closesAt !== undefined && isShortText(reason, BATCH_LIMITS.reasonCharacters)
    ? { closesAt, reason: reason.trim() }
    : null;
}

export function toView(state: DeadlineState): DeadlineView {
  const { batch, date, reason, asked, busy, now } = state;
  const closesAt = closingMoment(date);
  const meaning = batch === null || closesAt === undefined ? '' : meaningOf(batch.closesAt, closesAt, now);
  return {
    ready: batch !== null,
    title: batch?.title ?? '',
    present: batch === null ? '' : deadlineWords(batch.closesAt),
    date,
    reason,
    meaning,
    harsh: meaning === DEADLINE_WORDS.shortens || meaning === DEADLINE_WORDS.closesNow,
    dateProblem: asked && closesAt === undefined ? DEADLINE_WORDS.needDate : '',
    reasonProblem:
      asked && !isShortText(reason, BATCH_LIMITS.reasonCharacters) ? DEADLINE_WORDS.needReason : '',
    busy,
    failure: failureView(state.failure, state.telephone),
  };
}

function meaningOf(from: Instant, to: Instant, now: Instant): string {
  const [before, after, present] = [from, to, now].map((moment) => Date.parse(moment)) as [
    number,
    number,
    number,
  ];
  if (after <= present) return DEADLINE_WORDS.closesNow;
  if (before <= present) return DEADLINE_WORDS.reopens;
  if (after === before) return '';
  return after > before ? DEADLINE_WORDS.extends : DEADLINE_WORDS.shortens;
}
