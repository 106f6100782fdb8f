/** Batches as the staff's side makes and reads them: open, for 2021级 and 2018级高起本, unless changed. */
import { aBatch } from './batch-builder';
import { DEFAULT_CHECK_SETTINGS } from '../../miniprogram/shared/batch/check-settings';
import { type BatchFields, type OperatorBatch } from '../../miniprogram/shared/contract/operator/batches';
import { DEFAULT_RETENTION } from '../../miniprogram/shared/retention/retention-rules';

export function batchFields(changes: Partial<BatchFields> = {}): BatchFields {
  const { schoolCode, title, graduationDate, cohorts, opensAt, closesAt, photoSettings } = aBatch();
  return {
    schoolCode,
    title,
    graduationDate,
    cohorts,
    opensAt,
    closesAt,
    photoSettings,
    attemptLimit: null,
    telephone: '0550-1234567',
    notice: '',
    rosterRequired: false,
    checkSettings: DEFAULT_CHECK_SETTINGS,
    confirmOnTheSpot: false,
    retention: DEFAULT_RETENTION,
    ...changes,
  };
}

export function anOperatorBatch(changes: Partial<OperatorBatch> = {}): OperatorBatch {
  const { id, schoolName } = aBatch();
  return { ...batchFields(), id, schoolName, revision: 1, deadlineChanges: [], roster: null, ...changes };
}
