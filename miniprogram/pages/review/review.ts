/** Sends the photo, shows what the cloud says about it beside the finished picture, and takes the final yes. */
import { REVIEW_WORDS } from '../../copy/review-words';
import { ask, callTelephone } from '../../platform/feedback';
import { goHome, replaceWith, submissionIn } from '../../platform/navigation';
import { lastSubmission, rememberSubmission, telephoneOf } from '../../services/overview-store';
import { confirmPhoto, isSuperseded } from '../../services/confirm-photo';
import { linksOf, photoLinks } from '../../services/photo-links';
import { portraitUploads } from '../../services/portrait-upload/phone-uploads';
import { Sending, UploadOutcome } from '../../services/portrait-upload/portrait-uploads';
import { serverNow } from '../../services/server-clock';
import { studentService } from '../../services/student-service';
import { SubmissionView } from '../../shared/contract/submission-view';
import { SubmissionId } from '../../shared/identity/ids';
import { allows } from '../../shared/submission/submission-machine';
import { Query, definePage } from '../define-page';
import { CONFIRM_QUESTION, NOTHING_YET, ReviewState, canConfirm, shownPhoto, toView } from './to-view';

/** The photo on its way; one review page at a time. */
let sending: Sending | null = null;
let submissionId: SubmissionId | null = null;

definePage({
  initial: (): ReviewState => ({ ...NOTHING_YET, now: serverNow(), telephone: telephoneOf(null) }),
  toView,
  words: REVIEW_WORDS,
  handlers: {
    onLoad(query: Query) {
      submissionId = submissionIn(query);
      if (submissionId === null) {
        goHome();
        return;
      }
      const known = lastSubmission(submissionId);
      this.update({ submission: known, telephone: telephoneOf(known) });
      return portraitUploads.waiting(submissionId) ? this.send(submissionId) : this.load();
    },
    /** WeChat may have frozen the upload of a hidden page. */
    onShow() {
      if (sending !== null) sending.retryNow();
      else if (submissionId !== null && portraitUploads.waiting(submissionId)) return this.send(submissionId);
    },
    onUnload() {
      sending?.stop();
      sending = null;
    },
    async send(id: SubmissionId) {
      const path = portraitUploads.waiting(id)?.path ?? '';
      const mine = portraitUploads.send(id, (progress) => {
        this.update({ sending: { path, progress }, failure: null });
      });
      sending = mine;
      const outcome = await mine.outcome;
      // Left and opened again meanwhile: the newer page's goes on.
      if (sending === mine) sending = null;
      await this.settle(outcome);
    },
    async settle(outcome: UploadOutcome) {
      if (outcome.kind === 'stopped') return;
      this.update({ sending: null, now: serverNow() });
      if (outcome.kind !== 'judged') {
        await this.load();
        if (outcome.kind === 'over') this.update({ failure: outcome.failure });
        return;
      }
      this.update({ showing: 'latest', links: linksOf(outcome.answer) });
      this.show(outcome.answer.submission);
    },
    /** What is decided already, perhaps on another phone, has its own page. */
    show(submission: SubmissionView) {
      rememberSubmission(submission);
      this.update({ submission, telephone: telephoneOf(submission), now: serverNow() });
      if (!allows(submission.state, 'photo-developed'))
        this.go(replaceWith, { page: 'done', submissionId: submission.id });
    },
    load(): Promise<void> {
      const id = submissionId;
      return this.attempt(async () => {
        if (id === null) return;
        this.show(await studentService.submission({ submissionId: id }));
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
      return this.attempt(() => this.loadLinks());
    },
    onShowOther() {
      this.update({ showing: this.state.showing === 'latest' ? 'developed' : 'latest' });
      return this.attempt(() => this.loadLinks());
    },
    onResend() {
      sending?.retryNow();
    },
    async onDiscard() {
      sending?.stop();
      if (submissionId !== null) await portraitUploads.discard(submissionId);
      this.onRetake();
    },
    onRetake() {
      if (submissionId !== null) this.go(replaceWith, { page: 'shoot', submissionId });
    },
    async onConfirm() {
      const { submission, confirming } = this.state;
      const photo = shownPhoto(this.state);
      if (!submission || !photo || confirming || !canConfirm(this.state)) return;
      if (!(await ask(CONFIRM_QUESTION))) return;
      this.update({ confirming: true });
      await this.attempt(
        async () => {
          await confirmPhoto(submission.id, photo.id);
          this.go(replaceWith, { page: 'done', submissionId: submission.id });
        },
        { confirming: false },
      );
      if (isSuperseded(this.state.failure)) await this.keepingFailure(() => this.load());
    },
    onCall() {
      callTelephone(this.state.telephone);
    },
  },
});
