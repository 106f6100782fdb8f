/** Purpose, storage, who sees it, and two separate agreements. Refusing is possible and loses nothing. */
import { CONSENT_WORDS } from '../../copy/consent-words';
import { bringIntoSight } from '../../platform/measure';
import { goBack, replaceWith } from '../../platform/navigation';
import { openPrivacyContract } from '../../platform/privacy';
import { hasConsent } from '../../services/next-step';
import { lastOverview, rememberConsent, supportTelephone } from '../../services/overview-store';
import { studentService } from '../../services/student-service';
import { CONSENT_VERSION } from '../../shared/contract/student';
import { definePage } from '../define-page';
import { ConsentState, toView } from './to-view';

definePage({
  initial: (): ConsentState => {
    const consent = lastOverview()?.consent;
    return {
      general: false,
      facePhoto: false,
      asked: false,
      refused: false,
      busy: false,
      given: consent !== undefined && hasConsent(consent),
      renewed: consent !== undefined && consent.givenAt !== null && consent.version !== CONSENT_VERSION,
      telephone: supportTelephone(),
      failure: null,
    };
  },
  toView,
  words: CONSENT_WORDS,
  handlers: {
    onGeneral({ detail }: WechatMiniprogram.CustomEvent<{ checked: boolean }>) {
      this.edit({ general: detail.checked, refused: false });
    },
    onFacePhoto({ detail }: WechatMiniprogram.CustomEvent<{ checked: boolean }>) {
      this.edit({ facePhoto: detail.checked, refused: false });
    },
    async onAgree() {
      if (this.state.busy) return;
      this.update({ asked: true, refused: false });
      if (!this.state.general || !this.state.facePhoto) {
        bringIntoSight('.agreements');
        return;
      }
      this.update({ busy: true });
      await this.attempt(
        async (send) => {
          const request = { version: CONSENT_VERSION, facePhoto: true };
          rememberConsent(await send(studentService.consent, request));
          this.goOn();
        },
        { busy: false },
      );
    },
    /** Whoever has bound a code goes back to it; everybody else binds one now. */
    goOn() {
      const bound = (lastOverview()?.submissions.length ?? 0) > 0;
      if (bound) this.go(goBack);
      else this.go(replaceWith, { page: 'bind' });
    },
    onRefuse() {
      if (this.edit({ refused: true, asked: false })) bringIntoSight('.consent-refused');
    },
    onBack: goBack,
    onGuideline() {
      openPrivacyContract().catch(() => undefined);
    },
  },
});
