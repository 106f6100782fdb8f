/** One student of a batch with everything that this member may know. */
import { Me } from '../../shared/contract/operator/access';
import { BatchId } from '../../shared/identity/ids';
import { operatorService } from '../services/staff-services';
import { FoundStudent } from './to-view';

/** Teachers of a station read where the student stands; the history is the school's. */
export async function findStudent(batchId: BatchId, studentNumber: string, me: Me): Promise<FoundStudent> {
  const standing = operatorService.studentStanding({ batchId, studentNumber });
  if (!me.mayDo.includes('operator.studentAudit')) return { standing: await standing, history: null };
  const [found, audit, { members }] = await Promise.all([
    standing,
    operatorService.studentAudit({ batchId, studentNumber }),
    operatorService.members({}),
  ]);
  return { standing: found, history: { ...audit, members } };
}
