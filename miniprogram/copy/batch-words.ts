/** For whom and until when a batch is, in words. */
import { BatchWindow, Cohort, PublicBatch, windowOf } from '../shared/batch/batch';
import { Instant } from '../shared/identity/ids';
import { deadlineWords, momentWords, timeLeftWords, zonedWords } from './time-words';

const WINDOW_WORDS: Record<BatchWindow, string> = {
  'not-open-yet': '未开始',
  open: '进行中',
  closed: '已截止',
};

/** The year of entry as people say it: 2021级. */
export const yearWords = (year: string): string => `${year}级`;

/** One circle of students, e.g. 2018级高起本, 2021级全部层次. */
export function cohortWords(cohort: Cohort): string {
  const year = cohort.year === undefined ? '' : yearWords(cohort.year);
  const level = cohort.level ?? (cohort.year === undefined ? '全部层次' : '全部学生');
  const form = cohort.studyForm === undefined ? '' : `（${cohort.studyForm}）`;
  const duration = cohort.duration === undefined ? '' : `，学制 ${cohort.duration} 年`;
  return `${year}${level}${form}${duration}`;
}

export function cohortsWords(cohorts: readonly Cohort[]): string {
  return cohorts.length === 0 ? '以学校通知为准' : cohorts.map(cohortWords).join('、');
}

export interface WindowLines {
  readonly window: BatchWindow;
  readonly label: string;
  /** What matters about the time now: 还剩 5 天, 2月1日 8:00 开始, 已截止. */
  readonly time: string;
  /** The deadline or the beginning, with its date. */
  readonly date: string;
}

/** The window of a batch as two short lines. */
export function windowLines(batch: Pick<PublicBatch, 'opensAt' | 'closesAt'>, now: Instant): WindowLines {
  const window = windowOf(batch, now);
  const label = WINDOW_WORDS[window];
  if (window === 'not-open-yet') {
    return { window, label, time: '还没有开始', date: `开始 ${zonedWords(momentWords(batch.opensAt))}` };
  }
  const date = `截止 ${zonedWords(deadlineWords(batch.closesAt))}`;
  return { window, label, time: window === 'closed' ? '已截止' : timeLeftWords(batch.closesAt, now), date };
}
