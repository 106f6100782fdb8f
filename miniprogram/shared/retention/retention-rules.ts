/**
 * How long a batch's data is kept, as data: one rule per kind, in days after the event that starts its clock. A deadline
 * that was moved starts it no earlier than the moment in which it was moved.
 * Null keeps the kind until the last rule, `everythingDays`, which cannot be switched off: the law wants the
 * shortest retention that the purpose allows (PIPL art. 19).
 */
import { DomainError } from '../errors';

export interface RetentionRules {
  /**
   * Bound without a confirmed photo: everything, so many days after the deadline (one school's notice: at once), or after
   * the photo was sent back or turned down where that was later.
   */
  readonly unfinishedDays: number | null;
  /** The originals of an accepted submission, so many days after its last acceptance; the finished photo stays. */
  readonly originalsDays: number | null;
  /** Roster, photos, submissions, packages: so many days after the deadline. */
  readonly everythingDays: number;
  /** Packages in the storage, so many days after they were made: they can be made again. */
  readonly packagesDays: number;
}

/** Own choice: a month to notice that somebody was forgotten, a year in which 学信网 may send a photo back. */
export const DEFAULT_RETENTION: RetentionRules = {
  unfinishedDays: 30,
  originalsDays: 180,
  everythingDays: 365,
  packagesDays: 14,
};

const LONGEST_DAYS = 3 * 366;

/** @throws DomainError INVALID_REQUEST {path} when a rule is no whole number of days from 0 to three years */
export function requireValidRetention(rules: RetentionRules): void {
  for (const [name, days] of Object.entries(rules) as [string, number | null][]) {
    if (days !== null && !(Number.isInteger(days) && days >= 0 && days <= LONGEST_DAYS)) {
      throw new DomainError('INVALID_REQUEST', { path: `retention.${name}` });
    }
  }
}

/** From so many stored people on the operator is warned. */
export const PEOPLE_WARNING = 90_000;
/** 人脸识别技术应用安全管理办法 (2025-06-01), art. 15: from here on a filing within 30 working days. */
export const PEOPLE_FILING = 100_000;

export type PeopleWarning = 'none' | 'filing-soon' | 'filing-due';

export function peopleWarning(count: number): PeopleWarning {
  if (count >= PEOPLE_FILING) return 'filing-due';
  return count >= PEOPLE_WARNING ? 'filing-soon' : 'none';
}
