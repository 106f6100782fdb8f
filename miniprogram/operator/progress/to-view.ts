/** How far a batch or a station is, who is missing, and the text to forward. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { PROGRESS_WORDS } from '../../copy/operator-progress-words';
import { reminderText } from '../../copy/operator-reminder-words';
import { STAFF_STATE_WORDS } from '../../copy/operator-state-words';
import { momentWords } from '../../copy/time-words';
import { Me } from '../../shared/contract/operator/access';
import { OperatorBatch } from '../../shared/contract/operator/batches';
import {
  MissingStudent,
  Progress,
  ProgressGroup,
  ReminderOutcome,
  StudentGroup,
} from '../../shared/contract/operator/progress';
import { Instant, StationId } from '../../shared/identity/ids';
import { ProgressCounts, isComplete } from '../../shared/progress/progress-counts';
import { ChartPart, ChartRow, chartRow } from '../components/progress-chart/chart-row';
import { BatchPageState } from '../define-batch-page';

export interface ProgressState extends BatchPageState {
  readonly batch: OperatorBatch | null;
  readonly me: Me | null;
  readonly progress: Progress | null;
  /** The station whose classes are shown; null: all stations. */
  readonly station: { readonly id: StationId | null; readonly name: string } | null;
  /** The class that was tapped; null: all of what is shown. */
  readonly classGroup: ProgressGroup | null;
  readonly missing: { readonly students: readonly MissingStudent[]; readonly next: string | null } | null;
  readonly reminders: Pick<ReminderOutcome, 'sent' | 'notAllowed' | 'failed'> | null;
  readonly busy: 'missing' | 'messages' | null;
  readonly now: Instant;
  readonly telephone: string;
}

export interface MissingView {
  readonly studentNumber: string;
  readonly name: string;
  readonly place: string;
  readonly state: string;
}

export interface ProgressView {
  readonly loading: boolean;
  readonly title: string;
  readonly headline: string;
  readonly headlineText: string;
  readonly done: boolean;
  readonly parts: readonly ChartPart[];
  readonly tiles: readonly { readonly label: string; readonly value: number }[];
  readonly unlisted: string;
  readonly chartTitle: string;
  readonly rows: readonly ChartRow[];
  readonly inStation: boolean;
  readonly whoTitle: string;
  readonly whoOpen: boolean;
  readonly whoBusy: boolean;
  readonly students: readonly MissingView[];
  readonly nobody: string;
  readonly hasMore: boolean;
  readonly reminder: string;
  readonly mayMessage: boolean;
  readonly messageBusy: boolean;
  readonly sentText: string;
  readonly countedAt: string;
  readonly failure: FailureView | null;
}

export function toView(state: ProgressState): ProgressView {
  const { batch, progress, station, classGroup, missing, reminders, busy } = state;
  const counts = shownCounts(state);
  const total = counts === null ? 0 : counts.confirmed + counts.missing;
  const group = classGroup === null ? (station?.name ?? '') : groupName(classGroup, true);
  return {
    loading: progress === null && state.failure === null,
    title: [batch?.title ?? '', group].filter((part) => part !== '').join(' · '),
    headline: counts === null ? '' : headline(counts),
    headlineText: counts === null || total === 0 ? '' : PROGRESS_WORDS.headlineText(counts),
    done: counts !== null && total > 0 && isComplete(counts),
    parts: counts === null ? [] : chartRow('all', '', counts).parts,
    tiles: counts === null ? [] : tiles(counts),
    unlisted: progress?.unlisted ? PROGRESS_WORDS.unlisted(progress.unlisted) : '',
    chartTitle: station === null ? PROGRESS_WORDS.stations : PROGRESS_WORDS.classes,
    rows: (progress?.groups ?? []).map((one, index) =>
      chartRow(String(index), groupName(one, station !== null), one.counts),
    ),
    inStation: station !== null,
    whoTitle: group === '' ? PROGRESS_WORDS.who : PROGRESS_WORDS.whoOf(group),
    whoOpen: missing !== null,
    whoBusy: busy === 'missing',
    students: (missing?.students ?? []).map(studentView),
    nobody:
      missing?.students.length === 0 && missing.next === null
        ? PROGRESS_WORDS.nobody(counts?.listed !== null)
        : '',
    hasMore: (missing?.next ?? null) !== null,
    reminder:
      batch === null || counts === null || isComplete(counts) ? '' : reminder(state, batch, group, counts),
    mayMessage: state.me?.mayDo.includes('operator.sendReminders') ?? false,
    messageBusy: busy === 'messages',
    sentText:
      reminders === null ? '' : PROGRESS_WORDS.sent(reminders.sent, reminders.notAllowed, reminders.failed),
    countedAt: progress === null ? '' : PROGRESS_WORDS.countedAt(momentWords(progress.countedAt)),
    failure: failureView(state.failure, state.telephone),
  };
}

/** Whom the lists and messages are about at this moment. */
export function shownGroup({ batch, station, classGroup }: ProgressState): StudentGroup | null {
  if (batch === null) return null;
  return {
    batchId: batch.id,
    ...(station !== null && { stationId: station.id }),
    ...(classGroup !== null && { className: classGroup.className }),
  };
}

type Shown = Pick<ProgressState, 'station' | 'classGroup'>;

/** Both are about the same students: the very station and class that were tapped. */
export function isSameGroup(one: Shown, other: Shown): boolean {
  return one.station === other.station && one.classGroup === other.classGroup;
}

export function groupName({ name }: Pick<ProgressGroup, 'name'>, inStation: boolean): string {
  return name ?? (inStation ? PROGRESS_WORDS.withoutClass : PROGRESS_WORDS.withoutStation);
}

function shownCounts({ progress, classGroup }: ProgressState): ProgressCounts | null {
  return classGroup?.counts ?? progress?.counts ?? null;
}

function headline(counts: ProgressCounts): string {
  return counts.confirmed + counts.missing === 0
    ? PROGRESS_WORDS.noStudents(counts.listed !== null)
    : PROGRESS_WORDS.headline(counts);
}

function tiles(counts: ProgressCounts): { label: string; value: number }[] {
  return [
    { label: PROGRESS_WORDS.missingCount(counts.listed), value: counts.missing },
    { label: PROGRESS_WORDS.bound, value: counts.bound },
    { label: PROGRESS_WORDS.shot, value: counts.shot },
    { label: PROGRESS_WORDS.confirmed, value: counts.confirmed },
    { label: PROGRESS_WORDS.accepted, value: counts.accepted },
    { label: PROGRESS_WORDS.rejected, value: counts.rejected },
  ];
}

function studentView({ studentNumber, name, stationName, className, state }: MissingStudent): MissingView {
  return {
    studentNumber,
    name: name ?? '',
    place: [stationName, className].filter((part) => part !== null).join(' · '),
    state: STAFF_STATE_WORDS[state],
  };
}

function reminder(
  { now }: ProgressState,
  batch: OperatorBatch,
  group: string,
  counts: ProgressCounts,
): string {
  const { title, opensAt, closesAt, telephone } = batch;
  return reminderText({ title, opensAt, closesAt, telephone, group, counts, now });
}
