/** Students of a batch whose photos are blocked again and again, a page at a time, and what is new about those who are known. */
import { StuckSubmission } from '../../shared/contract/operator/review';
import { Page, readOn } from '../../shared/contract/read-on';
import { BatchId } from '../../shared/identity/ids';
import { operatorService } from '../services/staff-services';

/**
 * The next students, unless nobody follows.
 * @param from the `next` of what is known already; null: from the beginning
 * @param enough pages stay whole, so there may be more
 */
export function readStuck(batchId: BatchId, from: string | null, enough = 1): Promise<Page<StuckSubmission>> {
  return readOn(
    async (page) => {
      const { submissions: items, next } = await operatorService.stuckSubmissions({ batchId, ...page });
      return { items, next };
    },
    from,
    enough,
  );
}

/** The same students in the same places, each as read last. */
export function renewed(
  known: Page<StuckSubmission>,
  read: readonly StuckSubmission[],
): Page<StuckSubmission> {
  const fresh = new Map(read.map((one) => [one.submissionId, one]));
  return { ...known, items: known.items.map((one) => fresh.get(one.submissionId) ?? one) };
}
