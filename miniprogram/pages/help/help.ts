/** The questions that people really ask, and the telephone. */
import { SHARE_WORDS } from '../../copy/app-words';
import { HELP_WORDS } from '../../copy/help-words';
import { callTelephone } from '../../platform/feedback';
import { open } from '../../platform/navigation';
import { supportTelephone } from '../../services/overview-store';
import { definePage } from '../define-page';
import { HelpState, toView, toggledQuestion } from './to-view';

definePage({
  initial: (): HelpState => ({ open: [], telephone: supportTelephone(), failure: null }),
  toView,
  words: HELP_WORDS,
  handlers: {
    onQuestion({ currentTarget }: WechatMiniprogram.TouchEvent) {
      this.update({ open: toggledQuestion(this.state.open, currentTarget.dataset['id'] as string) });
    },
    onCall() {
      callTelephone(this.state.telephone);
    },
    /** Teachers and operators; a page of its own package asks for their invitation. */
    onStaff() {
      open({ page: 'staff' });
    },
    onShareAppMessage() {
      return { title: SHARE_WORDS.title, path: '/pages/help/help', imageUrl: '/images/share.png' };
    },
  },
});
