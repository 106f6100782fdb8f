/** Extends, reopens or closes a batch, always with a reason. */
import { DEADLINE_WORDS } from '../../copy/operator-batch-words';
import { goBack } from '../../platform/navigation';
import { supportTelephone } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { defineBatchPage } from '../define-batch-page';
import { operatorService } from '../services/staff-services';
import { DeadlineState, newDeadline, toView } from './to-view';

defineBatchPage({
  initial: (): DeadlineState => ({
    batchId: null,
    batch: null,
    date: '',
    reason: '',
    asked: false,
    busy: false,
    now: serverNow(),
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: DEADLINE_WORDS,
  readAt: 'onLoad',
  read: async (batchId) => ({ batch: await operatorService.batch({ batchId }), now: serverNow() }),
  handlers: {
    onDate({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.edit({ date: detail.value });
    },
    onReason({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.edit({ reason: detail.value });
    },
    async onSave() {
      if (this.state.busy) return;
      this.update({ asked: true });
      const { batch } = this.state;
      const change = newDeadline(this.state);
      if (batch === null || change === null) return;
      this.update({ busy: true });
      await this.attempt(
        async (send) => {
          const request = { batchId: batch.id, revision: batch.revision, ...change };
          await send(operatorService.changeDeadline, request);
          this.go(goBack);
        },
        { busy: false },
      );
    },
  },
});
