/** Files of packages that are old, or were cancelled while they were being written. They can be made again. */
import { type Sweep, sweepFiles } from '../sweep';
import { type ExportDocument } from '../../export/export-document';
import { filesOfPackage, removePackageFiles } from '../../export/use-package';
import { collection, command } from '../../platform/database';
import { type ExportJob } from '../../../miniprogram/shared/contract/exporter';

const AT_ONCE = 200;

export const sweepPackages: Sweep = async (context) => {
  const { call, dryRun, tally, batches } = context;
  const exports = collection<ExportDocument>('exports');
  const old = await exports.find(
    { state: command().in(['packing', 'closing', 'finished']), expiresAt: command().lte(call.now) },
    { limit: AT_ONCE },
  );
  const cancelled = await exports.find({ state: 'cancelled' }, { limit: AT_ONCE });
  for (const job of [...old, ...cancelled]) {
    if (!context.hasTime()) return false;
    const files = filesOfPackage(job);
    if (job.state === 'cancelled' && files.length === 0) continue;
    const batch = batches.find(({ _id }) => _id === job.batchId) ?? null;
    tally.add('packages', batch, { files: await sweepFiles(context, files) });
    if (dryRun) continue;
    const state: ExportJob['state'] = job.state === 'cancelled' ? 'cancelled' : 'expired';
    await exports.update(job._id, { state, working: null });
    await removePackageFiles(job._id);
  }
  return true;
};
