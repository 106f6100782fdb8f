/** The first page: shows the last known state at once, asks the cloud once, and leads to wherever one stopped. */
import { SHARE_WORDS } from '../../copy/app-words';
import { HOME_WORDS } from '../../copy/home-words';
import { callTelephone, endPullDown } from '../../platform/feedback';
import { Route, open, titlePage } from '../../platform/navigation';
import { openPrivacyContract } from '../../platform/privacy';
import { allowReminder } from '../../services/allow-reminder';
import { hasConsent, nextStep } from '../../services/next-step';
import { offerUpdate } from '../../services/offer-update';
import {
  knownSchool,
  lastOverview,
  loadOverview,
  rememberSubmission,
  supportTelephone,
  telephoneOf,
} from '../../services/overview-store';
import { portraitUploads } from '../../services/portrait-upload/phone-uploads';
import { serverNow } from '../../services/server-clock';
import { shareCard } from '../../services/share-card';
import { studentService } from '../../services/student-service';
import { SubmissionView } from '../../shared/contract/submission-view';
import { definePage } from '../define-page';
import { HomeState, NOTHING_ASKED, toView } from './to-view';

/** Everything that can have changed while another page was open. */
function present(): Pick<HomeState, 'overview' | 'now' | 'sending' | 'telephone'> {
  const overview = lastOverview();
  const ids = overview?.submissions.map(({ id }) => id) ?? [];
  return {
    overview,
    now: serverNow(),
    sending: ids.filter((id) => portraitUploads.waiting(id) !== null),
    telephone: supportTelephone(),
  };
}

definePage({
  initial: (): HomeState => ({ ...present(), ...NOTHING_ASKED, visible: false }),
  toView,
  words: HOME_WORDS,
  handlers: {
    onShow() {
      this.update({ ...present(), visible: true });
      void offerUpdate();
      return this.refresh();
    },
    onHide() {
      this.update({ visible: false });
    },
    async onPullDownRefresh() {
      await this.refresh();
      endPullDown();
    },
    refresh(): Promise<void> {
      return this.attemptToRead(async () => {
        await loadOverview().catch((error: unknown) => {
          this.update({ refreshFailed: true });
          throw error;
        });
        this.update(present());
        const school = knownSchool();
        // WeChat's search reads page titles, and people type their school's name. By now another page may be on top.
        if (school !== null && this.state.visible) titlePage(SHARE_WORDS.pageTitleOf(school));
      });
    },
    /** One always agrees first; whoever has, goes straight on. */
    openAfterConsent(route: Route) {
      const consent = this.state.overview?.consent;
      open(consent && hasConsent(consent) ? route : { page: 'consent' });
    },
    onStart() {
      this.openAfterConsent({ page: 'bind' });
    },
    async onCard({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
      const submission = this.state.overview?.submissions.find(({ id }) => id === detail.id);
      if (!submission) return;
      const step = nextStep(submission, serverNow(), this.state.sending.includes(submission.id));
      if (step.kind === 'call') callTelephone(telephoneOf(submission));
      else if (step.kind === 'restart') await this.restart(submission);
      else if (step.route.page === 'done') open(step.route);
      else this.openAfterConsent(step.route);
    },
    async restart({ id: submissionId }: SubmissionView) {
      this.update({ busy: submissionId });
      await this.attempt(
        async (send) => {
          const submission = await send(studentService.restart, { submissionId });
          rememberSubmission(submission);
          this.update(present());
          const next = nextStep(submission, serverNow(), false);
          // By now another page may be on top, and nobody asked it for the way on; the card shows it.
          if (this.state.visible && next.kind === 'open') this.openAfterConsent(next.route);
        },
        { busy: null, refreshFailed: false },
      );
    },
    async onRemind() {
      const offer = this.state.overview?.reminder;
      if (!offer) return;
      this.update({ asking: true, answer: null });
      await this.attempt(
        async (send) => {
          const answer = await allowReminder(offer, send);
          this.update({ ...present(), answer });
        },
        { asking: false, refreshFailed: false },
      );
    },
    onHelp() {
      open({ page: 'help' });
    },
    onData() {
      open({ page: 'data' });
    },
    onGuideline() {
      openPrivacyContract().catch(() => undefined);
    },
    onCall() {
      callTelephone(this.state.telephone);
    },
    onShareAppMessage() {
      return shareCard(knownSchool());
    },
  },
});
