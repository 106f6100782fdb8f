/** Files of packages that are old, or were cancelled while they were being written. They can be made again. */
import { type Sweep, type SweepContext, sweepFiles } from '../sweep';
import { type ExportDocument } from '../../export/export-document';
import { filesOfPackage, removePackageFiles } from '../../export/use-package';
import { collection, command, type Filter } from '../../platform/database';
import { type ExportJob } from '../../../miniprogram/shared/contract/exporter';

export const sweepPackages: Sweep = async (context) => {
  const old = {
    state: command().in(['packing', 'closing', 'finished']),
    expiresAt: command().lte(context.call.now),
  };
  return (await sweepPages(context, old)) && (await sweepPages(context, { state: 'cancelled' }));
};

async function sweepPages(context: SweepContext, filter: Filter<ExportDocument>): Promise<boolean> {
  for await (const page of collection<ExportDocument>('exports').pages(filter)) {
    for (const job of page) {
      if (!context.hasTime()) return false;
      await context.attempt(job._id, () => sweepPackage(context, job));
    }
  }
  return true;
}

async function sweepPackage(context: SweepContext, job: ExportDocument): Promise<void> {
  const files = filesOfPackage(job);
  if (job.state === 'cancelled' && files.length === 0) return;
  await sweepFiles(context, files);
  if (!context.dryRun) {
    const state: ExportJob['state'] = job.state === 'cancelled' ? 'cancelled' : 'expired';
    await collection<ExportDocument>('exports').update(job._id, { state, working: null });
    await removePackageFiles(job._id);
  }
  const batch = context.batches.find(({ _id }) => _id === job.batchId) ?? null;
  context.tally.add('packages', batch, { files: files.length });
}
