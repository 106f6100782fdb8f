/**
 * Counts as the rows of a plain bar chart: how many of a group are accepted, under review, at work, and not begun.
 * The parts of a bar add up to the whole group; every bar has the same length, so that the eye compares shares.
 */
import { PROGRESS_WORDS } from '../../../copy/operator-progress-words';
import { ProgressCounts, isComplete } from '../../../shared/progress/progress-counts';

export interface ChartPart {
  readonly kind: 'accepted' | 'confirmed' | 'working' | 'waiting';
  /** 0–100. */
  readonly percent: number;
}

export interface ChartRow {
  readonly id: string;
  readonly name: string;
  /** E.g. 12 / 30. */
  readonly figures: string;
  /** What is left, in words. */
  readonly left: string;
  readonly done: boolean;
  readonly parts: readonly ChartPart[];
}

export function chartRow(id: string, name: string, counts: ProgressCounts): ChartRow {
  const total = counts.confirmed + counts.missing;
  const working = Math.min(counts.missing, Math.max(0, counts.bound - counts.confirmed));
  const share = (count: number): number => (total === 0 ? 0 : Math.round((count / total) * 1000) / 10);
  const parts: ChartPart[] = [
    { kind: 'accepted', percent: share(counts.accepted) },
    { kind: 'confirmed', percent: share(counts.confirmed - counts.accepted) },
    { kind: 'working', percent: share(working) },
    { kind: 'waiting', percent: share(counts.missing - working) },
  ];
  const figures = PROGRESS_WORDS.figures(counts.confirmed, total);
  return {
    id,
    name,
    figures,
    left: PROGRESS_WORDS.left(counts),
    done: isComplete(counts),
    parts: parts.filter(({ percent }) => percent > 0),
  };
}
