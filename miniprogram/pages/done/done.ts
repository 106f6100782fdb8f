/** The confirmed photo: save it, follow it, take it back while that is possible, or take another after a rejection. */
import { DONE_WORDS } from '../../copy/done-words';
import { ask, callTelephone, endPullDown, enlarge, say } from '../../platform/feedback';
import { goHome, replaceWith, submissionIn } from '../../platform/navigation';
import { openSettings } from '../../platform/permission';
import { finishedPicture, isFresh, savePicture } from '../../services/finished-picture';
import { lastOverview, lastSubmission, rememberSubmission, telephoneOf } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { shareCard } from '../../services/share-card';
import { studentService } from '../../services/student-service';
import { Query, definePage } from '../define-page';
import { DoneState, NOTHING_KNOWN, toView, withdrawQuestion } from './to-view';

definePage({
  initial: (): DoneState => ({
    ...NOTHING_KNOWN,
    now: serverNow(),
    telephone: telephoneOf(null),
  }),
  toView,
  words: DONE_WORDS,
  handlers: {
    onLoad(query: Query) {
      const submissionId = submissionIn(query);
      const known = lastSubmission(submissionId);
      const unused = query['unused'] === '1';
      this.update({ submissionId, submission: known, telephone: telephoneOf(known), unused });
      if (submissionId === null) goHome();
      return this.load();
    },
    /** Meanwhile the address may have run out, and the agreement been given again on the page above this one. */
    onShow() {
      this.update({ consent: lastOverview()?.consent ?? null });
      return this.renewPicture();
    },
    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },
    load(): Promise<void> {
      const { submissionId } = this.state;
      return this.attemptToRead(async () => {
        if (submissionId === null) return;
        const submission = await studentService.submission({ submissionId });
        rememberSubmission(submission);
        this.update({ submission, telephone: telephoneOf(submission), now: serverNow() });
        await this.loadPicture();
      });
    },
    async loadPicture() {
      const { submission } = this.state;
      this.update({ picture: submission && (await finishedPicture(submission)), pictureFailed: false });
    },
    /** Renewed once its time is over; otherwise a tap asks, or a bad network would be asked for ever. */
    onPictureError() {
      this.update({ pictureFailed: true });
      return this.renewPicture();
    },
    /** Asked for by nobody: what was stopped stays on the screen, to be tried again. */
    async renewPicture() {
      if (this.state.picture === null || isFresh(this.state.picture, serverNow())) return;
      await this.loadPicture().catch(() => {
        this.update({ pictureFailed: true });
      });
    },
    onPictureAgain(): Promise<void> {
      return this.attemptToRead(() => this.loadPicture());
    },
    async onSave() {
      if (this.state.saving) return;
      this.update({ saving: true });
      await this.attemptToRead(
        async () => {
          // The address on the screen may have run out: a fresh one for the file that is kept.
          await this.loadPicture();
          await savePicture(this.state.picture);
          this.update({ saved: true });
          say(DONE_WORDS.saved);
        },
        { saving: false },
      );
    },
    async onSettings() {
      const state = await openSettings('scope.writePhotosAlbum').catch(() => 'refused' as const);
      if (state !== 'refused') await this.onSave();
    },
    async onWithdraw() {
      if (await ask(withdrawQuestion(this.state.submission, serverNow()))) await this.change('withdraw');
    },
    onRestart() {
      return this.change('restart');
    },
    async change(action: 'withdraw' | 'restart') {
      const { submissionId, working } = this.state;
      if (submissionId === null || working) return;
      this.update({ working: true });
      await this.attempt(
        async (send) => {
          const submission = await send(studentService[action], { submissionId });
          rememberSubmission(submission);
          this.update({ submission, picture: null, saved: false, unused: false, now: serverNow() });
          if (action === 'withdraw') say(DONE_WORDS.withdrawn);
          else if (submission.state === 'developed') this.onReview();
          else this.onRetake();
        },
        { working: false },
      );
    },
    onRetake() {
      const { submissionId } = this.state;
      if (submissionId !== null) this.go(replaceWith, { page: 'guide', submissionId });
    },
    onReview() {
      const { submissionId } = this.state;
      if (submissionId !== null) this.go(replaceWith, { page: 'review', submissionId });
    },
    onEnlarge() {
      if (this.state.picture) enlarge([this.state.picture.url], this.state.picture.url);
    },
    onHome: goHome,
    onCall() {
      callTelephone(this.state.telephone);
    },
    onShareAppMessage() {
      return shareCard(this.state.submission?.student.schoolName ?? null);
    },
  },
});
