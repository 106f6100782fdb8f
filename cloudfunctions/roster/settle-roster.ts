/**
 * The last step of an import, after its list took over: students who bound before get their places from it, then the
 * list below it and the uploaded file go. Taken up where it stopped, by the import itself or by the housekeeping.
 * Refuses to place anybody by a list that no longer holds: the import that followed it does that.
 */
import { placeStudents } from './place-students';
import { type RosterPlanDocument } from './roster-plan-document';
import { removeVersion } from './write-version';
import { type BatchDocument } from '../batch/batch-document';
import { collection } from '../platform/database';
import { deleteFiles } from '../platform/storage';

/** Whether the batch has this plan's list. */
export async function holds({ batchId, version }: RosterPlanDocument): Promise<boolean> {
  const batch = await collection<BatchDocument>('batches').get(batchId);
  return batch?.roster?.version === version;
}

/** Cut short after its list took over. */
export function isUnsettled(
  { state, version }: Pick<RosterPlanDocument, 'state' | 'version'>,
  batch: BatchDocument | null,
): boolean {
  return state === 'applying' && batch?.roster?.version === version;
}

/** @returns false when time ran out, or another list has taken over */
export async function settleRoster(plan: RosterPlanDocument, hasTime: () => boolean): Promise<boolean> {
  let after = plan.placedUpTo ?? '';
  for (;;) {
    if (!(await holds(plan))) return false;
    const next = await placeStudents({ ...plan, after });
    if (next === null) break;
    after = next;
    await collection<RosterPlanDocument>('roster_plans').update(plan._id, { placedUpTo: after });
    if (!hasTime()) return false;
  }
  if (plan.baseVersion !== 0) await removeVersion({ batchId: plan.batchId, version: plan.baseVersion });
  await deleteFiles([plan.fileId]);
  return true;
}
