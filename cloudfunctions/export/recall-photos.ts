/**
 * Gives the photos of a package that was stopped back to the new ones, so that none is forgotten: the files are gone and
 * nobody received them. Refuses photos that were delivered or that another package holds which may have reached the
 * school, and all of a package that was never finished: none is over that had begun to hand its photos on. Done again,
 * it goes on where it was cut short.
 */
import { handOver } from './close-export';
import { type ExportDocument, isHandingOver } from './export-document';
import { photosOf, remainingVolumesOf } from './package-volumes';
import { collection, command } from '../platform/database';
import { changeMany } from '../submission/change-many';
import { isDeliverable } from '../../miniprogram/shared/export/is-deliverable';
import { type Instant } from '../../miniprogram/shared/identity/ids';

/** @param job a cancelled package */
export async function recallPhotos(now: Instant, job: ExportDocument): Promise<void> {
  if (job.finishedAt === null) return;
  const others = await packagesBeside(job);
  const held = await photosOf(others);
  for await (const { items } of remainingVolumesOf(job)) {
    const free = items.filter(({ photoId }) => !held.has(photoId));
    await changeMany(free, { from: 'exported', event: 'recall', now });
  }
  // One that began to hand its photos over meanwhile passed those over that were still `exported` by this one.
  const known = new Set(others.map(({ _id }) => _id));
  for (const other of await packagesBeside(job)) if (!known.has(other._id)) await handOver(now, other);
}

/** The batch's other packages of which photos are or will be handed on. */
async function packagesBeside({ _id, batchId }: ExportDocument): Promise<readonly ExportDocument[]> {
  const beside: ExportDocument[] = [];
  const filter = { batchId, state: command().in(['closing', 'finished', 'expired']) };
  for await (const page of collection<ExportDocument>('exports').pages(filter)) {
    beside.push(...page.filter((job) => job._id !== _id && (isDeliverable(job) || isHandingOver(job))));
  }
  return beside;
}
