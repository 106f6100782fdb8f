/** One student: where the student stands, what was done and by whom, and what this member may do next. Pure. */
import { Fact } from '../../components/fact-list/fact';
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { STAFF_STATE_WORDS } from '../../copy/operator-state-words';
import { RELEASE_LATER_WORDS, STUDENT_WORDS } from '../../copy/operator-student-words';
import { AUDIT_WORDS, doersOf } from '../../copy/operator-upkeep-words';
import { standingFacts } from '../../copy/student-facts';
import { momentWords } from '../../copy/time-words';
import { AuditEntry, Me, MemberView } from '../../shared/contract/operator/access';
import { StudentStanding } from '../../shared/contract/operator/standing';
import { StaffUseCase } from '../../shared/roles/role-table';
import { allows, CONFIRMED_STATES } from '../../shared/submission/submission-machine';
import { BatchPageState } from '../define-batch-page';

export interface FoundStudent {
  readonly standing: StudentStanding;
  /** Null: this member may not read it. */
  readonly history: {
    readonly entries: readonly AuditEntry[];
    readonly next: string | null;
    readonly members: readonly MemberView[];
  } | null;
}

export interface StudentState extends BatchPageState {
  readonly me: Me | null;
  /** As it stands in the field. */
  readonly studentNumber: string;
  /** The person tapped the button, perhaps without a number. */
  readonly asked: boolean;
  /** Whom the page is about; empty: nobody was asked for. */
  readonly wanted: string;
  readonly found: FoundStudent | null;
  readonly busy: boolean;
  /** More of the history is being read. */
  readonly readingMore: boolean;
  readonly telephone: string;
}

/** The pages on which something can be done about this student. */
export type StudentStep = 'review' | 'return' | 'stuck' | 'release';

export interface StepView {
  readonly id: StudentStep;
  readonly icon: string;
  readonly text: string;
}

export interface StudentPageView {
  readonly studentNumber: string;
  readonly missing: string;
  readonly busy: boolean;
  /** Empty: nobody was found yet. */
  readonly state: string;
  readonly since: string;
  readonly facts: readonly Fact[];
  readonly steps: readonly StepView[];
  /** What comes before a step that is not possible yet. */
  readonly later: string;
  readonly hasHistory: boolean;
  readonly entries: readonly { readonly id: string; readonly what: string; readonly who: string }[];
  readonly hasMore: boolean;
  readonly moreBusy: boolean;
  readonly failure: FailureView | null;
}

export function toView(state: StudentState): StudentPageView {
  const { me, found, studentNumber } = state;
  const standing = found?.standing ?? null;
  const history = found?.history ?? null;
  const mayDo = me?.mayDo ?? [];
  return {
    studentNumber,
    missing: state.asked && studentNumber.trim() === '' ? STUDENT_WORDS.needNumber : '',
    busy: state.busy,
    state: standing === null ? '' : STAFF_STATE_WORDS[standing.state],
    since: standing?.since ? STUDENT_WORDS.since(momentWords(standing.since)) : '',
    facts: standing === null ? [] : standingFacts(standing),
    steps: standing === null ? [] : stepsOf(standing, mayDo),
    later: standing === null ? '' : releaseLater(standing, mayDo),
    hasHistory: history !== null,
    entries: history === null ? [] : entryViews(history.entries, history.members),
    hasMore: (history?.next ?? null) !== null,
    moreBusy: state.readingMore,
    failure: failureView(state.failure, state.telephone),
  };
}

type Possible = (standing: StudentStanding) => boolean;

const STEPS: readonly (StepView & { readonly needs: StaffUseCase; readonly possible: Possible })[] = [
  {
    id: 'review',
    icon: 'check',
    text: STUDENT_WORDS.review,
    needs: 'operator.takeReview',
    possible: ({ state }) => state === 'confirmed',
  },
  {
    id: 'return',
    icon: 'refresh',
    text: STUDENT_WORDS.return,
    needs: 'operator.returnPhoto',
    possible: ({ state }) => state !== 'not-bound' && allows(state, 'return'),
  },
  {
    id: 'stuck',
    icon: 'alert',
    text: STUDENT_WORDS.stuck,
    needs: 'operator.overrideChecks',
    possible: ({ isStuck }) => isStuck,
  },
  {
    id: 'release',
    icon: 'person',
    text: STUDENT_WORDS.release,
    needs: 'operator.releaseBinding',
    possible: (standing) => standing.boundBy === 'account' && !isConfirmed(standing),
  },
];

function stepsOf(standing: StudentStanding, mayDo: readonly StaffUseCase[]): readonly StepView[] {
  return STEPS.filter(({ needs, possible }) => mayDo.includes(needs) && possible(standing)).map(
    ({ id, icon, text }) => ({ id, icon, text }),
  );
}

function releaseLater(standing: StudentStanding, mayDo: readonly StaffUseCase[]): string {
  const mayRelease = mayDo.includes('operator.releaseBinding') && standing.boundBy === 'account';
  if (!mayRelease || !isConfirmed(standing)) return '';
  return standing.state === 'confirmed' ? RELEASE_LATER_WORDS.waiting : RELEASE_LATER_WORDS.accepted;
}

function isConfirmed({ state }: StudentStanding): boolean {
  return state !== 'not-bound' && CONFIRMED_STATES.includes(state);
}

function entryViews(entries: readonly AuditEntry[], members: readonly MemberView[]) {
  const doer = doersOf(entries, members);
  return entries.map((entry, index) => ({
    id: String(index),
    what: AUDIT_WORDS[entry.action] ?? entry.action,
    who: `${momentWords(entry.at)} · ${doer(entry)}`,
  }));
}
