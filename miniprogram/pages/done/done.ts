/** The confirmed photo: save it, follow it, take it back while that is possible, or take another after a rejection. */
import { SHARE_WORDS } from '../../copy/app-words';
import { DONE_WORDS } from '../../copy/done-words';
import { downloadPicture, saveToAlbum } from '../../platform/album';
import { ask, callTelephone, endPullDown, enlarge, say } from '../../platform/feedback';
import { goHome, replaceWith, submissionIn } from '../../platform/navigation';
import { openSettings } from '../../platform/permission';
import { lastSubmission, rememberSubmission, telephoneOf } from '../../services/overview-store';
import { photoLinks } from '../../services/photo-links';
import { newRequestKey } from '../../services/request-key';
import { serverNow } from '../../services/server-clock';
import { studentService } from '../../services/student-service';
import { SubmissionId } from '../../shared/identity/ids';
import { Query, definePage } from '../define-page';
import { DoneState, toView } from './to-view';

let submissionId: SubmissionId | null = null;

definePage({
  initial: (): DoneState => ({
    submission: null,
    picture: '',
    saving: false,
    saved: false,
    working: false,
    now: serverNow(),
    telephone: telephoneOf(null),
    failure: null,
  }),
  toView,
  words: DONE_WORDS,
  handlers: {
    onLoad(query: Query) {
      submissionId = submissionIn(query);
      const known = lastSubmission(submissionId);
      this.update({ submission: known, telephone: telephoneOf(known) });
      if (submissionId === null) goHome();
      return this.load();
    },
    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },
    load(): Promise<void> {
      const id = submissionId;
      return this.attempt(async () => {
        if (id === null) return;
        const submission = await studentService.submission({ submissionId: id });
        rememberSubmission(submission);
        this.update({ submission, telephone: telephoneOf(submission), now: serverNow() });
        await this.loadPicture();
      });
    },
    async loadPicture(): Promise<string> {
      const { submission } = this.state;
      if (!submission?.developedPhoto) return '';
      const { standard } = await photoLinks(submission, submission.developedPhoto.id);
      this.update({ picture: standard });
      return standard;
    },
    async onSave() {
      if (this.state.saving) return;
      this.update({ saving: true });
      await this.attempt(
        async () => {
          // The address on the screen may have run out: a fresh one for the file that is kept.
          await saveToAlbum(await downloadPicture(await this.loadPicture()));
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
      const { withdrawTitle: title, withdrawText: text, withdrawYes: yes, withdrawNo: no } = DONE_WORDS;
      if (await ask({ title, text, yes, no })) await this.change('withdraw');
    },
    async onRestart() {
      await this.change('restart');
      if (this.state.submission?.state === 'bound') this.onRetake();
    },
    async change(action: 'withdraw' | 'restart') {
      const id = submissionId;
      if (id === null || this.state.working) return;
      this.update({ working: true });
      await this.attempt(
        async () => {
          const submission = await studentService[action]({ submissionId: id }, newRequestKey());
          rememberSubmission(submission);
          this.update({ submission, picture: '', saved: false });
          if (action === 'withdraw') say(DONE_WORDS.withdrawn);
        },
        { working: false },
      );
    },
    onRetake() {
      if (submissionId !== null) replaceWith({ page: 'guide', submissionId });
    },
    onReview() {
      if (submissionId !== null) replaceWith({ page: 'review', submissionId });
    },
    onEnlarge() {
      enlarge([this.state.picture], this.state.picture);
    },
    onHome: goHome,
    onCall() {
      callTelephone(this.state.telephone);
    },
    onShareAppMessage() {
      const school = this.state.submission?.student.schoolName;
      const title = school === undefined ? SHARE_WORDS.title : SHARE_WORDS.titleOf(school);
      return { title, path: '/pages/home/home', imageUrl: '/images/share.png' };
    },
  },
});
