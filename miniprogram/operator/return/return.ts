/**
 * Sends an accepted photo back, with reasons, because the school or 学信网 did: the student takes another one. What was
 * sent back by mistake is undone beside the word that it was sent.
 */
import { RETURN_WORDS, STAFF_REVIEW_WORDS } from '../../copy/operator-review-words';
import { ask, say } from '../../platform/feedback';
import { showTop } from '../../platform/measure';
import { supportTelephone } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { RejectReason } from '../../shared/contract/submission-view';
import { defineBatchPage } from '../define-batch-page';
import { studentIn } from '../navigation';
import { toggledReason } from '../review/to-view';
import { operatorService } from '../services/staff-services';
import { ReturnState, missingToReturn, toView } from './to-view';

type Changed = WechatMiniprogram.CustomEvent<{ value: string }>;

const NOTHING_WRITTEN = { studentNumber: '', reasons: [], remark: '', asked: false } as const;

defineBatchPage({
  initial: (): ReturnState => ({
    batchId: null,
    closesAt: null,
    ...NOTHING_WRITTEN,
    returned: '',
    undoable: null,
    busy: false,
    now: serverNow(),
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: RETURN_WORDS,
  readAt: 'onLoad',
  fromAddress: (query) => ({ studentNumber: studentIn(query) }),
  read: async (batchId) => {
    const { closesAt } = await operatorService.batch({ batchId });
    return { closesAt, now: serverNow() };
  },
  handlers: {
    onNumber({ detail }: Changed) {
      this.edit({ studentNumber: detail.value, returned: '' });
    },
    onReason({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const id = currentTarget.dataset['id'] as RejectReason;
      this.edit({ reasons: toggledReason(this.state.reasons, id) });
    },
    onRemark({ detail }: Changed) {
      this.edit({ remark: detail.value });
    },
    async onSend() {
      this.update({ asked: true });
      const { batchId, busy, reasons, remark } = this.state;
      const studentNumber = this.state.studentNumber.trim();
      if (busy || batchId === null || missingToReturn(this.state) !== '') return;
      const { askTitle: title, askYes: yes, askNo: no } = RETURN_WORDS;
      if (!(await ask({ title, text: RETURN_WORDS.askText(studentNumber), yes, no }))) return;
      const request = { batchId, studentNumber, reasons, remark: remark.trim() };
      this.update({ busy: true });
      await this.attempt(
        async (send) => {
          await send(operatorService.returnPhoto, request);
          this.update({ ...NOTHING_WRITTEN, returned: studentNumber, undoable: null });
          // What is offered beside the deed is no part of it: without an answer there is nothing to offer.
          const queue = await operatorService.reviewQueue({ batchId }).catch(() => null);
          this.update({ undoable: queue?.undoable[0] ?? null });
        },
        { busy: false },
        () => {
          if (this.state.returned !== '') showTop();
        },
      );
    },
    async onUndo() {
      const { undoable } = this.state;
      if (undoable === null) return;
      await this.attempt(async (send) => {
        await send(operatorService.undoReview, { submissionId: undoable.submissionId });
        say(STAFF_REVIEW_WORDS.returnUndone);
        this.update({ returned: '', undoable: null });
      });
    },
  },
});
