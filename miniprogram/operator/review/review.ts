/**
 * The review queue, oldest first, or at first the photo of the student whom the address names: take, look, decide, next.
 * What was taken is given back when the page closes.
 */
import { STAFF_REVIEW_WORDS } from '../../copy/operator-review-words';
import { Query, definePage } from '../../pages/define-page';
import { say } from '../../platform/feedback';
import { showTop } from '../../platform/measure';
import { supportTelephone } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { ReviewDecision } from '../../shared/contract/operator/review';
import { RejectReason } from '../../shared/contract/submission-view';
import { batchToWorkOn, studentIn } from '../navigation';
import { operatorService } from '../services/staff-services';
import { giveBack } from './give-back';
import { StaffReviewState, isGone, rejection, toView, toggledReason, undoable, undoneWords } from './to-view';

const NOTHING_CHOSEN = { rejecting: false, reasons: [], remark: '', asked: false } as const;

definePage({
  initial: (): StaffReviewState => ({
    batchId: null,
    ticking: null,
    queue: null,
    item: null,
    ended: false,
    held: null,
    passedOver: null,
    studentNumber: '',
    loading: true,
    ...NOTHING_CHOSEN,
    deciding: false,
    now: serverNow(),
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: STAFF_REVIEW_WORDS,
  handlers: {
    onLoad(query: Query) {
      // The time left for taking a decision back runs on the page.
      const ticking = setInterval(() => {
        if (this.state.queue?.undoable.length) this.update({ now: serverNow() });
      }, 1000);
      this.update({ batchId: batchToWorkOn(query), studentNumber: studentIn(query), ticking });
      return this.next();
    },
    onUnload() {
      const { ticking, held } = this.state;
      if (ticking !== null) clearInterval(ticking);
      void giveBack(held);
    },
    /** The next photo. The one before goes at once: nothing of it may stand beside the next student's data. */
    next(): Promise<void> {
      this.update({ item: null, ended: false, ...NOTHING_CHOSEN });
      return this.take();
    },
    /** Links live for ten minutes; the photo that is lent already comes first, with new ones. */
    async onPictureMissing() {
      const { loading, deciding, rejecting } = this.state;
      if (!loading && !deciding && !rejecting) await this.take();
    },
    /** Behind the last one that was passed over: what is left for later does not come straight back. */
    take(): Promise<void> {
      const { batchId, passedOver: skip, studentNumber } = this.state;
      this.update({ loading: true });
      return this.attempt(
        async () => {
          if (batchId === null) return;
          const whose = studentNumber !== '' ? { studentNumber } : skip !== null ? { skip } : {};
          const { item } = await operatorService.takeReview({ batchId, ...whose });
          const held = item?.submissionId ?? null;
          if (this.closed) return giveBack(held);
          this.update({ held, studentNumber: '' });
          const queue = await operatorService.reviewQueue({ batchId });
          this.update({ item, ended: item === null, queue, now: serverNow() });
        },
        { loading: false },
      );
    },
    /** From the oldest on, with everything that was passed over. */
    onAgain() {
      this.update({ passedOver: null });
      return this.next();
    },
    onSkip() {
      this.update({ passedOver: this.state.item?.submissionId ?? null });
      return this.next();
    },
    onAccept() {
      return this.decide({ kind: 'accept' });
    },
    onReject() {
      if (this.edit({ rejecting: true, now: serverNow() })) showTop();
    },
    onCancelReject() {
      if (this.edit(NOTHING_CHOSEN)) showTop();
    },
    onReason({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const id = currentTarget.dataset['id'] as RejectReason;
      this.edit({ reasons: toggledReason(this.state.reasons, id) });
    },
    onRemark({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.edit({ remark: detail.value });
    },
    async onSendRejection() {
      this.update({ asked: true });
      const decision = rejection(this.state);
      if (decision !== null) await this.decide(decision);
    },
    async decide(decision: ReviewDecision) {
      const { item, deciding } = this.state;
      if (item === null || deciding) return;
      this.update({ deciding: true });
      await this.attempt(
        async (send) => {
          const request = { submissionId: item.submissionId, photoId: item.photo.id, decision };
          await send(operatorService.decideReview, request);
          this.update({ item: null, held: null, ...NOTHING_CHOSEN });
        },
        { deciding: false },
        () => this.onDecided(),
      );
    },
    async onDecided() {
      if (this.state.failure === null) await this.next();
      else if (isGone(this.state.failure)) await this.keepingFailure(() => this.next());
    },
    async onUndo() {
      const last = undoable(this.state);
      if (last === null) return;
      await this.attempt(
        async (send) => {
          await send(operatorService.undoReview, { submissionId: last.submissionId });
          say(undoneWords(last));
        },
        {},
        () => this.onDecided(),
      );
    },
  },
});
