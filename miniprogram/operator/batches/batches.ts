/** All batches of this member, with how far each one is. */
import { BATCHES_WORDS } from '../../copy/operator-batch-words';
import { definePage } from '../../pages/define-page';
import { endPullDown } from '../../platform/feedback';
import { supportTelephone } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { BatchId } from '../../shared/identity/ids';
import { openStaff } from '../navigation';
import { knownMe } from '../services/me-store';
import { operatorService } from '../services/staff-services';
import { BatchesState, toView } from './to-view';

definePage({
  initial: (): BatchesState => ({
    lines: null,
    me: null,
    now: serverNow(),
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: BATCHES_WORDS,
  handlers: {
    onShow() {
      return this.load();
    },
    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },
    load(): Promise<void> {
      return this.attemptToRead(async () => {
        const [me, { batches, now }] = await Promise.all([knownMe(), operatorService.batches({})]);
        this.update({ me, lines: batches, now });
      });
    },
    onBatch({ currentTarget }: WechatMiniprogram.TouchEvent) {
      openStaff({ page: 'batch', batchId: currentTarget.dataset['id'] as BatchId });
    },
    onCreate() {
      openStaff({ page: 'batch-edit' });
    },
  },
});
