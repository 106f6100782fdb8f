/** Looks one student up by number: where the student stands, who did what, and the way to what can be done next. */
import { STUDENT_WORDS } from '../../copy/operator-student-words';
import { supportTelephone } from '../../services/overview-store';
import { defineBatchPage } from '../define-batch-page';
import { openStaff } from '../navigation';
import { knownMe } from '../services/me-store';
import { operatorService } from '../services/staff-services';
import { findStudent } from './find-student';
import { StudentState, StudentStep, toView } from './to-view';

defineBatchPage({
  initial: (): StudentState => ({
    batchId: null,
    me: null,
    studentNumber: '',
    asked: false,
    wanted: '',
    found: null,
    busy: false,
    readingMore: false,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: STUDENT_WORDS,
  // Whoever comes back from a step sees what it has changed.
  readAt: 'onShow',
  read: async (batchId, { wanted }) => {
    const me = await knownMe();
    return wanted === '' ? { me } : { me, found: await findStudent(batchId, wanted, me) };
  },
  handlers: {
    onNumber({ detail }: WechatMiniprogram.CustomEvent<{ value: string }>) {
      this.edit({ studentNumber: detail.value });
    },
    async onFind() {
      const wanted = this.state.studentNumber.trim();
      this.update({ asked: true });
      if (wanted === '' || this.state.busy) return;
      this.update({ wanted, found: null, busy: true });
      await this.load();
      this.update({ busy: false });
    },
    onStep({ currentTarget }: WechatMiniprogram.TouchEvent) {
      const page = currentTarget.dataset['id'] as StudentStep;
      const { batchId, wanted: studentNumber } = this.state;
      if (batchId === null) return;
      if (page === 'stuck') openStaff({ page, batchId });
      else openStaff({ page, batchId, studentNumber });
    },
    async onMore() {
      const { batchId, wanted: studentNumber, found } = this.state;
      const cursor = found?.history?.next ?? null;
      if (batchId === null || cursor === null) return;
      this.update({ readingMore: true });
      await this.attemptToRead(
        async () => {
          const { entries, next } = await operatorService.studentAudit({ batchId, studentNumber, cursor });
          const { history = null } = this.state.found ?? {};
          // Another student may have been looked up meanwhile, or this one anew.
          if (this.state.found !== found || found === null || history === null) return;
          const all = { ...history, entries: [...history.entries, ...entries], next };
          this.update({ found: { ...found, history: all } });
        },
        { readingMore: false },
      );
    },
  },
});
