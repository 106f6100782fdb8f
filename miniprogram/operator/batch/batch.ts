/** One batch and everything that can be done with it. */
import { BATCH_WORDS } from '../../copy/operator-batch-words';
import { Query, definePage } from '../../pages/define-page';
import { supportTelephone } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { BatchId } from '../../shared/identity/ids';
import { batchToWorkOn, openStaff } from '../navigation';
import { knownMe } from '../services/me-store';
import { operatorService } from '../services/staff-services';
import { BatchEntry, BatchState, toView } from './to-view';

let batchId: BatchId | null = null;

definePage({
  initial: (): BatchState => ({
    batch: null,
    me: null,
    now: serverNow(),
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: BATCH_WORDS,
  handlers: {
    onLoad(query: Query) {
      batchId = batchToWorkOn(query);
    },
    onShow() {
      return this.load();
    },
    load(): Promise<void> {
      const id = batchId;
      return this.attempt(async () => {
        if (id === null) return;
        const [me, batch] = await Promise.all([knownMe(), operatorService.batch({ batchId: id })]);
        this.update({ me, batch, now: serverNow() });
      });
    },
    onEntry({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const entry = currentTarget.dataset['id'] as BatchEntry;
      if (batchId === null) return;
      if (entry === 'copy') openStaff({ page: 'batch-edit', batchId, copy: true });
      else openStaff({ page: entry, batchId });
    },
  },
});
