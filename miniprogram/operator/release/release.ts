/** Lets go of a code that is bound on an account which the student lost or never had: the student binds it anew. */
import { RELEASE_WORDS } from '../../copy/operator-release-words';
import { ask } from '../../platform/feedback';
import { showTop } from '../../platform/measure';
import { supportTelephone } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { defineBatchPage } from '../define-batch-page';
import { studentIn } from '../navigation';
import { operatorService } from '../services/staff-services';
import { ReleaseState, toView } from './to-view';

defineBatchPage({
  initial: (): ReleaseState => ({
    batchId: null,
    closesAt: null,
    studentNumber: '',
    asked: false,
    released: '',
    busy: false,
    now: serverNow(),
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: RELEASE_WORDS,
  readAt: 'onLoad',
  fromAddress: (query) => ({ studentNumber: studentIn(query) }),
  read: async (batchId) => {
    const { closesAt } = await operatorService.batch({ batchId });
    return { closesAt, now: serverNow() };
  },
  handlers: {
    onNumber({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.edit({ studentNumber: detail.value, released: '' });
    },
    async onSend() {
      this.update({ asked: true });
      const { batchId, busy } = this.state;
      const studentNumber = this.state.studentNumber.trim();
      if (busy || batchId === null || studentNumber === '') return;
      const { askTitle: title, askYes: yes, askNo: no } = RELEASE_WORDS;
      if (!(await ask({ title, text: RELEASE_WORDS.askText(studentNumber), yes, no }))) return;
      this.update({ busy: true });
      await this.attempt(
        async (send) => {
          await send(operatorService.releaseBinding, { batchId, studentNumber });
          this.update({ studentNumber: '', asked: false, released: studentNumber });
        },
        { busy: false },
        () => {
          if (this.state.released !== '') showTop();
        },
      );
    },
  },
});
