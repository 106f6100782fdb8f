/** The rules of the photo before the camera opens, and the ticks that go with the photo. */
import { GUIDE_WORDS } from '../../copy/guide-words';
import { ask, callTelephone } from '../../platform/feedback';
import { goHome, replaceWith, submissionIn } from '../../platform/navigation';
import { nextStep } from '../../services/next-step';
import { lastSubmission, rememberSubmission, telephoneOf } from '../../services/overview-store';
import { warmPhotoFunction } from '../../services/photo-service';
import { serverNow } from '../../services/server-clock';
import { studentService } from '../../services/student-service';
import { rememberTicks, rememberedTicks } from '../../services/tick-store';
import { allows } from '../../shared/submission/submission-machine';
import { PERSON_TICKS, PersonTick } from '../../shared/verdict/check-ids';
import { Query, definePage } from '../define-page';
import { GuideState, missingTicks, toView, toggled } from './to-view';

definePage({
  initial: (): GuideState => ({
    submissionId: null,
    submission: null,
    ticks: [],
    now: serverNow(),
    telephone: telephoneOf(null),
    failure: null,
  }),
  toView,
  words: GUIDE_WORDS,
  handlers: {
    async onLoad(query: Query) {
      warmPhotoFunction();
      const submissionId = submissionIn(query);
      if (submissionId === null) {
        goHome();
        return;
      }
      const ticks = rememberedTicks(submissionId) ?? [];
      const known = lastSubmission(submissionId);
      this.update({ submissionId, submission: known, ticks, telephone: telephoneOf(known) });
      await this.load();
    },
    load(): Promise<void> {
      const { submissionId } = this.state;
      return this.attemptToRead(async () => {
        if (submissionId === null) return;
        const submission = await studentService.submission({ submissionId });
        rememberSubmission(submission);
        this.update({ submission, telephone: telephoneOf(submission), now: serverNow() });
        // Decided meanwhile, perhaps on another phone: a photo taken now would be refused.
        const next = nextStep(submission, serverNow(), false);
        if (!allows(submission.state, 'photo-developed') && next.kind === 'open')
          this.go(replaceWith, next.route);
        else if (submission.state === 'withdrawn') this.go(replaceWith, { page: 'done', submissionId });
      });
    },
    onTick({ currentTarget }: WechatMiniprogram.CustomEvent) {
      this.update({ ticks: toggled(this.state.ticks, currentTarget.dataset['tick'] as PersonTick) });
    },
    onAll() {
      this.update({ ticks: missingTicks(this.state.ticks) === 0 ? [] : PERSON_TICKS });
    },
    async onShoot() {
      const { submission, ticks } = this.state;
      if (!submission || !(await this.isSure())) return;
      rememberTicks(submission.id, ticks);
      this.go(replaceWith, { page: 'shoot', submissionId: submission.id });
    },
    /** Whoever cannot tick everything may go on; nobody is shut out by a bandage or a headscarf. */
    async isSure(): Promise<boolean> {
      const missing = missingTicks(this.state.ticks);
      if (missing === 0) return true;
      return ask({
        title: GUIDE_WORDS.someMissingTitle,
        text: GUIDE_WORDS.someMissing(missing),
        yes: GUIDE_WORDS.goAnyway,
        no: GUIDE_WORDS.goBack,
      });
    },
    onCall() {
      callTelephone(this.state.telephone);
    },
  },
});
