/**
 * Plans of imports whose day is over, with their parts and files, parts whose check died before their plan was written,
 * and versions of lists that no batch names. An import that was cut short after its list took over is brought to its end
 * first: its students still wait for their places. So may who bound in the very moment of an import.
 */
import { type Sweep, type SweepContext, sweepFiles } from '../sweep';
import { type Work } from '../take-turns';
import { type BatchDocument } from '../../batch/batch-document';
import { collection, command } from '../../platform/database';
import { isHeld } from '../../requests/lease';
import { placeBoundAroundImport } from '../../roster/place-bound';
import { type PlanPartDocument, type RosterPlanDocument } from '../../roster/roster-plan-document';
import { isUnsettled, settleRoster } from '../../roster/settle-roster';
import { removeVersion } from '../../roster/write-version';

export const sweepRosterLeftovers: Sweep = async function* (context) {
  const { now } = context.call;
  yield;
  await context.attempt('parts of plans', () => sweepParts(context));
  // Parts of plans have no creation time.
  const over = { expiresAt: command().lte(now), createdAt: command().gt('') };
  for await (const page of collection<RosterPlanDocument>('roster_plans').pages(over)) {
    for (const plan of page) {
      yield;
      // Taken just before its day was over: the worker that has it may still switch to its version.
      if (isHeld(plan.working, now)) continue;
      await context.attempt(plan._id, () => sweepPlan(context, plan));
    }
  }
  yield* placeWhoWaits(context);
};

async function* placeWhoWaits({ call, batches, dryRun, attempt }: SweepContext): Work {
  if (dryRun) return;
  for (const batch of batches) {
    if (!batch.roster) continue;
    yield;
    await attempt(`places ${batch._id}`, () => placeBoundAroundImport(batch, call.now));
  }
}

/** By their own time, which is their plan's: they are written before it, and nobody may ever have written it. */
async function sweepParts({ call, dryRun, tally }: SweepContext): Promise<void> {
  const parts = collection<PlanPartDocument>('roster_plans');
  const over = { expiresAt: command().lte(call.now), planId: command().gt('') };
  const documents = dryRun ? await parts.count(over) : await parts.removeWhere(over);
  tally.add('roster-leftovers', null, { documents });
}

async function sweepPlan(context: SweepContext, plan: RosterPlanDocument): Promise<void> {
  const { dryRun, tally } = context;
  const { batchId, baseVersion, version } = plan;
  // Not as it was when the run began: what it names now must not go.
  const batch = await collection<BatchDocument>('batches').get(batchId);
  const current = batch?.roster?.version;
  const versions = [version, baseVersion].filter((each) => each !== 0 && each !== current);
  const lines = await collection('roster').count({ batchId, version: command().in(versions) });
  // Settled by a part only, it is found again by the next run.
  if (!dryRun && isUnsettled(plan, batch) && !(await settleRoster(plan, context.hasTime))) return;
  const files = await sweepFiles(context, plan.state === 'applied' ? [] : [plan.fileId]);
  if (!dryRun) {
    for (const unused of versions) await removeVersion({ batchId, version: unused });
    await collection('roster_plans').remove(plan._id);
  }
  tally.add('roster-leftovers', batch, { documents: 1 + lines, files });
}
