/**
 * Packages that are old, and what is left of those that were stopped or whose clearing was cut short: their files, and
 * the names in their volumes. They can be made again. Volumes whose start died have no package, and go too. Refuses to
 * take one from who works on it, or while it hands its photos over: the timer finishes that, and a later night takes it;
 * or gives its photos back where every try has failed for days.
 */
import { type Sweep, type SweepContext } from '../sweep';
import { type Work } from '../take-turns';
import { clearPackage } from '../../export/clear-package';
import {
  type ExportDocument,
  filesHanded,
  GIVEN_UP_SECONDS,
  isHandingOver,
  isOver,
  type VolumeDocument,
} from '../../export/export-document';
import { collection, command, type Filter } from '../../platform/database';
import { runTransaction } from '../../platform/transaction';
import { secondsAfter } from '../../requests/call';
import { isHeld } from '../../requests/lease';
import { type ExportId } from '../../../miniprogram/shared/identity/ids';

/** No start is at work for as long: it writes its volumes and the package in one call of a function. */
const START_SECONDS = 3600;
const PACKAGES_AT_ONCE = 1000;

export const sweepPackages: Sweep = async function* (context) {
  const old = {
    state: command().in(['packing', 'closing', 'finished']),
    expiresAt: command().lte(context.call.now),
  };
  const over = { state: command().in(['cancelled', 'expired']) };
  // In this order none is met twice.
  yield* sweepPages(context, over);
  yield* sweepPages(context, old);
  yield* sweepVolumesOfNoPackage(context);
};

async function* sweepPages(context: SweepContext, filter: Filter<ExportDocument>): Work {
  for await (const page of collection<ExportDocument>('exports').pages(filter)) {
    for (const job of page) {
      if (isClear(job)) continue;
      yield;
      await context.attempt(job._id, () => sweepPackage(context, job));
    }
  }
}

/** Not asked of the database: version 0.1.0 wrote no such field. */
function isClear({ clearedAt }: ExportDocument): boolean {
  return (clearedAt ?? null) !== null;
}

async function sweepPackage(context: SweepContext, job: ExportDocument): Promise<void> {
  if (!isOver(job) && !(await expire(context, job._id))) return;
  if (!context.dryRun) await clearPackage(context.call.now, job._id);
  const batch = context.batches.find(({ _id }) => _id === job.batchId) ?? null;
  context.tally.add('packages', batch, { files: filesHanded(job).length });
}

/**
 * Asks again: the page was read a while ago. One that was stopped meanwhile gave its photos back, and would hold them
 * again as an expired one.
 * @returns whether the package expires
 */
async function expire({ call, dryRun }: SweepContext, id: ExportId): Promise<boolean> {
  return runTransaction(async (scope) => {
    const exports = scope.collection<ExportDocument>('exports');
    const job = await exports.get(id);
    if (job === null || isOver(job) || isHeld(job.working, call.now)) return false;
    if (isHandingOver(job) && secondsAfter(job.expiresAt, GIVEN_UP_SECONDS) > call.now) return false;
    if (!dryRun) await exports.update(id, { state: 'expired', working: null });
    return true;
  });
}

async function* sweepVolumesOfNoPackage(context: SweepContext): Work {
  const createdAt = command().lt(secondsAfter(context.call.now, -START_SECONDS));
  for await (const ids of packagesOfVolumes({ createdAt })) {
    yield;
    const lost = await withoutPackage(ids);
    // With their time: the same request, sent again, may be writing others for the same package.
    const filter = { createdAt, exportId: command().in([...lost]) };
    if (lost.length > 0) await context.attempt(lost[0]!, () => sweepVolumes(context, filter));
  }
}

async function withoutPackage(ids: readonly ExportId[]): Promise<readonly ExportId[]> {
  const _id = command().in([...ids]);
  const jobs = await collection<ExportDocument>('exports').find({ _id }, { limit: ids.length });
  const there = new Set(jobs.map((job) => job._id));
  return ids.filter((id) => !there.has(id));
}

async function sweepVolumes({ dryRun, tally }: SweepContext, filter: Filter<VolumeDocument>): Promise<void> {
  const volumes = collection<VolumeDocument>('export_volumes');
  const documents = dryRun ? await volumes.count(filter) : await volumes.removeWhere(filter);
  tally.add('packages', null, { documents });
}

/** Which packages these volumes are for, whether there are such or not; in pages, and never empty ones. */
async function* packagesOfVolumes(filter: Filter<VolumeDocument>): AsyncGenerator<readonly ExportId[]> {
  let last = '';
  for (;;) {
    const rows = await collection<VolumeDocument>('export_volumes').aggregate<{ readonly _id: ExportId }>(
      [
        { $match: { ...filter, exportId: command().gt(last) } },
        { $group: { _id: '$exportId' } },
        { $sort: { _id: 1 } },
      ],
      PACKAGES_AT_ONCE,
    );
    if (rows.length === 0) return;
    yield rows.map(({ _id }) => _id);
    last = rows.at(-1)!._id;
  }
}
