/** A batch as it is stored, as everybody may read it, and as its staff reads it. Refuses to be changed here. */
import { type Batch, type PublicBatch } from '../../miniprogram/shared/batch/batch';
import { DEFAULT_CHECK_SETTINGS } from '../../miniprogram/shared/batch/check-settings';
import {
  type DeadlineChange,
  type OperatorBatch,
  type RosterSummary,
} from '../../miniprogram/shared/contract/operator/batches';
import { DEFAULT_RETENTION, type RetentionRules } from '../../miniprogram/shared/retention/retention-rules';

/** What the operator's side adds; absent in a batch that was put there by hand: the defaults. */
export interface BatchDocument extends Omit<Batch, 'id'> {
  readonly _id: Batch['id'];
  readonly schoolId: string;
  readonly retention?: RetentionRules;
  readonly revision?: number;
  readonly deadlineChanges?: readonly DeadlineChange[];
  /** The version of the list that holds; null: the batch works from the codes alone. */
  readonly roster?: RosterSummary | null;
}

export function toBatch({ _id: id, ...fields }: BatchDocument): Batch {
  return { id, ...fields };
}

/** Named one by one, so that a field added to a batch is not published by accident. */
export function toPublicBatch(batch: Batch): PublicBatch {
  return {
    id: batch.id,
    schoolName: batch.schoolName,
    title: batch.title,
    graduationDate: batch.graduationDate,
    cohorts: batch.cohorts,
    opensAt: batch.opensAt,
    closesAt: batch.closesAt,
    photoSettings: batch.photoSettings,
    attemptLimit: batch.attemptLimit,
    telephone: batch.telephone,
    notice: batch.notice,
  };
}

export function toOperatorBatch(document: BatchDocument): OperatorBatch {
  return {
    ...toPublicBatch(toBatch(document)),
    schoolCode: document.schoolCode,
    rosterRequired: document.rosterRequired,
    checkSettings: document.checkSettings ?? DEFAULT_CHECK_SETTINGS,
    confirmOnTheSpot: document.confirmOnTheSpot ?? false,
    retention: document.retention ?? DEFAULT_RETENTION,
    revision: document.revision ?? 0,
    deadlineChanges: document.deadlineChanges ?? [],
    roster: document.roster ?? null,
  };
}
