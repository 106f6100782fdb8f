/** What is stored about me: see it, delete what may be deleted, take back the agreement. */
import { DATA_WORDS } from '../../copy/data-words';
import { ask, say } from '../../platform/feedback';
import { open } from '../../platform/navigation';
import { deleteSubmission } from '../../services/delete-submission';
import { lastOverview, loadOverview, rememberConsent, supportTelephone } from '../../services/overview-store';
import { studentService } from '../../services/student-service';
import { SubmissionId } from '../../shared/identity/ids';
import { definePage } from '../define-page';
import { DataState, deleteQuestion, toView } from './to-view';

definePage({
  initial: (): DataState => ({
    stored: null,
    overview: lastOverview(),
    busy: null,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: DATA_WORDS,
  handlers: {
    onShow() {
      return this.load();
    },
    load(): Promise<void> {
      return this.attemptToRead(async () => {
        const [stored, overview] = await Promise.all([studentService.storedData({}), loadOverview()]);
        this.update({ stored, overview });
      });
    },
    async onDelete({ currentTarget }: WechatMiniprogram.CustomEvent) {
      const submissionId = currentTarget.dataset['id'] as SubmissionId;
      const question = deleteQuestion(submissionId, this.state.overview);
      if (this.state.busy !== null || !(await ask(question))) return;
      this.update({ busy: submissionId });
      await this.attempt(
        async (send) => {
          const stored = await deleteSubmission(submissionId, send);
          this.update({ stored, overview: await loadOverview() });
          say(DATA_WORDS.deleted);
        },
        { busy: null },
      );
    },
    async onWithdrawConsent() {
      const { withdrawTitle: title, withdrawText: text, withdrawYes: yes, withdrawNo: no } = DATA_WORDS;
      if (this.state.busy !== null || !(await ask({ title, text, yes, no }))) return;
      this.update({ busy: 'consent' });
      await this.attempt(
        async (send) => {
          rememberConsent(await send(studentService.withdrawConsent, {}));
          const stored = await studentService.storedData({});
          this.update({ stored, overview: lastOverview() });
          say(DATA_WORDS.withdrawn);
        },
        { busy: null },
      );
    },
    onRead() {
      open({ page: 'consent' });
    },
  },
});
