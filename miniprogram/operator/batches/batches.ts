/** All batches of this member, with how far each one is. */
import { BATCHES_WORDS } from '../../copy/operator-batch-words';
import { definePage } from '../../pages/define-page';
import { endPullDown } from '../../platform/feedback';
import { answerIfAsked } from '../../services/answer-if-asked';
import { supportTelephone } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { BatchId } from '../../shared/identity/ids';
import { openStaff } from '../navigation';
import { knownMe } from '../services/me-store';
import { readBatches } from './read-batches';
import { BatchesState, toView } from './to-view';

definePage({
  initial: (): BatchesState => ({
    list: null,
    busy: false,
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
        // Who comes back from a batch far down finds it where it was.
        const shown = this.state.list?.items.length ?? 1;
        const [me, list] = await Promise.all([knownMe(), readBatches(null, shown)]);
        this.update({ me, list, now: serverNow() });
      });
    },
    async onMore() {
      const { list: known } = this.state;
      if (known === null) return;
      this.update({ busy: true });
      await this.attemptToRead(
        async () => {
          const isAsked = () => this.state.list === known;
          const answer = await answerIfAsked(readBatches(known.next, 1), isAsked);
          if (answer === null) return;
          this.update({ list: { items: [...known.items, ...answer.items], next: answer.next } });
        },
        { busy: false },
      );
    },
    onBatch({ currentTarget }: WechatMiniprogram.TouchEvent) {
      openStaff({ page: 'batch', batchId: currentTarget.dataset['id'] as BatchId });
    },
    onCreate() {
      openStaff({ page: 'batch-edit' });
    },
  },
});
