/** From the capture code to a bound 学籍: code, ID tail, "is this you?", bind. Nothing is bound before the yes. */
import { BIND_WORDS } from '../../copy/bind-words';
import { chooseCodeFromAlbum, chooseCodeFromChat } from '../../platform/choose-picture';
import { showTop } from '../../platform/measure';
import { goHome, replaceWith } from '../../platform/navigation';
import { scanCode } from '../../platform/scan-code';
import { uploadCodePicture } from '../../services/code-picture';
import { nextStep } from '../../services/next-step';
import { rememberSubmission, supportTelephone } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { studentService } from '../../services/student-service';
import { TypingPause } from '../../services/typing-pause';
import { CodeSource } from '../../shared/contract/student';
import { ID_TAIL_LENGTH } from '../../shared/identity/id-tail';
import { definePage } from '../define-page';
import { BindState, ChosenCode, NOTHING_YET, OTHER_CODE, refusedWith, tidyIdTail, toView } from './to-view';

definePage({
  initial: (): BindState => ({ ...NOTHING_YET, typing: new TypingPause(), telephone: supportTelephone() }),
  toView,
  words: BIND_WORDS,
  handlers: {
    onUnload() {
      this.state.typing.end();
    },
    onScan() {
      return this.choose(async () => ({ kind: 'scanned', payloadBase64: await scanCode() }));
    },
    onAlbum() {
      return this.choose(async () => ({ kind: 'picked', path: await chooseCodeFromAlbum(), uploaded: null }));
    },
    onChat() {
      return this.choose(async () => ({ kind: 'picked', path: await chooseCodeFromChat(), uploaded: null }));
    },
    async choose(take: () => Promise<ChosenCode>) {
      const before = this.state.code;
      this.update({ step: 'scanning' });
      await this.attemptToRead(
        async () => void this.edit({ ...OTHER_CODE, code: await take() }),
        { step: null },
        // After a closed picker nothing is new: the same wrong tail again would cost one of the few tries.
        () => (this.state.code === before ? undefined : this.resolveWhenComplete()),
      );
    },
    async onTail({ detail }: WechatMiniprogram.Input) {
      const before = this.state.idTail;
      const idTail = tidyIdTail(detail.value);
      const changed = idTail !== before;
      this.update({ missing: null });
      if (!changed) return;
      this.edit({ idTail });
      // A fifth character moves the last four along; whoever is still typing must not spend a try on the way.
      if (before.length === ID_TAIL_LENGTH) this.state.typing.end();
      else if (await this.state.typing.isOver()) await this.resolveWhenComplete();
    },
    /** Saves a tap: with code and tail there is nothing left to ask. */
    async resolveWhenComplete() {
      const { code, idTail } = this.state;
      if (code && idTail.length === ID_TAIL_LENGTH) await this.onResolve();
    },
    async onResolve() {
      this.state.typing.end();
      const { code, idTail, step } = this.state;
      if (step !== null) return;
      if (!code || idTail.length < ID_TAIL_LENGTH) {
        this.update({ missing: code ? 'tail' : 'code' });
        return;
      }
      await this.attemptToAsk(
        async (send, show) => {
          // As it is by now: another try sends no picture again that has arrived.
          const source = await this.sourceOf(this.state.code ?? code, show);
          show({ step: 'resolving', outdated: false });
          return { resolution: await send(studentService.resolveCode, { code: source, idTail }) };
        },
        { step: null },
        () => {
          if (this.state.resolution !== null) showTop();
          // The cloud no longer has the picture: the next try sends it again.
          const sent = this.state.code;
          if (sent?.kind === 'picked' && refusedWith(this.state, 'UPLOAD_MISSING'))
            this.update({ code: { ...sent, uploaded: null } });
        },
      );
    },
    /** The other half of the page, from its beginning: on a small phone its heading would stay out of sight. */
    turnTo(change: Partial<BindState>) {
      if (this.edit(change)) showTop();
    },
    async sourceOf(code: ChosenCode, show: (change: Partial<BindState>) => void): Promise<CodeSource> {
      if (code.kind === 'scanned') return { kind: 'payload', payloadBase64: code.payloadBase64 };
      if (code.uploaded) return code.uploaded;
      show({ step: 'uploading' });
      const uploaded = await uploadCodePicture(code.path);
      // Another tail needs no second upload, another code has its own.
      if (this.state.code === code) this.update({ code: { ...code, uploaded } });
      return uploaded;
    },
    async onYes() {
      const resolution = this.state.resolution;
      if (!resolution || this.state.step) return;
      this.update({ step: 'binding' });
      await this.attempt(
        async (send) => {
          const submission = await send(studentService.bind, { resolutionId: resolution.id });
          rememberSubmission(submission);
          const next = nextStep(submission, serverNow(), false);
          if (next.kind === 'open') this.go(replaceWith, next.route);
          else this.go(goHome);
        },
        { step: null },
        () => {
          // "Is this you?" holds for some minutes only. The code is still here; it is asked for again.
          if (refusedWith(this.state, 'NOT_FOUND')) this.turnTo({ resolution: null, outdated: true });
        },
      );
    },
    onNo() {
      this.turnTo({ ...NOTHING_YET, telephone: this.state.telephone, notMine: true });
    },
  },
});
