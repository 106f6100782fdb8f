/**
 * With a roster only listed students may bind. The list is written by the operator's import; this reads one line.
 */
import { collection } from '../platform/database';
import { type Batch } from '../../miniprogram/shared/batch/batch';
import { DomainError } from '../../miniprogram/shared/errors';

interface RosterDocument {
  readonly _id: string;
  readonly stationId?: string | null;
}

/** What the roster adds to a student: the teaching station (函授站) that looks after this student. */
export interface RosterEntry {
  readonly stationId: string | null;
}

/**
 * The student's line in the batch's roster.
 * @throws DomainError NOT_ON_ROSTER when the batch asks for one and there is none
 */
export async function requireOnRoster(batch: Batch, studentNumber: string): Promise<RosterEntry> {
  const line = await collection<RosterDocument>('roster').findOne({ batchId: batch.id, studentNumber });
  if (line === null && batch.rosterRequired) throw new DomainError('NOT_ON_ROSTER');
  return { stationId: line?.stationId ?? null };
}
