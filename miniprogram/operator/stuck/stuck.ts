/** Helps a student whom a check keeps from going on: the reviewer looks, and lets that check only warn, with a reason. */
import { STUCK_WORDS } from '../../copy/operator-review-words';
import { Query, definePage } from '../../pages/define-page';
import { say } from '../../platform/feedback';
import { supportTelephone } from '../../services/overview-store';
import { newRequestKey } from '../../services/request-key';
import { BatchId, SubmissionId } from '../../shared/identity/ids';
import { CheckId } from '../../shared/verdict/check-ids';
import { batchToWorkOn } from '../navigation';
import { operatorService } from '../services/staff-services';
import { StuckState, missingWords, openSubmission, toView } from './to-view';

let batchId: BatchId | null = null;

const CLOSED = { openId: null, checks: [], reason: '', asked: false } as const;

definePage({
  initial: (): StuckState => ({
    submissions: null,
    ...CLOSED,
    busy: false,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: STUCK_WORDS,
  handlers: {
    onLoad(query: Query) {
      batchId = batchToWorkOn(query);
      return this.load();
    },
    load(): Promise<void> {
      const id = batchId;
      return this.attempt(async () => {
        if (id === null) return;
        const { submissions } = await operatorService.stuckSubmissions({ batchId: id });
        this.update({ submissions });
      });
    },
    onStudent({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const id = currentTarget.dataset['id'] as SubmissionId;
      this.update({ ...CLOSED, openId: this.state.openId === id ? null : id });
    },
    onCheck({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const id = currentTarget.dataset['id'] as CheckId;
      const { checks } = this.state;
      this.update({ checks: checks.includes(id) ? checks.filter((one) => one !== id) : [...checks, id] });
    },
    onReason({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.update({ reason: detail.value });
    },
    async onSave() {
      this.update({ asked: true });
      const open = openSubmission(this.state);
      const { checks, reason } = this.state;
      if (open === null || missingWords(this.state) !== '') return;
      this.update({ busy: true });
      await this.attempt(
        async () => {
          const request = { submissionId: open.submissionId, checks, reason: reason.trim() };
          await operatorService.overrideChecks(request, newRequestKey());
          this.update(CLOSED);
          say(STUCK_WORDS.saved);
        },
        { busy: false },
      );
      if (this.state.failure === null) await this.load();
    },
  },
});
