/** Helps a student whom a check keeps from going on: the reviewer looks, and lets that check only warn, with a reason. */
import { STUCK_WORDS } from '../../copy/operator-review-words';
import { showTop } from '../../platform/measure';
import { answerIfAsked } from '../../services/answer-if-asked';
import { supportTelephone } from '../../services/overview-store';
import { SubmissionId } from '../../shared/identity/ids';
import { CheckId } from '../../shared/verdict/check-ids';
import { defineBatchPage } from '../define-batch-page';
import { operatorService } from '../services/staff-services';
import { readStuck, renewed } from './read-stuck';
import { StuckState, missingWords, openSubmission, toView } from './to-view';

const toggled = (checks: readonly CheckId[], id: CheckId): CheckId[] =>
  checks.includes(id) ? checks.filter((one) => one !== id) : [...checks, id];

const CLOSED = { openId: null, checks: [], reason: '', asked: false } as const;

defineBatchPage({
  initial: (): StuckState => ({
    batchId: null,
    list: null,
    ...CLOSED,
    softened: '',
    busy: false,
    readingMore: false,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: STUCK_WORDS,
  readAt: 'onLoad',
  read: async (batchId) => ({ list: await readStuck(batchId, null) }),
  handlers: {
    async onMore() {
      const { batchId, list: known } = this.state;
      if (batchId === null || known === null) return;
      this.update({ readingMore: true });
      await this.attemptToRead(
        async () => {
          const isAsked = () => this.state.list?.next === known.next;
          const answer = await answerIfAsked(readStuck(batchId, known.next), isAsked);
          if (answer === null) return;
          const items = [...(this.state.list?.items ?? []), ...answer.items];
          this.update({ list: { items, next: answer.next } });
        },
        { readingMore: false },
      );
    },
    /** Links live for ten minutes, and come with the list only. */
    onPictureMissing() {
      const { batchId, list: known } = this.state;
      if (batchId === null || known === null) return;
      return this.attemptToRead(async () => {
        const { items } = await readStuck(batchId, null, known.items.length);
        const { list } = this.state;
        if (list !== null) this.update({ list: renewed(list, items) });
      });
    },
    onStudent({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const id = currentTarget.dataset['id'] as SubmissionId;
      this.edit({ ...CLOSED, softened: '', openId: this.state.openId === id ? null : id });
    },
    onCheck({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const id = currentTarget.dataset['id'] as CheckId;
      const { checks } = this.state;
      this.edit({ checks: toggled(checks, id) });
    },
    onReason({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.edit({ reason: detail.value });
    },
    async onSave() {
      this.update({ asked: true });
      const open = openSubmission(this.state);
      const { checks, reason } = this.state;
      if (open === null || missingWords(this.state) !== '') return;
      this.update({ busy: true });
      await this.attempt(
        async (send) => {
          const request = { submissionId: open.submissionId, checks, reason: reason.trim() };
          await send(operatorService.overrideChecks, request);
          this.update({ ...CLOSED, softened: open.student.studentNumber });
        },
        { busy: false },
        () => {
          if (this.state.softened !== '') showTop();
        },
      );
    },
  },
});
