/**
 * With a roster only listed students may bind. The list is written by the operator's import; this reads one line of
 * the version that holds at this moment.
 */
import { type BatchDocument } from './batch-document';
import { collection } from '../platform/database';
import { type RosterLineDocument } from '../roster/roster-document';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { DomainError } from '../../miniprogram/shared/errors';

/** What the roster adds to a student: the teaching station (函授站) that looks after this student, and the class. */
export interface RosterEntry {
  readonly listed: boolean;
  readonly stationId: string | null;
  readonly className: string | null;
}

/**
 * The student's line in the batch's roster.
 * @throws DomainError NOT_ON_ROSTER {telephone} when the batch asks for one and there is none
 */
export async function requireOnRoster(batch: Batch, studentNumber: string): Promise<RosterEntry> {
  const version = (await collection<BatchDocument>('batches').get(batch.id))?.roster?.version;
  const line =
    version === undefined
      ? null
      : await collection<RosterLineDocument>('roster').findOne({ batchId: batch.id, version, studentNumber });
  if (line === null && batch.rosterRequired) {
    throw new DomainError('NOT_ON_ROSTER', { telephone: batch.telephone });
  }
  return {
    listed: line !== null,
    stationId: line?.stationId ?? null,
    className: line?.className ?? null,
  };
}
