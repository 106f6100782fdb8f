/** Batches as the operator's side sees and changes them. */
import { Batch } from '../../batch/batch';
import { CheckSettings } from '../../batch/check-settings';
import { BatchId, Instant } from '../../identity/ids';
import { ProgressCounts } from '../../progress/progress-counts';
import { RetentionRules } from '../../retention/retention-rules';
import { PageRequest } from '../read-on';

/** What the operator sets; the school's name follows from its code. */
export interface BatchFields extends Omit<Batch, 'id' | 'schoolName'> {
  readonly checkSettings: CheckSettings;
  /** In station mode the student may confirm on the teacher's phone, with the ID tail. */
  readonly confirmOnTheSpot: boolean;
  readonly retention: RetentionRules;
}

/** A deadline that was moved, and why. */
export interface DeadlineChange {
  readonly from: Instant;
  readonly to: Instant;
  readonly reason: string;
  readonly at: Instant;
  readonly by: string;
}

export interface RosterSummary {
  readonly version: number;
  readonly students: number;
  readonly importedAt: Instant;
}

export interface OperatorBatch extends BatchFields {
  readonly id: BatchId;
  readonly schoolName: string;
  /** Counts changes; sent back with a change, so that two people do not overwrite each other. */
  readonly revision: number;
  readonly deadlineChanges: readonly DeadlineChange[];
  readonly roster: RosterSummary | null;
}

export interface BatchLine {
  readonly batch: OperatorBatch;
  /** Of what the caller may see: a teacher's own stations. */
  readonly counts: ProgressCounts;
}

export interface BatchesContract {
  /** The caller's batches, the latest deadline first, 100 at a time. */
  readonly batches: {
    readonly request: PageRequest & { readonly schoolCode?: string };
    readonly data: {
      readonly batches: readonly BatchLine[];
      readonly next?: string | null;
      readonly now: Instant;
    };
  };
  readonly batch: { readonly request: { readonly batchId: BatchId }; readonly data: OperatorBatch };
  /** "Copy from last year" is `nextYear(batch)` of shared/batch/next-year, then this. */
  readonly createBatch: { readonly request: BatchFields; readonly data: OperatorBatch };
  /** Everything but the school and the deadline. INVALID_REQUEST {path} says which field is wrong. */
  readonly updateBatch: {
    readonly request: {
      readonly batchId: BatchId;
      readonly revision: number;
      readonly changes: Partial<Omit<BatchFields, 'schoolCode' | 'closesAt'>>;
    };
    readonly data: OperatorBatch;
  };
  /** Extends, reopens or closes early. */
  readonly changeDeadline: {
    readonly request: {
      readonly batchId: BatchId;
      readonly revision: number;
      readonly closesAt: Instant;
      /** 1 to 200 characters. */
      readonly reason: string;
    };
    readonly data: OperatorBatch;
  };
}
