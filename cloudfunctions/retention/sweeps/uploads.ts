/**
 * Files that were uploaded, or written to be fetched, and that nobody needs any more: their tickets know the paths. A
 * ticket goes only when its file is gone, or when something else knows of the file and deletes it.
 */
import { type Sweep, type SweepContext } from '../sweep';
import { type Work } from '../take-turns';
import { collection, command, type Filter } from '../../platform/database';
import { deleteWhatGoes, uploadBytes } from '../../platform/storage';
import { secondsAfter } from '../../requests/call';
import { type RosterPlanDocument } from '../../roster/roster-plan-document';
import { pathOf, siblingFileId, type UploadTicketDocument } from '../../upload/upload-ticket';
import { type FileId } from '../../../miniprogram/shared/identity/ids';

/** A phone may be in the middle of using it. */
const GRACE_SECONDS = 3600;
/** As many files as the storage deletes in a few requests: time is looked at in between. */
const AT_ONCE = 200;

export const sweepUploads: Sweep = async function* (context) {
  const neighbour = await someFile();
  const fileOf: FileOf = ({ cloudPath }) => siblingFileId(neighbour, cloudPath);
  const expiresAt = command().lt(secondsAfter(context.call.now, -GRACE_SECONDS));
  const usedAt = command().neq(null);
  // Never used. A used portrait belongs to its photo and goes with it.
  yield* sweepTickets(context, { usedAt: null, expiresAt }, fileOf);
  yield* sweepTickets(context, { purpose: 'code-picture', usedAt, expiresAt }, fileOf);
  yield* sweepLists(context, { purpose: 'roster', usedAt, expiresAt }, fileOf);
};

/** The file that goes with a ticket; null: it stays. */
type FileOf = (ticket: UploadTicketDocument) => FileId | null;
type TicketFilter = Filter<UploadTicketDocument>;

/** A list's file belongs to the plan that was made of it; one that was refused, or whose check crashed, has none. */
async function* sweepLists(context: SweepContext, filter: TicketFilter, fileOf: FileOf): Work {
  const planned = new Set<string | undefined>();
  // Parts of plans have no creation time.
  const plans = collection<RosterPlanDocument>('roster_plans').pages({ createdAt: command().gt('') });
  for await (const page of plans) for (const { fileId } of page) planned.add(pathOf(fileId));
  yield* sweepTickets(context, filter, (ticket) => (planned.has(ticket.cloudPath) ? null : fileOf(ticket)));
}

async function* sweepTickets(context: SweepContext, filter: TicketFilter, fileOf: FileOf): Work {
  for await (const page of collection<UploadTicketDocument>('uploads').pages(filter)) {
    for (let start = 0; start < page.length; start += AT_ONCE) {
      yield;
      const tickets = page.slice(start, start + AT_ONCE);
      await context.attempt(tickets[0]!._id, () => sweepSome(context, tickets, fileOf));
    }
  }
}

async function sweepSome(
  context: SweepContext,
  tickets: readonly UploadTicketDocument[],
  fileOf: FileOf,
): Promise<void> {
  const files = tickets.map(fileOf).filter((file) => file !== null);
  const failure = context.dryRun ? null : await deleteWhatGoes(files);
  const left = new Set<FileId | null>(failure?.fileIds);
  const done = tickets.filter((ticket) => !left.has(fileOf(ticket)));
  if (!context.dryRun && done.length > 0) {
    const _id = command().in(done.map((ticket) => ticket._id));
    await collection<UploadTicketDocument>('uploads').removeWhere({ _id });
  }
  context.tally.add('unused-uploads', null, { documents: done.length, files: files.length - left.size });
  if (failure !== null) throw failure;
}

/** The storage does not say where it is; a file of our own does. The same one every time. */
async function someFile(): Promise<FileId> {
  return uploadBytes('markers/storage.txt', Buffer.from('This file shows where the storage is.'));
}
