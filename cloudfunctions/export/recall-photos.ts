/**
 * Gives the photos of a package that was stopped, or given up while it handed them over, back to the new ones, so that
 * none is forgotten: the files are gone and nobody received them. Refuses photos that were delivered or that another
 * package holds which may have reached the school, and all of a package that was delivered or had not begun to hand its
 * photos on. Done again, it goes on where it was cut short.
 */
import { type ExportDocument, isHandingOver } from './export-document';
import { photosOf, remainingVolumesOf } from './package-volumes';
import { collection, command } from '../platform/database';
import { changeMany } from '../submission/change-many';
import { isDeliverable } from '../../miniprogram/shared/export/is-deliverable';
import { type Instant, type PhotoId } from '../../miniprogram/shared/identity/ids';

/** @param job a package that is over and not deliverable */
export async function recallPhotos(now: Instant, job: ExportDocument): Promise<void> {
  if (job.manifests.length === 0 || job.deliveredAt !== null) return;
  const held = await heldBeside(job);
  for await (const { items } of remainingVolumesOf(job)) {
    const free = items.filter(({ photoId }) => !held.has(photoId));
    await changeMany(free, { from: 'exported', event: 'recall', now });
  }
  // One that handed its photos over meanwhile passed those over that were still `exported` by this one. Not only what
  // came since: who was cut short between the two may have left such photos behind.
  const heldSince = await heldBeside(job);
  if (heldSince.size === 0) return;
  for await (const { items } of remainingVolumesOf(job)) {
    const theirs = items.filter(({ photoId }) => heldSince.has(photoId));
    await changeMany(theirs, { from: 'accepted', event: 'export', now });
  }
}

/** What the batch's other packages hold of which photos are or will be handed on. */
async function heldBeside({ _id, batchId }: ExportDocument): Promise<ReadonlySet<PhotoId>> {
  const beside: ExportDocument[] = [];
  const filter = { batchId, state: command().in(['closing', 'finished', 'expired']) };
  for await (const page of collection<ExportDocument>('exports').pages(filter)) {
    beside.push(...page.filter((job) => job._id !== _id && (isDeliverable(job) || isHandingOver(job))));
  }
  return photosOf(beside);
}
