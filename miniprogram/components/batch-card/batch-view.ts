/** A batch as the card shows it. Pure. */
import { COMMON_WORDS } from '../../copy/app-words';
import { cohortsWords, windowLines } from '../../copy/batch-words';
import { HOME_WORDS } from '../../copy/home-words';
import { BatchWindow, PublicBatch } from '../../shared/batch/batch';
import { Instant } from '../../shared/identity/ids';
import { Fact } from '../fact-list/fact';

export interface BatchView {
  readonly id: string;
  readonly school: string;
  readonly title: string;
  readonly window: BatchWindow;
  /** How much time is left, or that there is none. */
  readonly time: string;
  readonly facts: readonly Fact[];
  readonly notice: string;
  readonly telephone: string;
  /** Empty where no number is known. */
  readonly callText: string;
}

export function batchView(batch: PublicBatch, now: Instant): BatchView {
  const { window, time, date } = windowLines(batch, now);
  return {
    id: batch.id,
    school: batch.schoolName,
    title: batch.title,
    window,
    time,
    facts: [
      { label: HOME_WORDS.forWhom, value: cohortsWords(batch.cohorts) },
      { label: HOME_WORDS.until, value: date },
    ],
    notice: batch.notice,
    telephone: batch.telephone,
    callText: batch.telephone === '' ? '' : COMMON_WORDS.callNumber(batch.telephone),
  };
}
