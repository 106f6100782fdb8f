/** Where one student stands in a batch: for whoever answers when the student, or the school, calls about one photo. */
import { BatchId, Instant } from '../../identity/ids';
import { SubmissionState } from '../../submission/submission-machine';
import { SubmissionView } from '../submission-view';
import { CheckOverride, ReviewedStudent } from './review';

/** What a reviewer sees of a student; of one who has not bound the code, what the list says. */
export interface StandingStudent extends Omit<ReviewedStudent, 'maskedName' | 'level' | 'year'> {
  readonly maskedName: string | null;
  readonly level: string | null;
  readonly year: string | null;
}

/** `station`: photographed there, and not yet bound by the student. */
export type BoundBy = 'account' | 'station' | 'nobody';

export interface StudentStanding {
  readonly student: StandingStudent;
  /** On the batch's list; null: there is none. */
  readonly listed: boolean | null;
  readonly state: SubmissionState | 'not-bound';
  /** When that state began; null for one who has not bound the code. */
  readonly since: Instant | null;
  /** Photos that were judged. */
  readonly attempts: number;
  /** Null: no limit. */
  readonly attemptsLeft: number | null;
  readonly rejection: SubmissionView['rejection'];
  readonly overrides: readonly CheckOverride[];
  /** Who has the code, also where it was bound in an earlier batch only. */
  readonly boundBy: BoundBy;
  /** Among those whose photos are blocked again and again. */
  readonly isStuck: boolean;
}

export interface StandingContract {
  /** NOT_FOUND {event: look-up} for a number that this batch has never seen, and where it is another station's. */
  readonly studentStanding: {
    readonly request: { readonly batchId: BatchId; readonly studentNumber: string };
    readonly data: StudentStanding;
  };
}
