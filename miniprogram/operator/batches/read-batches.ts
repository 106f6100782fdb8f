/** The next of this member's batches. Their deadlines count by the cloud's time, which is learnt on the way. */
import { learnServerTime } from '../../services/server-clock';
import { BatchLine } from '../../shared/contract/operator/batches';
import { Page, readOn } from '../../shared/contract/read-on';
import { operatorService } from '../services/staff-services';

/** @param from the `next` of what is known already; null: from the beginning */
export function readBatches(from: string | null, enough: number): Promise<Page<BatchLine>> {
  return readOn(
    async (page) => {
      const { batches: items, next, now } = await operatorService.batches(page);
      learnServerTime(now);
      return { items, next };
    },
    from,
    enough,
  );
}
