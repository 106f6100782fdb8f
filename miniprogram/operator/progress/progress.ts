/** How far a batch is: read in ten seconds, chased with one copied text. */
import { PROGRESS_WORDS } from '../../copy/operator-progress-words';
import { endPullDown, say } from '../../platform/feedback';
import { answerIfAsked } from '../../services/answer-if-asked';
import { supportTelephone } from '../../services/overview-store';
import { serverNow } from '../../services/server-clock';
import { defineBatchPage } from '../define-batch-page';
import { copyText } from '../platform/clipboard';
import { knownMe } from '../services/me-store';
import { operatorService } from '../services/staff-services';
import { nextMissing } from './next-missing';
import { sendMessages } from './send-messages';
import { ProgressState, groupName, isSameGroup, shownGroup, toView } from './to-view';

defineBatchPage({
  initial: (): ProgressState => ({
    batchId: null,
    batch: null,
    me: null,
    progress: null,
    station: null,
    classGroup: null,
    missing: null,
    reminders: null,
    busy: null,
    now: serverNow(),
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: PROGRESS_WORDS,
  readAt: 'onLoad',
  read: async (batchId, { station, batch }) => {
    const [me, known, progress] = await Promise.all([
      knownMe(),
      batch ?? operatorService.batch({ batchId }),
      operatorService.progress({ batchId, ...(station !== null && { stationId: station.id }) }),
    ]);
    return { me, batch: known, progress, now: serverNow(), missing: null, reminders: null };
  },
  handlers: {
    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },
    async onRow({ detail }: WechatMiniprogram.CustomEvent<{ id: string }>) {
      const group = this.state.progress?.groups[Number(detail.id)];
      if (group === undefined) return;
      if (this.state.station === null) {
        this.update({ station: { id: group.stationId, name: groupName(group, false) }, progress: null });
        await this.load();
      } else {
        this.update({ classGroup: group, missing: null, reminders: null });
        await this.onWho();
      }
    },
    async onBack() {
      this.update({ station: null, classGroup: null, progress: null });
      await this.load();
    },
    async onWho() {
      if (this.state.missing !== null) {
        this.update({ missing: null });
        return;
      }
      await this.readMissing();
    },
    async readMissing() {
      const asked = this.state;
      const { missing: known } = asked;
      const group = shownGroup(asked);
      if (group === null) return;
      const isAsked = () => isSameGroup(this.state, asked) && this.state.missing === known;
      this.update({ busy: 'missing' });
      await this.attemptToRead(
        async () => {
          const answer = await answerIfAsked(nextMissing(group, known?.next ?? null), isAsked);
          if (answer === null) return;
          const students = [...(known?.students ?? []), ...answer.items];
          this.update({ missing: { students, next: answer.next } });
        },
        { busy: null },
      );
    },
    onCopyReminder() {
      return this.copy(toView(this.state).reminder);
    },
    onCopyNumbers() {
      return this.copy(
        (this.state.missing?.students ?? []).map((student) => student.studentNumber).join('\n'),
      );
    },
    copy(text: string): Promise<void> {
      return this.attemptToRead(async () => {
        await copyText(text);
        say(PROGRESS_WORDS.copied);
      });
    },
    async onMessages() {
      const asked = this.state;
      const group = shownGroup(asked);
      if (group === null) return;
      this.update({ busy: 'messages', reminders: null });
      const show = (reminders: ProgressState['reminders']) => {
        if (isSameGroup(this.state, asked)) this.update({ reminders });
      };
      await this.attempt((send) => sendMessages(group, show, send), { busy: null });
    },
  },
});
