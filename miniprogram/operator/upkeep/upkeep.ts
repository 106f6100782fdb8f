/** The duties that come with keeping photos: how many people, what is deleted when, who did what. */
import { UPKEEP_WORDS } from '../../copy/operator-upkeep-words';
import { definePage } from '../../pages/define-page';
import { ask } from '../../platform/feedback';
import { supportTelephone } from '../../services/overview-store';
import { loadMe } from '../services/me-store';
import { housekeepingService, operatorService } from '../services/staff-services';
import { UpkeepState, toView } from './to-view';

definePage({
  initial: (): UpkeepState => ({
    me: null,
    report: null,
    audit: null,
    members: [],
    busy: null,
    telephone: supportTelephone(),
    failure: null,
  }),
  toView,
  words: UPKEEP_WORDS,
  handlers: {
    onLoad() {
      return this.load();
    },
    load(): Promise<void> {
      return this.attemptToRead(async () => {
        this.update({ me: await loadMe() });
      });
    },
    async onReport() {
      this.update({ busy: 'report' });
      await this.attemptToRead(
        async () => {
          this.update({ report: await housekeepingService.report({}) });
        },
        { busy: null },
      );
    },
    async onRun() {
      const { askTitle: title, askText: text, askYes: yes, askNo: no } = UPKEEP_WORDS;
      if (!(await ask({ title, text, yes, no }))) return;
      this.update({ busy: 'run' });
      await this.attempt(
        async (send) => {
          this.update({ report: await send(housekeepingService.run, {}) });
        },
        { busy: null },
      );
    },
    async onAudit() {
      const known = this.state.audit;
      const cursor = known?.next ?? null;
      this.update({ busy: 'audit' });
      await this.attemptToRead(
        async () => {
          const [{ entries, next }, { members }] = await Promise.all([
            operatorService.audit(cursor === null ? {} : { cursor }),
            operatorService.members({}),
          ]);
          this.update({ members, audit: { entries: [...(known?.entries ?? []), ...entries], next } });
        },
        { busy: null },
      );
    },
  },
});
