/**
 * Packages that are old, and what is left of those that were stopped or whose clearing was cut short: their files, and
 * the names in their volumes. They can be made again.
 */
import { type Sweep, type SweepContext } from '../sweep';
import { clearPackage } from '../../export/clear-package';
import { type ExportDocument, filesHanded, isOver } from '../../export/export-document';
import { collection, command, type Filter } from '../../platform/database';

export const sweepPackages: Sweep = async (context) => {
  const old = {
    state: command().in(['packing', 'closing', 'finished']),
    expiresAt: command().lte(context.call.now),
  };
  const over = { state: command().in(['cancelled', 'expired']) };
  // In this order none is met twice.
  return (await sweepPages(context, over)) && (await sweepPages(context, old));
};

async function sweepPages(context: SweepContext, filter: Filter<ExportDocument>): Promise<boolean> {
  for await (const page of collection<ExportDocument>('exports').pages(filter)) {
    for (const job of page) {
      if (isClear(job)) continue;
      if (!context.hasTime()) return false;
      await context.attempt(job._id, () => sweepPackage(context, job));
    }
  }
  return true;
}

/** Not asked of the database: version 0.1.0 wrote no such field. */
function isClear({ clearedAt }: ExportDocument): boolean {
  return (clearedAt ?? null) !== null;
}

async function sweepPackage(context: SweepContext, job: ExportDocument): Promise<void> {
  if (!context.dryRun) {
    if (!isOver(job)) {
      await collection<ExportDocument>('exports').update(job._id, { state: 'expired', working: null });
    }
    await clearPackage(context.call.now, job._id);
  }
  const batch = context.batches.find(({ _id }) => _id === job.batchId) ?? null;
  context.tally.add('packages', batch, { files: filesHanded(job).length });
}
