/** Every batch that this identity may see, the latest deadline first, and the cloud's time. */
import { type StaffClient } from './staff-client';
import { type BatchesContract } from '../../../miniprogram/shared/contract/operator/batches';
import { readAll } from '../../../miniprogram/shared/contract/read-on';
import { type Instant } from '../../../miniprogram/shared/identity/ids';

/** @param asked one school, or `{}` for all */
export async function allBatches(
  staff: StaffClient,
  asked: { readonly schoolCode?: string },
): Promise<Pick<BatchesContract['batches']['data'], 'batches' | 'now'>> {
  let now = new Date().toISOString() as Instant;
  const batches = await readAll(async (page) => {
    const answer = await staff.operator('batches', { ...asked, ...page });
    now = answer.now;
    return { items: answer.batches, next: answer.next };
  });
  return { batches, now };
}
