/** Sends the photo, shows what the cloud says about it beside the finished picture, and takes the final yes. */
import { REVIEW_WORDS } from '../../copy/review-words';
import { ask, callTelephone } from '../../platform/feedback';
import { goHome, replaceWith, submissionIn } from '../../platform/navigation';
import { lastSubmission, rememberSubmission, telephoneOf } from '../../services/overview-store';
import { confirmPhoto, isOutdated } from '../../services/confirm-photo';
import { isOver, retakeRoute } from '../../services/next-step';
import { photoLinks } from '../../services/photo-links';
import { portraitUploads } from '../../services/portrait-upload/phone-uploads';
import { serverNow } from '../../services/server-clock';
import { studentService } from '../../services/student-service';
import { SubmissionView } from '../../shared/contract/submission-view';
import { allows } from '../../shared/submission/submission-machine';
import { Query, definePage } from '../define-page';
import { onDiscard, onResend, send } from './sending-handlers';
import { CONFIRM_QUESTION, NOTHING_YET, ReviewState, canConfirm, shownPhoto, toView } from './to-view';

definePage({
  initial: (): ReviewState => ({ ...NOTHING_YET, now: serverNow(), telephone: telephoneOf(null) }),
  toView,
  words: REVIEW_WORDS,
  handlers: {
    onLoad(query: Query) {
      const submissionId = submissionIn(query);
      if (submissionId === null) {
        goHome();
        return;
      }
      const known = lastSubmission(submissionId);
      this.update({ submissionId, submission: known, telephone: telephoneOf(known) });
      return portraitUploads.waiting(submissionId) ? this.send(submissionId) : this.load();
    },
    /** WeChat may have frozen the upload of a hidden page. */
    onShow() {
      const { submissionId, running } = this.state;
      if (running !== null) running.retryNow();
      else if (submissionId !== null && portraitUploads.waiting(submissionId)) return this.send(submissionId);
    },
    /** The photo stays where it is. */
    onUnload() {
      this.state.running?.stop();
    },
    send,
    /** What is decided already, perhaps on another phone, has its own page. */
    show(submission: SubmissionView) {
      rememberSubmission(submission);
      this.update({ submission, telephone: telephoneOf(submission), now: serverNow() });
      if (!allows(submission.state, 'photo-developed'))
        this.go(replaceWith, { page: 'done', submissionId: submission.id, unused: this.state.unused });
    },
    load(): Promise<void> {
      const { submissionId } = this.state;
      return this.attemptToRead(async () => {
        if (submissionId === null) return;
        this.show(await studentService.submission({ submissionId }));
        await this.loadLinks();
      });
    },
    async loadLinks() {
      const { submission } = this.state;
      const photo = shownPhoto(this.state);
      if (submission && photo && this.state.links?.photoId !== photo.id)
        this.update({ links: await photoLinks(submission, photo.id) });
    },
    /** The addresses live for some minutes only. */
    onPictureMissing() {
      this.update({ links: null });
      return this.attemptToRead(() => this.loadLinks());
    },
    onShowOther() {
      const showing = this.state.showing === 'latest' ? 'developed' : 'latest';
      if (this.edit({ showing })) return this.attemptToRead(() => this.loadLinks());
    },
    onResend,
    onDiscard,
    onRetake() {
      const { submissionId, confirming } = this.state;
      if (submissionId !== null && !confirming && !this.isTooLate())
        this.go(replaceWith, retakeRoute(submissionId));
    },
    isTooLate(): boolean {
      const { submission } = this.state;
      this.update({ now: serverNow() });
      return submission !== null && isOver(submission, this.state.now);
    },
    async onConfirm() {
      const { submission, confirming } = this.state;
      const photo = shownPhoto(this.state);
      if (!submission || !photo || confirming || !canConfirm(this.state)) return;
      if (!(await ask(CONFIRM_QUESTION))) return;
      this.update({ confirming: true });
      await this.attempt(
        async (send) => {
          await confirmPhoto(submission.id, photo.id, send);
          this.go(replaceWith, { page: 'done', submissionId: submission.id });
        },
        { confirming: false },
        () => this.onConfirmed(),
      );
    },
    async onConfirmed() {
      const { failure } = this.state;
      this.update({ unconfirmed: failure, now: serverNow() });
      if (isOutdated(failure)) await this.keepingFailure(() => this.load());
    },
    onCall() {
      callTelephone(toView(this.state).telephone);
    },
  },
});
