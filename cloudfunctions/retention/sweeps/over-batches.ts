/**
 * Batches whose time is over: submissions with all they have, the list, packages. The batch itself stays: it holds
 * nothing about people, and says that there once was something.
 */
import { type DueRule, sweepSubmissions } from './remove-submissions';
import { closedSince } from '../closed-since';
import { isDue, type Sweep, type SweepContext, sweepFiles } from '../sweep';
import { type Work } from '../take-turns';
import { type BatchDocument, toOperatorBatch } from '../../batch/batch-document';
import { filesOfPackage } from '../../export/clear-package';
import { type ExportDocument, filesHanded, type VolumeDocument } from '../../export/export-document';
import { collection } from '../../platform/database';
import { type RosterPlanDocument } from '../../roster/roster-plan-document';
import { SUBMISSION_STATES } from '../../../miniprogram/shared/submission/submission-machine';

export function isOver(batch: BatchDocument, now: string): boolean {
  return isDue(closedSince(batch), toOperatorBatch(batch).retention.everythingDays, now);
}

export const sweepOverBatches: Sweep = async function* (context) {
  const { now } = context.call;
  for (const batch of context.batches.filter((each) => isOver(each, now))) {
    const over: DueRule = {
      kind: 'everything',
      states: SUBMISSION_STATES,
      isDue: (_, its) => isOver(its, now),
    };
    yield* sweepSubmissions(context, batch, over);
    yield;
    await context.attempt(`list ${batch._id}`, () => removeList(context, batch));
    yield* removePackages(context, batch);
  }
};

async function removeList(context: SweepContext, batch: BatchDocument): Promise<void> {
  const { dryRun, tally } = context;
  const batchId = batch._id;
  const plans = await collection<RosterPlanDocument>('roster_plans').find({ batchId }, { limit: 1000 });
  const files = await sweepFiles(
    context,
    plans.map(({ fileId }) => fileId),
  );
  const documents =
    plans.length +
    (await collection('roster').count({ batchId })) +
    (await collection('roster_versions').count({ batchId }));
  if (!dryRun && documents > 0) {
    for (const { _id } of plans) await collection('roster_plans').removeWhere({ planId: _id });
    await collection('roster_plans').removeWhere({ batchId });
    await collection('roster').removeWhere({ batchId });
    await collection('roster_versions').removeWhere({ batchId });
    await collection<BatchDocument>('batches').update(batchId, { roster: null });
  }
  tally.add('everything', batch, { documents, files });
}

async function* removePackages(context: SweepContext, batch: BatchDocument): Work {
  const { dryRun, tally } = context;
  const jobs = await collection<ExportDocument>('exports').find({ batchId: batch._id }, { limit: 1000 });
  for (const job of jobs) {
    yield;
    await context.attempt(job._id, async () => {
      await sweepFiles(context, filesOfPackage(job));
      if (!dryRun) {
        await collection<VolumeDocument>('export_volumes').removeWhere({ exportId: job._id });
        await collection<ExportDocument>('exports').remove(job._id);
      }
      tally.add('everything', batch, { documents: 1, files: filesHanded(job).length });
    });
  }
}
