/** Files that were uploaded, or written to be fetched, and that nobody needs any more: their tickets know the paths. */
import { type Sweep, type SweepContext, sweepFiles } from '../sweep';
import { collection, command, type Filter } from '../../platform/database';
import { secondsAfter } from '../../requests/call';
import { siblingFileId, type UploadTicketDocument } from '../../upload/upload-ticket';

/** A phone may be in the middle of using it. */
const GRACE_SECONDS = 3600;
const AT_ONCE = 1000;

export const sweepUploads: Sweep = async (context) => {
  const expiresAt = command().lt(secondsAfter(context.call.now, -GRACE_SECONDS));
  return (
    // Never used. A used portrait belongs to its photo and goes with it.
    (await sweepTickets(context, { usedAt: null, expiresAt }, { withFiles: true })) &&
    (await sweepTickets(context, { purpose: 'code-picture', expiresAt }, { withFiles: true })) &&
    // A list's file belongs to its plan.
    (await sweepTickets(context, { purpose: 'roster', expiresAt }, { withFiles: false }))
  );
};

async function sweepTickets(
  context: SweepContext,
  filter: Filter<UploadTicketDocument>,
  { withFiles }: { readonly withFiles: boolean },
): Promise<boolean> {
  const tickets = collection<UploadTicketDocument>('uploads');
  for (;;) {
    const found = await tickets.find(filter, { limit: AT_ONCE });
    const paths = withFiles ? found.map(({ cloudPath }) => siblingFileId(context.neighbour, cloudPath)) : [];
    context.tally.add('unused-uploads', null, {
      documents: found.length,
      files: await sweepFiles(context, paths),
    });
    if (context.dryRun || found.length === 0) return true;
    await tickets.removeWhere({ _id: command().in(found.map(({ _id }) => _id)) });
    if (found.length < AT_ONCE) return true;
    if (!context.hasTime()) return false;
  }
}
