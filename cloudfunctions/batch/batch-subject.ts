/** A batch as something that staff may reach: it belongs to its school as a whole, also for the teachers of a station. */
import { type BatchDocument } from './batch-document';
import { type Subject } from '../operator-access/staff';
import { collection } from '../platform/database';
import { type BatchId } from '../../miniprogram/shared/identity/ids';

export async function batchSubject(id: BatchId): Promise<Subject<BatchDocument> | null> {
  const thing = await collection<BatchDocument>('batches').get(id);
  return thing && { thing, level: 'school', tenant: { schoolCode: thing.schoolCode, stationId: null } };
}
