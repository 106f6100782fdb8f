/** A batch as it is stored, and as everybody may read it. Refuses to be written here: that is the operator's side. */
import { type Batch, type PublicBatch } from '../../miniprogram/shared/batch/batch';

export interface BatchDocument extends Omit<Batch, 'id'> {
  readonly _id: Batch['id'];
  readonly schoolId: string;
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
