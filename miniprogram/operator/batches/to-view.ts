/** The staff's batches, the latest deadline first, each with how far it is. Pure. */
import { FailureView, failureView } from '../../components/failure-panel/failure-view';
import { windowLines } from '../../copy/batch-words';
import { BATCHES_WORDS } from '../../copy/operator-batch-words';
import { Words } from '../../copy/words';
import { PageState } from '../../pages/define-page';
import { BatchWindow } from '../../shared/batch/batch';
import { Me } from '../../shared/contract/operator/access';
import { BatchLine } from '../../shared/contract/operator/batches';
import { Page } from '../../shared/contract/read-on';
import { Instant } from '../../shared/identity/ids';
import { ChartPart, chartRow } from '../components/progress-chart/chart-row';

export interface BatchesState extends PageState {
  readonly list: Page<BatchLine> | null;
  /** More of it is being read. */
  readonly busy: boolean;
  readonly me: Me | null;
  readonly now: Instant;
  readonly telephone: string;
}

export interface BatchLineView {
  readonly id: string;
  readonly title: string;
  readonly school: string;
  readonly window: BatchWindow;
  readonly time: string;
  readonly date: string;
  readonly counts: string;
  readonly rejected: string;
  readonly parts: readonly ChartPart[];
}

export interface BatchesView {
  readonly loading: boolean;
  readonly batches: readonly BatchLineView[];
  readonly empty: Words | null;
  readonly hasMore: boolean;
  readonly busy: boolean;
  readonly canCreate: boolean;
  readonly failure: FailureView | null;
}

export function toView({ list, busy, me, now, failure, telephone }: BatchesState): BatchesView {
  const canCreate = me?.mayDo.includes('operator.createBatch') ?? false;
  return {
    loading: list === null && failure === null,
    batches: (list?.items ?? []).map((line) => lineView(line, now)),
    empty:
      list?.items.length === 0
        ? {
            title: BATCHES_WORDS.none,
            next: canCreate ? BATCHES_WORDS.noneNext : BATCHES_WORDS.noneForMembers,
          }
        : null,
    hasMore: (list?.next ?? null) !== null,
    busy,
    canCreate,
    failure: failureView(failure, telephone),
  };
}

function lineView({ batch, counts }: BatchLine, now: Instant): BatchLineView {
  const { window, time, date } = windowLines(batch, now);
  return {
    id: batch.id,
    title: batch.title,
    school: batch.schoolName,
    window,
    time,
    date,
    counts: BATCHES_WORDS.counts(counts),
    rejected: counts.rejected > 0 ? BATCHES_WORDS.rejected(counts.rejected) : '',
    parts: chartRow(batch.id, batch.title, counts).parts,
  };
}
