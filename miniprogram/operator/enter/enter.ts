/** The staff's first page: joins by an invitation code, then leads to whatever the role may do. */
import { ENTER_WORDS } from '../../copy/operator-enter-words';
import { definePage } from '../../pages/define-page';
import { ask } from '../../platform/feedback';
import { goHome } from '../../platform/navigation';
import { supportTelephone } from '../../services/overview-store';
import { normaliseInvitationCode } from '../../shared/roles/invitation-code';
import { openStaff } from '../navigation';
import { loadMe, rememberMe } from '../services/me-store';
import { operatorService } from '../services/staff-services';
import { EnterState, EntryView, toView } from './to-view';

definePage({
  initial: (): EnterState => ({
    me: null,
    code: '',
    asked: false,
    busy: false,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: ENTER_WORDS,
  handlers: {
    onShow() {
      return this.load();
    },
    load(): Promise<void> {
      return this.attemptToRead(async () => {
        this.update({ me: await loadMe() });
      });
    },
    onCode({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.edit({ code: detail.value, asked: false });
    },
    async onAccept() {
      this.update({ asked: true });
      const code = normaliseInvitationCode(this.state.code);
      if (code === '') return;
      this.update({ busy: true });
      await this.attempt(
        async (send) => {
          const me = rememberMe(await send(operatorService.acceptInvitation, { code }));
          this.update({ me, code: '', asked: false });
        },
        { busy: false },
      );
    },
    onEntry({ currentTarget }: WechatMiniprogram.TouchEvent) {
      openStaff({ page: currentTarget.dataset['page'] as EntryView['page'] });
    },
    onHome() {
      goHome();
    },
    async onLeave() {
      const { askTitle: title, askText: text, askYes: yes, askNo: no } = ENTER_WORDS;
      if (!(await ask({ title, text, yes, no }))) return;
      await this.attempt(async (send) => {
        this.update({ me: rememberMe(await send(operatorService.leave, {})) });
      });
    },
  },
});
