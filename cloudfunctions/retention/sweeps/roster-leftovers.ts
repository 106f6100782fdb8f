/** Plans of imports whose day is over, with their files, and versions of lists that no batch names. */
import { type Sweep, type SweepContext, sweepFiles } from '../sweep';
import { collection, command } from '../../platform/database';
import { type RosterPlanDocument } from '../../roster/roster-plan-document';
import { removeVersion } from '../../roster/write-version';

const AT_ONCE = 500;

export const sweepRosterLeftovers: Sweep = async (context) => {
  const plans = await collection<RosterPlanDocument>('roster_plans').find(
    // Parts of plans have no creation time; they go with their plan.
    { expiresAt: command().lte(context.call.now), createdAt: command().gt('') },
    { limit: AT_ONCE },
  );
  for (const plan of plans) {
    if (!context.hasTime()) return false;
    await sweepPlan(context, plan);
  }
  return true;
};

async function sweepPlan(context: SweepContext, plan: RosterPlanDocument): Promise<void> {
  const { dryRun, tally, batches } = context;
  const { batchId, baseVersion, version } = plan;
  const batch = batches.find(({ _id }) => _id === batchId) ?? null;
  const current = batch?.roster?.version;
  const versions = [version, baseVersion].filter((each) => each !== 0 && each !== current);
  const lines = await collection('roster').count({ batchId, version: command().in(versions) });
  const files = await sweepFiles(context, plan.state === 'applied' ? [] : [plan.fileId]);
  const parts = await collection('roster_plans').count({ planId: plan._id });
  tally.add('roster-leftovers', batch, { documents: 1 + parts + lines, files });
  if (dryRun) return;
  for (const unused of versions) await removeVersion({ batchId, version: unused });
  await collection('roster_plans').removeWhere({ planId: plan._id });
  await collection('roster_plans').remove(plan._id);
}
