/** One batch and everything that can be done with it. */
import { BATCH_WORDS } from '../../copy/operator-batch-words';
import { supportTelephone } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { defineBatchPage } from '../define-batch-page';
import { openStaff } from '../navigation';
import { knownMe } from '../services/me-store';
import { operatorService } from '../services/staff-services';
import { BatchEntry, BatchState, toView } from './to-view';

defineBatchPage({
  initial: (): BatchState => ({
    batchId: null,
    batch: null,
    me: null,
    now: serverNow(),
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: BATCH_WORDS,
  readAt: 'onShow',
  read: async (batchId) => {
    const [me, batch] = await Promise.all([knownMe(), operatorService.batch({ batchId })]);
    return { me, batch, now: serverNow() };
  },
  handlers: {
    onEntry({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const entry = currentTarget.dataset['id'] as BatchEntry;
      const { batchId } = this.state;
      if (batchId === null) return;
      if (entry === 'copy') openStaff({ page: 'batch-edit', batchId, copy: true });
      else openStaff({ page: entry, batchId });
    },
  },
});
