/** One batch: its facts and the ways that this member's role may go. Pure. */
import { Fact } from '../../components/fact-list/fact';
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { cohortsWords, windowLines } from '../../copy/batch-words';
import { BATCH_WORDS } from '../../copy/operator-batch-words';
import { calendarDateWords, deadlineWords, momentWords } from '../../copy/time-words';
import { Me } from '../../shared/contract/operator/access';
import { OperatorBatch } from '../../shared/contract/operator/batches';
import { Instant } from '../../shared/identity/ids';
import { StaffUseCase } from '../../shared/roles/role-table';
import { BatchPageState } from '../define-batch-page';

export interface BatchState extends BatchPageState {
  readonly batch: OperatorBatch | null;
  readonly me: Me | null;
  readonly now: Instant;
  readonly telephone: string;
}

/** Where a batch leads. */
export type BatchEntry =
  | 'progress'
  | 'student'
  | 'review'
  | 'stuck'
  | 'return'
  | 'release'
  | 'roster'
  | 'export'
  | 'deadline'
  | 'batch-edit'
  | 'copy';

export interface BatchEntryView {
  readonly id: BatchEntry;
  readonly icon: string;
  readonly text: string;
}

export interface BatchView {
  readonly loading: boolean;
  readonly title: string;
  readonly time: string;
  readonly closed: boolean;
  readonly facts: readonly Fact[];
  readonly entries: readonly BatchEntryView[];
  readonly changes: readonly Fact[];
  readonly failure: FailureView | null;
}

const ENTRIES: readonly (BatchEntryView & { readonly needs: StaffUseCase })[] = [
  { id: 'progress', icon: 'clock', text: BATCH_WORDS.progress, needs: 'operator.progress' },
  { id: 'student', icon: 'question', text: BATCH_WORDS.student, needs: 'operator.studentStanding' },
  { id: 'review', icon: 'check', text: BATCH_WORDS.review, needs: 'operator.takeReview' },
  { id: 'stuck', icon: 'alert', text: BATCH_WORDS.stuck, needs: 'operator.stuckSubmissions' },
  { id: 'return', icon: 'refresh', text: BATCH_WORDS.return, needs: 'operator.returnPhoto' },
  { id: 'release', icon: 'person', text: BATCH_WORDS.release, needs: 'operator.releaseBinding' },
  { id: 'roster', icon: 'upload', text: BATCH_WORDS.rosterEntry, needs: 'operator.checkRoster' },
  { id: 'export', icon: 'download', text: BATCH_WORDS.export, needs: 'exporter.start' },
  { id: 'deadline', icon: 'timer', text: BATCH_WORDS.deadline, needs: 'operator.changeDeadline' },
  { id: 'batch-edit', icon: 'settings', text: BATCH_WORDS.edit, needs: 'operator.updateBatch' },
  { id: 'copy', icon: 'plus', text: BATCH_WORDS.copy, needs: 'operator.createBatch' },
];

export function toView({ batch, me, now, failure, telephone }: BatchState): BatchView {
  const lines = batch === null ? null : windowLines(batch, now);
  return {
    loading: batch === null && failure === null,
    title: batch?.title ?? '',
    time: lines?.time ?? '',
    closed: lines?.window === 'closed',
    facts: batch === null ? [] : factsOf(batch),
    entries:
      batch === null
        ? []
        : ENTRIES.filter(({ needs }) => me?.mayDo.includes(needs)).map(({ id, icon, text }) => ({
            id,
            icon,
            text,
          })),
    changes: (batch?.deadlineChanges ?? []).map(({ from, to, reason }) => ({
      label: BATCH_WORDS.change(deadlineWords(from), deadlineWords(to)),
      value: reason,
    })),
    failure: failureView(failure, telephone),
  };
}

function factsOf(batch: OperatorBatch): Fact[] {
  const { roster, attemptLimit } = batch;
  return [
    { label: BATCH_WORDS.school, value: `${batch.schoolName}（${batch.schoolCode}）` },
    { label: BATCH_WORDS.cohorts, value: cohortsWords(batch.cohorts) },
    { label: BATCH_WORDS.graduation, value: calendarDateWords(batch.graduationDate) },
    {
      label: BATCH_WORDS.window,
      value: BATCH_WORDS.until(momentWords(batch.opensAt), deadlineWords(batch.closesAt)),
    },
    {
      label: BATCH_WORDS.roster,
      value: [
        roster === null
          ? BATCH_WORDS.noRoster
          : BATCH_WORDS.rosterOf(roster.students, momentWords(roster.importedAt)),
        ...(batch.rosterRequired ? [BATCH_WORDS.onlyListed] : []),
      ].join('；'),
    },
    {
      label: BATCH_WORDS.attempts,
      value: attemptLimit === null ? BATCH_WORDS.unlimited : BATCH_WORDS.attemptsOf(attemptLimit),
    },
    { label: BATCH_WORDS.telephone, value: batch.telephone },
  ];
}
