/** The next students of a batch whose photos are blocked again and again: at least one, unless nobody follows. */
import { StuckSubmission } from '../../shared/contract/operator/review';
import { Page, readOn } from '../../shared/contract/read-on';
import { BatchId } from '../../shared/identity/ids';
import { operatorService } from '../services/staff-services';

/** @param from the `next` of what is known already; null: from the beginning */
export function readStuck(batchId: BatchId, from: string | null): Promise<Page<StuckSubmission>> {
  return readOn(
    async (page) => {
      const { submissions: items, next } = await operatorService.stuckSubmissions({ batchId, ...page });
      return { items, next };
    },
    from,
    1,
  );
}
